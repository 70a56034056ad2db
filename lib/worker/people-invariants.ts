import { foldAddress } from '@/lib/address'
import { Prisma } from '@/lib/db'
import type { Invariant } from './check'

/** People: an address is one person's, a membership has its days, a link that was retired opens nothing. */
export const peopleInvariants = (): Invariant[] => [
  {
    rule: 'an address belongs to one person',
    violations: Prisma.sql`SELECT o."addressFold" AS what FROM "OtherAddress" o JOIN "Person" p ON p."addressFold" = o."addressFold"`,
  },
  {
    rule: 'an address is looked up by its folded form',
    // lower() knows all but rare letters; what it suspects is folded as the doors fold it.
    violations: Prisma.sql`
      SELECT 'registration ' || id AS what, address, "addressFold" FROM "Registration" WHERE "addressFold" <> lower(address)
      UNION ALL SELECT 'person ' || id, address, "addressFold" FROM "Person" WHERE "addressFold" <> lower(address)
      UNION ALL SELECT 'second address of person ' || "personId", address, "addressFold" FROM "OtherAddress" WHERE "addressFold" <> lower(address)
      UNION ALL SELECT 'standing registration ' || id, address, "addressFold" FROM "StandingRegistration" WHERE "addressFold" <> lower(address)
      UNION ALL SELECT 'follow ' || id, address, "addressFold" FROM "Follow" WHERE "addressFold" <> lower(address)
      UNION ALL SELECT 'unreachable address of letter ' || coalesce("letterId"::text, '?'), address, "addressFold" FROM "Unreachable" WHERE "addressFold" <> lower(address)`,
    unless: ({ address, addressFold }) => foldAddress(String(address)) === addressFold,
  },
  {
    rule: 'one address registers once for an event',
    violations: Prisma.sql`
      SELECT e.slug || ': ' || count(*) || ' registrations of ' || min(r.id::text) AS what FROM "Registration" r JOIN "Event" e ON e.id = r."eventId"
      GROUP BY e.slug, r."eventId", r."addressFold" HAVING count(*) > 1`,
  },
  {
    rule: 'a standing registration brings one seat to an event',
    violations: Prisma.sql`
      SELECT r."standingId" || ' at ' || e.slug AS what FROM "Registration" r JOIN "Event" e ON e.id = r."eventId"
      WHERE r."standingId" IS NOT NULL AND r.status <> 'cancelled' GROUP BY r."standingId", e.slug HAVING count(*) > 1`,
  },
  {
    rule: 'a membership ends after it begins',
    violations: Prisma.sql`SELECT m.value || ': ' || m.since || ' to ' || m.until AS what FROM "Member" m WHERE m.until < m.since`,
  },
  {
    rule: 'a member is an address or a domain, folded',
    violations: Prisma.sql`
      SELECT m.kind || ' ' || m.value AS what FROM "Member" m WHERE m.value <> lower(m.value) OR (m.kind = 'address') <> (position('@' IN m.value) > 1)`,
  },
  {
    rule: 'a retired link opens nothing',
    violations: Prisma.sql`
      SELECT 'registration ' || r.id AS what FROM "RetiredCapability" c JOIN "Registration" r ON r."manageHash" = c.hash
      UNION ALL SELECT 'registration ' || r.id FROM "RetiredCapability" c JOIN "Registration" r ON r."replyHash" = c.hash
      UNION ALL SELECT 'standing registration ' || s.id FROM "RetiredCapability" c JOIN "StandingRegistration" s ON s."manageHash" = c.hash
      UNION ALL SELECT 'calendar of person ' || p.id FROM "RetiredCapability" c JOIN "Person" p ON p."feedHash" = c.hash`,
  },
]
