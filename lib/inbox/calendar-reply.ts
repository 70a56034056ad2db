import ICAL from 'ical.js'
import { DateTime } from 'luxon'
import { cutAt, severalLines, singleLine } from './plain-text'
import { decodeText, type Part } from './message'
import { type CalendarReply, type Unreadable } from './reading'
import { zoneNamed } from './windows-zones'
import { writtenAddress } from './written-address'

const largestCalendar = 128 * 1024
const mostAttendees = 50
/** Components within one another: an event with its alarm is three deep. */
const deepest = 20
/** What a VEVENT of a reply is asked for; the rest, however long or broken, is not even parsed. */
const asked = new Set(['UID', 'SEQUENCE', 'DTSTAMP', 'ATTENDEE', 'RECURRENCE-ID', 'DTSTART', 'DTEND', 'COMMENT'])
const answering = new Set<string>(['REPLY', 'COUNTER', 'REFRESH'])
const words = new Map<string, NonNullable<CalendarReply['word']>>([
  ['ACCEPTED', 'accepted'], ['TENTATIVE', 'tentative'], ['DECLINED', 'declined'], ['DELEGATED', 'delegated'], ['NEEDS-ACTION', 'needs-action'],
])

type Line = { name: string; text: string }
type Calendar = { methods: Set<string>; components: string[]; events: Line[][] }

/**
 * The one answer in a message's calendar parts (RFC 5546 3.2.3, 3.2.6, 3.2.7), wherever they stand and however often
 * the same is repeated. Null where none of them answers: a forwarded REQUEST is nobody's answer.
 */
export function calendarReplyIn(parts: Part[]): CalendarReply | Unreadable | null {
  const found = parts.filter(isCalendar).map(readPart).filter((one) => one !== null)
  const answers = found.filter((one) => typeof one !== 'string')
  // A copy that cannot be read does not spoil the one that can.
  if (answers.length === 0) return found.find((one) => typeof one === 'string') ?? null
  const whole = answers.flat()
  return whole.every((one) => isSame(one, whole[0])) ? whole[0] : 'several-events'
}

function isCalendar({ type, name }: Part): boolean {
  return /^(?:text\/(?:x-)?calendar|application\/(?:x-)?(?:ics|ical|calendar))$/.test(type) || (/\.ics$/i.test(name ?? '') && /^(?:text\/plain|application\/octet-stream)$/.test(type))
}

function readPart({ bytes, parameters }: Part): CalendarReply[] | Unreadable | null {
  const stated = parameters.method?.trim().toUpperCase() ?? null
  if (bytes.length > largestCalendar) return stated !== null && !answering.has(stated) ? null : 'too-large'
  const { methods, components, events } = calendarOf(linesIn(bytes, parameters.charset))
  if (stated !== null) methods.add(stated)
  const [method] = methods
  if (![...methods].some((one) => answering.has(one))) return null
  // RFC 6047 2.4: they must be equal. Which of two that differ is meant, nobody can tell.
  if (methods.size > 1) return 'malformed'
  if (events.length === 0) return components.length === 0 ? 'malformed' : 'no-event'
  if (events.length > 1) return 'several-events'
  const reply = replyOf(method as CalendarReply['method'], events[0])
  return reply === null ? 'malformed' : [reply]
}

/** The logical lines. Some programs fold after so many octets, within a character too: unfolded first, decoded after. */
function linesIn(bytes: Buffer, charset: string | undefined): string[] {
  const unfold = (text: string) => text.replace(/\r\n?/g, '\n').replace(/\n[ \t]/g, '')
  const isWide = /utf-?(?:16|32)/i.test(charset ?? '') || /^(?:\xFE\xFF|\xFF\xFE)/.test(bytes.subarray(0, 2).toString('latin1'))
  const octets = isWide ? bytes : Buffer.from(unfold(bytes.toString('latin1')), 'latin1')
  return unfold(decodeText(octets, charset)).split('\n')
}

/** What stands as METHOD and the events of a file; lines that are none, and components within an event, are passed over. */
function calendarOf(lines: string[]): Calendar {
  const calendar: Calendar = { methods: new Set(), components: [], events: [] }
  const open: string[] = []
  for (const text of lines) {
    const name = /^[A-Za-z-]{1,40}(?=[;:])/.exec(text)?.[0].toUpperCase()
    if (name === undefined) continue
    const within = open.at(-1)
    if (name === 'BEGIN') {
      const component = valueOf(text)
      open.push(component)
      if (open.length > deepest) return { methods: calendar.methods, components: [], events: [] }
      if (within === 'VCALENDAR') calendar.components.push(component)
      if (within === 'VCALENDAR' && component === 'VEVENT') calendar.events.push([])
    } else if (name === 'END') {
      // Whatever is closed closes what was left open in it.
      const at = open.lastIndexOf(valueOf(text))
      if (at >= 0) open.length = at
    } else if (name === 'METHOD' && within === 'VCALENDAR') calendar.methods.add(valueOf(text))
    else if (within === 'VEVENT' && open.length === 2 && asked.has(name)) calendar.events.at(-1)?.push({ name, text })
  }
  return calendar
}

const valueOf = (line: string) => line.slice(line.indexOf(':') + 1).trim().toUpperCase()

