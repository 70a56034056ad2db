import { now } from '@/lib/clock'
import { db, Prisma } from '@/lib/db'

/** Every invariant of the business, each as one statement over the whole table; a sentence for each violation. */
export async function check(): Promise<string[]> {
  const found: string[] = []
  for (const { rule, violations } of rules()) {
    const rows = await db.$queryRaw<{ what: string }[]>(violations)
    found.push(...rows.map(({ what }) => `${rule}: ${what}`))
  }
  return found
}

const rules = () => [
  {
    rule: 'never more seats taken than there are',
    violations: Prisma.sql`
      SELECT e.slug || ' (' || s.place || '): ' || s.taken || ' of ' || s.capacity AS what
      FROM "Seating" s JOIN "Event" e ON e.id = s."eventId" WHERE s.taken > s.capacity`,
  },
  {
    rule: 'the counters say what the registrations say',
    violations: Prisma.sql`
      SELECT e.slug || ' (' || s.place || '): counted ' || s.taken || ' taken and ' || s.waiting || ' waiting, registered '
        || coalesce(r.taken, 0) || ' and ' || coalesce(r.waiting, 0) AS what
      FROM "Seating" s JOIN "Event" e ON e.id = s."eventId"
      LEFT JOIN (
        SELECT "eventId", place, sum(seats) FILTER (WHERE status IN ('confirmed', 'offered')) AS taken,
          count(*) FILTER (WHERE status = 'waitlisted') AS waiting
        FROM "Registration" GROUP BY "eventId", place
      ) r ON r."eventId" = s."eventId" AND r.place = s.place
      WHERE s.taken <> coalesce(r.taken, 0) OR s.waiting <> coalesce(r.waiting, 0)`,
  },
  {
    rule: 'nobody sits where there is no place',
    violations: Prisma.sql`
      SELECT DISTINCT e.slug || ' (' || r.place || ')' AS what FROM "Registration" r JOIN "Event" e ON e.id = r."eventId"
      LEFT JOIN "Seating" s ON s."eventId" = r."eventId" AND s.place = r.place
      WHERE s.place IS NULL AND r.status <> 'cancelled'`,
  },
  {
    rule: 'no seat stays empty while somebody waits',
    violations: Prisma.sql`
      SELECT e.slug || ' (' || s.place || '): ' || s.waiting || ' waiting' AS what
      FROM "Seating" s JOIN "Event" e ON e.id = s."eventId"
      WHERE s.open AND s.waiting > 0 AND (s.capacity IS NULL OR s.taken < s.capacity) AND e."startsAt" > ${now()}
        AND e."updatedAt" < ${new Date(now().getTime() - 60_000)}`,
  },
  {
    rule: 'a registration takes a seat for the person and for each companion',
    violations: Prisma.sql`
      SELECT r.id || ': ' || r.seats || ' seats, ' || count(c.id) || ' companions' AS what
      FROM "Registration" r LEFT JOIN "Companion" c ON c."registrationId" = r.id
      GROUP BY r.id HAVING r.seats <> 1 + count(c.id)`,
  },
  {
    rule: 'the story of a registration ends where it stands',
    violations: Prisma.sql`
      SELECT r.id || ': ' || r.status || ', its story says ' || coalesce(last.status::text, 'nothing') AS what
      FROM "Registration" r LEFT JOIN LATERAL (
        SELECT status FROM "RegistrationStep" WHERE "registrationId" = r.id ORDER BY id DESC LIMIT 1
      ) last ON true WHERE last.status IS DISTINCT FROM r.status`,
  },
  {
    rule: 'whoever has a seat was written to',
    violations: Prisma.sql`
      SELECT r.id::text AS what FROM "Registration" r
      WHERE r.status IN ('confirmed', 'waitlisted')
        AND NOT EXISTS (SELECT 1 FROM "Letter" l WHERE l.about = 'registration/' || r.id)`,
  },
  {
    rule: 'no letter is held for longer than its lease',
    violations: Prisma.sql`
      SELECT id::text AS what FROM "Letter"
      WHERE status = 'sending' AND "leaseUntil" < ${new Date(now().getTime() - 60_000)}`,
  },
  {
    rule: 'a published event can be registered for, and only a published one',
    violations: Prisma.sql`
      SELECT e.slug AS what FROM "Event" e JOIN "Seating" s ON s."eventId" = e.id WHERE s.open <> (e.status = 'published')`,
  },
  {
    rule: 'a passage belongs to an edition of its own event',
    violations: Prisma.sql`
      SELECT p.id::text AS what FROM "Passage" p JOIN "Edition" d ON d.id = p."editionId" WHERE d."eventId" <> p."eventId"`,
  },
]
