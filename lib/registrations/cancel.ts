import { record } from '@/lib/activity/record'
import { type Actor, actorName, isOrganiser } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction, type Tx } from '@/lib/db'
import { done, type Outcome } from '@/lib/outcome'
import { giveBack, holdsSeats, lockRegistration } from './open-registration'
import { promote, type Step, tellStep } from './promote'
import type { Held } from './queries'
import { type ChangeRefusal, reach } from './reach'

/**
 * Gives a seat, an offer or a place in line back; whoever is first in line gets it in the same transaction. Cancelling
 * twice changes nothing. `held` is a letter's link or, for organisers and the person logged in, the registration's id.
 * Refusals: those of `reach`.
 */
export async function cancel(actor: Actor, held: Held): Promise<Outcome<{ id: string; promoted: number }, ChangeRefusal>> {
  const reached = await reach(actor, held)
  if (!reached.ok) return reached
  const byOrganiser = isOrganiser(actor) && !('token' in held)

  return inTransaction(async (tx) => {
    const { row } = await lockRegistration(tx, reached.value)
    if (row.status === 'cancelled') return done({ id: row.id, promoted: 0 })
    const promoted = await withdraw(tx, row, {
      actor: byOrganiser ? actorName(actor) : 'themselves',
      reason: 'cancelled',
      kind: 'registration-cancelled',
      facts: { by: byOrganiser ? 'organiser' : 'person', hadSeat: holdsSeats(row) },
    })
    if (byOrganiser) {
      // An earlier yes is taken back with the seat: whoever comes back asks again.
      await tx.registration.update({ where: { id: row.id }, data: { approvedAt: null } })
      await record(tx, actor, { verb: 'registration.cancel', subject: `registration/${row.id}`, eventId: row.eventId })
    }
    return done({ id: row.id, promoted })
  })
}

type Row = Parameters<typeof giveBack>[1] & { id: string }

/**
 * Ends a registration that is locked: what it held goes to the line. Its companions stay written with it, so that it can be
 * taken back as it was. Returns how many were seated or asked instead.
 */
export async function withdraw(tx: Tx, row: Row, step: Step) {
  const freed = await giveBack(tx, row)
  await tx.registration.update({
    where: { id: row.id },
    data: { status: 'cancelled', pendingFor: null, heldUntil: null, passed: false, cancelledAt: now(), revision: { increment: 1 }, updatedAt: now() },
  })
  await tellStep(tx, [row.id], step)
  return freed ? promote(tx, row.eventId, row.place, step.reason === 'hold-lapsed' ? 'hold-lapsed' : 'seat-given-back') : 0
}
