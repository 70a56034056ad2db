import type { DateParts } from '@/app/_ui/date-block'
import type { Locale } from '@/i18n/routing'
import { entriesOf, lineNamed, methodOf, parameterOf, readFile, readText, timeIn, valueNamed } from '@/lib/calendar/calendar-file'
import { clockIn, sayDay, sayHours, sayMonth, sayWhen } from '@/lib/text'
import { addDays, type WallTime } from '@/lib/time'

export interface DrawnEntry {
  status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED' | 'WITHDRAWN'
  summary: string
  date: DateParts
  /** « jeudi 14 janvier 2027 de 9h à 10h ». */
  when: string
  /** « 9h–10h »; null: all day. */
  hours: string | null
  /** Minutes of the first day that it covers. */
  span: { from: number; to: number } | null
  place: string | null
  join: string | null
  isFree: boolean
  asksAnswer: boolean
  description: string
}

/** The entry as a calendar would draw it, from nothing but the file that the calendar receives. */
export function drawnEntry(text: string, timeZone: string, locale: Locale): DrawnEntry {
  const file = readFile(text)
  const [entry] = entriesOf(file)
  const [start, end] = ['DTSTART', 'DTEND'].map((name) => wallIn(timeIn(lineNamed(entry, name)), timeZone))
  const status = valueNamed(entry, 'STATUS') ?? (methodOf(file) === 'CANCEL' ? 'WITHDRAWN' : 'CONFIRMED')
  // The end of a day is the next morning to a calendar, and the day itself to people.
  const last = end && start?.time === null ? { date: addDays(end.date, -1), time: null } : end
  const from = start ?? { date: '1970-01-01', time: null }
  const [weekday, day] = sayDay(from.date, locale, { month: false }).split(' ')
  const isOneDay = last === null || last.date === from.date
  return {
    status: status as DrawnEntry['status'],
    summary: readText(valueNamed(entry, 'SUMMARY') ?? ''),
    date: { weekday, day, month: sayMonth(from.date, locale, { year: false }), year: from.date.slice(0, 4), dateTime: from.date },
    when: sayWhen({ start: from, end: isOneDay && from.time === null ? null : last, timeZone, startsAt: new Date(0), endsAt: null }, locale, { year: true, zone: false }),
    hours: from.time === null ? null : sayHours(from.time, isOneDay ? last?.time ?? null : null, locale),
    span: from.time === null ? null : { from: minutes(from.time), to: isOneDay && last?.time ? minutes(last.time) : 1440 },
    place: textNamed('LOCATION'),
    join: valueNamed(entry, 'CONFERENCE') ?? null,
    isFree: valueNamed(entry, 'TRANSP') === 'TRANSPARENT',
    asksAnswer: parameterOf(lineNamed(entry, 'ATTENDEE'), 'RSVP') === 'TRUE',
    description: textNamed('DESCRIPTION') ?? '',
  }

  function textNamed(name: string) {
    const value = valueNamed(entry, name)
    return value === undefined ? null : readText(value)
  }
}

function wallIn(time: ReturnType<typeof timeIn>, timeZone: string): WallTime | null {
  if (!time) return null
  if (time.kind === 'date') return { date: time.wall, time: null }
  if (time.kind !== 'utc') return { date: time.wall.slice(0, 10), time: time.wall.slice(11, 16) }
  return clockIn(new Date(`${time.wall}Z`), timeZone)
}

const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
