import type { EventFacts, Pigment, RegistrationFacts, Standing, WhereFacts } from '@/emails/facts'
import type { CalendarEvent, SeatState } from '@/lib/calendar/calendar-event'
import { calendarEvent, type EntryRow, entryInclude } from '@/lib/calendar/entry'
import { invitation } from '@/lib/calendar/ics'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import type { Prisma } from '@/lib/db'
import { shown } from '@/lib/events/rules'
import { capability } from '@/lib/ids'
import type { Composed } from '@/lib/mail/deliver'
import { type Locale, localeOf } from '@/lib/text'
import { webAddress } from '@/lib/web-address'
import { personalSequence } from './rules'

/** What of a registration's rows its letters are made from. */
export const letterInclude = {
  companions: { orderBy: { createdAt: 'asc' } },
  event: { include: entryInclude },
  standing: { include: { series: true } },
  accessNeed: true,
} satisfies Prisma.RegistrationInclude

export type LetterSubject = Prisma.RegistrationGetPayload<{ include: typeof letterInclude }>

/** To whom a letter goes, as its row says. */
export type Addressee = { toName: string | null; toAddress: string }

/** What every letter about a registration knows. The join link only for whoever has a seat. */
export function registrationFacts(to: Addressee, row: LetterSubject): RegistrationFacts {
  const locale = localeOf(row.locale)
  return {
    event: eventFacts(row.event, locale, whereOf(row)),
    name: to.toName ?? row.name,
    companions: row.companions.map(({ name }) => name),
    manageUrl: webAddress('/registrations/[token]', { token: capability('manage', row.id, row.generation) }, locale),
    readerZone: row.timeZone,
    answersRead: config().answersRead,
    mayBring: row.event.companionsMost > 0,
    offers: row.event.offerHours !== null,
    through: row.standing && { series: seriesName(row.standing.series, locale), url: standingUrl(row.standing, locale) },
  }
}

export const seriesName = (series: { nameFr: string; nameEn: string }, locale: Locale) => (locale === 'en' ? series.nameEn : series.nameFr)

export const standingUrl = ({ id, generation }: { id: string; generation: number }, locale: Locale) =>
  webAddress('/standing/[token]', { token: capability('standing', id, generation) }, locale)

type Told = EntryRow & { joinUrl: string | null }

export function eventFacts(event: Told, locale: Locale, where: WhereFacts = whereIs(event)): EventFacts {
  const { title, language } = shown(event, locale)
  return {
    title,
    language,
    pigment: (event.themes[0]?.theme.pigment ?? 'ink') as Pigment,
    url: webAddress('/events/[slug]', { slug: event.slug }, locale),
    moment: {
      start: { date: event.startDate, time: event.startTime },
      end: event.endDate ? { date: event.endDate, time: event.endTime } : null,
      timeZone: event.timeZone,
      startsAt: event.startsAt.toISOString(),
      endsAt: event.endsAt?.toISOString() ?? null,
    },
    where,
  }
}

function whereOf({ event, place, status }: LetterSubject): WhereFacts {
  return place === 'screen' ? { is: 'online', joinUrl: status === 'confirmed' ? event.joinUrl : null } : whereIs(event)
}

function whereIs({ mode, venue }: Told): WhereFacts {
  if (mode === 'online') return { is: 'online', joinUrl: null }
  return { is: 'in-person', venue: venue?.name ?? null, address: [venue?.address, venue?.city].filter(Boolean).join(', ') || null }
}

export function standingOf({ status, pendingFor }: Pick<LetterSubject, 'status' | 'pendingFor'>): Standing {
  return status === 'pending' && pendingFor === 'proof' ? 'unproven' : status
}

/** From and ORGANIZER are one address, the same for the registration's life, which tells whose answer comes back. */
export const senderOf = ({ id }: { id: string }) => ({
  name: config().mailFrom.name,
  address: `rsvp+${capability('reply', id)}@${config().replyDomain}`,
})

/** What a calendar is told: an invitation or its update; or that it is withdrawn, with the number that it was withdrawn under. */
export type Word = { method: 'REQUEST' } | { method: 'CANCEL'; of: 'event' | 'registration'; revision: number }

/** The event as this person's calendar is told of it: where their own seat is. */
export function entryOf({ event, place, locale }: LetterSubject): CalendarEvent {
  const entry = calendarEvent(event, localeOf(locale))
  return place === 'screen' ? { ...entry, place: 'online' } : { ...entry, joinUrl: undefined }
}

export const seatStateOf = ({ status }: Pick<LetterSubject, 'status'>): SeatState => (status === 'waitlisted' || status === 'offered' ? status : 'confirmed')

export function calendarOf(to: Addressee, row: LetterSubject, word: Word): Composed['calendar'] {
  const sequence = personalSequence(row.event.sequence, word.method === 'CANCEL' ? word.revision : row.revision)
  const content = invitation({
    method: word.method,
    reason: word.method === 'CANCEL' ? word.of : 'event',
    event: entryOf(row),
    sequence,
    stamp: now(),
    organiser: senderOf(row),
    attendee: { name: to.toName ?? row.name, address: to.toAddress },
    companions: row.companions.map(({ name }) => name),
    state: seatStateOf(row),
    asksAnswer: config().answersRead,
    locale: localeOf(row.locale),
  })
  return { method: word.method, content, sequence, eventSequence: row.event.sequence, startsAt: row.event.startsAt }
}
