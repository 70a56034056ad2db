import { isValidElement } from 'react'
import { createTranslator } from 'next-intl'
import { otherLanguage, today, type Words } from '@/app/[locale]/event-words'
import { shortTitle } from '@/app/[locale]/(public)/report-tiles'
import { sayPublished } from '@/app/[locale]/(public)/reports/report-words'
import { shapeOf } from '@/app/_ui/glyph'
import { isAway } from '@/app/api/v1/is-away'
import { messagesOf } from '@/i18n/messages'
import type { Locale } from '@/i18n/routing'
import { coverageOf } from '@/lib/coverage/queries'
import { coverageSentence, untouchedFor } from '@/lib/coverage/rules'
import type { Sheet } from '@/lib/coverage/sheet'
import { isFresh, strongEtag } from '@/lib/etag'
import { installation } from '@/lib/installation'
import { report as reportBySlug } from '@/lib/reports/queries'
import { primaryTheme } from '@/lib/reports/rules'
import { sayDay, typo } from '@/lib/text'
import { webAddress } from '@/lib/web-address'

/** What the map says in a language, for pictures and paper. Null where there is no such report, or nothing on its map. */
export async function sheetOf(slug: string, locale: Locale): Promise<Sheet | null> {
  if (!/^[a-z0-9-]{1,120}$/.test(slug)) return null
  const [report, coverage, house, messages] = await Promise.all([reportBySlug(slug), coverageOf(slug), installation(), messagesOf(locale)])
  if (!report || !coverage || coverage.recommendations.length === 0) return null
  const t = createTranslator({ locale, messages, namespace: 'coverage' }) as unknown as Words
  const said = createTranslator({ locale, messages, namespace: 'report' }) as unknown as Words
  const frame = createTranslator({ locale, messages, namespace: 'frame' }) as unknown as Words
  const [day, publishedOn] = [today(), report.publishedOn.toISOString().slice(0, 10)]
  const standing = new Map(coverage.recommendations.map((one) => [one.number, one]))
  const url = webAddress('/reports/[slug]', { slug }, locale)
  return {
    locale,
    title: typo(report.title, report.language as Locale),
    lang: otherLanguage(report.language, locale),
    over: `${typo(report.publisher, 'fr')}, ${sayPublished(report, locale)}`,
    sentence: coverageSentence(coverage.counts, locale),
    house: house.networkName === frame('name') ? frame('name') : `${house.networkName} · ${frame('name')}`,
    asOf: t('asOf', { date: sayDay(day, locale, { weekday: false, year: true }) }),
    legend: (['minuted', 'discussed', 'planned', 'never'] as const).map((depth) => ({ depth, word: said(`legend.${depth}`), count: coverage.counts[depth] })),
    tiles: report.recommendations.flatMap((one) => {
      const facts = standing.get(one.number)
      if (!facts) return []
      const theme = primaryTheme(one)
      const untouched = untouchedFor(facts, publishedOn, day)
      const figures = [facts.events > 0 && t('sheet.events', { count: facts.events }), facts.passages > 0 && t('sheet.passages', { count: facts.passages })].filter(Boolean)
      return [{
        number: one.number,
        ...shortTitle(one, locale),
        depth: facts.depth,
        word: facts.awaitsConfirmation ? said('depth.toConfirm') : said(`depth.${facts.depth}`),
        untouched: untouched && t(`untouched.${untouched.since}`, { days: untouched.days }),
        figures: figures.length > 0 ? figures.join(', ') : null,
        pigment: theme?.pigment ?? 'ink',
        glyph: outlineOf(theme?.glyph),
        mark: one.cultural ? said('cultureMark') : null,
        url: webAddress('/reports/[slug]/recommendations/[number]', { slug, number: one.number }, locale),
      }]
    }),
    url,
    words: { recommendation: t('sheet.recommendation'), scan: t('sheet.scan'), all: t('sheet.all'), host: new URL(url).host, note: t('sheet.note') },
  }
}

/** A theme's sign as an outline on a square of 24. */
export function outlineOf(glyph: string | null | undefined) {
  const shape = shapeOf(glyph)
  const { d, fillRule } = isValidElement<{ d: string; fillRule?: string }>(shape) ? shape.props : { d: '' }
  return { path: d, evenOdd: fillRule === 'evenodd' }
}

const NOWHERE = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }

/** Answers with what `make` draws, or that there is nothing, or that the database is away. Others' pages may show it: nothing in it is anybody's. */
export async function drawn(request: Request, type: string, make: () => Promise<{ body: string | Uint8Array<ArrayBuffer>; etag?: string; headers?: Record<string, string> } | null>) {
  try {
    const made = await make()
    if (!made) return new Response(null, { status: 404, headers: NOWHERE })
    const etag = made.etag ?? strongEtag(typeof made.body === 'string' ? made.body : Buffer.from(made.body))
    const headers = {
      ETag: etag,
      'Cache-Control': 'no-cache',
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      // It is a document of its own, which brings its style along, and may do nothing else.
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
      ...made.headers,
    }
    if (isFresh(request.headers, etag)) return new Response(null, { status: 304, headers })
    return new Response(request.method === 'HEAD' ? null : made.body, { headers: { ...headers, 'Content-Type': type } })
  } catch (error) {
    if (isAway(error)) return new Response(null, { status: 503, headers: { 'Retry-After': '60' } })
    throw error
  }
}

export const localeIn = (locale: string): Locale => (locale === 'en' ? 'en' : 'fr')

