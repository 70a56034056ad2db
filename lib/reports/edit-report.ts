import { createHash } from 'node:crypto'
import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { inTransaction, type Prisma, type Tx } from '@/lib/db'
import { fieldRefusals } from '@/lib/errors'
import { done, type Outcome, refused } from '@/lib/outcome'
import { slugify } from '@/lib/text'
import { canEditReports } from './access'
import { publishedOnOf } from './as-file'
import { newReport, readPublishedOn, reportFacts, type ReportFacts } from './schema'

type Refusal = 'forbidden' | 'not-found' | 'invalid' | 'stale'

/**
 * Makes a report without recommendations yet. It is seen by everybody from now on, and its slug (said, or made from the
 * title) never changes. Refusals: `forbidden`; `invalid` with the fields, `slug` with `taken` among them.
 */
export async function createReport(actor: Actor, input: unknown): Promise<Outcome<{ slug: string }, 'forbidden' | 'invalid'>> {
  if (!canEditReports(actor)) return refused('forbidden')
  const read = newReport.safeParse(input)
  if (!read.success) return refused('invalid', fieldRefusals(read.error))
  const { slug: said, ...facts } = read.data
  const slug = said ?? slugify(facts.title)
  return inTransaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('import-report'))`
    if ((await tx.report.count({ where: { slug } })) > 0) return refused('invalid', [{ field: 'slug', reason: 'taken' }])
    await tx.report.create({ data: { slug, position: 100, ...columnsOf(facts) } as Prisma.ReportCreateInput })
    await record(tx, actor, { verb: 'report.create', subject: `report/${slug}`, after: facts })
    return done({ slug })
  })
}

/**
 * Changes a report's own facts; its slug stays. `known` is the `factsPrint` of what the editor saw: if somebody changed it
 * since, nothing is written. Refusals: `forbidden`, `not-found`, `invalid`, `stale`.
 */
export async function editReport(actor: Actor, slug: string, input: unknown, known: string): Promise<Outcome<{ slug: string }, Refusal>> {
  if (!canEditReports(actor)) return refused('forbidden')
  const read = reportFacts.safeParse(input)
  if (!read.success) return refused('invalid', fieldRefusals(read.error))
  return inTransaction(async (tx) => {
    const row = await lockReport(tx, slug)
    if (!row) return refused('not-found')
    if (factsPrint(row) !== known) return refused('stale')
    const [before, after] = [factsOf(row), columnsOf(read.data)]
    const saved = await tx.report.update({ where: { slug }, data: after })
    const changed = Object.keys(before).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(factsOf(saved)[key]))
    if (changed.length === 0) return done({ slug })
    const only = (facts: Record<string, unknown>) => Object.fromEntries(changed.map((key) => [key, facts[key]])) as Prisma.InputJsonObject
    await record(tx, actor, { verb: 'report.edit', subject: `report/${slug}`, before: only(before), after: only(factsOf(saved)) })
    return done({ slug })
  })
}

/** Whoever changes anything of a report waits for who does so already. */
export async function lockReport(tx: Tx, slug: string) {
  await tx.$queryRaw`SELECT 1 FROM "Report" WHERE slug = ${slug} FOR NO KEY UPDATE`
  return tx.report.findUnique({ where: { slug } })
}

type Row = NonNullable<Awaited<ReturnType<typeof lockReport>>>

/** What an editor saw, in a few letters. */
export const factsPrint = (row: Row) => printOf(factsOf(row))

export const printOf = (facts: unknown) => createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 22)

/** A report's facts as the form has them. */
export function factsOf(row: Row): Record<string, unknown> {
  const { title, publisher, language, url, pdf, pages, summaryFr, summaryEn, source, confidence, recommendationsNote, announced, totalBudgetMEur } = row
  return { title, publisher, publishedOn: publishedOnOf(row), language, url, pdf, pages, summaryFr, summaryEn, source, confidence, recommendationsNote, announced, totalBudgetMEur }
}

/** What is not said stays as it is. */
function columnsOf({ publishedOn, ...facts }: ReportFacts) {
  const { day, precision } = readPublishedOn(publishedOn)
  return { ...facts, publishedOn: day, publishedTo: precision }
}
