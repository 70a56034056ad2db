import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { inTransaction, type Prisma, type Tx } from '@/lib/db'
import { fieldRefusals } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { done, type FieldRefusal, type Outcome, refused } from '@/lib/outcome'
import { canEditReports } from './access'
import { lockReport, printOf } from './edit-report'
import { isLinked, type Links, linksOf } from './linked'
import { inTypedOrder } from './rules'
import { type RecommendationFacts, recommendationFacts } from './schema'

type Refusal = 'forbidden' | 'not-found' | 'invalid' | 'stale' | 'linked'

/** Adds a recommendation to a report. Refusals: `forbidden`, `not-found` (the report), `invalid` (`number` with `taken`, too many). */
export async function addRecommendation(actor: Actor, slug: string, input: unknown): Promise<Outcome<{ number: number }, Refusal>> {
  if (!canEditReports(actor)) return refused('forbidden')
  const read = recommendationFacts.safeParse(input)
  if (!read.success) return refused('invalid', fieldRefusals(read.error))
  return inTransaction(async (tx) => {
    const report = await lockReport(tx, slug)
    if (!report) return refused('not-found')
    const { number } = read.data
    if ((await tx.recommendation.count({ where: { reportId: report.id, number } })) > 0) return refused('invalid', [{ field: 'number', reason: 'taken' }])
    if ((await tx.recommendation.count({ where: { reportId: report.id } })) >= 500) return refused('invalid', [{ field: 'number', reason: 'too-many' }])
    // Before anything is written: a refusal is no exception, and what was written would stay.
    const wrong = await themesOf(tx, report.id, read.data)
    if (!Array.isArray(wrong)) return refused('invalid', [wrong])
    const id = newId()
    await tx.recommendation.create({ data: { id, reportId: report.id, ...columnsOf(read.data) } })
    await writeAround(tx, report.id, id, read.data)
    await record(tx, actor, { verb: 'recommendation.add', subject: `report/${slug}/${number}`, after: await factsOf(tx, id) })
    return done({ number })
  })
}

/**
 * Changes a recommendation: its names, its pilots and budget, its mark, its wordings in their order (an empty text takes one away), the themes
 * that point at it, and its number as long as nothing speaks of it. `known` is the `printOf` what the editor saw.
 * Refusals: `stale` (somebody changed it since; nothing is written), `linked` (its number stays), `invalid`.
 */
export async function editRecommendation(actor: Actor, slug: string, number: number, input: unknown, known: string): Promise<Outcome<{ number: number }, Refusal>> {
  if (!canEditReports(actor)) return refused('forbidden')
  const read = recommendationFacts.safeParse(input)
  if (!read.success) return refused('invalid', fieldRefusals(read.error))
  return inTransaction(async (tx) => {
    const report = await lockReport(tx, slug)
    const row = report && (await tx.recommendation.findUnique({ where: { reportId_number: { reportId: report.id, number } }, select: { id: true } }))
    if (!report || !row) return refused('not-found')
    const before = await factsOf(tx, row.id)
    if (printOf(before) !== known) return refused('stale')
    const wanted = read.data.number
    if (wanted !== number) {
      if (isLinked(await linksOf(tx, row.id))) return refused('linked', [{ field: 'number', reason: 'linked' }])
      if ((await tx.recommendation.count({ where: { reportId: report.id, number: wanted } })) > 0) return refused('invalid', [{ field: 'number', reason: 'taken' }])
    }
    const wrong = await themesOf(tx, report.id, read.data)
    if (!Array.isArray(wrong)) return refused('invalid', [wrong])
    await tx.recommendation.update({ where: { id: row.id }, data: columnsOf(read.data) })
    await writeAround(tx, report.id, row.id, read.data)
    const after = await factsOf(tx, row.id)
    if (printOf(after) !== known) await record(tx, actor, { verb: 'recommendation.edit', subject: `report/${slug}/${wanted}`, before, after })
    return done({ number: wanted })
  })
}

