import { now } from '@/lib/clock'
import { db, inTransaction, Prisma, type Tx } from '@/lib/db'
import { closeTakeaway } from '@/lib/events/set-takeaway'
import { isTooLateToAsk, takeawayAt } from '@/lib/events/takeaway'
import { log } from '@/lib/log'
import { lettersTo } from './promote'

/** Events looked at in one go; what is beyond waits for the next. */
const most = 500

/** In no time zone is the moment for this longer behind the event's end and still worth looking at. */
const longOver = 6 * 86_400_000

/**
 * Writes to everybody who had a seat, the day after at 10 on the event's wall, and asks what stays with them: once for
 * each event, one statement for all of its people. Safe in any number of processes at once: each event is one worker's
 * at a time. After a long night without a worker nobody is asked, but that is noted: not more than three days late.
 * Whoever has said it by themselves is not asked. Returns how many letters it wrote.
 */
export async function askTakeaway(): Promise<number> {
  await closeLongOver()
  const waiting = await db.event.findMany({ where: { takeawayDoneAt: null, overAt: { lte: now() } }, orderBy: { overAt: 'asc' }, take: most, select: asked })
  let written = 0
  for (const { id } of waiting.filter((event) => takeawayAt(event) <= now())) {
    // One that fails is tried again, and stops no other.
    written += await inTransaction((tx) => askOf(tx, id)).catch((error: unknown) => {
      log.warn('ask-takeaway', { event: id, error: error instanceof Error ? error.name : 'unknown' })
      return 0
    })
  }
  return written
}

const asked = { id: true, status: true, startDate: true, startTime: true, endDate: true, endTime: true, timeZone: true, asksTakeaway: true, takeawayDoneAt: true } satisfies Prisma.EventSelect

async function closeLongOver() {
  const over = await db.event.findMany({ where: { takeawayDoneAt: null, overAt: { lt: new Date(now().getTime() - longOver) } }, take: most, select: { id: true } })
  if (over.length > 0) await inTransaction((tx) => closeTakeaway(tx, over.map(({ id }) => id)))
}

async function askOf(tx: Tx, eventId: string) {
  // Looked at again under the lock: it may have been moved, called off, or asked about since.
  const locked = await tx.$queryRaw<unknown[]>`SELECT 1 FROM "Event" WHERE id = ${eventId}::uuid FOR NO KEY UPDATE SKIP LOCKED`
  const event = locked.length > 0 && (await tx.event.findUnique({ where: { id: eventId }, select: asked }))
  if (!event || event.takeawayDoneAt || takeawayAt(event) > now()) return 0
  await closeTakeaway(tx, [eventId])
  if (event.status !== 'published' || !event.asksTakeaway || isTooLateToAsk(event, now())) return 0
  return tx.$executeRaw(lettersTo(silentAt(eventId), { kind: 'takeaway', revision: 0 }))
}

/** Who had a seat, and has said nothing yet. */
const silentAt = (eventId: string) => Prisma.sql`
  FROM "Registration" r WHERE r."eventId" = ${eventId}::uuid AND r.status = 'confirmed'
    AND NOT EXISTS (SELECT 1 FROM "ProposedPassage" p WHERE p."registrationId" = r.id)`
