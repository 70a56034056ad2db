import type { getTranslations } from 'next-intl/server'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import { sayDay } from '@/lib/text'
import { wallOf } from '@/lib/time'

/** A domain is told from an address by its @ before it, as it may be typed. */
export const sayMember = ({ kind, value }: { kind: string; value: string }) => (kind === 'domain' ? `@${value}` : value)

/** « depuis le 1er septembre », « jusqu’au 31 août 2027 », « du … au … »; nothing where there is no limit. */
export function sayDates({ since, until }: { since: string | null; until: string | null }, locale: Locale, t: Awaited<ReturnType<typeof getTranslations<'people.members'>>>) {
  const today = wallOf(now(), config().defaultTimeZone).date
  const day = (date: string) => sayDay(date, locale, { today, weekday: false })
  if (since && until) return t('dates.both', { since: day(since), until: day(until) })
  return since ? t('dates.since', { since: day(since) }) : until ? t('dates.until', { until: day(until) }) : ''
}
