import { Prisma } from '@/lib/db'
import { isThere } from '@/lib/files'
import type { Invariant } from './check'

/** What goes with an event, and what houses tell of it. */
export const resourceInvariants = (): Invariant[] => [
  {
    rule: 'a resource is a file of ours or an address, whole',
    violations: Prisma.sql`
      SELECT id::text AS what FROM "Resource"
      WHERE (kind = 'file') IS DISTINCT FROM (digest ~ '^[0-9a-f]{64}$' AND bytes > 0 AND "mediaType" IS NOT NULL AND "fileName" IS NOT NULL AND url IS NULL)
        OR (kind <> 'file') IS DISTINCT FROM coalesce(url ~ '^https?://' AND digest IS NULL, false)`,
  },
  {
    rule: 'the file that a resource names is there',
    violations: Prisma.sql`SELECT id || ': ' || digest AS what, digest FROM "Resource" WHERE kind = 'file' AND digest IS NOT NULL ORDER BY "createdAt" DESC`,
    unless: ({ digest }) => isThere(String(digest)),
  },
  { rule: 'what a house tells was decided by somebody, or waits', violations: Prisma.sql`SELECT id::text AS what FROM "Relay" WHERE (status = 'open') <> ("decidedBy" IS NULL) OR ("decidedAt" IS NULL) <> ("decidedBy" IS NULL)` },
]
