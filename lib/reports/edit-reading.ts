import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { inTransaction, type Prisma, type Tx } from '@/lib/db'
import { fieldRefusals } from '@/lib/errors'
import { isId } from '@/lib/ids'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canEditReports } from './access'
import { lockReport, printOf } from './edit-report'
import { inTypedOrder } from './rules'
import { readingFacts } from './schema'

/**
 * Changes who read the report, where that can be read, and the order of its themes: the first theme that points at a
 * recommendation gives it its colour on the map. Themes without a rank stand behind the others. `known` is the
 * `readingPrint` of what the editor saw. Refusals: `not-found`, `stale` (nothing is written), `invalid` (`order.<theme>` with
 * `unknown`).
 */
export async function editReading(actor: Actor, slug: string, id: string, input: unknown, known: string): Promise<Outcome<{ slug: string }, 'forbidden' | 'not-found' | 'invalid' | 'stale'>> {
  if (!canEditReports(actor)) return refused('forbidden')
  const read = readingFacts.safeParse(input)
  if (!read.success) return refused('invalid', fieldRefusals(read.error))
  const { order = {}, ...said } = read.data
  return inTransaction(async (tx) => {
    const report = await lockReport(tx, slug)
    const row = report && isId(id) ? await readingOf(tx, report.id, id) : null
    if (!row) return refused('not-found')
    const before = factsOfReading(row)
    if (printOf(before) !== known) return refused('stale')
    const unknown = Object.keys(order).filter((theme) => !before.themes.includes(theme))
    if (unknown.length > 0) return refused('invalid', unknown.map((theme) => ({ field: `order.${theme}`, reason: 'unknown' })))
    const placed = inTypedOrder(row.themes, ({ theme }) => order[theme.slug])
    await tx.reading.update({ where: { id }, data: { ...said, on: said.on ? new Date(`${said.on}T00:00:00Z`) : said.on } })
    for (const [position, { themeId }] of placed.entries()) await tx.readingTheme.update({ where: { readingId_themeId: { readingId: id, themeId } }, data: { position } })
    const after = factsOfReading((await readingOf(tx, report!.id, id))!)
    if (printOf(after) !== known) await record(tx, actor, { verb: 'reading.edit', subject: `report/${slug}`, before, after })
    return done({ slug })
  })
}

const readingOf = (tx: Tx, reportId: string, id: string) => tx.reading.findFirst({ where: { id, reportId }, include: inOrder })
const inOrder = { themes: { orderBy: { position: 'asc' }, include: { theme: { select: { slug: true } } } } } satisfies Prisma.ReadingInclude

type Row = Pick<NonNullable<Awaited<ReturnType<typeof readingOf>>>, 'author' | 'title' | 'url' | 'on'> & { themes: { theme: { slug: string } }[] }

/** A reading as its form has it. */
export const factsOfReading = ({ author, title, url, on, themes }: Row) => ({ author, title, url, on: on?.toISOString().slice(0, 10) ?? null, themes: themes.map(({ theme }) => theme.slug) })

/** What an editor saw, in a few letters. */
export const readingPrint = (row: Row) => printOf(factsOfReading(row))
