import { ICalEventStatus } from 'ical-generator'
import type { Locale } from '@/lib/text'
import { isZone } from '@/lib/time'
import { describe, type CalendarEvent, type SeatState } from './calendar-event'
import { escapeText, fold, oneLine, unfold, uriOf } from './content-lines'
import { addEntry, emptyCalendar, extraLines, statusFor } from './ics'
import { isUniversal, zoneLines } from './time-zone'

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
export function feed(input: FeedInput): string {
  const events = inOrder(input.events)
  return assemble(input, events.map((event) => blockOf(event, input.locale)))
}

/** The same, for as many events as may be: whoever else wants something of this process waits for no more than a slice. */
export async function feedInSlices(input: FeedInput): Promise<string> {
  const events = inOrder(input.events)
  const blocks: Block[] = []
  let since = performance.now()
  for (const event of events) {
    blocks.push(blockOf(event, input.locale))
    if (performance.now() - since < slice) continue
    await new Promise(setImmediate)
    since = performance.now()
  }
  return assemble(input, blocks)
}

/** Milliseconds. */
const slice = 8

/** One entry for each UID (the latest revision), by start and then by UID. */
function inOrder(events: FeedEvent[]): FeedEvent[] {
  const latest = new Map<string, FeedEvent>()
  for (const event of events) if ((latest.get(event.uid)?.sequence ?? -1) < event.sequence) latest.set(event.uid, event)
  const key = ({ start, uid }: FeedEvent) => `${start.date} ${start.time ?? ''} ${uid}`
  return [...latest.values()].map((event) => ({ event, key: key(event) })).sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ event }) => event)
}

type Block = { text: string; zone: string | null }

/** An entry is written once for as long as nothing of it changes: of a season that one change touches, the rest is there. */
function blockOf(event: FeedEvent, locale: Locale): Block {
  const name = JSON.stringify([locale, event])
  const known = written.get(name)
  if (known) return known
  const lines = entryLines(event, locale)
  const start = lines.find((line) => line.startsWith('DTSTART;TZID='))
  const block = { text: fold(lines), zone: start?.slice('DTSTART;TZID='.length, start.lastIndexOf(':')) ?? null }
  for (const oldest of written.keys()) {
    if (written.size < mostWritten) break
    written.delete(oldest)
  }
  written.set(name, block)
  return block
}

const written = new Map<string, Block>()
const mostWritten = 3000

function entryLines(event: FeedEvent, locale: Locale): string[] {
  const { state = 'confirmed' } = event
  const calledOff = event.status === 'called-off'
  const entry = addEntry(emptyCalendar(locale), event, {
    locale, state, sequence: event.sequence, stamp: event.updatedAt, description: describe(locale, event, event.state),
    status: calledOff ? ICalEventStatus.CANCELLED : statusFor(state), free: calledOff || state !== 'confirmed',
  })
  const join = event.state === 'confirmed' && event.status === 'published' ? event.joinUrl : undefined
  const lines = entry.toString().split('\r\n').filter((line) => line !== '')
  return [...lines.slice(0, -1), ...extraLines(event, join), ...lines.slice(-1)]
}

/** Our own lines and the zones come before the entries: some programs read no further than they need. */
function assemble({ name, address, description, locale, timeZone, color = 'firebrick' }: FeedInput, blocks: Block[]): string {
  if (!isZone(timeZone)) throw new RangeError(`Not an IANA time zone: ${JSON.stringify(timeZone)}`)
  const calendar = emptyCalendar(locale)
  calendar.name(escapeText(oneLine(name)))
  if (description !== undefined) calendar.description(escapeText(oneLine(description)))
  calendar.ttl(3600)
  const source = address === undefined ? null : uriOf(address)
  if (source !== null) calendar.source(source)
  const zones = [...new Set([timeZone, ...blocks.map(({ zone }) => zone)])].filter((zone) => zone !== null && !isUniversal(zone)).sort()
  const head = unfold(calendar.toString()).slice(0, -1).flatMap((line) => (line === 'VERSION:2.0' ? [line, 'CALSCALE:GREGORIAN'] : [line]))
  const lines = [...head, `X-WR-TIMEZONE:${timeZone}`, ...(/^[a-z]+$/.test(color) ? [`COLOR:${color}`] : []), ...zones.flatMap((zone) => zoneLines(zone as string) ?? [])]
  return fold(lines) + blocks.map(({ text }) => text).join('') + fold(['END:VCALENDAR'])
}
