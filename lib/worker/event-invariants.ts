import { Prisma } from '@/lib/db'
import { dueAt, type ReminderRow, ruleOf } from '@/lib/events/reminders'
import { type Timing, timingOf } from '@/lib/events/rules'
import type { Invariant } from './check'

const wall = (date: string, time: string) => Prisma.raw(`(e."${date}"::date + e."${time}"::time) AT TIME ZONE e."timeZone"`)

/** Events: the wall's time is the truth, and what is derived from it says the same. */
export const eventInvariants = (): Invariant[] => [
  {
    rule: 'an instant is the one that the wall shows',
    // Postgres takes the other passage of an hour that comes twice: what it suspects is reckoned as the verbs reckon it.
    violations: Prisma.sql`
      SELECT e.slug AS what, e."startDate", e."startTime", e."endDate", e."endTime", e."timeZone", e."startsAt", e."endsAt", e."overAt" FROM "Event" e
      WHERE e."startTime" IS NULL OR ${wall('startDate', 'startTime')} <> e."startsAt"
        OR e."endDate" IS NULL OR e."endTime" IS NULL OR ${wall('endDate', 'endTime')} IS DISTINCT FROM e."endsAt" OR e."overAt" <> e."endsAt"`,
    unless: (row) => isDerived(row as Timing),
  },
  {
    rule: 'a reminder falls due when its rule says',
    violations: Prisma.sql`
      SELECT m.id || ' of ' || e.slug AS what, m."daysBefore", m."atTime", m."minutesBefore", m."dueAt", e."startDate", e."startTime", e."timeZone", e."startsAt"
      FROM "Reminder" m JOIN "Event" e ON e.id = m."eventId"
      WHERE e."startTime" IS NULL OR m."dueAt" IS DISTINCT FROM CASE WHEN m."minutesBefore" IS NOT NULL THEN e."startsAt" - make_interval(mins => m."minutesBefore")
        ELSE (e."startDate"::date - m."daysBefore" + coalesce(m."atTime", e."startTime")::time) AT TIME ZONE e."timeZone" END`,
    unless: (row) => isDue(row as ReminderRow & Timing & { dueAt: Date | null }),
  },
  {
    rule: 'a former name leads to one event',
    violations: Prisma.sql`SELECT a.slug AS what FROM "EventAlias" a JOIN "Event" e ON e.slug = a.slug WHERE e.id <> a."eventId"`,
  },
  {
    rule: 'a passage belongs to an edition of its own event',
    violations: Prisma.sql`
      SELECT p.id::text AS what FROM "Passage" p JOIN "Edition" d ON d.id = p."editionId" WHERE d."eventId" <> p."eventId"`,
  },
]

function isDerived({ startDate, startTime, endDate, endTime, timeZone, ...kept }: Timing) {
  const derived = timingOf({ date: startDate, time: startTime }, endDate ? { date: endDate, time: endTime } : null, timeZone)
  if ('field' in derived) return false
  return (['startsAt', 'endsAt', 'overAt'] as const).every((one) => derived[one]?.getTime() === kept[one]?.getTime())
}

const isDue = (row: ReminderRow & Timing & { dueAt: Date | null }) => dueAt(ruleOf(row), row)?.getTime() === row.dueAt?.getTime()
