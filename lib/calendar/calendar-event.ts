import { addDays, instantOf, type WallTime } from '@/lib/time'
import { atCity, sayWhen, type Locale, unlinked } from '@/lib/text'
import { manyLines, oneLine, uriOf } from './content-lines'

/** An event as calendars need it. Times are wall times in `timeZone`; the instants are derived from them. */
export type CalendarEvent = {
  uid: string
  /** The public number of the revision; for one person's calendar, event.sequence + registration.revision. */
  sequence: number
  title: string
  /** Plain text. */
  summary?: string
  url: string
  timeZone: string
  start: WallTime
  end: WallTime | null
  startsAt: Date
  endsAt: Date | null
  status: 'published' | 'called-off'
  place?: Place | 'online'
  /** Only for people who have a seat: never put it into what everybody reads. */
  joinUrl?: string
  /** Where its published notes are read; only for people who may. */
  restitutionUrl?: string
  createdAt: Date
  updatedAt: Date
  themes: string[]
  /** Of title and summary. */
  locale: Locale
}

export type Place = { name: string; address?: string; lat?: number; lon?: number }

/** Where someone stands towards an event; a person without a seat sees no join link. */
export type SeatState = 'confirmed' | 'waitlisted' | 'offered'

/** What a calendar can show: hours, or whole days (`lastDay` included) where the start or the last day's end is not known. */
export type Span =
  | { kind: 'hours'; startsAt: Date; endsAt: Date; endKnown: boolean }
  | { kind: 'days'; firstDay: string; lastDay: string; dayAfter: string }

/** The length that a calendar is given where nobody has said the end. Most of the sessions that we know last an hour. */
const assumedLength = 60 * 60_000

/**
 * The span of an event in a calendar. An hour that is not known is never invented: such an event takes whole days,
 * and so does one of several days whose last hour is not known. A start without an end is different: calendars
 * mishandle entries without an end, so it gets an hour, and the description says that the end is not known.
 */
export function spanOf(event: CalendarEvent): Span {
  const lastDay = event.end !== null && event.end.date > event.start.date ? event.end.date : event.start.date
  const openEnded = lastDay > event.start.date && event.end?.time === null
  if (event.start.time === null || openEnded) return { kind: 'days', firstDay: event.start.date, lastDay, dayAfter: addDays(lastDay, 1) }
  const startsAt = settled(event.start, event.timeZone, event.startsAt)
  const endsAt = event.end?.time == null ? null : settled(event.end, event.timeZone, event.endsAt)
  const endKnown = endsAt !== null && endsAt > startsAt
  return { kind: 'hours', startsAt, endsAt: endKnown ? endsAt : new Date(startsAt.getTime() + assumedLength), endKnown }
}

const words = {
  fr: {
    online: 'En ligne', calledOff: 'Annulé : ', waiting: '(liste d’attente) ', join: 'Lien de connexion : ', page: 'Page du rendez-vous : ', restitution: 'Restitution : ',
    isCalledOff: 'Ce rendez-vous est annulé.', hourUnknown: 'L’heure n’est pas encore connue.', endUnknown: 'L’heure de fin n’est pas connue : une heure est réservée par défaut.',
    isWaiting: 'Vous êtes en liste d’attente : ce rendez-vous n’est pas encore confirmé pour vous.', isOffered: 'Une place vous est proposée : elle n’est pas encore confirmée.',
    lastHourUnknown: 'L’heure de fin du dernier jour n’est pas connue.',
    withdrawn: 'Votre inscription à ce rendez-vous est retirée.',
    withYou: 'Avec vous : ',
    unheard: 'Une réponse donnée dans votre agenda ne nous parvient pas : pour vous désinscrire, utilisez le lien du message.',
  },
  en: {
    online: 'Online', calledOff: 'Cancelled: ', waiting: '(waiting list) ', join: 'Join: ', page: 'Event page: ', restitution: 'Published notes: ',
    isCalledOff: 'This event has been called off.', hourUnknown: 'The time is not known yet.', endUnknown: 'The end time is not known: one hour is set aside by default.',
    isWaiting: 'You are on the waiting list: your seat is not confirmed yet.', isOffered: 'A seat is offered to you: it is not confirmed yet.',
    lastHourUnknown: 'The end time of the last day is not known.',
    withdrawn: 'Your registration for this event is withdrawn.',
    withYou: 'With you: ',
    unheard: 'An answer given in your calendar does not reach us: to withdraw, use the link in the message.',
  },
}

