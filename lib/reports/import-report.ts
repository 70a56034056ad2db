import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { inTransaction, type Tx } from '@/lib/db'
import { fieldRefusals } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { done, type FieldRefusal, type Outcome, refused } from '@/lib/outcome'
import { canEditReports } from './access'
import { asFile, wholeReport } from './as-file'
import { printOf } from './edit-report'
import { linked } from './linked'
import { type Fate, fatesOf } from './fates'
import { readPublishedOn, reportFile, type ReportFile, type ReportFileTheme } from './schema'

type Refusal = 'forbidden' | 'invalid'
/** `known`: the `print` of the preview that somebody said yes to; if the import would do something else by now, it does nothing. */
type Options = { known?: string }

/**
 * Loads a report from what a file held, all or nothing. The same slug again updates it: recommendations are known by
 * their number, so what points at them stays; wordings and readings are written anew. Refusals: `forbidden`;
 * `invalid`, with one field for each mistake, also where a number is gone that events or passages still point at.
 */
export async function importReport(actor: Actor, data: unknown, { known }: Options = {}): Promise<Outcome<{ slug: string; recommendations: number }, Refusal | 'stale'>> {
  if (!canEditReports(actor)) return refused('forbidden')
  const read = reportFile.safeParse(data)
  if (!read.success) return refused('invalid', fieldRefusals(read.error))
  const file = read.data

  return inTransaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('import-report'))`
    await tx.$queryRaw`SELECT 1 FROM "Report" WHERE slug = ${file.slug} FOR NO KEY UPDATE`
    const wrong = [...(await unnamedThemes(tx, file)), ...(await missedNumbers(tx, file))]
    if (wrong.length > 0) return refused('invalid', wrong)
    if (known !== undefined && (await seen(tx, file)).print !== known) return refused('stale')
    const reportId = await writeReport(tx, file)
    const ids = await writeRecommendations(tx, reportId, file)
    await writeReadings(tx, reportId, file, ids)
    const recommendations = file.recommendations.length
    await record(tx, actor, { verb: 'report.import', subject: `report/${file.slug}`, after: { title: file.title, recommendations } })
    return done({ slug: file.slug, recommendations })
  })
}

/**
 * What `importReport` would do with the same file now, line by line; nothing is written. Refusals: those of the import, in
 * its words.
 */
export async function previewReport(actor: Actor, data: unknown): Promise<Outcome<{ title: string; fates: Fate[]; print: string }, Refusal>> {
  if (!canEditReports(actor)) return refused('forbidden')
  const read = reportFile.safeParse(data)
  if (!read.success) return refused('invalid', fieldRefusals(read.error))
  return inTransaction(async (tx) => {
    const wrong = [...(await unnamedThemes(tx, read.data)), ...(await missedNumbers(tx, read.data))]
    return wrong.length > 0 ? refused('invalid', wrong) : done({ title: read.data.title, ...(await seen(tx, read.data)) })
  })
}

/** What would become of what, and all that is held now, in a few letters. */
async function seen(tx: Tx, file: ReportFile) {
  const held = await tx.report.findUnique({ where: { slug: file.slug }, include: wholeReport })
  return { fates: await fatesOf(tx, file), print: printOf([file, held && asFile(held)]) }
}

/** A theme that nobody has named yet needs its names. */
async function unnamedThemes(tx: Tx, { readings = [] }: ReportFile): Promise<FieldRefusal[]> {
  const named = readings.flatMap(({ themes }, r) => themes.map((theme, t) => ({ theme, field: `readings.${r}.themes.${t}.names` })))
  const known = await tx.theme.findMany({ where: { slug: { in: named.map(({ theme }) => theme.slug) } }, select: { slug: true } })
  const slugs = new Set(known.map(({ slug }) => slug))
  return named.flatMap(({ theme, field }) => {
    const needs = !theme.names && !slugs.has(theme.slug)
    slugs.add(theme.slug)
    return needs ? [{ field, reason: 'required' }] : []
  })
}

/** Recommendations that the file no longer has, though sessions or notes speak of them. */
async function missedNumbers(tx: Tx, { slug, recommendations }: ReportFile): Promise<FieldRefusal[]> {
  const missed = await tx.recommendation.findMany({
    where: {
      report: { slug },
      number: { notIn: recommendations.map(({ number }) => number) },
      OR: linked,
    },
    select: { number: true },
    orderBy: { number: 'asc' },
  })
  return missed.map(({ number }) => ({ field: `recommendations.number-${number}`, reason: 'still-discussed' }))
}

async function writeReport(tx: Tx, file: ReportFile) {
  const { day, precision } = readPublishedOn(file.publishedOn)
  const data = {
    title: file.title,
    publisher: file.publisher,
    language: file.language ?? 'fr',
    publishedOn: day,
    publishedTo: precision,
    url: file.url,
    pdf: file.pdf ?? null,
    pages: file.pages ?? null,
    summaryFr: file.summaries?.fr ?? null,
    summaryEn: file.summaries?.en ?? null,
    source: file.source ?? null,
    confidence: file.confidence ?? 'verified',
    recommendationsNote: file.recommendationsNote ?? null,
    announced: file.announced ?? null,
    totalBudgetMEur: file.totalBudgetMEur ?? null,
    position: file.position ?? 100,
  }
  const { id } = await tx.report.upsert({ where: { slug: file.slug }, create: { slug: file.slug, ...data }, update: data, select: { id: true } })
  return id
}

/** Keeps the row of a number that stays; returns each number's id. */
async function writeRecommendations(tx: Tx, reportId: string, { recommendations }: ReportFile) {
  const known = await tx.recommendation.findMany({ where: { reportId }, select: { id: true, number: true } })
  const ids = new Map(known.map(({ id, number }) => [number, id]))
  const rows = recommendations.map((one) => ({
    id: ids.get(one.number) ?? newId(),
    number: one.number,
    shortFr: one.shorts?.fr ?? null,
    shortEn: one.shorts?.en ?? null,
    section: one.section ?? null,
    pilots: one.pilots ?? [],
    budgetMEur: one.budgetMEur ?? null,
    cultural: one.cultural ?? false,
    culturalBasis: one.culturalBasis ?? null,
    culturalNote: one.culturalNote ?? null,
  }))
  await tx.recommendation.deleteMany({ where: { reportId, number: { notIn: rows.map(({ number }) => number) } } })
  for (const { id, ...row } of rows.filter(({ number }) => ids.has(number))) await tx.recommendation.update({ where: { id }, data: row })
  await tx.recommendation.createMany({ data: rows.filter(({ number }) => !ids.has(number)).map((row) => ({ ...row, reportId })) })
  await tx.wording.deleteMany({ where: { recommendationId: { in: rows.map(({ id }) => id) } } })
  await tx.wording.createMany({
    data: recommendations.flatMap(({ wordings }, i) => wordings.map((wording, position) => ({ ...wording, position, recommendationId: rows[i].id }))),
  })
  return new Map(rows.map(({ id, number }) => [number, id]))
}

async function writeReadings(tx: Tx, reportId: string, { readings = [] }: ReportFile, ids: Map<number, string>) {
  await tx.reading.deleteMany({ where: { reportId } })
  for (const { themes, on, ...reading } of readings) {
    const { id: readingId } = await tx.reading.create({ data: { ...reading, reportId, on: on ? new Date(`${on}T00:00:00Z`) : null }, select: { id: true } })
    for (const [position, theme] of themes.entries()) {
      const themeId = await writeTheme(tx, theme)
      const { summaries, source, recommendations = [], inferred = true } = theme
      await tx.readingTheme.create({ data: { readingId, themeId, position, source, summaryFr: summaries?.fr, summaryEn: summaries?.en } })
      await tx.readingLink.createMany({ data: recommendations.map((number) => ({ readingId, themeId, recommendationId: ids.get(number)!, inferred })) })
    }
  }
}

/** Themes are everybody's: what the file says of one is written, what it leaves out stays. */
async function writeTheme(tx: Tx, { slug, names, shorts, pigment, glyph, position }: ReportFileTheme) {
  const said = { nameFr: names?.fr, nameEn: names?.en, shortFr: shorts?.fr, shortEn: shorts?.en, pigment, glyph, position }
  const known = await tx.theme.updateManyAndReturn({ where: { slug }, data: said, select: { id: true } })
  if (known.length > 0) return known[0].id
  const { fr, en } = names!
  const { id } = await tx.theme.create({ data: { ...said, slug, nameFr: fr, nameEn: en, shortFr: shorts?.fr ?? fr, shortEn: shorts?.en ?? en }, select: { id: true } })
  return id
}
