import { record } from '@/lib/activity/record'
import { type Actor, actorName, isOrganiser } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { lockSeating, moveSeats } from '@/lib/events/take-seats'
import { done, type Outcome } from '@/lib/outcome'
import { promote, tellStep } from './promote'
import type { Held } from './queries'
import { type ChangeRefusal, reach } from './reach'

/**
 * Gives a seat, or a place in line, back; whoever is first in line gets it in the same transaction. Cancelling twice
 * changes nothing. `held` is a letter's link or, for organisers and the person logged in, the registration's id.
 * Refusals: those of `reach`.
 */
export async function cancel(actor: Actor, held: Held): Promise<Outcome<{ id: string; promoted: number }, ChangeRefusal>> {
  const reached = await reach(actor, held)
  if (!reached.ok) return reached
  const found = reached.value

  return inTransaction(async (tx) => {
    await lockSeating(tx, found.eventId, found.place)
    const { status, seats, place } = await tx.registration.findUniqueOrThrow({ where: { id: found.id } })
    if (status === 'cancelled') return done({ id: found.id, promoted: 0 })
    await tx.registration.update({
      where: { id: found.id },
      data: { status: 'cancelled', pendingFor: null, seats: 1, revision: { increment: 1 }, updatedAt: now() },
    })
    await tx.companion.deleteMany({ where: { registrationId: found.id } })
    if (status === 'confirmed') await moveSeats(tx, found.eventId, place, { taken: -seats })
    if (status === 'waitlisted') await moveSeats(tx, found.eventId, place, { waiting: -1 })
    const byOrganiser = isOrganiser(actor) && !('token' in held)
    await tellStep(tx, [found.id], {
      kind: 'registration-cancelled',
      actor: byOrganiser ? actorName(actor) : 'themselves',
      reason: 'cancelled',
      facts: { by: byOrganiser ? 'organiser' : 'person', hadSeat: status === 'confirmed' },
    })
    if (byOrganiser) {
      await record(tx, actor, { verb: 'registration.cancel', subject: `registration/${found.id}`, eventId: found.eventId })
    }
    const promoted = await promote(tx, found.eventId, place, 'seat-given-back')
    return done({ id: found.id, promoted })
  })
}
