import type { TileFacts } from '@/app/_ui/coverage-map'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import type { Coverage } from '@/lib/coverage/queries'
import { primaryTheme, quotedWording, type WordingFacts } from '@/lib/reports/rules'
import { typo } from '@/lib/text'

type Theme = { pigment: string; glyph: string }
type Recommended = {
  number: number
  shortFr: string | null
  shortEn: string | null
  cultural: boolean
  wordings: WordingFacts[]
  readingLinks: { readingTheme: { position: number; theme: Theme; reading: { id: string; on: Date | null } } }[]
}
type Mapped = { slug: string; language: string; recommendations: Recommended[] }
type Said = (key: string) => string

export const recommendationHref = (slug: string, number: number, locale: Locale) =>
  getPathname({ href: { pathname: '/reports/[slug]/recommendations/[number]', params: { slug, number } }, locale })

/** A report's recommendations as tiles, in their order; `t` speaks of the room « report ». */
export function tilesOf(report: Mapped, coverage: Coverage, locale: Locale, t: Said): TileFacts[] {
  const standing = new Map(coverage.recommendations.map((one) => [one.number, one]))
  return report.recommendations.map((one) => {
    const found = standing.get(one.number)
    const depth = found?.depth ?? 'never'
    const theme = primaryTheme(one)
    return {
      number: one.number,
      ...shortTitle(one, locale),
      href: recommendationHref(report.slug, one.number, locale),
      depth,
      word: found?.awaitsConfirmation ? t('depth.toConfirm') : t(`depth.${depth}`),
      shortWord: depth === 'minuted' ? t('depth.minutedShort') : found?.awaitsConfirmation ? t('depth.planned') : undefined,
      pigment: theme?.pigment,
      glyph: theme?.glyph,
      mark: one.cultural ? t('cultureMark') : undefined,
    }
  })
}

/** The short name, in the reader's language if there is one; else the beginning of the wording itself. */
export function shortTitle(one: Pick<Recommended, 'shortFr' | 'shortEn' | 'wordings'>, locale: Locale): { title: string; lang?: 'fr' | 'en' } {
  const [own, other] = locale === 'en' ? [one.shortEn, one.shortFr] : [one.shortFr, one.shortEn]
  const otherLocale = locale === 'en' ? 'fr' : 'en'
  if (own) return { title: typo(own, locale) }
  if (other) return { title: typo(other, otherLocale), lang: otherLocale }
  const quotation = quotedWording(one, locale)
  const said = quotation?.translation ?? quotation?.quoted
  const language = said?.language === 'en' ? 'en' : 'fr'
  return { title: said ? typo(said.text, language) : '', lang: language === locale ? undefined : language }
}
