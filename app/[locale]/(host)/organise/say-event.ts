import { getTranslations } from 'next-intl/server'
import type { DateParts } from '@/app/_ui/date-block'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import type { EventCard } from '@/lib/events/queries'
import { shown, sum, wholeCapacity } from '@/lib/events/rules'
import { sayDay, sayHours, sayMonth, sayWhen, typo } from '@/lib/text'
import { wallOf } from '@/lib/time'

const today = (event: EventCard) => wallOf(now(), event.timeZone).date

/** When it is, as one phrase: « jeudi 3 décembre de 9h à 10h, heure de Paris ». */
export function sayEventWhen(event: EventCard, locale: Locale) {
  const end = event.endDate ? { date: event.endDate, time: event.endTime } : null
  const start = { date: event.startDate, time: event.startTime }
  return sayWhen({ start, end, timeZone: event.timeZone, startsAt: event.startsAt, endsAt: event.endsAt }, locale, { today: today(event) })
}

/** Its date as a numeral. */
export async function datePartsOf(event: EventCard, locale: Locale): Promise<DateParts> {
  const t = await getTranslations({ locale, namespace: 'organise' })
  const { startDate, endDate, startTime, endTime } = event
  const hasYear = startDate.slice(0, 4) !== today(event).slice(0, 4)
  const sameMonth = endDate !== null && endDate !== startDate && endDate.slice(0, 7) === startDate.slice(0, 7) && endTime === null
  const day = String(Number(startDate.slice(8)))
  return {
    weekday: sayDay(startDate, locale, { month: false }).split(' ')[0],
    day: sameMonth ? `${day}–${Number(endDate.slice(8))}` : day,
    month: sayMonth(startDate, locale, { year: false }),
    year: hasYear ? startDate.slice(0, 4) : undefined,
    hours: startTime ? sayHours(startTime, endDate === startDate || endDate === null ? endTime : null, locale) : t('hourUnknown'),
    dateTime: startTime ? event.startsAt.toISOString() : startDate,
  }
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
  return { title: typo(title, language === 'en' ? 'en' : 'fr'), lang: language === locale ? undefined : language }
}

export const pigmentOf = (event: EventCard) => event.themes[0]?.theme.pigment ?? 'ink'

/** The title in the event's own language, above the title of one of its rooms. */
export const ownTitleOf = (event: EventCard) => typo(event.title, event.language === 'en' ? 'en' : 'fr')
