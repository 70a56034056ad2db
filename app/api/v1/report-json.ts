import type { z } from 'zod'
import { config } from '@/lib/config'
import type { ReportWhole, reports } from '@/lib/reports/queries'
import { quotedWording } from '@/lib/reports/rules'
import { localeOf } from '@/lib/text'
import { webAddress } from '@/lib/web-address'
import type { recommendation, report, reportSummary, theme } from './shapes'

type Row = Awaited<ReturnType<typeof reports>>[number]
type Facts = Omit<Row, '_count' | 'readings'>

export const reportLine = (row: Row): z.infer<typeof reportSummary> => summaryOf(row, row._count.recommendations)

export function reportJson(row: ReportWhole): z.infer<typeof report> {
  const [reading] = row.readings
  return {
    ...summaryOf(row, row.recommendations.length),
    recommendations: row.recommendations.map((one) => recommendationJson(row, one)),
    themes: (reading?.themes ?? []).map(themeJson),
    reading: reading ? { author: reading.author, title: reading.title, url: reading.url, on: dayOf(reading.on) } : null,
  }
}

function summaryOf(row: Facts, recommendationCount: number): z.infer<typeof reportSummary> {
  return {
    slug: row.slug,
    title: row.title,
    publisher: row.publisher,
    publishedOn: (dayOf(row.publishedOn) ?? '').slice(0, { year: 4, month: 7, day: 10 }[row.publishedTo]),
    language: localeOf(row.language),
    source: row.url,
    pdf: row.pdf,
    pages: row.pages,
    summary: { fr: row.summaryFr, en: row.summaryEn },
    recommendationCount,
    url: webAddress('/reports/[slug]', { slug: row.slug }, config().defaultLocale),
  }
}

function recommendationJson({ slug, language }: ReportWhole, row: ReportWhole['recommendations'][number]): z.infer<typeof recommendation> {
  const quoted = quotedWording(row, localeOf(language))?.quoted
  return {
    number: row.number,
    title: quoted?.text ?? '',
    language: localeOf(quoted?.language ?? language),
    official: quoted?.official ?? false,
    short: { fr: row.shortFr, en: row.shortEn },
    wordings: row.wordings.map((one) => ({ ...one, language: localeOf(one.language) })),
    section: row.section,
    pilots: row.pilots,
    budgetMEur: row.budgetMEur,
    cultural: row.cultural,
    culturalBasis: row.culturalBasis,
    themes: [...new Set(row.readingLinks.map(({ readingTheme }) => readingTheme.theme.slug))],
    url: webAddress('/reports/[slug]/recommendations/[number]', { slug, number: row.number }, config().defaultLocale),
  }
}

function themeJson(row: ReportWhole['readings'][number]['themes'][number]): z.infer<typeof theme> {
  const { slug, nameFr, nameEn, shortFr, shortEn, pigment, glyph } = row.theme
  return {
    slug,
    name: { fr: nameFr, en: nameEn },
    short: { fr: shortFr, en: shortEn },
    summary: { fr: row.summaryFr, en: row.summaryEn },
    pigment,
    glyph,
    recommendations: row.links.map((link) => ({ number: link.recommendation.number, inferred: link.inferred })),
    url: webAddress('/themes/[slug]', { slug }, config().defaultLocale),
  }
}
const dayOf = (day: Date | null) => day?.toISOString().slice(0, 10) ?? null
