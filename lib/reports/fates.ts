import type { Tx } from '@/lib/db'
import { asFile, wholeReport } from './as-file'
import type { ReportFile } from './schema'

/** What becomes of a piece of a report: of its facts, of a recommendation by its number, of its readings. */
export type Fate = { what: 'facts' | 'recommendation' | 'readings'; number: number | null; fate: 'added' | 'changed' | 'same' | 'removed' }

/** What writing this file would do, compared with what is held: numbers that the file does not have are removed. */
export async function fatesOf(tx: Tx, file: ReportFile): Promise<Fate[]> {
  const row = await tx.report.findUnique({ where: { slug: file.slug }, include: wholeReport })
  const held = row && asFile(row)
  const { recommendations, readings = [], ...facts } = file
  const compared = (before: unknown, after: unknown) => (said(before) === said(after) ? 'same' : 'changed') as Fate['fate']
  const { recommendations: known = [], readings: read = [], ...heldFacts } = held ?? {}
  const byNumber = new Map(known.map((one) => [one.number, one]))
  return [
    { what: 'facts', number: null, fate: held ? compared({ ...blank, ...heldFacts }, { ...blank, ...facts }) : 'added' },
    ...recommendations.map((one): Fate => ({ what: 'recommendation', number: one.number, fate: byNumber.has(one.number) ? compared(byNumber.get(one.number), one) : 'added' })),
    ...known.filter(({ number }) => !recommendations.some((one) => one.number === number)).map(({ number }): Fate => ({ what: 'recommendation', number, fate: 'removed' })),
    ...(readings.length + read.length > 0 ? [{ what: 'readings', number: null, fate: read.length === 0 ? 'added' : readings.length === 0 ? 'removed' : compared(bare(read), bare(readings)) } satisfies Fate] : []),
  ]
}

/** What a field that is not given means. */
const blank = { language: 'fr', confidence: 'verified', position: 100 }

/** Names and looks of a theme are the theme's own; links are ours unless the file says otherwise. */
const bare = (readings: NonNullable<ReportFile['readings']>) =>
  readings.map(({ themes, ...reading }) => ({ ...reading, themes: themes.map(({ slug, summaries, source, recommendations, inferred }) => ({ slug, summaries, source, recommendations: recommendations?.toSorted((a, b) => a - b), inferred: recommendations?.length ? (inferred ?? true) : null })) }))

/** The same for what says the same: no field, null, an empty list and a no are one. */
const said = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) => {
    if (one === null || one === false || one === '' || (Array.isArray(one) && one.length === 0)) return undefined
    if (typeof one !== 'object' || Array.isArray(one)) return one
    const kept = Object.entries(one).filter(([, held]) => held !== undefined && held !== null && !(typeof held === 'object' && Object.values(held).every((inner) => inner === null || inner === undefined)))
    return Object.fromEntries(kept.toSorted(([a], [b]) => (a < b ? -1 : 1)))
  }) ?? ''