/** Takes a recommendation away, as long as nothing speaks of it. Refusals: `linked` (the fields say by what, and how often), `stale`, `not-found`. */
export async function removeRecommendation(actor: Actor, slug: string, number: number): Promise<Outcome<{ slug: string }, Refusal>> {
  if (!canEditReports(actor)) return refused('forbidden')
  return inTransaction(async (tx) => {
    const report = await lockReport(tx, slug)
    const row = report && (await tx.recommendation.findUnique({ where: { reportId_number: { reportId: report.id, number } }, select: { id: true } }))
    if (!row) return refused('not-found')
    // A session that links it at this moment waits here, and is refused afterwards, or was first.
    await tx.$queryRaw`SELECT 1 FROM "Recommendation" WHERE id = ${row.id}::uuid FOR UPDATE`
    const links = await linksOf(tx, row.id)
    if (isLinked(links)) return refused('linked', Object.entries(links).flatMap(([field, count]: [string, number]) => (count > 0 ? [{ field, reason: String(count) }] : [])))
    const before = await factsOf(tx, row.id)
    await tx.recommendation.delete({ where: { id: row.id } })
    await record(tx, actor, { verb: 'recommendation.remove', subject: `report/${slug}/${number}`, before })
    return done({ slug })
  })
}

/** A recommendation as its form has it, with what speaks of it, and what to give back as `known`; or null. */
export async function recommendationToEdit(tx: Tx, slug: string, number: number): Promise<{ facts: Facts; links: Links; known: string } | null> {
  const row = await tx.recommendation.findFirst({ where: { report: { slug }, number }, select: { id: true } })
  if (!row) return null
  const facts = await factsOf(tx, row.id)
  return { facts, links: await linksOf(tx, row.id), known: printOf(facts) }
}

export type Facts = Awaited<ReturnType<typeof factsOf>>

async function factsOf(tx: Tx, id: string) {
  const { number, shortFr, shortEn, section, pilots, budgetMEur, cultural, culturalBasis, culturalNote, wordings, readingLinks } = await tx.recommendation.findUniqueOrThrow({
    where: { id },
    include: { wordings: { orderBy: { position: 'asc' } }, readingLinks: { include: { readingTheme: { select: { position: true, theme: { select: { slug: true } } } } } } },
  })
  return {
    number, shortFr, shortEn, section, pilots, budgetMEur, cultural, culturalBasis, culturalNote,
    wordings: wordings.map(({ language, text, official, source }) => ({ language, text, official, source })),
    themes: [...new Set(readingLinks.map(({ readingTheme }) => readingTheme.theme.slug))].toSorted(),
  }
}

/** What a form leaves out is no; pilots and budget, which not every editor shows, stay. */
function columnsOf({ number, shortFr = null, shortEn = null, section = null, pilots, budgetMEur, cultural = false, culturalBasis = null, culturalNote = null }: RecommendationFacts) {
  return { number, shortFr, shortEn, section, pilots, budgetMEur, cultural, culturalBasis, culturalNote } satisfies Prisma.RecommendationUpdateInput
}

/** The readings' themes that were chosen, of the report's oldest reading; a field where one is none of its. */
async function themesOf(tx: Tx, reportId: string, { themes }: RecommendationFacts): Promise<{ readingId: string; themeId: string }[] | FieldRefusal> {
  const reading = await tx.reading.findFirst({
    where: { reportId }, orderBy: [{ on: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }], select: { id: true, themes: { select: { themeId: true, theme: { select: { slug: true } } } } },
  })
  const known = new Map(reading?.themes.map(({ themeId, theme }) => [theme.slug, themeId]))
  if (themes?.some((slug) => !known.has(slug))) return { field: 'themes', reason: 'unknown' }
  return (themes ?? []).map((slug) => ({ readingId: reading!.id, themeId: known.get(slug)! }))
}

async function writeAround(tx: Tx, reportId: string, recommendationId: string, facts: RecommendationFacts): Promise<FieldRefusal | null> {
  const wanted = await themesOf(tx, reportId, facts)
  if (!Array.isArray(wanted)) return wanted
  const placed = inTypedOrder(facts.wordings, ({ place }) => place).filter(({ text }) => text)
  await tx.wording.deleteMany({ where: { recommendationId } })
  await tx.wording.createMany({ data: placed.map(({ language, text, official = false, source = null }, position) => ({ recommendationId, position, language, text: text!, official, source })) })
  if (!facts.themes) return null
  const [first] = await tx.reading.findMany({ where: { reportId }, orderBy: [{ on: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }], take: 1, select: { id: true } })
  if (!first) return null
  await tx.readingLink.deleteMany({ where: { recommendationId, readingId: first.id, themeId: { notIn: wanted.map(({ themeId }) => themeId) } } })
  await tx.readingLink.createMany({ data: wanted.map((one) => ({ ...one, recommendationId, inferred: true })), skipDuplicates: true })
  return null
}
