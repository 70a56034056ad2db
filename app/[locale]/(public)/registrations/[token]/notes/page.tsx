import type { Metadata } from 'next'
import { NextIntlClientProvider } from 'next-intl'
import { getMessages, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { roomFacts } from '@/app/[locale]/_writing/room-facts'
import { Writing } from '@/app/[locale]/_writing/writing'
import { Gone, heldBy, metadataOf } from '@/app/[locale]/(public)/registrations/[token]/held'
import { otherLanguage } from '@/app/[locale]/event-words'
import { EmptyState, Notice } from '@/app/_ui/notice'
import { Page, PageHead } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { eventBySlug } from '@/lib/events/queries'
import { shown } from '@/lib/events/rules'
import { mayWriteNow, writingBegins, writingEnds } from '@/lib/notes/rules'
import { pathOf } from '@/lib/pathnames'
import type { HeldRegistration as Held } from '@/lib/registrations/queries'
import { clockIn, sayDay, sayHours, typo } from '@/lib/text'
import { askTicket } from './actions'

interface Props {
  params: Promise<{ locale: Locale; token: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, token } = await params
  const t = await getTranslations({ locale, namespace: 'writing.yours' })
  return metadataOf(token, t('title'))
}

/** The notes of a session, for somebody who has a seat and may write in them while it is on; before and after, when and why. */
export default async function YourNotesPage({ params }: Props) {
  const { locale, token } = await params
  const held = await heldBy(token)
  if (!held) notFound()
  const t = await getTranslations({ locale, namespace: 'writing.yours' })
  if (held === 'gone') return <Gone locale={locale} />
  const why = mayWriteNow(held, now())
  const back = <a href={pathOf('/registrations/[token]', { token }, locale)}>{t('back')}</a>
  const { title, language } = shown(held.event, locale)
  return (
    <Page>
      <PageHead overline={<span lang={otherLanguage(language, locale)}>{typo(title, language as Locale)}</span>} title={t('title')}>
        {why === null ? <p>{t('lede')} {t('of', { name: held.name })}. {back}</p> : <p>{back}</p>}
      </PageHead>
      {why === null
        ? <Room held={held} token={token} locale={locale} />
        : <EmptyState title={t(`not.${why}.title`)}><p>{t(`not.${why}.text`, { when: sayMoment(why === 'not-yet' ? writingBegins(held.event) : writingEnds(held.event), held.timeZone, locale) })}</p></EmptyState>}
    </Page>
  )
}

async function Room({ held, token, locale }: { held: Held; token: string; locale: Locale }) {
  const event = await eventBySlug(held.event.slug)
  if (!event) notFound()
  const [t, facts, messages] = await Promise.all([getTranslations({ locale, namespace: 'writing.yours' }), roomFacts(event, locale), getMessages({ locale })])
  return (
    <NextIntlClientProvider locale={locale} messages={{ writing: messages.writing }}>
      <noscript><Notice tone="warning"><p>{t('noScript')} <a href={pathOf('/registrations/[token]/takeaway', { token }, locale)}>{t('plain')}</a></p></Notice></noscript>
      <Writing eventId={event.id} writer={`registration/${held.id}`} name={held.name} language={event.language} storedAt={facts.savedAt} picks={facts.picks} speakers={facts.speakers} questions={facts.questions} ask={askTicket.bind(null, token)} />
    </NextIntlClientProvider>
  )
}

/** By the clock of whoever registered: « le 3 décembre à 8h30 ». */
function sayMoment(at: Date, zone: string, locale: Locale) {
  const [then, today] = [clockIn(at, zone), clockIn(now(), zone)]
  if (!then) return ''
  const hour = sayHours(then.time, null, locale, 'long')
  return then.date === today?.date ? hour : `${locale === 'fr' ? 'le' : 'on'} ${sayDay(then.date, locale, { weekday: false, today: today?.date })} ${hour}`
}
