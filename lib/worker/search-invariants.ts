import { Prisma } from '@/lib/db'
import type { Invariant } from './check'

/** What can be found is what everybody may read, as it stands now: no more, no less, in the same words. */
export const searchInvariants = (): Invariant[] => [
  {
    rule: 'what is found is what everybody may read',
    violations: Prisma.sql`
      SELECT coalesce(k.id, s.id) AS what FROM "SearchEntry" k FULL JOIN "SearchSource" s ON s.id = k.id
      WHERE (k.kind, k.ref, k.language, k.title, k.parts, k.number, k.at) IS DISTINCT FROM (s.kind, s.ref, s.language, s.title, s.parts, s.number, s.at)`,
  },
]
