import { db, Prisma } from '@/lib/db'
import { type Kind, kinds } from './rules'

/** So many of a kind are counted; a word that more have is a common one. */
export const mostCounted = 1000

export type Candidate = { id: string; kind: Kind; ref: string }

/** The kind is a word of every entry: one index finds the words within it. */
const within = (query: string, kind: Kind) => `(${query}) & '=${kind}'`

/**
 * How many of each kind answer the query, one more than are counted at most. Each kind is planned by how common the words
 * are: the limit tells the planner whether to read entries as they lie or to ask the index first.
 */
export async function countRows(query: string): Promise<Record<Kind, number>> {
  const counts = kinds.map((kind) => Prisma.sql`${counted(within(query, kind))} AS ${Prisma.raw(`"${kind}"`)}`)
  const [row] = await db.$queryRaw<Record<Kind, number>[]>`SELECT ${Prisma.join(counts)}`
  return row
}

/** Which of these queries anything answers. */
export async function areWritten(queries: string[]): Promise<boolean[]> {
  const [row] = await db.$queryRaw<{ counts: number[] }[]>`SELECT ARRAY[${Prisma.join(queries.map(counted))}] AS counts`
  return row.counts.map((count) => count > 0)
}

// Asked for one row, the planner would read through all entries for a word that hardly any has.
const counted = (query: string) => Prisma.sql`(SELECT count(*)::int FROM (SELECT 1 FROM "SearchEntry" WHERE words @@ ${query}::tsquery LIMIT ${mostCounted + 1}::int) AS n)`

/** How many of the nearest in time are looked through for words that many have, to come and past. */
const window = 1000
const fewOfMany = 300
/** What people may page through: beyond that they had better say more words. */
const mostRanked = 400

/** `numbers`: a recommendation of one of them stands before all others; `ofOne`: so many passages of one restitution, among things of other kinds. */
export type Asked = { kinds: { kind: Kind; isMany: boolean }[]; numbers: number[]; ofOne: number | null; at: Date }

/**
 * What answers the query, the nearest first; of two that are as near, what is still to come, then what is nearer in time. Few: all of
 * them. Of words that more have than are counted: those among the sessions next in time, before and after `at`, and some of
 * the others, so that a common word costs no more than a rare one.
 */
export async function candidateRows(query: string, { kinds: asked, numbers, ofOne, at }: Asked): Promise<Candidate[]> {
  const rank = Prisma.sql`ts_rank('{0.1, 0.3, 0.5, 1}', words, ${query}::tsquery) AS rank`
  const columns = Prisma.sql`id, kind, ref, at, number, words`
  const near = (kind: Kind) => Prisma.sql`
    SELECT id, kind, ref, at, number, ${rank} FROM (
      (SELECT ${columns} FROM "SearchEntry" WHERE kind = ${kind}::"SearchKind" AND at >= ${at}::timestamptz ORDER BY at LIMIT ${window}::int)
      UNION ALL (SELECT ${columns} FROM "SearchEntry" WHERE kind = ${kind}::"SearchKind" AND at < ${at}::timestamptz ORDER BY at DESC LIMIT ${window}::int)
    ) AS nearby WHERE words @@ ${query}::tsquery`
  const some = (kind: Kind, most: number) => Prisma.sql`
    SELECT id, kind, ref, at, number, ${rank} FROM (SELECT ${columns} FROM "SearchEntry" WHERE words @@ ${within(query, kind)}::tsquery LIMIT ${most}::int) AS others`
  const parts = asked.flatMap(({ kind, isMany }) => (isMany ? [near(kind), some(kind, fewOfMany)] : [some(kind, mostCounted)]))
  const years = Prisma.sql`extract(epoch FROM ${at}::timestamptz - at) / 31536000`
  // Only what is shown leaves the database: reading thousands of rows here would take longer than finding them there.
  return db.$queryRaw<Candidate[]>`
    WITH found AS (${Prisma.join(parts.map((part) => Prisma.sql`(${part})`), ' UNION ')}),
    scored AS (
      SELECT id, kind, ref, abs(extract(epoch FROM at - ${at}::timestamptz)) AS far, rank * CASE WHEN at IS NULL THEN 1 WHEN at > ${at}::timestamptz THEN 1.2 ELSE 1 - least(0.3, ${years} * 0.06) END
        + CASE WHEN kind = 'recommendation' AND number = ANY (${numbers}::int[]) THEN 2 ELSE 0 END AS score FROM found
    ),
    placed AS (SELECT *, row_number() OVER (PARTITION BY kind, ref ORDER BY score DESC, id) AS nth FROM scored)
    SELECT id, kind::text, ref::text FROM placed WHERE kind <> 'passage' OR nth <= ${ofOne ?? mostCounted}::int ORDER BY score DESC, far NULLS LAST, id LIMIT ${mostRanked}::int`
}
