import { now } from '@/lib/clock'
import { inTransaction, db, Prisma, type Tx } from '@/lib/db'
import { closeReminders } from '@/lib/events/set-reminders'
import { log } from '@/lib/log'
import { reminderKind } from '@/lib/mail/rules'
import { lettersTo } from './promote'

/** Events looked at in one go; what is beyond waits for the next. */
const most = 200

/**
 * Writes to everybody with a seat where a reminder is due: one statement for each reminder, which is marked in the same
 * transaction. Safe in any number of processes at once: each event is one worker's at a time, and whoever edits it waits.
 * After a night without a worker only the reminder nearest to the start is said; nothing is, once the event has begun.
 * Whoever was not confirmed at the reminder's instant had another letter since, and gets none. Returns how many letters
 * it wrote.
 */
export async function remindDue(): Promise<number> {
  const waiting = await db.$queryRaw<{ eventId: string }[]>`
    SELECT DISTINCT m."eventId" FROM "Reminder" m JOIN "Event" e ON e.id = m."eventId"
    WHERE m."doneFor" IS NULL AND m."dueAt" <= ${now()} AND (e.status <> 'draft' OR e."startsAt" <= ${now()})
    LIMIT ${most}`
  let written = 0
  for (const { eventId } of waiting) {
    // One that fails is tried again, and stops no other.
    written += await inTransaction((tx) => remindOf(tx, eventId)).catch((error: unknown) => {
      log.warn('remind', { event: eventId, error: error instanceof Error ? error.name : 'unknown' })
      return 0
    })
  }
  return written
}

async function remindOf(tx: Tx, eventId: string) {
  // Looked at again under the lock: it may have been moved, called off or reminded of since.
  const [event] = await tx.$queryRaw<{ status: string; startsAt: Date }[]>`
    SELECT status::text, "startsAt" FROM "Event" WHERE id = ${eventId}::uuid FOR NO KEY UPDATE SKIP LOCKED`
  if (!event) return 0
  const due = await tx.reminder.findMany({ where: { eventId, doneFor: null, dueAt: { lte: now() } }, orderBy: [{ dueAt: 'desc' }, { id: 'asc' }] })
  const hasBegun = event.startsAt <= now()
  if (due.length === 0 || (event.status === 'draft' && !hasBegun)) return 0
  await closeReminders(tx, due.map(({ id }) => id), event.startsAt)
  const [nearest] = due
  if (event.status !== 'published' || hasBegun || nearest.dueAt === null) return 0
  return tx.$executeRaw(lettersTo(seatedAt(eventId, nearest.dueAt), {
    kind: reminderKind(nearest.id, event.startsAt),
    revision: 0,
    facts: { startsAt: event.startsAt.toISOString() },
  }))
}

/** Who has a seat now and had it at that instant. */
const seatedAt = (eventId: string, instant: Date) => Prisma.sql`
  FROM "Registration" r WHERE r."eventId" = ${eventId}::uuid AND r.status = 'confirmed' AND (
    SELECT s.status FROM "RegistrationStep" s WHERE s."registrationId" = r.id AND s.at <= ${instant} ORDER BY s.id DESC LIMIT 1) = 'confirmed'`
