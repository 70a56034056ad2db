import { system } from '@/lib/actor'
import { now } from '@/lib/clock'
import { db, inTransaction, type Prisma } from '@/lib/db'
import { opening, placesOf } from '@/lib/events/rules'
import { enqueue } from '@/lib/jobs/enqueue'
import { log } from '@/lib/log'
import { localeOf } from '@/lib/text'
import { isExpected, register } from './register'

/** So many at a time, and so long in one job: the rest follow in another. */
const batch = 100
const milliseconds = 30_000

const eventColumns = {
  id: true, slug: true, status: true, mode: true, audience: true, startsAt: true, opensAt: true, closesAt: true, formatId: true,
} satisfies Prisma.EventSelect

type EventRow = Prisma.EventGetPayload<{ select: typeof eventColumns }>
type StandingRow = Prisma.StandingRegistrationGetPayload<object>

/**
 * Registers, at an event of a format, everybody who stands for the format and has no row there, first who stood first.
 * A row is there for ever, so whoever gave a seat back never gets it again. May run twice. Where registering opens
 * later, it comes back then.
 */
export async function registerStandingAt(eventId: string, after?: string) {
  const event = await db.event.findUnique({ where: { id: eventId }, select: eventColumns })
  if (!event || event.status !== 'published' || event.formatId === null || event.startsAt <= now()) return
  const opens = opening(event, now())
  if (opens) {
    await inTransaction((tx) => enqueue(tx, 'standing-event', { eventId }, { after: opens }))
    return
  }
  const until = performance.now() + milliseconds
  for (let last = after; ; ) {
    const rows = await standingFor(event, last)
    for (const row of rows) await registerOne(row, event)
    if (rows.length < batch) return
    last = rows[rows.length - 1].id
    if (performance.now() > until) {
      await inTransaction((tx) => enqueue(tx, 'standing-event', { eventId, after: last }))
      return
    }
  }
}

/** Registers one who has just begun, or begun again, at every coming session of the format. May run twice. */
export async function registerStandingOf(standingId: string) {
  const row = await db.standingRegistration.findUnique({ where: { id: standingId } })
  if (!row || !goesOn(row)) return
  const events = await db.event.findMany({
    where: { formatId: row.seriesId, status: 'published', startsAt: { gt: now() } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    select: eventColumns,
    take: 500,
  })
  for (const event of events) if (!opening(event, now())) await registerOne(row, event)
}

const goesOn = ({ provenAt, pausedAt, endedAt }: StandingRow) => provenAt !== null && pausedAt === null && endedAt === null

/** In the order in which they stood; `after` is the id of the last of the batch before. */
async function standingFor(event: EventRow, after?: string) {
  const last = after ? await db.standingRegistration.findUnique({ where: { id: after }, select: { createdAt: true, id: true } }) : null
  return db.standingRegistration.findMany({
    where: {
      seriesId: event.formatId ?? '',
      provenAt: { not: null },
      pausedAt: null,
      endedAt: null,
      ...(last ? { OR: [{ createdAt: { gt: last.createdAt } }, { createdAt: last.createdAt, id: { gt: last.id } }] } : {}),
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: batch,
  })
}

async function registerOne(row: StandingRow, event: EventRow) {
  if (await isThere(event.id, row.addressFold)) return
  // Outside of a closed circle nobody is asked about on their behalf: the event is simply not theirs.
  if (event.audience !== 'open' && !(await isExpected(event, row.addressFold))) return
  const { name, address, timeZone, locale, place } = row
  const input = { name, email: address, timeZone, locale: localeOf(locale), ...(place && placesOf(event.mode).includes(place) ? { place } : {}) }
  const outcome = await register(system('standing'), event.slug, input, 'standing', row.id)
  // A full event without a line is no fault; what was typed well enough once should be so still.
  if (!outcome.ok && outcome.reason === 'invalid') log.warn('standing', { standing: row.id, event: event.id, fields: JSON.stringify(outcome.fields ?? []) })
}

/** Has this person a row at this event, under any of their addresses? */
async function isThere(eventId: string, addressFold: string) {
  const [{ there }] = await db.$queryRaw<{ there: boolean }[]>`
    WITH owner AS (
      SELECT id FROM "Person" WHERE "addressFold" = ${addressFold}
      UNION SELECT "personId" FROM "OtherAddress" WHERE "addressFold" = ${addressFold}
    ), own AS (
      SELECT ${addressFold} AS fold
      UNION SELECT p."addressFold" FROM "Person" p JOIN owner ON p.id = owner.id
      UNION SELECT o."addressFold" FROM "OtherAddress" o JOIN owner ON o."personId" = owner.id
    )
    SELECT EXISTS (SELECT 1 FROM "Registration" r JOIN own ON r."addressFold" = own.fold WHERE r."eventId" = ${eventId}::uuid) AS there`
  return there
}
