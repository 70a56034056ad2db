import { instantOf, isAmbiguous, isZone } from '@/lib/time'
import { entriesOf, lineNamed, linesNamed, parameterOf, type Time, timeIn, valueNamed, type CalendarFile, type Component, type Line } from './calendar-file'
import { type Check, raw } from './file-rules'
import { showsInstant } from './time-zone'

/** The rules of times and of series; the numbers are those of docs/calendar-rules.md. */
export const timeRules: Record<number, Check> = {
  11: ({ file }) => timed(file).filter((line) => timeIn(line)?.kind === 'floating' || timeIn(line) === null).map(raw),
  12: ({ file }) => zonesUsed(file).flatMap((zone) => wrongZone(file, zone)),
  14: ({ file }) => recurring(file).filter((entry) => start(entry)?.kind === 'utc').map((entry) => said(entry, 'DTSTART')),
  15: ({ file }) => timed(file).filter((line) => isOddHour(timeIn(line))).map(raw),
  16: ({ file }) => entriesOf(file).flatMap((entry) => {
    const [from, to] = [start(entry), end(entry)]
    if (from?.kind === 'date') return to !== null && (to.kind !== 'date' || to.wall <= from.wall) ? [said(entry, 'DTEND')] : wrongDate(entry)
    const isMidnights = [from, to].every((time) => time?.kind === 'zoned' && time.wall.endsWith('T00:00:00'))
    return isMidnights ? [said(entry, 'DTSTART')] : wrongDate(entry)
  }),
  17: ({ file }) => entriesOf(file).flatMap((entry) => {
    const [from, to] = [start(entry), end(entry)]
    const lasts = /^P(?!T?$)(?:\d+W|(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)$/.test(valueNamed(entry, 'DURATION') ?? '')
    if (lasts) return linesNamed(entry, 'DTEND').length === 0 ? [] : [said(entry, 'DTEND')]
    if (linesNamed(entry, 'DTEND').length !== 1 || !from || !to) return ['DTEND']
    return to.kind === from.kind && instant(to) > instant(from) ? [] : [said(entry, 'DTEND')]
  }),
  18: ({ file }) => rules(file).filter(({ entry, rule }) => {
    const kind = start(entry)?.kind
    if (rule.UNTIL === undefined) return rule.COUNT === undefined
    return rule.COUNT !== undefined || !(kind === 'date' ? /^\d{8}$/ : kind === 'zoned' ? /^\d{8}T\d{6}Z$/ : /^\d{8}(?:T\d{6}Z?)?$/).test(rule.UNTIL)
  }).map(({ line }) => raw(line)),
  19: ({ file }) => rules(file).filter(({ entry, rule }) => !fits(rule, start(entry))).map(({ line }) => raw(line)),
  20: ({ file }) => entriesOf(file).flatMap((entry) => {
    const master = entriesOf(file).find((one) => valueNamed(one, 'UID') === valueNamed(entry, 'UID') && valueNamed(one, 'RECURRENCE-ID') === undefined)
    const id = lineNamed(entry, 'RECURRENCE-ID')
    const apart = [...linesNamed(entry, 'EXDATE').map((line) => ({ line, from: lineNamed(entry, 'DTSTART') })), ...(id ? [{ line: id, from: lineNamed(master, 'DTSTART') }] : [])]
    const isOverride = id !== undefined
    return [
      ...apart.filter(({ line, from }) => !isSameKind(line, from)).map(({ line }) => raw(line)),
      ...(isOverride && valueNamed(entry, 'RRULE') !== undefined ? [said(entry, 'RRULE')] : []),
      ...(isOverride && Number(valueNamed(entry, 'SEQUENCE') ?? 0) < Number(valueNamed(master, 'SEQUENCE') ?? 0) ? [said(entry, 'SEQUENCE')] : []),
      ...(parameterOf(id, 'RANGE') === undefined ? [] : [said(entry, 'RECURRENCE-ID')]),
    ]
  }),
  // Each of our dates is registered for by itself.
  21: ({ file }) => entriesOf(file).flatMap((entry) => ['RRULE', 'RDATE', 'EXDATE', 'RECURRENCE-ID'].flatMap((name) => linesNamed(entry, name).map(raw))),
}

const start = (entry: Component | undefined) => timeIn(lineNamed(entry, 'DTSTART'))
const end = (entry: Component | undefined) => timeIn(lineNamed(entry, 'DTEND'))
const said = (entry: Component, name: string) => lineNamed(entry, name)?.raw ?? name

const timed = (file: CalendarFile): Line[] =>
  entriesOf(file).flatMap((entry) => ['DTSTART', 'DTEND', 'RECURRENCE-ID', 'EXDATE'].flatMap((name) => linesNamed(entry, name))).filter((line) => timeIn(line)?.kind !== 'date')

const zonesUsed = (file: CalendarFile) => [...new Set(timed(file).map((line) => parameterOf(line, 'TZID')).filter((zone) => zone !== undefined))]

function wrongZone(file: CalendarFile, zone: string): string[] {
  const parts = file.calendars.flatMap((calendar) => calendar.parts)
  const described = parts.filter((part) => part.name === 'VTIMEZONE' && valueNamed(part, 'TZID') === zone)
  const isBefore = parts.findIndex((part) => part === described[0]) < parts.findIndex(({ name }) => name === 'VEVENT')
  if (described.length !== 1 || !isBefore) return [`TZID=${zone}`]
  const { parts: halves } = described[0]
  const [standard, daylight] = ['STANDARD', 'DAYLIGHT'].map((name) => halves.filter((half) => half.name === name).length)
  const isPair = standard === 1 && daylight <= 1 && halves.length === standard + daylight
  const isYearly = daylight === 0 || halves.every((half) => /^FREQ=YEARLY;/.test(valueNamed(half, 'RRULE') ?? ''))
  if (!isPair || !isYearly || !isZone(zone)) return [`TZID:${zone}`]
  const lines = halves.flatMap((half) => [`BEGIN:${half.name}`, ...half.lines.map((line) => line.raw), `END:${half.name}`])
  return timed(file).filter((line) => parameterOf(line, 'TZID') === zone).filter((line) => {
    const time = timeIn(line)
    const wall = { date: time?.wall.slice(0, 10) ?? '', time: time?.wall.slice(11, 16) ?? '' }
    const found = time && instantOf(wall, zone)
    return !(found instanceof Date) || !showsInstant(lines, wall, found)
  }).map(raw)
}

/** In the gap of a spring night, or in the hour of an autumn night that comes twice. */
function isOddHour(time: Time | null): boolean {
  if (time?.kind !== 'zoned' || time.zone === undefined || !isZone(time.zone)) return false
  const wall = { date: time.wall.slice(0, 10), time: time.wall.slice(11, 16) }
  return !(instantOf(wall, time.zone) instanceof Date) || isAmbiguous(wall, time.zone)
}

/** A day must be said to be one (RFC 5545 section 3.3.4): without VALUE=DATE it is a malformed hour. */
const wrongDate = (entry: Component) =>
  ['DTSTART', 'DTEND'].flatMap((name) => linesNamed(entry, name)).filter((line) => (timeIn(line)?.kind === 'date') !== (parameterOf(line, 'VALUE') === 'DATE')).map(raw)

function instant(time: Time): number {
  const found = time.kind === 'zoned' && time.zone !== undefined && isZone(time.zone) ? instantOf({ date: time.wall.slice(0, 10), time: time.wall.slice(11, 16) }, time.zone) : null
  return found instanceof Date ? found.getTime() : Date.parse(`${time.wall.slice(0, 10)}T${time.wall.slice(11) || '00:00:00'}Z`)
}

const recurring = (file: CalendarFile) => entriesOf(file).filter((entry) => valueNamed(entry, 'RRULE') !== undefined)

type Recurrence = Record<string, string | undefined>

const rules = (file: CalendarFile) => recurring(file).flatMap((entry) => linesNamed(entry, 'RRULE').map((line) => ({
  entry, line, rule: Object.fromEntries(line.value.split(';').map((part) => part.split('='))) as Recurrence,
})))

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']

/** Is the first date one that the rule gives? Asked by weekday, day and month, which are all that a plain series has. */
function fits(rule: Recurrence, first: Time | null): boolean {
  if (!first) return false
  const [, month, day] = first.wall.slice(0, 10).split('-').map(Number)
  const weekday = weekdays[new Date(`${first.wall.slice(0, 10)}T00:00Z`).getUTCDay()]
  const among = (list: string | undefined, value: string | number) => list === undefined || list.split(',').includes(String(value))
  return among(rule.BYDAY?.replace(/[+-]?\d+(?=[A-Z])/g, ''), weekday) && among(rule.BYMONTHDAY, day) && among(rule.BYMONTH, month)
}

/** The same type, zone and hour as the start: else it is no date of the series. */
function isSameKind(line: Line, from: Line | undefined): boolean {
  const [time, first] = [timeIn(line), timeIn(from)]
  return time !== null && first !== null && time.kind === first.kind && time.zone === first.zone && time.wall.slice(10) === first.wall.slice(10)
}
