import type { Words } from '@/app/[locale]/event-words'
import type { Locale } from '@/i18n/routing'
import type { CoverageChoices } from '@/lib/coverage/queries'
import { type CoverageFilter, seasonOf, spanOfSeason } from '@/lib/coverage/rules'
import { sayDay, typo } from '@/lib/text'
import { isDate } from '@/lib/time'

export const shows = ['all', 'culture', 'missing'] as const
export type Show = (typeof shows)[number]

/** What an address asks of a map: which sessions count, and what is brought forward. */
export type MapAsk = { show: Show; season?: number; from?: string; to?: string; series?: string }

/** What cannot be read is as if it were not there. */
export function readMapAsk(search: Record<string, string | string[] | undefined>): MapAsk {
  const one = (name: string) => [search[name]].flat()[0] ?? ''
  const day = (name: string) => (isDate(one(name)) ? one(name) : undefined)
  const show = one('show')
  return {
    show: show === 'culture' || show === 'missing' ? show : 'all',
    season: /^(19|20)\d\d$/.test(one('season')) ? Number(one('season')) : undefined,
    from: day('from'),
    to: day('to'),
    series: /^[a-z0-9-]{1,80}$/.test(one('series')) ? one('series') : undefined,
  }
}

/** A season chosen says more than dates left in their fields. */
export const filterOf = ({ season, from, to, series }: MapAsk): CoverageFilter => ({ ...(season ? spanOfSeason(season) : { from, to }), series })

export const isSifted = ({ season, from, to, series }: MapAsk) => Boolean(season || from || to || series)

/** The same as an address's query, with `?`, or nothing. */
export function mapQuery({ show, season, from, to, series }: MapAsk) {
  const said = Object.entries({ show: show === 'all' ? undefined : show, season, from: season ? undefined : from, to: season ? undefined : to, series }).filter(([, value]) => value !== undefined)
  return said.length > 0 ? `?${new URLSearchParams(said.map(([name, value]) => [name, String(value)]))}` : ''
}

/** The seasons between the first and the last session, the newest first; one that is asked for stands among them. */
export function seasonsIn({ first, last }: Pick<CoverageChoices, 'first' | 'last'>, asked?: number): number[] {
  if (!first || !last) return asked ? [asked] : []
  const [from, to] = [seasonOf(first), seasonOf(last)]
  const years = Array.from({ length: Math.min(60, to - from + 1) }, (_, i) => to - i)
  return asked && !years.includes(asked) ? [...years, asked].sort((a, b) => b - a) : years
}

export const seasonName = (year: number, t: Words) => t('filter.seasonName', { from: String(year), to: String(year + 1) })

/** What the filter says, in words: « saison 2025-2026, Café TMNlab ». `t` speaks of the room « coverage ». */
export function siftedWords({ season, from, to, series }: MapAsk, choices: CoverageChoices, locale: Locale, t: Words): string {
  const found = choices.series.find(({ slug }) => slug === series)
  const day = (date: string) => sayDay(date, locale, { weekday: false, year: true })
  return [
    season && t('filtered.season', { name: seasonName(season, t) }),
    !season && from && t('filtered.from', { date: day(from) }),
    !season && to && t('filtered.to', { date: day(to) }),
    series && t('filtered.series', { name: found ? typo(locale === 'en' ? found.nameEn : found.nameFr, locale) : series }),
  ].filter(Boolean).join(', ')
}
