import { getTranslations } from 'next-intl/server'
import { momentOf, otherLanguage, today } from '@/app/[locale]/event-words'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import type { EventCard } from '@/lib/events/queries'
import { shown, sum, wholeCapacity } from '@/lib/events/rules'
import { clockIn, sayWhen, typo } from '@/lib/text'

/** When it is, as one phrase: « jeudi 3 décembre de 9h à 10h, heure de Paris ». */
export const sayEventWhen = (event: EventCard, locale: Locale) => sayWhen(momentOf(event), locale, { today: today() })

/** Whole days of the event's calendar since its last one; the day itself counts as none. */
export function daysSince({ startDate, endDate, timeZone }: EventCard) {
  const day = clockIn(now(), timeZone)?.date ?? startDate
  return Math.max(0, Math.round((Date.parse(day) - Date.parse(endDate ?? startDate)) / 86_400_000))
}

/** How full it is, in words and as figures for the bar. */
export async function seatsOf(event: EventCard, locale: Locale) {
  const t = await getTranslations({ locale, namespace: 'organise.seats' })
  const [taken, waiting, capacity] = [sum(event.seatings, 'taken'), sum(event.seatings, 'waiting'), wholeCapacity(event.seatings)]
  const detail = [capacity === null ? t('noLimit') : t('of', { capacity }), waiting > 0 && t('waiting', { count: waiting })].filter(Boolean).join(', ')
  return { taken, capacity, headline: t('taken', { count: taken }), detail }
}

export const titleOf = (event: EventCard, locale: Locale) => {
  const { title, language } = shown(event, locale)
  return { title: typo(title, language === 'en' ? 'en' : 'fr'), lang: otherLanguage(language, locale) }
}

/** The title in the event's own language, above the title of one of its rooms. */
export const ownTitleOf = (event: EventCard) => typo(event.title, event.language === 'en' ? 'en' : 'fr')
