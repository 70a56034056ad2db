import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { currentActor } from '@/app/_session/actor'
import { eventHref, momentOf, otherLanguage, placeWords, themeSigns } from '@/app/[locale]/event-words'
import { unbroken } from '@/app/[locale]/(public)/unbroken'
import { Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import { ThemeChips } from '@/app/_ui/theme-chip'
import { alternates, getPathname, permanentRedirect } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { discussedAt } from '@/lib/coverage/queries'
import { canSee } from '@/lib/events/access'
import { eventBySlug } from '@/lib/events/queries'
import { shown } from '@/lib/events/rules'
import { installation } from '@/lib/installation'
import { editionsOf } from '@/lib/notes/queries'
import { sayWhen, typo } from '@/lib/text'
import { webAddress } from '@/lib/web-address'
import { EventBand } from './event-band'
import { EventBody } from './event-body'
import { EventFacts } from './event-facts'
import { eventJsonLd, safeJson } from './event-json-ld'
import { RegistrationPanel } from './registration-panel'
import { RestitutionPanel } from './restitution-panel'
import styles from './event.module.css'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** One read for the page and its head. */
const eventHere = cache(async (slug: string) => {
  const [event, actor] = await Promise.all([eventBySlug(slug), currentActor()])
  return event && canSee(actor, event) ? event : null
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, slug } = await params
  const event = await eventHere(slug)
  if (!event) return {}
  const t = await getTranslations({ locale, namespace: 'event' })
  const siteName = (await getTranslations({ locale, namespace: 'frame' }))('name')
  const { title, summary, language } = shown(event, locale)
  const when = sayWhen(momentOf(event), locale, { year: true })
  const description = summary ? typo(summary, language as Locale) : t('description', { when, place: placeWords(event, t) })
  const image = { url: webAddress('/events/[slug]/share-image', { slug: event.slug }, locale), width: 1200, height: 630, alt: `${title}, ${when}` }
  return {
    title: typo(title, language as Locale),
    description,
    alternates: alternates({ pathname: '/events/[slug]', params: { slug: event.slug } }, locale),
    robots: event.status === 'draft' ? { index: false, follow: false } : undefined,
    openGraph: { siteName, locale: locale === 'en' ? 'en_GB' : 'fr_FR', title: typo(title, language as Locale), description, type: 'article', url: eventHref(event.slug, locale), images: [image] },
    twitter: { card: 'summary_large_image' },
  }
}

/** One event. On a phone: the band, what it is about, the form, then the rest. */
export default async function EventPage({ params, searchParams }: Props) {
  const { locale, slug } = await params
  const [event, search] = await Promise.all([eventHere(slug), searchParams])
  if (!event) notFound()
  if (event.slug !== slug) permanentRedirect({ href: { pathname: '/events/[slug]', params: { slug: event.slug } }, locale })
  const isOver = event.overAt <= now()
  const [editions, discussed, { networkName }] = await Promise.all([
    isOver ? editionsOf(event.id) : [],
    event.startsAt <= now() && event.recommendations.length > 0 ? discussedAt(event.id) : null,
    installation(),
  ])
  const t = await getTranslations({ locale, namespace: 'event' })
  const { summary, language } = shown(event, locale)
  const said = [search.reponse ?? search.answer].flat()[0]
  // The archive tells of sessions for which nobody could register here.
  const tookSeats = event.seatings.some(({ capacity, line }) => capacity !== null || line > 0)
  return (
    <>
      {event.status !== 'draft' && <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: safeJson(eventJsonLd(event, locale, networkName)) }} />}
      <EventBand event={event} locale={locale} />
      <Page className={styles.page}>
        <div className={styles.grid}>
          <div className={styles.summary}>
            {event.demonstration && <p className={styles.demonstration}><strong>{t('demonstration.title')}</strong> {t('demonstration.text')}</p>}
            {summary && <p className="lede" lang={otherLanguage(language, locale)}>{unbroken(typo(summary, language as Locale))}</p>}
            <ThemeChips themes={themeSigns(event, locale)} label={t('themes')} />
          </div>
          <aside className={styles.aside} aria-label={t('aside')}>
            {event.status === 'draft' ? (
              <Notice title={t('draft.label')}>
                <p>{t('draft.text')} <a href={getPathname({ href: { pathname: '/organise/events/[slug]', params: { slug } }, locale })}>{t('draft.open')}</a></p>
              </Notice>
            ) : isOver && event.status === 'published' ? (
              <RestitutionPanel event={event} editions={editions} locale={locale} expected={tookSeats} />
            ) : (
              <RegistrationPanel event={event} locale={locale} said={said} code={[search.code].flat()[0]?.slice(0, 60)} />
            )}
            <EventFacts event={event} locale={locale} />
          </aside>
          <EventBody event={event} discussed={discussed} locale={locale} />
        </div>
      </Page>
    </>
  )
}
