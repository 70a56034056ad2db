import ical, { ICalAttendeeRole, ICalAttendeeStatus, ICalAttendeeType, ICalCalendarMethod, ICalEventStatus, ICalEventTransparency, type ICalCalendar, type ICalEvent, type ICalLuxonDateTimeStub } from 'ical-generator'
import { type Locale, unlinked } from '@/lib/text'
import { isAmbiguous, wallOf } from '@/lib/time'
import { caveatsIn, companionsIn, describe, placeIn, spanOf, titleIn, unheardIn, withdrawnIn, type CalendarEvent, type SeatState, type Span } from './calendar-event'
import { escapeText, fold, mailboxOf, mailtoOf, manyLines, oneLine, personName, sequenceOf, uidOf, unfold, uriOf } from './content-lines'
import { isUniversal, showsInstant, zoneLines } from './time-zone'

export type Mailbox = { name: string; address: string }

export type InvitationInput = {
  method: 'REQUEST' | 'CANCEL'
  /** With CANCEL: the event is called off, or this one person's registration is withdrawn. */
  reason: 'event' | 'registration'
  event: CalendarEvent
  /** event.sequence + registration.revision: never lower than what this person received before. */
  sequence: number
  /** When this very message was made. */
  stamp: Date
  /** The sender of the letter, the same for the registration's life; never the attendee. */
  organiser: Mailbox
  attendee: Mailbox
  /** Whom the attendee brings along, by name. */
  companions?: string[]
  state: SeatState
  /** Whether an answer can reach us. */
  asksAnswer: boolean
  /** The reader's. */
  locale: Locale
  /** Plain text that stands on its own; made from the event if not given. What is unknown is added in any case. */
  description?: string
}

/** One person's invitation, its update or its withdrawal (RFC 5546 sections 3.2.2 and 3.2.5), as a text/calendar file. */
export function invitation(input: InvitationInput): string {
  const { method, event, locale, state } = input
  const organiser = mailboxOf(input.organiser.address)
  const attendee = mailboxOf(input.attendee.address)
  if (organiser.toLowerCase() === attendee.toLowerCase()) throw new RangeError('The organiser of an invitation cannot be its attendee')
  const calendar = emptyCalendar(locale)
  calendar.method(ICalCalendarMethod[method])
  const cancels = method === 'CANCEL'
  const shown = { ...event, status: cancels && input.reason === 'event' ? 'called-off' as const : 'published' as const }
  const entry = addEntry(calendar, shown, {
    locale, sequence: input.sequence, stamp: input.stamp, state: cancels ? 'confirmed' : state,
    description: withNotes(input.description ?? describe(locale, shown, cancels ? undefined : state), cancels && input.reason === 'registration' ? withdrawnIn(locale) : '', [
      ...caveatsIn(locale, shown), ...(cancels ? [] : companionsIn(locale, input.companions ?? [])),
      ...(cancels || input.asksAnswer ? [] : [unheardIn(locale)]),
    ]),
    status: cancels ? (input.reason === 'event' ? ICalEventStatus.CANCELLED : null) : statusFor(state),
    free: cancels || state !== 'confirmed',
  })
  entry.organizer({ name: personName(input.organiser.name, organiser), email: mailtoOf(organiser) })
  entry.createAttendee({
    type: ICalAttendeeType.INDIVIDUAL, role: ICalAttendeeRole.REQ, name: personName(unlinked(input.attendee.name), attendee), email: mailtoOf(attendee),
    status: cancels ? null : state === 'confirmed' ? ICalAttendeeStatus.ACCEPTED : ICalAttendeeStatus.TENTATIVE,
    rsvp: cancels ? null : input.asksAnswer,
  })
  const join = cancels || state !== 'confirmed' ? undefined : event.joinUrl
  return finish(calendar, [zoneOf(shown)], [extraLines(shown, join)])
}

export function emptyCalendar(locale: Locale): ICalCalendar {
  return ical({ prodId: { company: 'Parlons-en', product: 'Parlons-en', language: locale.toUpperCase() } })
}

type Entry = {
  locale: Locale
  state: SeatState
  sequence: number
  stamp: Date
  description: string
  status: ICalEventStatus | null
  free: boolean
}

export function addEntry(calendar: ICalCalendar, event: CalendarEvent, { locale, state, sequence, stamp, description, status, free }: Entry): ICalEvent {
  const span = spanOf(event)
  const place = placeIn(locale, event)
  const entry = calendar.createEvent({
    id: uidOf(event.uid), sequence: sequenceOf(sequence), stamp, created: event.createdAt, lastModified: event.updatedAt, summary: titleIn(locale, event, state),
    description: { plain: manyLines(description) }, ...timesOf(event, span),
    transparency: free || (span.kind === 'days' && event.start.time === null) ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
  })
  if (status !== null) entry.status(status)
  if (place !== '') entry.location({ title: place })
  return entry
}

