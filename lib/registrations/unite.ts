import { now } from '@/lib/clock'
import type { Prisma, Tx } from '@/lib/db'
import { lockSeating } from '@/lib/events/take-seats'
import { withdraw } from './cancel'
import { giveBack, holdsSeats, linkHash } from './open-registration'
import { promote, tellStep } from './promote'
import { kindThatTells, retireLinks } from './readdress'
import { isBetter } from './rules'

type Row = Prisma.RegistrationGetPayload<object>

/** Locks both counters of an event, the room before the screen, then these of its registrations; they come as they are now. */
export async function lockAll(tx: Tx, eventId: string, where: { id: string } | { addressFold: { in: string[] } }): Promise<Row[]> {
  for (const place of ['room', 'screen'] as const) await lockSeating(tx, eventId, place)
  const found = await tx.registration.findMany({ where: { eventId, ...where }, select: { id: true } })
  await tx.$queryRaw`SELECT 1 FROM "Registration" WHERE id = ANY(${found.map(({ id }) => id)}::uuid[]) ORDER BY id FOR UPDATE`
  return tx.registration.findMany({ where: { id: { in: found.map(({ id }) => id) } } })
}

/**
 * Two registrations of one event turn out to be one person's, under `lockAll`. The row of the address that stays is the
 * one that stays, because its calendar knows it; if the other stood better, it takes over its standing with its seats,
 * companions and answers, and what it held itself goes to the line. The other is withdrawn and its links die.
 */
export async function unite(tx: Tx, from: Row, into: Row) {
  if (isBetter(from, into)) await takeOver(tx, from, into)
  else if (from.status !== 'cancelled') await withdraw(tx, from, said(from))
  await retireLinks(tx, from)
  await tx.registration.update({
    where: { id: from.id },
    data: { generation: from.generation + 1, manageHash: linkHash('manage', from.id, from.generation + 1), updatedAt: now() },
  })
}

const said = (from: Row) => ({
  actor: 'themselves',
  reason: 'united',
  kind: 'registration-cancelled',
  facts: { by: 'person', hadSeat: holdsSeats(from), readdressed: true },
})

async function takeOver(tx: Tx, from: Row, into: Row) {
  const freed = await giveBack(tx, into)
  await bringAlong(tx, from.id, into.id)
  const { status, pendingFor, heldUntil, passed, seats, line, place, allotmentId } = from
  await tx.registration.update({
    where: { id: from.id },
    data: { status: 'cancelled', pendingFor: null, heldUntil: null, passed: false, allotmentId: null, seats: 1, cancelledAt: now(), revision: { increment: 1 }, updatedAt: now() },
  })
  const after = await tx.registration.update({
    where: { id: into.id },
    data: {
      status, pendingFor, heldUntil, passed, seats, line, place, allotmentId,
      // Whoever was not there any more is there in the name that was typed last.
      name: into.status === 'cancelled' ? from.name : into.name,
      approvedAt: from.approvedAt ?? into.approvedAt,
      askedAt: from.askedAt ?? into.askedAt,
      askedWords: from.askedWords ?? into.askedWords,
      standingId: into.standingId ?? from.standingId,
      provenAt: now(),
      cancelledAt: null,
      revision: { increment: 1 },
      updatedAt: now(),
    },
  })
  await tellStep(tx, [from.id], said(from))
  await tellStep(tx, [into.id], { kind: kindThatTells(after) ?? undefined, actor: 'themselves', reason: 'united' })
  if (freed) await promote(tx, into.eventId, into.place, 'seat-given-back')
}

/** Companions, answers, consents and needs go with the standing; what the other row had of them is gone. */
async function bringAlong(tx: Tx, from: string, into: string) {
  const [there, moves] = [{ where: { registrationId: into } }, { where: { registrationId: from }, data: { registrationId: into } }]
  await tx.companion.deleteMany(there)
  await tx.companion.updateMany(moves)
  await tx.answer.deleteMany(there)
  await tx.answer.updateMany(moves)
  await tx.consent.updateMany({ where: { registrationId: into, withdrawnAt: null }, data: { withdrawnAt: now() } })
  await tx.consent.updateMany(moves)
  if ((await tx.accessNeed.count({ where: { registrationId: from } })) === 0) return
  await tx.accessNeed.deleteMany(there)
  await tx.accessNeed.updateMany(moves)
}
