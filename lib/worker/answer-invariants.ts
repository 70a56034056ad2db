import { Prisma } from '@/lib/db'
import { keptDays } from '@/lib/inbox/rules'
import type { Invariant } from './check'

/** The worker that erases looks once in an hour. */
const grace = 2 * 3_600_000

/** What came in: answers stand where their messages belong, and what came back stops what it must and no more. */
export const answerInvariants = (at: Date): Invariant[] => [
  {
    rule: 'an answer of a calendar belongs to the registration that its message names',
    violations: Prisma.sql`
      SELECT a.id || ' of message ' || m.id AS what FROM "CalendarAnswer" a JOIN "IncomingMail" m ON m.id = a."incomingId"
      WHERE m."registrationId" IS DISTINCT FROM a."registrationId"`,
  },
  {
    rule: 'a message belongs to the event of its registration',
    violations: Prisma.sql`
      SELECT m.id::text AS what FROM "IncomingMail" m JOIN "Registration" r ON r.id = m."registrationId" WHERE m."eventId" IS DISTINCT FROM r."eventId"`,
  },
  {
    rule: 'a registration that a calendar ended has its No',
    violations: Prisma.sql`
      SELECT DISTINCT t."registrationId"::text AS what FROM "RegistrationStep" t
      WHERE t.reason = 'declined-in-calendar' AND NOT EXISTS (
        SELECT 1 FROM "CalendarAnswer" a WHERE a."registrationId" = t."registrationId" AND a.word = 'declined' AND NOT a.old)`,
  },
  {
    rule: 'what waits for an organiser was settled by nobody',
    violations: Prisma.sql`
      SELECT m.id || ': ' || m.outcome AS what FROM "IncomingMail" m
      WHERE (m.awaits AND m."settledAt" IS NOT NULL) OR (m."settledAt" IS NULL) <> (m."settledBy" IS NULL)`,
  },
  {
    rule: 'the source of a message is erased in its time',
    violations: Prisma.sql`
      SELECT m.id || ', come on ' || m."arrivedAt"::date AS what FROM "IncomingMail" m
      WHERE m.raw IS NOT NULL AND (m."arrivedAt" < ${before(at, keptDays.awaiting)}
        OR (NOT m.awaits AND coalesce(m."settledAt", m."arrivedAt") < ${before(at, keptDays.settled)}))`,
  },
  {
    rule: 'a letter is stopped for an address that cannot be reached',
    // Addresses that we write to are ASCII: the database folds them as we do.
    violations: Prisma.sql`
      SELECT l.id || ': ' || l.kind AS what FROM "Letter" l LEFT JOIN "Unreachable" u ON u."addressFold" = lower(l."toAddress")
      WHERE l.status = 'stopped' AND u."addressFold" IS NULL`,
  },
  {
    rule: 'only what left can have come back',
    violations: Prisma.sql`
      SELECT l.id || ': ' || l.kind || ', ' || l.status AS what FROM "Letter" l
      WHERE l."bouncedAt" IS NOT NULL AND (l."composedAt" IS NULL OR l.status IN ('overtaken', 'delivered'))`,
  },
]

const before = (at: Date, days: number) => new Date(at.getTime() - days * 86_400_000 - grace)
