import { db, Prisma } from '@/lib/db'
import { type Kind, kinds } from './rules'

/** So many of a kind are counted; a word that more have is a common one. */
export const mostCounted = 1000

export type Candidate = { id: string; kind: Kind; ref: string; at: Date | null; number: number | null; rank: number }

/** The kind is a word of every entry: one index finds the words within it. */
const within = (query: string, kind: Kind) => `(${query}) & '=${kind}'`

/** How many of each kind answer the query, one more than are counted at most. Each kind is planned by how common the words are. */
export async function countRows(query: string): Promise<Record<Kind, number>> {
  const counts = kinds.map((kind) => Prisma.sql`(SELECT count(*)::int FROM (SELECT 1 FROM "SearchEntry" WHERE words @@ ${within(query, kind)}::tsquery LIMIT ${mostCounted + 1}::int) AS n) AS ${Prisma.raw(`"${kind}"`)}`)
  const [row] = await db.$queryRaw<Record<Kind, number>[]>`SELECT ${Prisma.join(counts)}`
  return row
}

/** How many of the nearest in time are looked through for words that many have, to come and past. */
const window = 2000
const fewOfMany = 300

/**
 * What is worth ranking. Few: all of them. Of words that more have than are counted: those among the sessions next in time,
 * before and after `at`, and some of the others, so that a common word costs no more than a rare one.
 */
export async function candidateRows(query: string, asked: { kind: Kind; isMany: boolean }[], at: Date): Promise<Candidate[]> {
  const rank = Prisma.sql`ts_rank('{0.1, 0.3, 0.5, 1}', words, ${query}::tsquery) AS rank`
  const columns = Prisma.sql`id, kind, ref, at, number, words`
  const near = (kind: Kind) => Prisma.sql`
    SELECT id, kind::text, ref::text, at, number, ${rank} FROM (
      (SELECT ${columns} FROM "SearchEntry" WHERE kind = ${kind}::"SearchKind" AND at >= ${at}::timestamptz ORDER BY at LIMIT ${window}::int)
      UNION ALL (SELECT ${columns} FROM "SearchEntry" WHERE kind = ${kind}::"SearchKind" AND at < ${at}::timestamptz ORDER BY at DESC LIMIT ${window}::int)
    ) AS nearby WHERE words @@ ${query}::tsquery`
  const some = (kind: Kind, most: number) => Prisma.sql`
    SELECT id, kind::text, ref::text, at, number, ${rank} FROM (SELECT ${columns} FROM "SearchEntry" WHERE words @@ ${within(query, kind)}::tsquery LIMIT ${most}::int) AS others`
  const parts = asked.flatMap(({ kind, isMany }) => (isMany ? [near(kind), some(kind, fewOfMany)] : [some(kind, mostCounted)]))
  const rows = await db.$queryRaw<Candidate[]>(Prisma.join(parts.map((part) => Prisma.sql`(${part})`), ' UNION ALL '))
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}
