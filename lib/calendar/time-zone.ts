import { tzlib_get_ical_block } from 'timezones-ical-library'

// VTIMEZONE describes a zone by one yearly rule for each of its offsets (RFC 5545 section 3.6.5): Outlook reads no
// more than that. The rules of today are not always those of the event's year, so it is asked before it is used.

const day = 86_400_000
const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']

/**
 * The zone's VTIMEZONE, under the very name that was asked for: the library answers some names with another
 * (America/Montreal comes out as America/Toronto). Null where a zone has none; UTC needs none.
 */
export function zoneLines(zone: string): string[] | null {
  const lines = read.get(zone) ?? (isUniversal(zone) ? null : readZone(zone))
  if (lines !== null) read.set(zone, lines)
  return lines
}

// A feed asks for the same zone a thousand times, and the library searches its whole table each time.
const read = new Map<string, string[]>()

function readZone(zone: string): string[] | null {
  const block = tzlib_get_ical_block(zone)
  if (!Array.isArray(block) || typeof block[0] !== 'string' || !block[0].startsWith('BEGIN:VTIMEZONE')) return null
  return block[0].split(/\r?\n/).filter((line) => line !== '').map((line) => line.replace(/^(TZID|X-LIC-LOCATION):.*$/, `$1:${zone}`))
}

/** Times in these zones are written with Z. */
export function isUniversal(zone: string): boolean {
  return /^(?:UTC|Etc\/.*)$/.test(zone)
}

/**
 * Whether a program that reads only the VTIMEZONE finds this very instant behind the wall time. False for years
 * with other rules (America before 2007), for which UTC is the honest form.
 */
export function showsInstant(lines: string[], wall: { date: string; time: string }, instant: Date): boolean {
  const offset = offsetAt(lines, instant)
  return offset !== null && Date.parse(`${wall.date}T${wall.time}:00Z`) - offset === instant.getTime()
}

type Observance = { from: number; to: number; start: string; rule: string | undefined }

/** The offset in milliseconds that the VTIMEZONE gives for an instant, or null if its rule is of an unknown kind. */
function offsetAt(lines: string[], instant: Date): number | null {
  const { observances, onsets } = changes.get(lines) ?? { observances: readObservances(lines), onsets: new Map<number, Onset[]>() }
  changes.set(lines, { observances, onsets })
  if (observances.length === 1) return observances[0].to
  const year = instant.getUTCFullYear()
  const around = onsets.get(year) ?? [year - 1, year, year + 1].flatMap((one) => observances.map((observance) => ({ at: onsetIn(observance, one), to: observance.to })))
  onsets.set(year, around)
  if (around.some(({ at }) => Number.isNaN(at))) return null
  const past = around.filter(({ at }) => at <= instant.getTime()).sort((a, b) => b.at - a.at)
  return past.length === 0 ? null : past[0].to
}

// Of each zone that was read, and of each year, of which there are as many as lib/time.ts allows.
const changes = new WeakMap<string[], { observances: Observance[]; onsets: Map<number, Onset[]> }>()

/** From when on which offset, in milliseconds. */
type Onset = { at: number; to: number }

function readObservances(lines: string[]): Observance[] {
  const observances: Record<string, string>[] = []
  for (const line of lines) {
    const [name, value] = [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]
    if (name === 'BEGIN' && value !== 'VTIMEZONE') observances.push({})
    else if (observances.length > 0) observances[observances.length - 1][name] ??= value
  }
  return observances.map((found) => ({ from: milliseconds(found.TZOFFSETFROM), to: milliseconds(found.TZOFFSETTO), start: found.DTSTART, rule: found.RRULE }))
}

/** When the observance begins in a year: "BYMONTH=3;BYDAY=-1SU" at the hour of its DTSTART, in the offset before it. */
function onsetIn({ from, start, rule }: Observance, year: number): number {
  const found = /^FREQ=YEARLY;BYMONTH=(\d+);BYDAY=(-1|[1-5])([A-Z]{2})$/.exec(rule ?? '')
  if (!found) return Number.NaN
  const [month, nth, weekday] = [Number(found[1]), Number(found[2]), weekdays.indexOf(found[3])]
  const edge = nth > 0 ? Date.UTC(year, month - 1, 1) : Date.UTC(year, month, 0)
  const away = nth > 0 ? (weekday - new Date(edge).getUTCDay() + 7) % 7 + (nth - 1) * 7 : -((new Date(edge).getUTCDay() - weekday + 7) % 7)
  const clock = (Number(start.slice(9, 11)) * 60 + Number(start.slice(11, 13))) * 60_000
  return edge + away * day + clock - from
}

function milliseconds(offset: string): number {
  const sign = offset.startsWith('-') ? -1 : 1
  return sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3, 5))) * 60_000
}
