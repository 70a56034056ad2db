import { otherLanguage } from '@/app/[locale]/event-words'
import { shortTitle } from '@/app/[locale]/(public)/report-tiles'
import type { Locale } from '@/i18n/routing'
import { eventBySlug } from '@/lib/events/queries'
import { shown } from '@/lib/events/rules'
import { pickerOptions } from '@/lib/reports/queries'
import { allSeries } from '@/lib/series/queries'
import { typo } from '@/lib/text'

/** Something to follow. `follow` is the feed's path below /feeds, without its ending, and the form's value. */
export interface Choice {
  follow: string
  kind: 'events' | 'format' | 'cycle' | 'theme' | 'recommendation' | 'event'
  name: string
  lang?: string
  pigment?: string
  glyph?: string
  /** Of a recommendation: the report that it stands in. */
  report?: { title: string; lang?: string; number: number }
}

export interface Choices {
  chosen: Choice
  /** The address asked for something that is not there: everything is shown instead. */
  isUnknown: boolean
  groups: { kind: Choice['kind']; label?: string; choices: Choice[] }[]
}

/** Everything that can be followed, and what the address asks for; `all` is the name of everything. */
export async function readChoices(follow: string | undefined, all: string, locale: Locale): Promise<Choices> {
  const [series, { themes, reports }, event] = await Promise.all([allSeries(), pickerOptions(), eventAsked(follow, locale)])
  const everything: Choice = { follow: 'events', kind: 'events', name: all }
  const inSeries = (nature: 'format' | 'cycle') =>
    series.filter((one) => one.nature === nature).map(({ slug, nameFr, nameEn }): Choice => ({ follow: `series/${slug}`, kind: nature, name: typo(locale === 'en' ? nameEn : nameFr, locale) }))
  const groups: Choices['groups'] = [
    { kind: 'events', choices: [everything] },
    ...(event ? [{ kind: 'event' as const, choices: [event] }] : []),
    { kind: 'format', choices: inSeries('format') },
    { kind: 'cycle', choices: inSeries('cycle') },
    {
      kind: 'theme',
      choices: themes.map(({ slug, nameFr, nameEn, pigment, glyph }) => ({ follow: `themes/${slug}`, kind: 'theme', name: typo(locale === 'en' ? nameEn : nameFr, locale), pigment, glyph })),
    },
    ...reports.map(({ slug, title, language, recommendations }) => {
      const label = typo(title, language as Locale)
      return {
        kind: 'recommendation' as const,
        label,
        choices: recommendations.map((one): Choice => {
          const { title: name, lang } = shortTitle(one, locale)
          return { follow: `reports/${slug}/${one.number}`, kind: 'recommendation', name, lang, report: { title: label, lang: otherLanguage(language, locale), number: one.number } }
        }),
      }
    }),
  ]
  const chosen = event ?? groups.flatMap(({ choices }) => choices).find((one) => one.follow === follow)
  return { chosen: chosen ?? everything, isUnknown: follow !== undefined && follow !== '' && !chosen, groups: groups.filter(({ choices }) => choices.length > 0) }
}

/** One event may be followed too, without a seat: it is no choice of the list, its own page leads here. */
async function eventAsked(follow: string | undefined, locale: Locale): Promise<Choice | null> {
  const [, slug] = /^events\/([a-z0-9-]{1,120})$/.exec(follow ?? '') ?? []
  const event = slug ? await eventBySlug(slug) : null
  if (!event || event.status === 'draft') return null
  const { title, language } = shown(event, locale)
  const theme = event.themes[0]?.theme
  return { follow: `events/${event.slug}`, kind: 'event', name: typo(title, language as Locale), lang: otherLanguage(language, locale), pigment: theme?.pigment, glyph: theme?.glyph }
}
