import { addDays, instantOf, startOfDay, wallOf } from '@/lib/time'

const minute = 60_000
/** Night does not count: whoever sleeps misses nothing. */
const dayBegins = '08:00'
const dayEnds = '20:00'
/** With fewer waking minutes than this before the start, nobody is offered anything by the program. */
const leastNotice = 60
/** An offer that is made leaves at least so long to answer. */
const leastWindow = 30

/**
 * Until when a seat that came free now is offered: `hours` of the day on the event's wall (8 h to 20 h), but never
 * more than half of the waking time that is left before the start. `tooLate` with the minutes left, by the clock,
 * where less than a waking hour remains.
 */
export function offerWindow(now: Date, startsAt: Date, timeZone: string, hours: number): { until: Date } | { tooLate: number } {
  const awake = wakingMinutes(now, startsAt, timeZone)
  if (awake < leastNotice) return { tooLate: Math.max(0, Math.floor((startsAt.getTime() - now.getTime()) / minute)) }
  const window = Math.max(leastWindow, Math.min(hours * 60, Math.floor(awake / 2)))
  return { until: afterWaking(now, window, timeZone) }
}

/** Minutes between two instants that fall between 8 h and 20 h on the wall of the zone; a month is enough to look at. */
function wakingMinutes(from: Date, to: Date, timeZone: string) {
  let minutes = 0
  for (const [begin, end] of daysFrom(from, timeZone)) {
    if (begin >= to || minutes > 31 * 12 * 60) break
    minutes += Math.max(0, Math.min(end.getTime(), to.getTime()) - Math.max(begin.getTime(), from.getTime())) / minute
  }
  return minutes
}

function afterWaking(from: Date, minutes: number, timeZone: string): Date {
  let left = minutes * minute
  for (const [begin, end] of daysFrom(from, timeZone)) {
    const start = Math.max(begin.getTime(), from.getTime())
    if (end.getTime() - start >= left) return new Date(start + left)
    left -= Math.max(0, end.getTime() - start)
  }
  throw new Error('Days never end')
}

/** The waking hours of each day, from the one of this instant on. */
function* daysFrom(instant: Date, timeZone: string): Generator<[Date, Date]> {
  for (let date = wallOf(instant, timeZone).date; ; date = addDays(date, 1)) yield [at(date, dayBegins, timeZone), at(date, dayEnds, timeZone)]
}

/** Clocks change at night nearly everywhere; where they do not, the day's beginning is near enough. */
function at(date: string, time: string, timeZone: string) {
  const instant = instantOf({ date, time }, timeZone)
  return instant instanceof Date ? instant : startOfDay(date, timeZone)
}
