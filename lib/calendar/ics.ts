import ical, { ICalAttendeeRole, ICalAttendeeStatus, ICalAttendeeType, ICalCalendarMethod, ICalEventStatus, ICalEventTransparency, type ICalCalendar, type ICalEvent } from 'ical-generator'
import { DateTime } from 'luxon'
import { type Locale, unlinked } from '@/lib/text'
import { isAmbiguous, isZone, wallOf } from '@/lib/time'
import { caveatsIn, describe, placeIn, spanOf, titleIn, unheardIn, type CalendarEvent, type SeatState, type Span } from './calendar-event'
import { escapeText, fold, mailboxOf, mailtoOf, manyLines, oneLine, personName, uidOf, unfold, uriOf } from './content-lines'
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
    description: withNotes(input.description ?? describe(locale, shown, cancels ? undefined : state), [
      ...caveatsIn(locale, shown), ...(cancels || input.asksAnswer ? [] : [unheardIn(locale)]),
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

export type FeedEvent = CalendarEvent & {
  /** Set in a person's own feed only: TENTATIVE while waiting, the join link once the seat is confirmed. */
  state?: SeatState
}

export type FeedInput = {
  name: string
  /** Where the feed itself is found. A personal one is a secret: leave it out there. */
  address?: string
  description?: string
  locale: Locale
  timeZone: string
  /** A CSS3 colour name (RFC 7986 section 5.9). */
  color?: string
  events: FeedEvent[]
}

/** A calendar to subscribe to (RFC 5545, RFC 7986): no METHOD, no ATTENDEE, the same bytes until something changes. */
export function feed({ name, address, description, locale, timeZone, color = 'firebrick', events }: FeedInput): string {
  if (!isZone(timeZone)) throw new RangeError(`Not an IANA time zone: ${JSON.stringify(timeZone)}`)
  const calendar = emptyCalendar(locale)
  calendar.name(escapeText(oneLine(name)))
  if (description !== undefined) calendar.description(escapeText(oneLine(description)))
  calendar.ttl(3600)
  const source = address === undefined ? null : uriOf(address)
  if (source !== null) calendar.source(source)
  const entries = inOrder(events)
  for (const event of entries) {
    const { state = 'confirmed' } = event
    const calledOff = event.status === 'called-off'
    addEntry(calendar, event, {
      locale, state, sequence: event.sequence, stamp: event.updatedAt, description: describe(locale, event, event.state),
      status: calledOff ? ICalEventStatus.CANCELLED : statusFor(state), free: calledOff || state !== 'confirmed',
    })
  }
  const joins = entries.map((event) => (event.state === 'confirmed' && event.status === 'published' ? event.joinUrl : undefined))
  const zones = [timeZone, ...entries.map(zoneOf)]
  const head = [`X-WR-TIMEZONE:${timeZone}`, ...(/^[a-z]+$/.test(color) ? [`COLOR:${color}`] : [])]
  return finish(calendar, zones, entries.map((event, index) => extraLines(event, joins[index])), head)
}

function emptyCalendar(locale: Locale): ICalCalendar {
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

function addEntry(calendar: ICalCalendar, event: CalendarEvent, { locale, state, sequence, stamp, description, status, free }: Entry): ICalEvent {
  const span = spanOf(event)
  const place = placeIn(locale, event)
  const entry = calendar.createEvent({
    id: uidOf(event.uid), sequence, stamp, created: event.createdAt, lastModified: event.updatedAt, summary: titleIn(locale, event, state),
    description: { plain: manyLines(description) }, ...timesOf(event, span),
    transparency: free || (span.kind === 'days' && event.start.time === null) ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
  })
  if (status !== null) entry.status(status)
  if (place !== '') entry.location({ title: place })
  return entry
}

/** Always luxon values: the generator would write a plain Date in the server's own zone. */
function timesOf(event: CalendarEvent, span: Span) {
  if (span.kind === 'days') return { allDay: true, start: DateTime.fromISO(span.firstDay, { zone: 'utc' }), end: DateTime.fromISO(span.dayAfter, { zone: 'utc' }) }
  const zone = zoneOf(event)
  const at = (instant: Date) => DateTime.fromJSDate(instant, { zone: zone ?? 'utc' })
  return { allDay: false, timezone: zone, start: at(span.startsAt), end: at(span.endsAt) }
}

/**
 * The zone in which an event's times are written, or null for UTC: in UTC go zones that have no VTIMEZONE, years
 * in which the VTIMEZONE's rules are not the true ones, and the autumn hour that comes twice.
 */
function zoneOf(event: CalendarEvent): string | null {
  const span = spanOf(event)
  const lines = zoneLines(event.timeZone)
  if (span.kind === 'days' || lines === null) return null
  const told = [span.startsAt, span.endsAt].every((instant) => {
    const wall = wallOf(instant, event.timeZone)
    return showsInstant(lines, wall, instant) && !isAmbiguous(wall, event.timeZone)
  })
  return told ? event.timeZone : null
}

function statusFor(state: SeatState): ICalEventStatus {
  return state === 'confirmed' ? ICalEventStatus.CONFIRMED : ICalEventStatus.TENTATIVE
}

/** What must be said in any case, unless the description says it already. */
function withNotes(description: string, notes: string[]): string {
  return [manyLines(description), ...notes.filter((note) => !description.includes(note))].filter(Boolean).join('\n\n')
}

/** Lines that the generator cannot write, or writes with escapes where a URI has none (RFC 5545 section 3.3.13). */
function extraLines(event: CalendarEvent, joinUrl: string | undefined): string[] {
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

/** One entry for each UID (the latest revision), by start and then by UID. */
function inOrder(events: FeedEvent[]): FeedEvent[] {
  const latest = new Map<string, FeedEvent>()
  for (const event of events) if ((latest.get(event.uid)?.sequence ?? -1) < event.sequence) latest.set(event.uid, event)
  const key = ({ start, uid }: FeedEvent) => `${start.date} ${start.time ?? ''} ${uid}`
  return [...latest.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1))
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
