import { DateTime, IANAZone } from 'luxon'

/**
 * The local wall time and its IANA zone are the truth; instants are derived from them.
 * `date` is YYYY-MM-DD, `time` is HH:MM on the 24-hour clock, or null where the hour is not known.
 */
export type WallTime = { date: string; time: string | null }

/** What was announced of an event before it changed: wall times, and the place in words. */
export type Announced = {
  title: string
  startDate: string
  startTime: string | null
  endDate: string | null
  endTime: string | null
  timeZone: string
  place: string | null
}

/** The hour does not exist on that day (clocks go forward); `alternatives` are the same reading before and after. */
export type Gap = { refused: 'gap'; alternatives: [WallTime, WallTime] }

export type When =
  | { ok: true; wall: WallTime; instant: Date }
  | { ok: false; reason: 'malformed' | 'impossible' | 'out-of-range' | 'ambiguous' }
  | { ok: false; reason: 'gap'; alternatives: [WallTime, WallTime] }

const firstYear = 1970
const lastYear = 2200

const minute = 60_000
const day = 24 * 60 * minute
const zonePattern = /^(?:UTC|[A-Z][A-Za-z_]+(?:\/[A-Z][A-Za-z0-9_+-]*){1,2})$/
// Asking costs a formatter each time. Only real names are kept, so that nobody can fill the memory.
const valid = new Set<string>()
const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/
const timePattern = /^([01]\d|2[0-3]):[0-5]\d$/
const whenPattern = /^(\d{4}-\d{2}-\d{2})(?:[Tt](\d{2}:\d{2})(?::(\d{2})(?:\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})?)?$/

/** An IANA zone name as this machine knows it, written in the IANA way. Offsets such as +01:00 are no zones. */
export function isZone(zone: string): boolean {
  if (valid.has(zone)) return true
  const real = zone.length <= 64 && zonePattern.test(zone) && IANAZone.isValidZone(zone)
  if (real) valid.add(zone)
  return real
}

/** A day of the calendar that exists, from 1970 to 2200, as YYYY-MM-DD. */
export function isDate(date: string): boolean {
  return exists(date) && inRange(date)
}

/** HH:MM on the 24-hour clock. */
export function isTime(time: string): boolean {
  return timePattern.test(time)
}

/**
 * The instant of a wall time in a zone. An hour that comes twice (clocks go back) is its first passage; one that
 * never comes (clocks go forward) is refused with the two readings around it. Where the hour is not known, the
 * instant is the day's beginning in the zone, so that events can be put in order.
 */
export function instantOf(wall: WallTime, zone: string): Date | Gap {
  if (wall.time === null) return startOfDay(wall.date, zone)
  const { passages, readings } = passagesOf(wall.date, wall.time, zone)
  if (passages.length > 0) return new Date(Math.min(...passages))
  const [before, after] = readings.sort((a, b) => a - b).map((reading) => wallOf(new Date(reading), zone))
  return { refused: 'gap', alternatives: [before, after] }
}

/** The hour comes twice that night, and the wall time alone cannot say which is meant. */
export function isAmbiguous(wall: WallTime, zone: string): boolean {
  return wall.time !== null && passagesOf(wall.date, wall.time, zone).passages.length > 1
}

/** What the clock on the wall shows in the zone at that instant, to the minute. */
export function wallOf(instant: Date, zone: string): { date: string; time: string } {
  const local = new Date(instant.getTime() + offsetOf(zone, instant.getTime()) * minute).toISOString()
  return { date: local.slice(0, 10), time: local.slice(11, 16) }
}

/** The first instant of the day in the zone (not always midnight: some zones change their clocks then). */
export function startOfDay(date: string, zone: string): Date {
  const midnight = passagesOf(date, '00:00', zone)
  if (midnight.passages.length > 0) return new Date(Math.min(...midnight.passages))
  return DateTime.fromMillis(Math.max(...midnight.readings), { zone: known(zone) }).startOf('day').toJSDate()
}

/** The instant at which the day is over in the zone: the first of the next day. */
export function endOfDay(date: string, zone: string): Date {
  return startOfDay(addDays(date, 1), zone)
}

/** The date so many days later (or earlier, if negative). */
export function addDays(date: string, days: number): string {
  return new Date(utcOf(date) + days * day).toISOString().slice(0, 10)
}

/**
 * A date or time as the API takes it: RFC 3339 with an offset, local time of `zone` without one, or a bare date
 * whose hour is not known. Seconds are read and dropped, because a wall time has none. Refuses everything else,
 * days and hours that do not exist, years outside 1970 to 2200, and the second passage of an hour that comes twice.
 */
