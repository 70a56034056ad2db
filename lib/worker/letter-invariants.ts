import { Prisma } from '@/lib/db'
import type { Invariant } from './check'

const grace = 60_000

/** The outbox: nothing said twice, nothing held for ever, no calendar told what is yet to come. */
export const letterInvariants = (at: Date): Invariant[] => [
  {
    rule: 'nothing is said twice',
    violations: Prisma.sql`
      SELECT l.kind || ' about ' || l.about || ', revision ' || l.revision || ': ' || count(*) || ' letters' AS what
      FROM "Letter" l GROUP BY l.about, l.kind, l.revision HAVING count(*) > 1`,
  },
  {
    rule: 'a letter has a Message-ID of its own',
    violations: Prisma.sql`SELECT l."messageId" || ': ' || count(*) || ' letters' AS what FROM "Letter" l GROUP BY l."messageId" HAVING count(*) > 1`,
  },
  {
    rule: 'a letter about a registration is about one of its event',
    violations: Prisma.sql`
      SELECT l.id || ': ' || l.kind || ' about ' || l.about AS what FROM "Letter" l LEFT JOIN "Registration" r ON l.about = 'registration/' || r.id
      WHERE l.about LIKE 'registration/%' AND l."eventId" IS DISTINCT FROM r."eventId"`,
  },
  {
    rule: 'no letter is held for longer than its lease',
    violations: Prisma.sql`
      SELECT l.id || ': ' || l.kind AS what FROM "Letter" l
      WHERE l.status = 'sending' AND (l."leaseUntil" IS NULL OR l."leaseUntil" < ${new Date(at.getTime() - grace)})`,
  },
  {
    rule: 'what was sent was composed first, and says when it left',
    violations: Prisma.sql`
      SELECT l.id || ': ' || l.kind AS what FROM "Letter" l
      WHERE l.status = 'sent' AND (l."composedAt" IS NULL OR l."sentAt" IS NULL OR l."sentAt" < l."composedAt" OR l.attempts < 1)`,
  },
  {
    rule: 'no calendar was told more than there is',
    violations: Prisma.sql`
      SELECT l.id || ': SEQUENCE ' || told.sequence || ' of ' || e.sequence + r.revision AS what
      FROM "Letter" l JOIN "Registration" r ON l.about = 'registration/' || r.id JOIN "Event" e ON e.id = r."eventId"
      CROSS JOIN LATERAL (SELECT substring(l.calendar FROM 'SEQUENCE:([0-9]+)')::int AS sequence) told
      WHERE l.calendar IS NOT NULL AND told.sequence > e.sequence + r.revision`,
  },
]
