import { db, type Prisma } from '@/lib/db'
import { wholeReport } from './as-file'
import { recommendationToEdit } from './edit-recommendation'

export const themeFacts = { slug: true, nameFr: true, nameEn: true, shortFr: true, shortEn: true, pigment: true, glyph: true } satisfies Prisma.ThemeSelect

export const wordings = { select: { language: true, text: true, official: true, source: true }, orderBy: { position: 'asc' } } satisfies Prisma.Recommendation$wordingsArgs

/** What `primaryTheme` and `quotedWording` need of a recommendation. */
const recommendationFacts = {
  id: true,
  number: true,
  shortFr: true,
  shortEn: true,
  section: true,
  pilots: true,
  budgetMEur: true,
  cultural: true,
  culturalBasis: true,
  culturalNote: true,
  wordings,
  readingLinks: {
    select: { inferred: true, readingTheme: { select: { position: true, theme: { select: themeFacts }, reading: { select: { id: true, on: true } } } } },
  },
} satisfies Prisma.RecommendationSelect

/** The oldest reading comes first: it gives the map its colours. */
const readings = {
  select: {
    author: true,
    title: true,
    url: true,
    on: true,
    themes: {
      select: {
        position: true,
        summaryFr: true,
        summaryEn: true,
        source: true,
        theme: { select: themeFacts },
        links: { select: { inferred: true, recommendation: { select: { number: true } } }, orderBy: { recommendation: { number: 'asc' } } },
      },
      orderBy: { position: 'asc' },
    },
  },
  orderBy: [{ on: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }],
} satisfies Prisma.Report$readingsArgs

/** Every report, in the house's order, then the newest first; with how many recommendations we hold. */
export const reports = () =>
  db.report.findMany({
    orderBy: [{ position: 'asc' }, { publishedOn: 'desc' }],
    include: { _count: { select: { recommendations: true } }, readings: { ...readings, take: 1 } },
  })

/** A report with its recommendations in order, their wordings, and its readings, the oldest first; or null. */
export const report = (slug: string) =>
  db.report.findUnique({
    where: { slug },
    include: { recommendations: { select: recommendationFacts, orderBy: { number: 'asc' } }, readings },
  })

export type ReportWhole = NonNullable<Awaited<ReturnType<typeof report>>>

/** What a map in a margin needs of the report that the house puts first, or null where no report has recommendations. */
export const firstReport = () =>
  db.report.findFirst({
    where: { recommendations: { some: {} } },
    orderBy: [{ position: 'asc' }, { publishedOn: 'desc' }],
    select: { slug: true, title: true, language: true, recommendations: { select: recommendationFacts, orderBy: { number: 'asc' } } },
  })

/** One recommendation with its report and the numbers around it, or null. */
export async function recommendation(slug: string, number: number) {
  const found = await db.recommendation.findFirst({
    where: { report: { slug }, number },
    select: { ...recommendationFacts, report: true },
  })
  if (!found) return null
  const around = (direction: 'asc' | 'desc') =>
    db.recommendation.findFirst({
      where: { reportId: found.report.id, number: direction === 'asc' ? { gt: number } : { lt: number } },
      orderBy: { number: direction },
      select: { number: true, shortFr: true, shortEn: true },
    })
  const [previous, next] = await Promise.all([around('desc'), around('asc')])
  return { ...found, previous, next }
}

/** Every theme in order, with how many published events it has. */
export const themes = () =>
  db.theme.findMany({
    orderBy: [{ position: 'asc' }, { nameFr: 'asc' }],
    include: { _count: { select: { events: { where: { event: { status: { not: 'draft' } } } } } } },
  })

/** A theme with what each reading says of it and the recommendations that it links, or null. */
export const theme = (slug: string) =>
  db.theme.findUnique({
    where: { slug },
    include: {
      readings: {
        select: {
          summaryFr: true,
          summaryEn: true,
          source: true,
          reading: { select: { author: true, title: true, url: true, on: true, report: { select: { slug: true, title: true, language: true } } } },
          links: {
            select: { inferred: true, recommendation: { select: { number: true, shortFr: true, shortEn: true, cultural: true, wordings } } },
            orderBy: { recommendation: { number: 'asc' } },
          },
        },
        orderBy: [{ reading: { on: { sort: 'asc', nulls: 'last' } } }, { readingId: 'asc' }],
      },
    },
  })

/** What the organiser's form offers to tick: themes, and reports with their recommendations. */
export async function pickerOptions() {
  const [themeOptions, reportOptions] = await Promise.all([
    db.theme.findMany({ select: themeFacts, orderBy: [{ position: 'asc' }, { nameFr: 'asc' }] }),
    db.report.findMany({
      where: { recommendations: { some: {} } },
      orderBy: [{ position: 'asc' }, { publishedOn: 'desc' }],
      select: {
        slug: true,
        title: true,
        language: true,
        recommendations: { select: { number: true, shortFr: true, shortEn: true, cultural: true, wordings }, orderBy: { number: 'asc' } },
      },
    }),
  ])
  return { themes: themeOptions, reports: reportOptions }
}

/** A report with all that a file may say of it, or null. For organisers. */
export const reportToEdit = (slug: string) => db.report.findUnique({ where: { slug }, include: wholeReport })

/** A recommendation as its form has it, with what speaks of it, and what to give back as `known`; or null. For organisers. */
export const recommendationForEditor = (slug: string, number: number) => recommendationToEdit(db, slug, number)

export { asFile } from './as-file'
export { factsOf, factsPrint } from './edit-report'
export { factsOfReading, readingPrint } from './edit-reading'
