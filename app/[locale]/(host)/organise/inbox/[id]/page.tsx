import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { requireOrganiser } from '@/app/_session/actor'
import { Columns, Details, Facts, Page, PageHead, Section, Stack } from '@/app/_ui/page'
import { pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import styles from '@/app/[locale]/(host)/organise/inbox/inbox.module.css'
import { sayOutcome, sayWho, sayWhy } from '@/app/[locale]/(host)/organise/inbox/say-mail'
import { sayInstant } from '@/app/[locale]/(host)/organise/say-instant'
import { otherLanguage } from '@/app/[locale]/event-words'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { incomingById } from '@/lib/inbox/queries'
import { canTie } from '@/lib/inbox/rules'
import { withoutCapabilities } from '@/lib/mail/rules'
import { localeOf, typo } from '@/lib/text'
import { Aside } from './aside'
import { Said } from './said'
import { Source } from './source'
import { Tie } from './tie'

interface Props {
  params: Promise<{ locale: Locale; id: string }>
  searchParams: Promise<{ q?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'inbox.message' })
  return { title: t('title') }
}

/** One message: whose it may be, what it says, what was made of it, what a person can do, and its source while that is kept. */
export default async function MailPage({ params, searchParams }: Props) {
  const { locale, id } = await params
  await requireOrganiser({ locale })
  const mail = await incomingById(id)
  if (!mail) notFound()
  const t = await getTranslations({ locale, namespace: 'inbox' })
  const asked = (await searchParams).q
  const q = typeof asked === 'string' ? asked.slice(0, 200).replaceAll('\0', '').trim() : ''
  const { event, registration, detail } = mail
  const who = sayWho(mail, t)

  return (
    <Page>
      <PageHead
        overline={<a href={getPathname({ href: '/organise/inbox', locale })}>{t('message.back')}</a>}
        title={<span className={styles.title}>{mail.subject?.trim() || t('noSubject')}</span>}
      >
        <p className={styles.value}>{mail.fromAddress && mail.fromAddress !== who ? `${who} <${mail.fromAddress}>` : who}</p>
      </PageHead>
      <Columns aside={
        <Facts facts={[
          { term: t('message.at'), detail: sayInstant(mail.arrivedAt, locale) },
          { term: t('message.way'), detail: t(`message.ways.${mail.way}`) },
          { term: t('message.to'), detail: <span className={styles.value}>{mail.toAddress ? withoutCapabilities(mail.toAddress) : t('nobody')}</span> },
          { term: t('message.event'), detail: event ? <a href={pathOfRoom('/organise/events/[slug]', event.slug, locale)} lang={otherLanguage(event.language, locale)}>{typo(event.title, localeOf(event.language))}</a> : t('message.none') },
          { term: t('message.person'), detail: registration && event ? <a className={styles.value} href={pathOfRoom('/organise/events/[slug]/registrations', event.slug, locale, { q: registration.address })}>{registration.name}</a> : t('message.none') },
          ...(detail.authentication ? [{ term: t('message.checks'), detail: <span className={styles.value}>{detail.authentication}</span> }] : []),
          ...(detail.was ? [{ term: t('message.was'), detail: sayOutcome({ outcome: detail.was, detail: {} }, t) }] : []),
          ...(mail.settledAt ? [{ term: t('message.settled'), detail: t('message.settledBy', { when: sayInstant(mail.settledAt, locale), who: mail.settledBy ?? '' }) }] : []),
        ]} />
      }>
        <Section id="what" title={t('message.what')}>
          <Stack close>
            <p className={styles.made}>{sayOutcome(mail, t)}</p>
            {sayWhy(mail, t).map((sentence) => <p key={sentence} className={styles.why}>{sentence}</p>)}
            {event && mail.outcome === 'proposed' && <p><a href={pathOfRoom('/organise/events/[slug]/proposals', event.slug, locale)}>{t('message.proposals')}</a></p>}
            {event && mail.outcome === 'countered' && event.overAt > now() && <p><a href={pathOfRoom('/organise/events/[slug]/change', event.slug, locale)}>{t('message.move')}</a></p>}
            {registration && mail.awaits && <p><a href={`mailto:${encodeURIComponent(registration.address)}`}>{t('message.write', { name: registration.name })}</a></p>}
          </Stack>
        </Section>
        <Said mail={mail} locale={locale} t={t} />
        {mail.awaits && (
          <Section id="tie" title={t('tie.title')}>
            <Tie mail={mail} q={q} locale={locale} t={t} />
            <Aside mail={mail.id} locale={locale} t={t} />
          </Section>
        )}
        <Section id="source" title={t('raw.title')}>
          <Source mail={mail} locale={locale} t={t} />
        </Section>
        {!mail.awaits && canTie(mail) && <Details summary={t('tie.still')} open={q !== ''}><Tie mail={mail} q={q} locale={locale} t={t} /></Details>}
      </Columns>
    </Page>
  )
}
