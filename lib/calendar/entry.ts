import type { Prisma } from '@/lib/db'
import { shown } from '@/lib/events/rules'
import { type Locale, localeOf } from '@/lib/text'
import { webAddress } from '@/lib/web-address'
import type { CalendarEvent } from './calendar-event'
import type { CalendarEdition } from './edition'

/** What of an event's row a calendar needs. */
export const entryInclude = {
  venue: true,
  translation: true,
  themes: { orderBy: { position: 'asc' }, include: { theme: true } },
} satisfies Prisma.EventInclude

export type EntryRow = Prisma.EventGetPayload<{ include: typeof entryInclude }>

/** An event as calendars are told of it, in the reader's language where it has been translated. */
export function calendarEvent(event: EntryRow, locale: Locale): CalendarEvent {
  const { title, summary } = shown(event, locale)
  const isWordedSo = event.language === locale || event.translation.some(({ language }) => language === locale)
  return {
    uid: event.uid,
    sequence: event.sequence,
    title,
    summary: summary ?? undefined,
    url: webAddress('/events/[slug]', { slug: event.slug }, locale),
    timeZone: event.timeZone,
    start: { date: event.startDate, time: event.startTime },
    end: event.endDate ? { date: event.endDate, time: event.endTime } : null,
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    status: event.status === 'called_off' ? 'called-off' : 'published',
    place: placeOf(event),
    joinUrl: event.joinUrl ?? undefined,
    createdAt: event.createdAt,
    updatedAt: event.updatedAt,
    themes: event.themes.map(({ theme }) => (locale === 'en' ? theme.shortEn : theme.shortFr)),
    locale: isWordedSo ? locale : localeOf(event.language),
  }
}

type EditionOf = {
  number: number
  authors: string
  licence: string
  publishedAt: Date
  passages: { paragraphId: string; text: string }[]
  /** With its editions that stand, the newest first. */
  event: EntryRow & { editions: { publishedAt: Date }[] }
}

/** A restitution as news feeds are told of it. */
export function calendarEdition({ event, number, authors, licence, publishedAt, passages }: EditionOf, locale: Locale): CalendarEdition {
  const url = webAddress('/events/[slug]/notes', { slug: event.slug }, locale)
  return {
    // What the calendar makes of a row holds the join link, which is for those who have a seat.
    event: { ...calendarEvent(event, locale), joinUrl: undefined },
    number,
    authors,
    licence,
    url,
    firstAt: event.editions.at(-1)?.publishedAt ?? publishedAt,
    publishedAt,
    passages: passages.map(({ paragraphId, text }) => ({ text, url: `${url}#p-${paragraphId}` })),
  }
}

function placeOf({ mode, venue }: EntryRow): CalendarEvent['place'] {
  if (mode === 'online') return 'online'
  if (!venue) return undefined
  const address = [venue.address, venue.city].filter(Boolean).join(', ')
  return { name: venue.name, address: address || undefined, lat: venue.lat ?? undefined, lon: venue.lon ?? undefined }
}
