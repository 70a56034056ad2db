import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { datePartsOf, otherLanguage, pigmentOf } from '@/app/[locale]/event-words'
import { currentActor } from '@/app/_session/actor'
import { LinkButton } from '@/app/_ui/button'
import { DateBlock } from '@/app/_ui/date-block'
import { EmptyState, Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import { Band } from '@/app/_ui/programme'
import { alternates, getPathname, type Href, permanentRedirect } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import type { Actor } from '@/lib/actor'
import { canSee } from '@/lib/events/access'
import { type EventPage, eventBySlug } from '@/lib/events/queries'
import { shown } from '@/lib/events/rules'
import { canRead, canWriteNotes } from '@/lib/notes/access'
import { currentEdition } from '@/lib/notes/queries'
import { seatOf } from '@/lib/registrations/queries'
import { clockIn, sayDay, typo } from '@/lib/text'
import { Restitution } from './restitution'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, slug } = await params
  const event = await eventBySlug(decodeURIComponent(slug))
  if (!event || event.status === 'draft') return {}
  const t = await getTranslations({ locale, namespace: 'notes.page' })
  const title = t('metaTitle', { title: shown(event, locale).title })
  return {
    title,
    alternates: alternates(hrefOf('/events/[slug]/notes', event.slug), locale),
    openGraph: { title, type: 'article' },
    ...(event.notesVisibility === 'all' ? {} : { robots: { index: false } }),
  }
}

export default async function RestitutionPage({ params }: Props) {
  const { locale, slug } = await params
  const [event, actor] = await Promise.all([eventBySlug(decodeURIComponent(slug)), currentActor()])
  if (!event || !canSee(actor, event)) notFound()
  if (event.slug !== decodeURIComponent(slug)) permanentRedirect({ href: hrefOf('/events/[slug]/notes', event.slug), locale })
  const edition = await currentEdition(event.id)
  const mayRead = canRead(actor, event, await ownSeat(actor, event.id))
  if (!canWriteNotes(actor) && (!edition || (!mayRead && event.notesVisibility === 'organisers'))) notFound()

  const t = await getTranslations({ locale, namespace: 'notes.page' })
  const words = shown(event, locale)
  const eventPath = getPathname({ href: hrefOf('/events/[slug]', event.slug), locale })
  const publishedOn = edition && sayDay(clockIn(edition.publishedAt, event.timeZone)?.date ?? edition.publishedAt.toISOString().slice(0, 10), locale, { weekday: false })
  return (
    <article>
      <Band
        pigment={pigmentOf(event)}
        date={<DateBlock size="band" {...datePartsOf(event, locale, await getTranslations({ locale, namespace: 'event' }), { hour: false })} />}
        over={<p>{t('over')}</p>}
        title={typo(words.title, words.language === 'en' ? 'en' : 'fr')}
        lang={otherLanguage(words.language, locale)}
      >
        <p>{edition && publishedOn ? t('published', { number: edition.number, day: publishedOn, authors: edition.authors }) : t('unpublished')} <a href={eventPath}>{t('toEvent')}</a></p>
      </Band>
      <Page>{await inside()}</Page>
    </article>
  )

  async function inside() {
    if (!edition) return <Unwritten event={event!} locale={locale} />
    if (!mayRead) return <Reserved event={event!} locale={locale} />
    return (
      <>
        {event!.notesVisibility !== 'all' && <Notice>{t(`visibility.${event!.notesVisibility}`)}</Notice>}
        <Restitution event={event!} edition={edition} locale={locale} title={words.title} publishedOn={publishedOn!} />
      </>
    )
  }
}

/** For organisers alone: others are told that there is no such page. */
async function Unwritten({ event, locale }: { event: EventPage; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'notes.page' })
  return (
    <EmptyState title={t('empty.title')} action={<LinkButton href={getPathname({ href: hrefOf('/organise/events/[slug]/notes', event.slug), locale })}>{t('empty.write')}</LinkButton>}>
      <p>{t('empty.text')}</p>
    </EmptyState>
  )
}

async function Reserved({ event, locale }: { event: EventPage; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'notes.page' })
  const returnTo = getPathname({ href: hrefOf('/events/[slug]/notes', event.slug), locale })
  return (
    <EmptyState title={t('reserved.title')} action={<LinkButton href={getPathname({ href: { pathname: '/login', query: { returnTo } }, locale })}>{t('reserved.login')}</LinkButton>}>
      <p>{t('reserved.text')}</p>
    </EmptyState>
  )
}

const ownSeat = async (actor: Actor, eventId: string) => (actor.kind === 'person' ? seatOf(eventId, actor.addressFolds) : null)

type Paged = '/events/[slug]' | '/events/[slug]/notes' | '/organise/events/[slug]/notes'
const hrefOf = (pathname: Paged, slug: string): Href => ({ pathname, params: { slug } })