/** The title as it stands in a calendar, with « Annulé : » or « (liste d’attente) » before it. */
export function titleIn(locale: Locale, event: CalendarEvent, state: SeatState = 'confirmed'): string {
  const before = event.status === 'called-off' ? words[locale].calledOff : state === 'confirmed' ? '' : words[locale].waiting
  return before + oneLine(event.title)
}

/** The place on one line, or « En ligne »; empty if nobody has said where. */
export function placeIn(locale: Locale, { place }: CalendarEvent): string {
  if (place === undefined) return ''
  return place === 'online' ? words[locale].online : [place.name, place.address].filter(Boolean).map((part) => oneLine(part ?? '')).join(', ')
}

/** « jeudi 21 mars 2024 à 9h, heure de Paris »: the year always, since an entry may be read at any time. */
function whenIn(locale: Locale, event: CalendarEvent): string {
  return sayWhen(event, locale, { year: true })
}

/** What a reader must be told of an entry whose hours are not what they seem. */
export function caveatsIn(locale: Locale, event: CalendarEvent): string[] {
  const span = spanOf(event)
  if (span.kind === 'hours') return span.endKnown ? [] : [words[locale].endUnknown]
  return event.start.time === null ? [words[locale].hourUnknown] : [words[locale].lastHourUnknown]
}

/** Said where no answer from a calendar can reach us. */
export function unheardIn(locale: Locale): string {
  return words[locale].unheard
}

/** What the withdrawal of one person's registration says, which must not be taken for the end of the event. */
export function withdrawnIn(locale: Locale): string {
  return words[locale].withdrawn
}

/** Whom somebody brings along; nothing where they come alone. */
export function companionsIn(locale: Locale, companions: string[]): string[] {
  const names = companions.map((name) => oneLine(unlinked(name))).filter((name) => name !== '')
  return names.length === 0 ? [] : [words[locale].withYou + names.join(', ')]
}

/**
 * A description that stands on its own, for calendars that show nothing else. The join link is in it only for
 * someone whose seat is confirmed (`state` given as such): what everybody reads passes no state.
 */
export function describe(locale: Locale, event: CalendarEvent, state?: SeatState): string {
  const said = words[locale]
  const calledOff = event.status === 'called-off'
  const standing = calledOff ? said.isCalledOff : state === 'waitlisted' ? said.isWaiting : state === 'offered' ? said.isOffered : ''
  const join = state === 'confirmed' && !calledOff && event.joinUrl !== undefined ? uriOf(event.joinUrl) : null
  const page = uriOf(event.url)
  const restitution = event.restitutionUrl === undefined ? null : uriOf(event.restitutionUrl)
  const parts = [
    standing,
    [whenIn(locale, event), placeIn(locale, event), ...caveatsIn(locale, event)].filter(Boolean).join('\n'),
    manyLines(event.summary ?? ''),
    join === null ? '' : said.join + join,
    restitution === null ? '' : said.restitution + restitution,
    page === null ? '' : said.page + page,
  ]
  return parts.filter(Boolean).join('\n\n')
}

/** The wall time is the truth; the stored instant stands in only if the zone's rules have since made a gap of it. */
function settled(wall: WallTime, zone: string, stored: Date | null): Date {
  const instant = instantOf(wall, zone)
  if (instant instanceof Date) return instant
  if (stored === null) throw new RangeError(`No such hour: ${wall.date} ${wall.time} ${atCity(zone, 'en')}`)
  return stored
}
