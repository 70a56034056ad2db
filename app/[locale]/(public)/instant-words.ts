import { today } from '@/app/[locale]/event-words'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { sayHour, sayOwnTime, sayWhen, timeOfCity } from '@/lib/text'
import { wallOf } from '@/lib/time'

/**
 * An instant on the wall of a zone, which is named, with the reader's own time where their clock shows another:
 * « mardi 24 novembre à 9h, heure de Paris (3h à Montréal) »; of today the hour alone is said. `today` picks the
 * French article: « jusqu’à 9h », « jusqu’au mardi ».
 */
export function sayInstant(at: Date, timeZone: string, locale: Locale, readerZone?: string) {
  const moment = { start: wallOf(at, timeZone), end: null, timeZone, startsAt: at, endsAt: null }
  if (moment.start.date !== wallOf(now(), timeZone).date) return { when: sayWhen(moment, locale, { today: today(), readerZone }), today: 'no' }
  const own = readerZone === undefined ? '' : sayOwnTime(moment, locale, readerZone)
  return { when: `${sayHour(moment.start.time, locale)}, ${timeOfCity(timeZone, locale)}${own && ` (${own})`}`, today: 'yes' }
}

/** The day and hour of something that happened: « lundi 23 novembre à 14h32 ». */
export function sayPast(at: Date, timeZone: string, locale: Locale) {
  return sayWhen({ start: wallOf(at, timeZone), end: null, timeZone, startsAt: at, endsAt: null }, locale, { today: today(), zone: false })
}
