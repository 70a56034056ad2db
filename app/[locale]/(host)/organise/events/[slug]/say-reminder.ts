import type { getTranslations } from 'next-intl/server'
import type { Locale } from '@/i18n/routing'
import { sayHour } from '@/lib/text'

export type ReminderRule = { daysBefore: number | null; atTime: string | null; minutesBefore: number | null }

/** A rule of reminding in words: « La veille à 18h », « Une heure avant ». */
export function sayReminder({ daysBefore, atTime, minutesBefore }: ReminderRule, locale: Locale, t: Awaited<ReturnType<typeof getTranslations<'asking.reminders.rule'>>>) {
  if (minutesBefore !== null) return minutesBefore % 60 === 0 ? t('hours', { count: minutesBefore / 60 }) : t('minutes', { count: minutesBefore })
  const day = daysBefore !== null && daysBefore > 0 && daysBefore % 7 === 0 ? t('weeks', { count: daysBefore / 7 }) : t('days', { count: daysBefore ?? 1 })
  return atTime === null ? t('sameHour', { day }) : t('atHour', { day, hour: sayHour(atTime, locale) })
}
