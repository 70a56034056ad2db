import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { EmptyState, Notice } from '@/app/_ui/notice'
import { Details, Page, Section, Stack } from '@/app/_ui/page'
import { ActForm } from '@/app/[locale]/(host)/organise/_form/act-form'
import { TextForm } from '@/app/[locale]/(host)/organise/_form/text-form'
import { eventOf } from '@/app/[locale]/(host)/organise/event-of'
import { RoomHead } from '@/app/[locale]/(host)/organise/events/[slug]/room-head'
import { saidDone } from '@/app/[locale]/(host)/organise/said-done'
import { otherLanguage } from '@/app/[locale]/event-words'
import type { Locale } from '@/i18n/routing'
import { allPrepared } from '@/lib/notes/queries'
import { typo } from '@/lib/text'
import { hide, setAsking, show } from './actions'
import styles from './prepared.module.css'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
  searchParams: Promise<{ done?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params)
  const t = await getTranslations({ locale, namespace: 'prepared.room' })
  return { title: t('pageTitle', { title: event.title }) }
}

/** What people want to have talked about, by voices: to be read, printed, and set aside where it does not belong. */
export default async function PreparedRoom({ params, searchParams }: Props) {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params, '/organise/events/[slug]/prepared')
  const [t, all, asked] = await Promise.all([getTranslations({ locale, namespace: 'prepared.room' }), allPrepared(event.id), searchParams])
  const did = saidDone(asked.done, ['hidden', 'shown', 'on', 'off'] as const)
  const fields = { event: event.slug, locale }
  const [standing, hidden] = [all.filter((one) => !one.hiddenAt), all.filter((one) => one.hiddenAt)]
  const row = (one: (typeof all)[number]) => (
    <li key={one.id}>
      <p className={styles.votes}>{one.votes}<small>{t('votes', { count: one.votes })}</small></p>
      <div>
        <p className={styles.text} lang={otherLanguage(event.language, locale)}>{typo(one.text, event.language === 'en' ? 'en' : 'fr')}</p>
        <p className={styles.who}>{one.registration?.name ?? t('nobody')}</p>
        <div className={styles.act}>
          {one.hiddenAt ? (
            <ActForm act={show} fields={{ ...fields, id: one.id }} label={t('show')} look="quiet" name={one.text} />
          ) : (
            <Details summary={<>{t('hide')}<span className="visually-hidden"> {one.text}</span></>}>
              <TextForm of={one.id} act={hide} fields={{ ...fields, id: one.id }} label={t('hideNow')} look="ghost" wrong={t('wrong')} questions={[{ name: 'reason', label: t('reason'), hint: t('reasonHint'), max: 200, required: true }]} />
            </Details>
          )}
        </div>
      </div>
    </li>
  )
  return (
    <Page>
      <RoomHead event={event} locale={locale} title={t('title')}><p className="no-print">{t('lede')}</p></RoomHead>
      <Stack>
        {did && <Notice tone="success" live="status" title={t(`done.${did}`)} />}
        <Section id="questions" title={t('list')} beside={all.length > 0 ? t('count', { count: standing.length }) : undefined}>
          {standing.length === 0 ? <EmptyState title={t('none')}><p>{t(event.asksQuestions ? 'noneYet' : 'noneOff')}</p></EmptyState> : <ol className={styles.list}>{standing.map(row)}</ol>}
        </Section>
        {hidden.length > 0 && <Section id="hidden" title={t('hidden')} beside={t('count', { count: hidden.length })} quiet><ul className={styles.list}>{hidden.map(row)}</ul></Section>}
        <div className="no-print">
          <Section id="asking" title={t('asking')} quiet>
            <div className={styles.asking}>
              <p>{t(event.asksQuestions ? 'isOn' : 'isOff')}</p>
              <ActForm act={setAsking} fields={{ ...fields, asks: event.asksQuestions ? 'no' : 'yes' }} label={t(event.asksQuestions ? 'turnOff' : 'turnOn')} look="ghost" />
            </div>
          </Section>
        </div>
      </Stack>
    </Page>
  )
}
