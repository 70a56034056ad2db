import type { DateParts } from '@/app/_ui/date-block'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { sayDay, sayMonth } from '@/lib/text'

/** A session's date as a numeral, with its year where it is not this one. */
export function datePartsOf({ startDate, endDate }: { startDate: string; endDate: string | null }, locale: Locale): DateParts {
  const last = endDate !== null && endDate.slice(0, 7) === startDate.slice(0, 7) && endDate !== startDate ? endDate : null
  const day = (date: string) => (locale === 'fr' && date.endsWith('-01') && !last ? '1er' : String(Number(date.slice(8))))
  return {
    weekday: last ? undefined : sayDay(startDate, locale, { year: false }).split(' ')[0],
    day: last ? `${day(startDate)}–${day(last)}` : day(startDate),
    month: sayMonth(startDate, locale, { year: false }),
    year: startDate.slice(0, 4) === String(now().getFullYear()) ? undefined : startDate.slice(0, 4),
    dateTime: startDate,
  }
}
