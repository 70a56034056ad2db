import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import { clockIn, type Locale, sayDay } from '@/lib/text'

/** « dimanche 22 novembre, 21:34:07 » on the house's clock: in a tool, seconds tell letters apart. */
export function whenWritten(instant: Date, locale: Locale): string {
  const zone = config().defaultTimeZone
  const [then, today] = [clockIn(instant, zone), clockIn(now(), zone)]
  if (!then || !today) return instant.toISOString()
  const time = `${then.time}:${String(instant.getUTCSeconds()).padStart(2, '0')}`
  return then.date === today.date ? time : `${sayDay(then.date, locale, { today: today.date })}, ${time}`
}
