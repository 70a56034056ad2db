import { Prisma } from '@/lib/db'
import type { Invariant } from './check'

/** A minute's grace: the worker looks every few seconds, and a job may be on its way. */
const grace = 60_000

const holdsSeats = Prisma.sql`(r.status IN ('confirmed', 'offered') OR (r.status = 'pending' AND r."heldUntil" IS NOT NULL))`
const place = Prisma.sql`e.slug || ' (' || s.place || ')'`

/** Seats: never too many, first come first served, none idle while somebody waits. */
export const seatInvariants = (at: Date): Invariant[] => [
  {
    rule: 'never more seats taken than there are',
    violations: Prisma.sql`
      SELECT ${place} || ': ' || s.taken || ' of ' || s.capacity AS what
      FROM "Seating" s JOIN "Event" e ON e.id = s."eventId" WHERE s.taken > s.capacity`,
  },
  {
    rule: 'the counters say what the registrations say',
    violations: Prisma.sql`
      SELECT ${place} || ': counted ' || s.taken || ' taken and ' || s.waiting || ' waiting, registered or kept aside '
        || coalesce(r.taken, 0) + coalesce(a.seats, 0) || ' and ' || coalesce(r.waiting, 0) AS what
      FROM "Seating" s JOIN "Event" e ON e.id = s."eventId"
      LEFT JOIN (
        SELECT r."eventId", r.place, sum(r.seats) FILTER (WHERE ${holdsSeats} AND r."allotmentId" IS NULL) AS taken,
          count(*) FILTER (WHERE r.status = 'waitlisted' AND NOT r.passed) AS waiting
        FROM "Registration" r GROUP BY r."eventId", r.place
      ) r ON r."eventId" = s."eventId" AND r.place = s.place
      LEFT JOIN (SELECT "eventId", place, sum(seats) AS seats FROM "Allotment" GROUP BY "eventId", place) a ON a."eventId" = s."eventId" AND a.place = s.place
      WHERE s.taken <> coalesce(r.taken, 0) + coalesce(a.seats, 0) OR s.waiting <> coalesce(r.waiting, 0)`,
  },
  {
    rule: 'on seats kept aside sit those who are counted there, and no more than there are',
    violations: Prisma.sql`
      SELECT a.id || ': counted ' || a.used || ' of ' || a.seats || ', seated ' || coalesce(r.seats, 0) AS what
      FROM "Allotment" a LEFT JOIN (
        SELECT r."allotmentId", sum(r.seats) AS seats FROM "Registration" r WHERE r."allotmentId" IS NOT NULL AND ${holdsSeats} GROUP BY r."allotmentId"
      ) r ON r."allotmentId" = a.id
      WHERE a.used <> coalesce(r.seats, 0) OR a.used > a.seats`,
  },
  {
    rule: 'seats kept aside belong to the event and the place of who sits on them, and of the code that leads there',
    violations: Prisma.sql`
      SELECT 'registration ' || r.id AS what FROM "Registration" r JOIN "Allotment" a ON a.id = r."allotmentId"
      WHERE (a."eventId", a.place) <> (r."eventId", r.place) AND r.status <> 'cancelled'
      UNION ALL SELECT 'code ' || c.id FROM "EntryCode" c JOIN "Allotment" a ON a.id = c."allotmentId" WHERE a."eventId" <> c."eventId"`,
  },
  {
    rule: 'a code is used no more often than it may be',
    violations: Prisma.sql`SELECT c.id || ': used ' || c.used || ' times of ' || c.most AS what FROM "EntryCode" c WHERE c.used > c.most`,
  },
  {
    rule: 'nobody sits or waits where there is no place',
    violations: Prisma.sql`
      SELECT DISTINCT e.slug || ' (' || r.place || ')' AS what FROM "Registration" r JOIN "Event" e ON e.id = r."eventId"
      LEFT JOIN "Seating" s ON s."eventId" = r."eventId" AND s.place = r.place
      WHERE s.place IS NULL AND r.status <> 'cancelled'`,
  },
  {
    rule: 'an event has the places of its mode',
    violations: Prisma.sql`
      SELECT e.slug || ', ' || e.mode || ': ' || coalesce(string_agg(s.place::text, ' and ' ORDER BY s.place), 'no place') AS what
      FROM "Event" e LEFT JOIN "Seating" s ON s."eventId" = e.id GROUP BY e.id
      HAVING coalesce(string_agg(s.place::text, ' ' ORDER BY s.place), '') <> CASE e.mode WHEN 'online' THEN 'screen' WHEN 'in_person' THEN 'room' ELSE 'room screen' END`,
  },
  {
    rule: 'a published event can be registered for, and only a published one',
    violations: Prisma.sql`
      SELECT e.slug AS what FROM "Event" e JOIN "Seating" s ON s."eventId" = e.id WHERE s.open <> (e.status = 'published')`,
  },
  {
    rule: 'a registration takes a seat for the person and for each companion',
    violations: Prisma.sql`
      SELECT r.id || ': ' || r.seats || ' seats, ' || coalesce(c.companions, 0) || ' companions' AS what
      FROM "Registration" r LEFT JOIN (SELECT "registrationId", count(*) AS companions FROM "Companion" GROUP BY "registrationId") c ON c."registrationId" = r.id
      WHERE r.seats <> 1 + coalesce(c.companions, 0)`,
  },
  {
    rule: 'whoever is pending says for what, and nobody else does',
    violations: Prisma.sql`SELECT r.id || ': ' || r.status AS what FROM "Registration" r WHERE (r.status = 'pending') <> (r."pendingFor" IS NOT NULL)`,
  },
  {
    rule: 'a seat is held for offers and for addresses to prove, and has an end',
    violations: Prisma.sql`
      SELECT r.id || ': ' || r.status || coalesce(' for ' || r."pendingFor", '') AS what FROM "Registration" r
      WHERE (r.status = 'offered' AND r."heldUntil" IS NULL) OR (r."heldUntil" IS NOT NULL AND r.status <> 'offered' AND r."pendingFor" IS DISTINCT FROM 'proof')`,
  },
  {
    rule: 'what is held ends when the event begins, at the latest',
    violations: Prisma.sql`
      SELECT r.id || ': until ' || r."heldUntil" AS what FROM "Registration" r JOIN "Event" e ON e.id = r."eventId"
      WHERE r."heldUntil" > e."startsAt" AND e.status = 'published' AND e."updatedAt" < ${new Date(at.getTime() - grace)}`,
  },
  {
    rule: 'nothing is held past its time',
    violations: Prisma.sql`
      SELECT r.id || ': ' || r.status || ' until ' || r."heldUntil" AS what FROM "Registration" r WHERE r."heldUntil" < ${new Date(at.getTime() - grace)}`,
  },
  {
    rule: 'only who waits in line can have passed',
    violations: Prisma.sql`SELECT r.id || ': ' || r.status AS what FROM "Registration" r WHERE r.passed AND r.status <> 'waitlisted'`,
  },
  {
    rule: 'no seat stays empty while somebody waits',
    // Of timed offers, those apart that come too late: the story of who is first in line says so.
    violations: Prisma.sql`
      SELECT ${place} || ': ' || s.waiting || ' waiting, ' || s.taken || ' of ' || coalesce(s.capacity::text, 'any number') || ' taken' AS what
      FROM "Seating" s JOIN "Event" e ON e.id = s."eventId" CROSS JOIN LATERAL (
        SELECT max(t.at) AS at FROM "Registration" r JOIN "RegistrationStep" t ON t."registrationId" = r.id WHERE r."eventId" = e.id
      ) moved LEFT JOIN LATERAL (
        SELECT t.reason FROM "Registration" r JOIN "RegistrationStep" t ON t."registrationId" = r.id
        WHERE r.id = (SELECT f.id FROM "Registration" f WHERE f."eventId" = e.id AND f.place = s.place AND f.status = 'waitlisted' AND NOT f.passed ORDER BY f.line LIMIT 1)
        ORDER BY t.id DESC LIMIT 1
      ) first ON true
      WHERE s.open AND s.waiting > 0 AND (s.capacity IS NULL OR s.taken < s.capacity) AND e."startsAt" > ${at}
        AND greatest(e."updatedAt", moved.at) < ${new Date(at.getTime() - grace)} AND NOT (e."offerHours" IS NOT NULL AND coalesce(first.reason, '') = 'not-offered')`,
  },
  {
    rule: 'nobody in line has the number of somebody else',
    violations: Prisma.sql`
      SELECT e.slug || ' (' || r.place || '): ' || count(*) || ' with number ' || r.line AS what FROM "Registration" r JOIN "Event" e ON e.id = r."eventId"
      WHERE r.status = 'waitlisted' GROUP BY e.slug, r."eventId", r.place, r.line HAVING count(*) > 1
      UNION ALL SELECT e.slug || ' (' || r.place || '): number ' || r.line || ' was never given' FROM "Registration" r JOIN "Event" e ON e.id = r."eventId"
      JOIN "Seating" s ON s."eventId" = r."eventId" AND s.place = r.place WHERE r.status = 'waitlisted' AND r.line > s.line`,
  },
]