/** Never plain dates: the generator would write them in the server's own zone. */
function timesOf(event: CalendarEvent, span: Span) {
  if (span.kind === 'days') return { allDay: true, start: clock({ date: span.firstDay, time: '00:00' }), end: clock({ date: span.dayAfter, time: '00:00' }) }
  const zone = zoneOf(event)
  const at = (instant: Date) => clock(wallOf(instant, zone ?? 'UTC'), instant)
  return { allDay: false, timezone: zone, start: at(span.startsAt), end: at(span.endsAt) }
}

/**
 * A time as the generator knows them of luxon, read off the wall once, in the very zone for which the generator asks:
 * luxon asks Intl anew for each of its figures, which took most of the time that a feed of a thousand events takes.
 */
function clock(wall: { date: string; time: string }, instant = new Date(`${wall.date}T${wall.time}Z`)): ICalLuxonDateTimeStub {
  const said: Record<string, string> = { yyyyLLdd: wall.date.replaceAll('-', ''), HHmmss: `${wall.time.replace(':', '')}00` }
  const self: ICalLuxonDateTimeStub = { isValid: true, zone: { type: 'iana' }, setZone: () => self, toFormat: (format) => said[format], toJSDate: () => instant, toJSON: () => instant.toISOString() }
  return self
}

/**
 * The zone in which an event's times are written, or null for UTC: in UTC go zones that have no VTIMEZONE, years
 * in which the VTIMEZONE's rules are not the true ones, and the autumn hour that comes twice.
 */
export function zoneOf(event: CalendarEvent): string | null {
  const span = spanOf(event)
  const lines = zoneLines(event.timeZone)
  if (span.kind === 'days' || lines === null) return null
  const told = [span.startsAt, span.endsAt].every((instant) => {
    const wall = wallOf(instant, event.timeZone)
    return showsInstant(lines, wall, instant) && !isAmbiguous(wall, event.timeZone)
  })
  return told ? event.timeZone : null
}

export function statusFor(state: SeatState): ICalEventStatus {
  return state === 'confirmed' ? ICalEventStatus.CONFIRMED : ICalEventStatus.TENTATIVE
}

/** What must be said in any case, first and last, unless the description says it already. */
function withNotes(description: string, first: string, notes: string[]): string {
  return [first, manyLines(description), ...notes.filter((note) => !description.includes(note))].filter(Boolean).join('\n\n')
}

/** Lines that the generator cannot write, or writes with escapes where a URI has none (RFC 5545 section 3.3.13). */
export function extraLines(event: CalendarEvent, joinUrl: string | undefined): string[] {
  const page = uriOf(event.url)
  const join = joinUrl === undefined ? null : uriOf(joinUrl)
  const themes = event.themes.map(oneLine).filter((theme) => theme !== '').map(escapeText)
  const { lat, lon } = typeof event.place === 'object' ? event.place : {}
  const located = lat !== undefined && lon !== undefined && Math.abs(lat) <= 90 && Math.abs(lon) <= 180
  return [
    page === null ? '' : `URL:${page}`,
    themes.length === 0 ? '' : `CATEGORIES:${themes.join(',')}`,
    located ? `GEO:${lat.toFixed(6)};${lon.toFixed(6)}` : '',
    join === null ? '' : `CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO:${join}`,
  ].filter((line) => line !== '')
}

/**
 * The generator's file put right: CALSCALE, the zones before the entries, our own lines, mailto: in the usual case,
 * folds by octets and the last line's end. Done on whole lines, so that nothing in a text can pass for structure.
 */
function finish(calendar: ICalCalendar, zones: (string | null)[], extras: string[][], head: string[] = []): string {
  const named = [...new Set(zones)].filter((zone) => zone !== null && !isUniversal(zone)).sort()
  const zoneBlocks = named.flatMap((zone) => zoneLines(zone as string) ?? [])
  const lines: string[] = []
  let entry = 0
  let opened = false
  for (const line of unfold(calendar.toString())) {
    if (!opened && (line === 'BEGIN:VEVENT' || line === 'END:VCALENDAR')) {
      lines.push(...head, ...zoneBlocks)
      opened = true
    }
    if (line === 'END:VEVENT') lines.push(...extras[entry++])
    lines.push(/^(?:ATTENDEE|ORGANIZER);/.test(line) ? line.replace(/:MAILTO:(?=[^:]*$)/, ':mailto:') : line)
    if (line === 'VERSION:2.0') lines.push('CALSCALE:GREGORIAN')
  }
  return fold(lines)
}
