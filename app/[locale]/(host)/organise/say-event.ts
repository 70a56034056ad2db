import { getTranslations } from 'next-intl/server'
import { momentOf, otherLanguage, today } from '@/app/[locale]/event-words'
import type { Locale } from '@/i18n/routing'
import type { EventCard } from '@/lib/events/queries'
import { shown, sum, wholeCapacity } from '@/lib/events/rules'
import { sayWhen, typo } from '@/lib/text'

/** When it is, as one phrase: « jeudi 3 décembre de 9h à 10h, heure de Paris ». */
export const sayEventWhen = (event: EventCard, locale: Locale) => sayWhen(momentOf(event), locale, { today: today() })

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
