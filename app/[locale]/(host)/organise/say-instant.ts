import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import { sayDay, sayHour } from '@/lib/text'
import { wallOf } from '@/lib/time'

/** An instant as the team's own clock shows it: « 23 novembre à 9h12 ». Another zone is that of an event. */
export function sayInstant(instant: Date, locale: Locale, zone = config().defaultTimeZone) {
  const { date, time } = wallOf(instant, zone)
  return `${sayDay(date, locale, { today: wallOf(now(), zone).date, weekday: false })} ${locale === 'fr' ? 'à\u00A0' : 'at '}${sayHour(time, locale)}`
}
