import { addDays } from '@/lib/time'

/**
 * The day of a session so many weeks away (negative: in the past), on a weekday from 1, Monday, to 7; moved on by weeks,
 * away from today, until nothing speaks against it: French public holidays, August, the end of the year, a day already
 * `taken`. Upcoming days are at least three days away. Dates are YYYY-MM-DD.
 */
export function sessionDay(today: string, weeks: number, weekday: number, taken: ReadonlySet<string> = new Set()): string {
  const step = weeks < 0 ? -7 : 7
  const nearest = weeks < 0 ? addDays(today, -1) : addDays(today, 3)
  let day = addDays(nearest, (weeks < 0 ? -1 : 1) * ((weeks < 0 ? isoWeekday(nearest) - weekday + 7 : weekday - isoWeekday(nearest) + 7) % 7))
  day = addDays(day, (Math.abs(weeks) - 1) * step)
  while (taken.has(day) || isQuiet(day)) day = addDays(day, step)
  return day
}

/** Nobody puts a session there. */
export const isQuiet = (day: string) =>
  isoWeekday(day) > 5 || day.slice(5, 7) === '08' || day.slice(5) >= '12-21' || day.slice(5) <= '01-03' || isHoliday(day)

/** Public holidays of metropolitan France. */
export function isHoliday(day: string) {
  const easter = easterOf(Number(day.slice(0, 4)))
  const moving = [1, 39, 50].map((after) => addDays(easter, after))
  return fixed.includes(day.slice(5)) || moving.includes(day)
}

const fixed = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25']

/** Easter Sunday of a year (the anonymous Gregorian algorithm). */
export function easterOf(year: number) {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100]
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const n = h + l - 7 * Math.floor((a + 11 * h + 22 * l) / 451) + 114
  return `${year}-${String(Math.floor(n / 31)).padStart(2, '0')}-${String((n % 31) + 1).padStart(2, '0')}`
}

const isoWeekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay() || 7
