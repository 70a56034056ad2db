import type { Prisma } from '@/lib/db'
import type { ReportFile } from './schema'

/** All that a file may say of a report. */
export const wholeReport = {
  recommendations: { orderBy: { number: 'asc' }, include: { wordings: { orderBy: { position: 'asc' } } } },
  readings: {
    orderBy: [{ on: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }],
    include: { themes: { orderBy: { position: 'asc' }, include: { theme: true, links: { orderBy: { recommendation: { number: 'asc' } }, include: { recommendation: { select: { number: true } } } } } } },
  },
} satisfies Prisma.ReportInclude

export type WholeReport = Prisma.ReportGetPayload<{ include: typeof wholeReport }>

/** A report as its file: what was imported comes out as it went in. */
export function asFile(report: WholeReport): ReportFile {
  return {
    slug: report.slug,
    title: report.title,
    publisher: report.publisher,
    publishedOn: publishedOnOf(report),
    language: report.language === 'en' ? 'en' : 'fr',
    url: report.url,
    pdf: report.pdf,
    pages: report.pages,
    summaries: { fr: report.summaryFr, en: report.summaryEn },
    source: report.source,
    confidence: report.confidence as ReportFile['confidence'],
    recommendationsNote: report.recommendationsNote,
    announced: report.announced,
    totalBudgetMEur: report.totalBudgetMEur,
    position: report.position,
    recommendations: report.recommendations.map((one) => ({
      number: one.number,
      wordings: one.wordings.map(({ language, text, official, source }) => ({ language: language === 'en' ? 'en' : 'fr', text, official, source })),
      shorts: { fr: one.shortFr, en: one.shortEn },
      section: one.section,
      pilots: one.pilots,
      budgetMEur: one.budgetMEur,
      cultural: one.cultural,
      culturalBasis: one.culturalBasis,
      culturalNote: one.culturalNote,
    })),
    readings: report.readings.map((reading) => ({
      author: reading.author,
      title: reading.title,
      url: reading.url,
      on: reading.on?.toISOString().slice(0, 10) ?? null,
      themes: reading.themes.map(({ theme, summaryFr, summaryEn, source, links }) => ({
        slug: theme.slug,
        summaries: { fr: summaryFr, en: summaryEn },
        source,
        recommendations: links.map(({ recommendation }) => recommendation.number),
        inferred: links.every(({ inferred }) => inferred),
      })),
    })),
  }
}

/** As precise as it is known: YYYY, YYYY-MM or YYYY-MM-DD. */
export function publishedOnOf({ publishedOn, publishedTo }: { publishedOn: Date; publishedTo: 'year' | 'month' | 'day' }) {
  return publishedOn.toISOString().slice(0, publishedTo === 'year' ? 4 : publishedTo === 'month' ? 7 : 10)
}
