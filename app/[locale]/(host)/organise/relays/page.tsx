import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { EmptyState, Notice } from '@/app/_ui/notice'
import { Details, Page, PageHead, Section, Stack } from '@/app/_ui/page'
import { otherLanguage } from '@/app/[locale]/event-words'
import { saidDone } from '@/app/[locale]/(host)/organise/said-done'
import { sayPast } from '@/app/[locale]/(public)/instant-words'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { relaysSent, type SentRelay } from '@/lib/coverage/queries'
import { sayDay, typo } from '@/lib/text'
import { DecisionForm } from './decision-form'
import styles from './relays.module.css'

interface Props {
  params: Promise<{ locale: Locale }>
  searchParams: Promise<{ done?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'relay.room' })
  return { title: t('title') }
}

/** What houses tell of sessions that they took up: what waits for a yes or no, and what was decided. */
export default async function RelaysRoom({ params, searchParams }: Props) {
  const { locale } = await params
  await requireOrganiser({ locale })
  const [t, { open, decided }, asked] = await Promise.all([getTranslations({ locale, namespace: 'relay.room' }), relaysSent(), searchParams])
  const did = saidDone(asked.done, ['approved', 'declined', 'already'] as const)
  return (
    <Page className={styles.page}>
      <PageHead title={t('title')}><p>{t('lede')}</p></PageHead>
      <Stack>
        {did && <Notice tone={did === 'already' ? 'info' : 'success'} live="status" title={t(`done.${did}`)} />}
        <Section id="open" title={t('open')} beside={open.length > 0 ? t('count', { count: open.length }) : undefined}>
          {open.length === 0 && <EmptyState title={t('none')}><p>{t('noneText')}</p></EmptyState>}
          {open.length > 0 && <ul className={styles.cards}>{open.map((relay, place) => <Told key={relay.id} relay={relay} locale={locale} isFirst={place === 0} />)}</ul>}
        </Section>
        {decided.length > 0 && (
          <Section id="decided" title={t('decided')} beside={t('count', { count: decided.length })}>
            <ul className={styles.cards}>{decided.map((relay) => <Told key={relay.id} relay={relay} locale={locale} isFirst={false} />)}</ul>
          </Section>
        )}
      </Stack>
    </Page>
  )
}

async function Told({ relay, locale, isFirst }: { relay: SentRelay; locale: Locale; isFirst: boolean }) {
  const t = await getTranslations({ locale, namespace: 'relay.room' })
  const { id, status, house, text, language, event, createdAt, decidedAt, decidedBy } = relay
  const heldOn = relay.heldOn.toISOString().slice(0, 10)
  const page = getPathname({ href: { pathname: '/events/[slug]/relay', params: { slug: event.slug } }, locale })
  const when = (at: Date) => typo(sayPast(at, event.timeZone, locale), locale)
  const form = (
    <DecisionForm
      key={status} relay={{ id, status, house, heldOn, text, language }} locale={locale} isFirst={isFirst}
      words={{ house: t('house'), date: t('date'), text: t('text'), textHint: t('textHint'), yes: t(status === 'approved' ? 'save' : status === 'declined' ? 'again' : 'approve'), no: t(status === 'open' ? 'decline' : 'withdraw'), which: t('which', { house }), wrong: t('wrong') }}
    />
  )
  return (
    <li>
      <h3 className={styles.house}>{house}</h3>
      <p className={styles.about}>
        {t('about')} <a href={page} lang={otherLanguage(event.language, locale)}>{typo(event.title, event.language === 'en' ? 'en' : 'fr')}</a>. {t('held', { day: sayDay(heldOn, locale, { weekday: false }), when: when(createdAt) })}
      </p>
      {status === 'open' ? form : (
        <>
          <p className={styles.words} lang={otherLanguage(language, locale)}>{text}</p>
          <p className={styles.about}>{t(`verdict.${status}`, { by: decidedBy ?? '', when: decidedAt ? when(decidedAt) : '' })}</p>
          <Details summary={<>{t(status === 'approved' ? 'save' : 'again')}<span className="visually-hidden"> {t('which', { house })}</span></>}>{form}</Details>
        </>
      )}
    </li>
  )
}
