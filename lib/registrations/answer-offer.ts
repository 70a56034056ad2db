import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction, type Tx } from '@/lib/db'
import { moveSeats } from '@/lib/events/take-seats'
import { done, type Outcome, refused } from '@/lib/outcome'
import { lockRegistration } from './open-registration'
import { promote, tellStep } from './promote'
import type { Held } from './queries'
import { type ChangeRefusal, reach, storyName } from './reach'

/**
 * Takes the seat that is offered; still taken while the program has not moved it on, even a moment after its time. Taking
 * it twice changes nothing. Refusals besides those of `reach`: `offer-over`.
 */
export async function acceptOffer(actor: Actor, held: Held): Promise<Outcome<{ id: string }, ChangeRefusal | 'offer-over'>> {
  const reached = await reach(actor, held)
  if (!reached.ok) return reached
  return inTransaction(async (tx) => {
    const { row } = await lockRegistration(tx, reached.value)
    if (row.status === 'confirmed') return done({ id: row.id })
    if (row.status !== 'offered') return refused('offer-over')
    await tx.registration.update({
      where: { id: row.id },
      data: { status: 'confirmed', heldUntil: null, revision: { increment: 1 }, updatedAt: now(), ...('token' in held ? { provenAt: row.provenAt ?? now() } : {}) },
    })
    await tellStep(tx, [row.id], { kind: 'seat-confirmed', actor: storyName(actor, row), reason: 'offer-accepted' })
    return done({ id: row.id })
  })
}

/** Lets this seat go to the next, and stays in line for the next one. Refusals besides those of `reach`: `offer-over`. */
export async function passOffer(actor: Actor, held: Held): Promise<Outcome<{ id: string }, ChangeRefusal | 'offer-over'>> {
  const reached = await reach(actor, held)
  if (!reached.ok) return reached
  return inTransaction(async (tx) => {
    const { row } = await lockRegistration(tx, reached.value)
    if (row.status !== 'offered') return refused('offer-over')
    await passOn(tx, row, { actor: storyName(actor, row), why: 'refused' })
    await promote(tx, row.eventId, row.place, 'offer-refused')
    return done({ id: row.id })
  })
}

type Offered = { id: string; eventId: string; place: 'room' | 'screen'; seats: number }

/** The seat is free again, and its person waits for the next one. Under the lock of the place; the line is moved afterwards. */
export async function passOn(tx: Tx, { id, eventId, place, seats }: Offered, { actor, why }: { actor: string; why: 'refused' | 'lapsed' }) {
  await moveSeats(tx, eventId, place, { taken: -seats })
  await tx.registration.update({
    where: { id },
    data: { status: 'waitlisted', heldUntil: null, passed: true, revision: { increment: 1 }, updatedAt: now() },
  })
  await tellStep(tx, [id], { kind: 'offer-passed', actor, reason: `offer-${why}`, facts: { why } })
}
