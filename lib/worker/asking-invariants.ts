import { Prisma } from '@/lib/db'
import type { Invariant } from './check'

/** The worker that erases looks once in an hour. */
const grace = 2 * 3_600_000

/** Questions, consents and access needs: what was answered is what was asked, and what must go is gone. */
export const askingInvariants = (at: Date): Invariant[] => [
  {
    rule: 'an answer is to a question of its own event',
    violations: Prisma.sql`
      SELECT r.id || ' to ' || q.key AS what FROM "Answer" a JOIN "Question" q ON q.id = a."questionId" JOIN "Registration" r ON r.id = a."registrationId"
      WHERE q."eventId" <> r."eventId"`,
  },
  {
    rule: 'an answer is of the kind that was asked for',
    violations: Prisma.sql`
      SELECT a."registrationId" || ' to ' || q.key || ', ' || q.kind || ': ' || jsonb_typeof(a.value) AS what FROM "Answer" a JOIN "Question" q ON q.id = a."questionId"
      WHERE jsonb_typeof(a.value) <> CASE q.kind WHEN 'number' THEN 'number' WHEN 'yes_no' THEN 'boolean' WHEN 'several' THEN 'array' ELSE 'string' END`,
  },
  {
    rule: 'an answer is one of the options',
    violations: Prisma.sql`
      SELECT a."registrationId" || ' to ' || q.key AS what FROM "Answer" a JOIN "Question" q ON q.id = a."questionId" CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_agg(o -> 'key'), '[]') AS keys FROM jsonb_array_elements(q.options) o
      ) options
      WHERE q.kind IN ('one', 'several') AND jsonb_typeof(a.value) IN ('string', 'array') AND NOT options.keys @> a.value`,
  },
  {
    rule: 'a question is asked once, and followed by one of its own name',
    violations: Prisma.sql`
      SELECT e.slug || ': ' || q.key || ' is asked ' || count(*) || ' times' AS what FROM "Question" q JOIN "Event" e ON e.id = q."eventId"
      WHERE q."retiredAt" IS NULL GROUP BY e.slug, q."eventId", q.key HAVING count(*) > 1
      UNION ALL SELECT e.slug || ': ' || q.key || ' is followed by what is no question of its name' FROM "Question" q JOIN "Event" e ON e.id = q."eventId"
      LEFT JOIN "Question" f ON f.id = q."replacedById"
      WHERE q."replacedById" IS NOT NULL AND (q."retiredAt" IS NULL OR (f."eventId", f.key) IS DISTINCT FROM (q."eventId", q.key))`,
  },
  {
    rule: 'a question depends on another that is asked',
    violations: Prisma.sql`
      SELECT e.slug || ': ' || q.key || ' depends on ' || q."dependsOn" AS what FROM "Question" q JOIN "Event" e ON e.id = q."eventId"
      WHERE q."retiredAt" IS NULL AND q."dependsOn" IS NOT NULL AND (q."dependsOn" = q.key OR NOT EXISTS (
        SELECT 1 FROM "Question" p WHERE p."eventId" = q."eventId" AND p.key = q."dependsOn" AND p."retiredAt" IS NULL))`,
  },
  {
    rule: 'a consent is given to a request of its own event',
    violations: Prisma.sql`
      SELECT c.id || ' to ' || q.key AS what FROM "Consent" c JOIN "ConsentRequest" q ON q.id = c."requestId" JOIN "Registration" r ON r.id = c."registrationId"
      WHERE q."eventId" <> r."eventId"`,
  },
  {
    rule: 'a consent is given once, and withdrawn after it was given',
    violations: Prisma.sql`
      SELECT min(c.id::text) || ': given ' || count(*) || ' times' AS what FROM "Consent" c WHERE c."withdrawnAt" IS NULL
      GROUP BY c."registrationId", c."requestId" HAVING count(*) > 1
      UNION ALL SELECT c.id || ': withdrawn before it was given' FROM "Consent" c WHERE c."withdrawnAt" < c."givenAt"`,
  },
  {
    rule: 'an access need is one of its own event',
    violations: Prisma.sql`
      SELECT n."registrationId"::text AS what FROM "AccessNeed" n JOIN "Registration" r ON r.id = n."registrationId" WHERE r."eventId" <> n."eventId"`,
  },
  {
    rule: 'access needs are erased the day after',
    violations: Prisma.sql`
      SELECT n."registrationId" || ' of ' || e.slug AS what FROM "AccessNeed" n JOIN "Event" e ON e.id = n."eventId"
      WHERE e."overAt" < ${new Date(at.getTime() - 86_400_000 - grace)}`,
  },
]