export function parseWhen(text: string, zone: string): When {
  const found = text.length <= 40 ? whenPattern.exec(text) : null
  if (!found) return { ok: false, reason: 'malformed' }
  const [, date, time, seconds = '00', offset] = found
  if (!exists(date) || (time !== undefined && (!timePattern.test(time) || Number(seconds) > 59))) return { ok: false, reason: 'impossible' }
  if (!inRange(date)) return { ok: false, reason: 'out-of-range' }
  if (time === undefined) return settled({ date, time: null }, zone)
  return offset === undefined ? settled({ date, time }, zone) : parseInstant(date, time, offset, zone)
}

/** RFC 3339 with the zone's offset at that instant: 2024-03-21T09:00:00+01:00. */
export function rfc3339(instant: Date, zone: string): string {
  const offset = offsetOf(zone, instant.getTime())
  const local = new Date(instant.getTime() + offset * minute).toISOString().slice(0, 19)
  const [hours, minutes] = [Math.abs(offset) / 60, Math.abs(offset) % 60].map((part) => String(Math.trunc(part)).padStart(2, '0'))
  return `${local}${offset < 0 ? '-' : '+'}${hours}:${minutes}`
}

function parseInstant(date: string, time: string, offset: string, zone: string): When {
  const minutes = offsetMinutes(offset)
  if (minutes === null) return { ok: false, reason: 'impossible' }
  const instant = new Date(utcOf(date, time) - minutes * minute)
  const wall = wallOf(instant, zone)
  if (!inRange(wall.date)) return { ok: false, reason: 'out-of-range' }
  const kept = settled(wall, zone)
  return kept.ok && kept.instant.getTime() !== instant.getTime() ? { ok: false, reason: 'ambiguous' } : kept
}

function settled(wall: WallTime, zone: string): When {
  const instant = instantOf(wall, zone)
  return instant instanceof Date ? { ok: true, wall, instant } : { ok: false, reason: 'gap', alternatives: instant.alternatives }
}

/**
 * The instants at which the clock of the zone shows this time: none in a spring gap, two in autumn. Reckoned from
 * the offsets a day before and after, because luxon does not promise which of two passages it takes.
 */
function passagesOf(date: string, time: string, zone: string): { passages: number[]; readings: number[] } {
  const local = utcOf(date, time)
  const offsets = new Set([offsetOf(zone, local - day), offsetOf(zone, local + day)])
  const readings = [...offsets].map((offset) => local - offset * minute)
  return { readings, passages: readings.filter((reading) => reading + offsetOf(zone, reading) * minute === local) }
}

/**
 * Minutes between the zone's wall and UTC at an instant. Intl takes ten microseconds for it, and a feed of a thousand
 * events asks thirty thousand times, mostly of the same days: a day of UTC that ends as it began has one offset.
 */
function offsetOf(zone: string, instant: number): number {
  const rules = known(zone)
  const days = offsets.get(zone) ?? new Map<number, number | null>()
  if (days.size === 0) offsets.set(zone, days)
  const number = Math.floor(instant / day)
  let offset = days.get(number)
  if (offset === undefined) {
    const [first, last] = [rules.offset(number * day), rules.offset((number + 1) * day)]
    offset = first === last ? first : null
    if (days.size >= mostDays) days.clear()
    days.set(number, offset)
  }
  return offset ?? rules.offset(instant)
}

// Of each zone, so many days: sixty years of them. Null where the clocks change that day.
const mostDays = 22_000
const offsets = new Map<string, Map<number, number | null>>()

function known(zone: string): IANAZone {
  if (!isZone(zone)) throw new RangeError(`Not an IANA time zone: ${JSON.stringify(zone)}`)
  return IANAZone.create(zone)
}

function exists(date: string): boolean {
  const found = datePattern.exec(date)
  if (!found) return false
  const [, year, month, dayOfMonth] = found.map(Number)
  return month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
}

function inRange(date: string): boolean {
  const year = Number(date.slice(0, 4))
  return year >= firstYear && year <= lastYear
}

function utcOf(date: string, time = '00:00'): number {
  const instant = Date.parse(`${date}T${time}:00Z`)
  if (Number.isNaN(instant)) throw new RangeError(`Not a wall time: ${JSON.stringify(date)} ${JSON.stringify(time)}`)
  return instant
}

function offsetMinutes(offset: string): number | null {
  if (/^z$/i.test(offset)) return 0
  const [hours, minutes] = offset.slice(1).split(':').map(Number)
  if (hours > 23 || minutes > 59) return null
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}
