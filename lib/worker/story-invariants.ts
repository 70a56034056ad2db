import { Prisma } from '@/lib/db'
import { copies } from '@/lib/mail/rules'
import type { Invariant } from './check'

/** Steps that only the organisers read: they change nothing for the person, or an earlier letter had said it before. */
const silent = Prisma.sql`(t.reason IN ('not-offered', 'answers-changed', 'name-corrected', 'address-moved') OR (t.status = 'cancelled' AND t.reason IN ('hold-lapsed', 'address-changed')))`
/** What a step says. Its letter bears the registration's revision; copies and what anybody can cause count from a million on. */
const telling = ['seat-confirmed', 'seat-waitlisted', 'seat-promoted', 'seat-offered', 'offer-passed', 'place-switched', 'companion-changed',
  'registration-cancelled', 'registration-declined', 'registration-pending', 'address-to-prove', 'approval-awaited']

const stepLetters = Prisma.sql`"Letter" l WHERE l.about LIKE 'registration/%' AND l.revision < ${copies} AND l.kind = ANY(${telling})`

/** Each registration's story: it ends where the registration stands, each step of it was told, once, and nobody was passed over. */
export const storyInvariants = (): Invariant[] => [
  {
    rule: 'the story of a registration ends where it stands',
    violations: Prisma.sql`
      SELECT r.id || ': ' || r.status || ', its story says ' || coalesce(t.status::text, 'nothing') AS what
      FROM "Registration" r LEFT JOIN (SELECT "registrationId", max(id) AS id FROM "RegistrationStep" GROUP BY "registrationId") last ON last."registrationId" = r.id
      LEFT JOIN "RegistrationStep" t ON t.id = last.id WHERE t.status IS DISTINCT FROM r.status`,
  },
  {
    rule: 'each step is told by a letter',
    // The first letter of whoever is not seated yet is one that anybody can cause; each later step raises the revision.
    violations: Prisma.sql`
      SELECT r.id || ': ' || t.told || ' steps, ' || coalesce(l.letters, 0) + (t.asked AND coalesce(f.asked, false))::int || ' letters' AS what
      FROM "Registration" r JOIN (
        SELECT t."registrationId", count(*) AS told, bool_or(t.status = 'pending' AND (t.reason LIKE 'not-%' OR t.reason IN ('to-prove', 'to-approve'))) AS asked
        FROM "RegistrationStep" t WHERE NOT ${silent} GROUP BY t."registrationId"
      ) t ON t."registrationId" = r.id
      LEFT JOIN (SELECT l.about, count(DISTINCT l.revision) AS letters FROM ${stepLetters} GROUP BY l.about) l ON l.about = 'registration/' || r.id
      LEFT JOIN (
        SELECT l.about, true AS asked FROM "Letter" l
        WHERE l.revision >= ${copies} AND l.kind IN ('registration-pending', 'address-to-prove', 'approval-awaited') GROUP BY l.about
      ) f ON f.about = 'registration/' || r.id
      WHERE t.told <> coalesce(l.letters, 0) + (t.asked AND coalesce(f.asked, false))::int`,
  },
  {
    rule: 'a step is told once',
    violations: Prisma.sql`
      SELECT l.about || ', revision ' || l.revision || ': ' || string_agg(l.kind, ' and ') AS what
      FROM ${stepLetters} GROUP BY l.about, l.revision HAVING count(*) > count(DISTINCT lower(l."toAddress"))`,
  },
  {
    rule: 'first come, first served',
    violations: Prisma.sql`
      WITH lined AS MATERIALIZED (
        SELECT "eventId", place FROM "Seating" s WHERE s.waiting > 0
          -- Seats kept aside, and another place's line, leave no trace in the rows once they are let go or taken along.
          AND NOT EXISTS (SELECT 1 FROM "Activity" a WHERE a."eventId" = s."eventId" AND (a.verb = 'allotment.release' OR (a.verb = 'event.edit' AND a.after -> 'mode' IS NOT NULL)))
      ), step AS (
        SELECT r.id, r."eventId", r.place, r.line, r.status, r.passed, r."allotmentId", t.id AS step, t.reason, t.status AS came,
          lag(t.status) OVER story AS before, lag(t.id) OVER story AS previous
        FROM lined JOIN "Registration" r ON r."eventId" = lined."eventId" AND r.place = lined.place
        JOIN "RegistrationStep" t ON t."registrationId" = r.id
        WHERE r.status IN ('confirmed', 'offered', 'waitlisted')
        WINDOW story AS (PARTITION BY t."registrationId" ORDER BY t.id)
      ), person AS (
        SELECT id, "eventId", place, line,
          -- Since when they wait, and were never passed by.
          CASE WHEN status = 'waitlisted' AND NOT bool_or(passed OR (came = 'waitlisted' AND reason IN ('offer-refused', 'offer-lapsed')))
            THEN max(step) FILTER (WHERE came = 'waitlisted' AND before IS DISTINCT FROM 'waitlisted') END AS waits,
          -- When they got a seat that the line had a right to: one held for a proof was theirs when it was asked for, one
          -- given by hand or kept aside is the organisers' to give.
          CASE WHEN status <> 'waitlisted' AND NOT bool_or("allotmentId" IS NOT NULL OR reason IN ('by-hand', 'united'))
            THEN max(CASE WHEN before = 'pending' AND reason IN ('proven', 'asked-again') THEN previous ELSE step END)
              FILTER (WHERE (came IN ('confirmed', 'offered') AND (before IS NULL OR before NOT IN ('confirmed', 'offered'))) OR reason = 'place-switched') END AS seated
        FROM step GROUP BY id, "eventId", place, line, status
      )
      SELECT e.slug || ' (' || p.place || '): ' || p.id || ', number ' || p.line || ', has a seat before somebody who came first' AS what
      FROM (SELECT p.*, min(p.waits) OVER (PARTITION BY p."eventId", p.place ORDER BY p.line) AS first FROM person p) p JOIN "Event" e ON e.id = p."eventId"
      WHERE p.first < p.seated`,
  },
]