function replyOf(method: CalendarReply['method'], lines: Line[]): CalendarReply | null {
  const properties = lines.slice(0, 500).flatMap(({ text }) => propertyOf(text) ?? [])
  const all = (name: string) => properties.filter((property) => property.name === name)
  const first = (name: string): ICAL.Property | undefined => all(name)[0]
  const uid = textOf(first('uid')).trim()
  if (uid === '' || uid.length > 255 || /[\p{Cc}\p{Cs}]/u.test(uid) || all('uid').some((one) => textOf(one).trim() !== uid)) return null
  const attendee = answererAmong(all('attendee'))
  return {
    method,
    uid,
    sequence: sequenceOf(first('sequence')),
    stamp: instantOf(first('dtstamp'), 'UTC'),
    attendee: attendee === null ? null : mailboxOf(attendee),
    word: attendee === null ? null : wordOf(attendee),
    comment: commentOf(all('comment'), attendee),
    recurrenceId: singleLine(textOf(first('recurrence-id')), 100),
    start: instantOf(first('dtstart'), null),
    end: instantOf(first('dtend'), null),
    delegatedTo: attendee === null ? null : delegateOf(attendee),
  }
}

function propertyOf(line: string): ICAL.Property | null {
  try {
    return line.length > 16_384 ? null : ICAL.Property.fromString(line)
  } catch {
    return null
  }
}

/** Who answers: the one attendee, or of two who delegates to whom, the first (RFC 5546 3.2.2.3). */
function answererAmong(attendees: ICAL.Property[]): ICAL.Property | null {
  const distinct = [...new Map(attendees.slice(0, mostAttendees).map((one) => [`${mailboxOf(one)} ${wordOf(one)}`, one])).values()]
  if (distinct.length === 1) return distinct[0]
  const delegates = distinct.filter((one) => wordOf(one) === 'delegated')
  const [delegator] = delegates
  if (delegates.length !== 1 || !distinct.every((one) => one === delegator || mailboxOf(one) === delegateOf(delegator))) return null
  return delegator
}

/** The address after mailto:, or bare as some write it; where a server names a principal of its own, EMAIL (RFC 7986 6.2). */
function mailboxOf(attendee: ICAL.Property): string | null {
  return addressIn(textOf(attendee)) ?? addressIn(parameterOf(attendee, 'email'))
}

function addressIn(uri: string): string | null {
  const written = uri.replace(/^\s*mailto:/i, '').trim()
  // An @ that was escaped is part of a local part, which nobody has: it must not become another mailbox.
  return writtenAddress(unescaped(written)) ?? writtenAddress(written)
}

function unescaped(written: string): string {
  try {
    return decodeURIComponent(written)
  } catch {
    return written
  }
}

function wordOf(attendee: ICAL.Property): CalendarReply['word'] {
  const state = parameterOf(attendee, 'partstat').trim().toUpperCase()
  return state === '' ? 'needs-action' : (words.get(state) ?? null)
}

function delegateOf(attendee: ICAL.Property): string | null {
  return addressIn(parameterOf(attendee, 'delegated-to'))
}

/** COMMENT as most write it, or the parameter in which Google and Yahoo put it. */
function commentOf(comments: ICAL.Property[], attendee: ICAL.Property | null): string | null {
  const said = comments.map(textOf)
  if (attendee !== null) said.push(parameterOf(attendee, 'x-response-comment'))
  return cutAt(severalLines(said.find((one) => one.trim() !== '') ?? ''), 2000) || null
}

function sequenceOf(property: ICAL.Property | undefined): number {
  const written = textOf(property).trim()
  return /^\d{1,15}$/.test(written) ? Math.min(Number(written), 2_147_483_647) : 0
}

/** `floating`: the zone of a time that names none; null where it then says nothing. */
function instantOf(property: ICAL.Property | undefined, floating: 'UTC' | null): Date | null {
  const time = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(Z?)$/.exec(textOf(property))
  if (property === undefined || time === null) return null
  const [year, month, day, hour, minute, second] = time.slice(1, 7).map(Number)
  const tzid = parameterOf(property, 'tzid')
  const zone = time[7] === 'Z' ? 'UTC' : tzid === '' ? floating : zoneNamed(tzid)
  if (zone === null || year < 1970 || year > 2200) return null
  const instant = DateTime.fromObject({ year, month, day, hour, minute, second: Math.min(second, 59) }, { zone })
  return instant.isValid ? instant.toJSDate() : null
}

/** The first value as text, whatever type it was given. */
function textOf(property: ICAL.Property | undefined): string {
  try {
    return String(property?.getFirstValue() ?? '')
  } catch {
    return ''
  }
}

function parameterOf(property: ICAL.Property, name: string): string {
  const value: unknown = property.getParameter(name)
  return typeof value === 'string' ? value : Array.isArray(value) ? String(value[0] ?? '') : ''
}

/** Copies of one answer differ at most in what no rule looks at. */
function isSame(one: CalendarReply, other: CalendarReply): boolean {
  const key = ({ method, uid, sequence, attendee, word, recurrenceId }: CalendarReply) => JSON.stringify([method, uid, sequence, attendee, word, recurrenceId])
  return key(one) === key(other)
}
