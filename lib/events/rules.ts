import { endOfDay, instantOf, parseWhen, type WallTime } from '@/lib/time'

export { isTooLateToAsk, takeawayAt } from './takeaway'

/** When an event is: wall times as they were said, and the instants derived from them. */
export type Timing = {
  startDate: string
  startTime: string | null
  endDate: string | null
  endTime: string | null
  timeZone: string
  startsAt: Date
  endsAt: Date | null
  overAt: Date
}

export type TimingRefusal = { field: 'startsAt' | 'endsAt'; reason: string }

/**
 * Derives an event's instants. An hour that does not exist (spring) is refused, one that comes twice is its first
 * passage; an unknown hour counts from the day's beginning; an unknown end leaves it over at the end of its last day.
 */
export function timingOf(start: WallTime, end: WallTime | null, timeZone: string): Timing | TimingRefusal {
  const startsAt = instantOf(start, timeZone)
  if (!(startsAt instanceof Date)) return { field: 'startsAt', reason: 'gap' }
  const endsAt = end?.time ? instantOf(end, timeZone) : null
  if (endsAt && !(endsAt instanceof Date)) return { field: 'endsAt', reason: 'gap' }
  if (end && end.date < start.date) return { field: 'endsAt', reason: 'before-start' }
  if (endsAt && endsAt <= startsAt) return { field: 'endsAt', reason: 'before-start' }
  return {
    startDate: start.date,
    startTime: start.time,
    endDate: end?.date ?? null,
    endTime: end?.time ?? null,
    timeZone,
    startsAt,
    endsAt,
    overAt: endsAt ?? endOfDay(end?.date ?? start.date, timeZone),
  }
}

/** Reads a start or an end as the API takes it; the reasons are those of errors.json. */
export function readWhen(text: string, timeZone: string): WallTime | { reason: string } {
  const when = parseWhen(text, timeZone)
  if (when.ok) return when.wall
  return { reason: when.reason === 'gap' ? 'gap' : 'not-a-date' }
}

export type SeatingFacts = { place: 'room' | 'screen'; capacity: number | null; taken: number; waiting: number }

export type Standing = 'open' | 'closed' | 'full' | 'waitlist'

type Doors = { status: string; startsAt: Date; overAt: Date; opensAt: Date | null; closesAt: Date | null; waitlist: boolean; seatings: SeatingFacts[] }

/** When registering ends: said by the organiser, else at the start. */
export const closing = (event: { startsAt: Date; closesAt: Date | null }) =>
  event.closesAt && event.closesAt < event.startsAt ? event.closesAt : event.startsAt

/** Why nobody can register now, or null. */
export function shut(event: Omit<Doors, 'seatings' | 'waitlist'>, now: Date) {
  if (event.status === 'called_off') return 'called-off' as const
  if (event.overAt <= now) return 'already-over' as const
  if (event.status !== 'published' || closing(event) <= now || opening(event, now)) return 'closed' as const
  return null
}

/** When registering opens, where that is still to come; null: it is open, or over, or nobody announced the event yet. */
export function opening(event: Pick<Doors, 'status' | 'startsAt' | 'opensAt' | 'closesAt'>, now: Date) {
  return event.status === 'published' && event.opensAt && event.opensAt > now && event.opensAt < closing(event) ? event.opensAt : null
}

/** What an unknown address would get now: a seat, a place in line, or nothing. */
export function standing(event: Doors, now: Date): Standing {
  if (shut(event, now)) return 'closed'
  if (event.seatings.some(hasRoom)) return 'open'
  return event.waitlist ? 'waitlist' : 'full'
}

/** People in line come first: while somebody waits, a free seat is theirs. */
export const hasRoom = (seating: SeatingFacts) =>
  seating.waiting === 0 && (seating.capacity === null || seating.taken < seating.capacity)

/** Seats left over all places; null where one of them has no limit. */
function seatsLeft(seatings: SeatingFacts[]) {
  if (seatings.some((one) => one.capacity === null)) return null
  return seatings.reduce((sum, one) => sum + Math.max(0, one.capacity! - one.taken), 0)
}

export const sum = (seatings: SeatingFacts[], what: 'taken' | 'waiting') => seatings.reduce((total, one) => total + one[what], 0)

/** The whole capacity; null: no limit. */
export const wholeCapacity = (seatings: SeatingFacts[]) =>
  seatings.some((one) => one.capacity === null) ? null : seatings.reduce((total, one) => total + one.capacity!, 0)

/**
 * What everybody may be told of an event's seats. Of a closed circle nothing is counted: a figure that moves when
 * somebody registers an address would tell whether it is on the circle's list.
 */
export function figuresTold({ audience, seatings }: { audience: string; seatings: SeatingFacts[] }) {
  if (audience !== 'open') return { left: null, capacity: null, taken: 0, waiting: 0 }
  return { left: seatsLeft(seatings), capacity: wholeCapacity(seatings), taken: sum(seatings, 'taken'), waiting: sum(seatings, 'waiting') }
}

export const placesOf = (mode: 'online' | 'in_person' | 'hybrid'): ('room' | 'screen')[] =>
  mode === 'online' ? ['screen'] : mode === 'in_person' ? ['room'] : ['room', 'screen']

/** How a calendar sees an event: a change of any of these raises SEQUENCE (RFC 5546 2.1.4, and our choice for names and places). */
export type CalendarView = Pick<Timing, 'startDate' | 'startTime' | 'endDate' | 'endTime' | 'timeZone'> & {
  title: string
  mode: string
  venueId: string | null
  joinUrl: string | null
}

export function calendarSees(before: CalendarView, after: CalendarView) {
  const keys = ['title', 'startDate', 'startTime', 'endDate', 'endTime', 'timeZone', 'mode', 'venueId', 'joinUrl'] as const
  return keys.some((key) => before[key] !== after[key])
}

export const modeName = { online: 'online', in_person: 'in-person', hybrid: 'hybrid' } as const
export const modeCode = { online: 'online', 'in-person': 'in_person', hybrid: 'hybrid' } as const
export const statusName = { draft: 'draft', published: 'published', called_off: 'called-off' } as const

type Worded = { language: string; title: string; summary: string | null; description: string | null }

/** An event's words in the reader's language, where somebody translated them; else in its own, with `language` to say so. */
export function shown(event: Worded & { translation: Worded[] }, locale: string): Worded {
  return (event.language === locale ? undefined : event.translation.find((one) => one.language === locale)) ?? event
}
