import { now } from '@/lib/clock'
import { db, inTransaction, Prisma, type Tx } from '@/lib/db'
import { closeRestitutionDue } from '@/lib/events/set-takeaway'
import { isTooLateToRemind, restitutionDueAt } from '@/lib/events/takeaway'
import { log } from '@/lib/log'
import { insertLetters } from '@/lib/mail/write-letter'

/** Events looked at in one go; what is beyond waits for the next. */
const most = 500

const day = 86_400_000

/**
 * Three days after a session of ours, at 10 on its wall, its organiser is reminded that it has no restitution: who made
 * the event, or every organiser where nobody of them did. Once for each event; safe in any number of processes at once.
 * What came in from an archive owes nothing, and after a long night without a worker nobody is reminded, but that is
 * noted. Returns how many letters it wrote.
 */
export async function remindDue(): Promise<number> {
  const long = new Date(now().getTime() - 8 * day)
  const over = await db.event.findMany({ where: { restitutionDueTold: null, overAt: { lt: long } }, take: most, select: { id: true } })
  if (over.length > 0) await inTransaction((tx) => closeRestitutionDue(tx, over.map(({ id }) => id)))

  const waiting = await db.event.findMany({ where: { restitutionDueTold: null, overAt: { lte: new Date(now().getTime() - 2 * day) } }, orderBy: { overAt: 'asc' }, take: most, select: asked })
  let written = 0
  for (const { id } of waiting.filter((event) => restitutionDueAt(event) <= now())) {
    // One that fails is tried again, and stops no other.
    written += await inTransaction((tx) => remindOf(tx, id)).catch((error: unknown) => {
      log.warn('restitution-due', { event: id, error: error instanceof Error ? error.name : 'unknown' })
      return 0
    })
  }
  return written
}

const asked = {
  id: true, status: true, source: true, startDate: true, startTime: true, endDate: true, endTime: true, timeZone: true, restitutionUrl: true, restitutionDueTold: true, createdById: true,
  _count: { select: { editions: { where: { withdrawnAt: null } } } },
} satisfies Prisma.EventSelect

async function remindOf(tx: Tx, eventId: string) {
  // Looked at again under the lock: it may have been moved, called off, published or reminded of since.
  const locked = await tx.$queryRaw<unknown[]>`SELECT 1 FROM "Event" WHERE id = ${eventId}::uuid FOR NO KEY UPDATE SKIP LOCKED`
  const event = locked.length > 0 && (await tx.event.findUnique({ where: { id: eventId }, select: asked }))
  if (!event || event.restitutionDueTold || restitutionDueAt(event) > now()) return 0
  await closeRestitutionDue(tx, [eventId])
  const owes = event.status === 'published' && event.source === null && event.restitutionUrl === null && event._count.editions === 0
  return owes && !isTooLateToRemind(event, now()) ? tx.$executeRaw(lettersToOrganisers(eventId, event.createdById)) : 0
}

function lettersToOrganisers(eventId: string, createdById: string | null) {
  const maker = Prisma.sql`SELECT m.id FROM "Person" m WHERE m.id = ${createdById}::uuid AND m.role <> 'participant'`
  return insertLetters({
    from: Prisma.sql`FROM "Person" p WHERE p.id IN (${maker}) OR (p.role <> 'participant' AND NOT EXISTS (${maker}))`,
    about: Prisma.sql`'restitution-due/' || ${eventId}::text || '/' || p.id`,
    kind: 'notes-due',
    revision: 0,
    eventId,
    locale: Prisma.sql`p.locale`,
    toName: Prisma.sql`p.name`,
    toAddress: Prisma.sql`p.address`,
  })
}
