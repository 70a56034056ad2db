import { addDays, instantOf, type WallTime, wallOf } from '@/lib/time'
import type { Timing } from './rules'

/** When people are reminded: so many days before, at an hour of the event's wall (null: its own), or so many minutes before. */
export type ReminderRule =
  | { daysBefore: number; atTime: string | null; minutesBefore: null }
  | { daysBefore: null; atTime: null; minutesBefore: number }

type Start = Pick<Timing, 'startDate' | 'startTime' | 'timeZone' | 'startsAt'>

/** What a new event is born with: the day before at the hour at which it starts, and an hour before. */
export const usualReminders: ReminderRule[] = [
  { daysBefore: 1, atTime: null, minutesBefore: null },
  { daysBefore: null, atTime: null, minutesBefore: 60 },
]

/**
 * The instant at which a rule falls due. Days are days of the event's calendar, minutes are minutes that really pass:
 * a night in which the clocks change is an hour shorter or longer for the one, and nothing for the other. An hour that
 * does not exist that day is the first instant after the gap; one that comes twice is its first passage. Null where the
 * event's hour is not known and the rule needs it, and where the rule would speak when the event has begun.
 */
export function dueAt(rule: ReminderRule, event: Start): Date | null {
  const due = rule.minutesBefore === null ? daysBefore(rule, event) : event.startTime === null ? null : new Date(event.startsAt.getTime() - rule.minutesBefore * 60_000)
  return due && due < event.startsAt ? due : null
}

function daysBefore(rule: { daysBefore: number; atTime: string | null }, { startDate, startTime, timeZone }: Start) {
  const time = rule.atTime ?? startTime
  return time === null ? null : firstInstantFrom({ date: addDays(startDate, -rule.daysBefore), time }, timeZone)
}

/** The instant of a wall time; in a spring gap, the one at which the clocks go on. */
export function firstInstantFrom(wall: { date: string; time: string }, zone: string): Date {
  const instant = instantOf(wall, zone)
  if (instant instanceof Date) return instant
  const [before, after] = instant.alternatives.map((one) => minutesOf(one, zone))
  // Within these two the wall's clock jumps once over the hour that was asked for.
  let [early, late] = [before, after]
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2)
    const { date, time } = wallOf(new Date(middle * 60_000), zone)
    if (`${date} ${time}` < `${wall.date} ${wall.time}`) early = middle
    else late = middle
  }
  return new Date(late * 60_000)
}

function minutesOf(wall: WallTime, zone: string) {
  const instant = instantOf(wall, zone)
  if (!(instant instanceof Date)) throw new RangeError(`No such hour: ${wall.date} ${wall.time} in ${zone}`)
  return instant.getTime() / 60_000
}

export type ReminderRow = { daysBefore: number | null; atTime: string | null; minutesBefore: number | null }

export const ruleOf = ({ daysBefore, atTime, minutesBefore }: ReminderRow): ReminderRule =>
  minutesBefore === null ? { daysBefore: daysBefore ?? 1, atTime, minutesBefore: null } : { daysBefore: null, atTime: null, minutesBefore }

/** Two rules that say the same. */
export const sameRule = (one: ReminderRow, other: ReminderRow) =>
  one.daysBefore === other.daysBefore && one.atTime === other.atTime && one.minutesBefore === other.minutesBefore

/**
 * A rule's row for an event whose start was just said. What should have been said by now is taken for done: whoever
 * makes the event, moves it or adds the rule knows the hour, and people are told of a move by another letter.
 */
export function scheduled(rule: ReminderRule, event: Start, now: Date) {
  const due = dueAt(rule, event)
  return { ...rule, dueAt: due, doneFor: due && due <= now ? event.startsAt : null }
}
