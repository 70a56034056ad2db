import type { DateParts } from '@/app/_ui/date-block'
import type { ThemeSign } from '@/app/_ui/theme-chip'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import type { EventCard } from '@/lib/events/queries'
import { isOneSitting, type Moment, sayDay, sayHours, sayMonth, typo } from '@/lib/text'
import { rfc3339, wallOf } from '@/lib/time'

/** Sentences of the room « event », as `getTranslations` gives them. */
export type Words = (key: string, values?: Record<string, string | number>) => string

/** The reader's date, as far as a server can know it: the house's own. */
export const today = () => wallOf(now(), config().defaultTimeZone).date

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

export const eventHref = (slug: string, locale: Locale) => getPathname({ href: { pathname: '/events/[slug]', params: { slug } }, locale })

/** The first theme gives the colour; without one an event is ink. */
export const pigmentOf = ({ themes }: Pick<EventCard, 'themes'>) => themes[0]?.theme.pigment ?? 'ink'

type ThemeFacts = { slug: string; shortFr: string; shortEn: string; pigment: string; glyph: string }

export const themeSign = ({ slug, shortFr, shortEn, pigment, glyph }: ThemeFacts, locale: Locale): ThemeSign => ({
  name: locale === 'en' ? shortEn : shortFr,
  pigment,
  glyph,
  href: getPathname({ href: { pathname: '/themes/[slug]', params: { slug } }, locale }),
})

export const themeSigns = ({ themes }: Pick<EventCard, 'themes'>, locale: Locale) => themes.map(({ theme }) => themeSign(theme, locale))

type Timed = Pick<EventCard, 'startDate' | 'startTime' | 'endDate' | 'endTime' | 'timeZone' | 'startsAt' | 'endsAt' | 'overAt'>

export const momentOf = (event: Timed): Moment => ({
  start: { date: event.startDate, time: event.startTime },
  end: event.endDate ? { date: event.endDate, time: event.endTime } : null,
  timeZone: event.timeZone,
  startsAt: event.startsAt,
  endsAt: event.endsAt,
})

/** « 9h–10h »; where the hour is not known, that it will be said (to come), or nothing (over: nobody will say it now). */
function hoursOf(event: Timed, locale: Locale, t: Words) {
  if (event.startTime === null) return event.overAt > now() ? t('hourToCome') : ''
  return sayHours(event.startTime, lastDay(event) ? null : event.endTime, locale)
}

/** A date as its numeral and the words around it. Under a month's title the month need not be said again. */
export function datePartsOf(event: Timed, locale: Locale, t: Words, { month = true, hour = true }: { month?: boolean; hour?: boolean } = {}): DateParts {
  const { startDate } = event
  const last = lastDay(event)
  const [weekday, day] = sayDay(startDate, locale, { month: false }).split(' ')
  const hours = hour ? hoursOf(event, locale, t) : undefined
  const dateTime = event.startTime === null ? startDate : rfc3339(event.startsAt, event.timeZone)
  const saidYear = startDate.slice(0, 4) === today().slice(0, 4) ? undefined : startDate.slice(0, 4)
  const year = month ? saidYear : undefined
  const monthName = sayMonth(startDate, locale, { year: false })
  if (!last) return { weekday, day, month: month ? monthName : undefined, year, hours, dateTime }
  const [lastWeekday, lastNumber] = sayDay(last, locale, { month: false }).split(' ')
  const lastMonth = sayMonth(last, locale, { year: false })
  const months = lastMonth === monthName ? monthName : `${monthName}–${lastMonth}`
  return {
    weekday: t('fromTo', { from: weekday, to: lastWeekday }),
    day: `${day.replace('er', '')}–${lastNumber.replace('er', '')}`,
    month: month || lastMonth !== monthName ? months : undefined,
    year,
    hours,
    dateTime,
  }
}

/** « en ligne », « Théâtre du Contre-jour, Nantes, et en ligne »; in the event's own words where it has a venue. */
export function placeWords({ mode, venue }: Pick<EventCard, 'mode' | 'venue'>, t: Words) {
  if (mode === 'online') return t('place.online')
  const name = venue && [venue.name, venue.city].filter(Boolean).join(', ')
  if (mode === 'hybrid') return name ? t('place.hybrid', { venue: name }) : t('place.hybridUnknown')
  return name ?? t('place.unknown')
}

/** Names of the format and the cycles, with their pages. */
export function seriesOf({ format, cycles }: Pick<EventCard, 'format' | 'cycles'>, locale: Locale) {
  return [...(format ? [format] : []), ...cycles.map(({ series }) => series)].map((series) => ({
    slug: series.slug,
    name: typo(locale === 'en' ? series.nameEn : series.nameFr, locale),
    isCycle: series.nature === 'cycle',
    href: getPathname({ href: { pathname: '/series/[slug]', params: { slug: series.slug } }, locale }),
  }))
}

/** Where and in which frame, in one line: the place, then the format, or the first cycle where there is none. */
export const aboutWords = (event: Pick<EventCard, 'mode' | 'venue' | 'format' | 'cycles'>, locale: Locale, t: Words) =>
  [placeWords(event, t), ...seriesOf(event, locale).slice(0, 1).map(({ name }) => name)]

/** The other site that an address leads to, as readers know it. */
export const hostOf = (url: string) => new URL(url).host.replace(/^www\./, '')

/** `lang` for words that are not in the page's language. */
export const otherLanguage = (language: string, locale: Locale) => (language === locale ? undefined : language)

function lastDay({ startDate, startTime, endDate, endTime }: Timed) {
  if (!endDate || endDate === startDate) return null
  return isOneSitting({ date: startDate, time: startTime }, { date: endDate, time: endTime }) ? null : endDate
}
