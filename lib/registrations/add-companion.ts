import { type Actor, isOrganiser } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction, type Tx } from '@/lib/db'
import { closing } from '@/lib/events/rules'
import { sitOnKept, takeMore } from '@/lib/events/take-seats'
import { done, type Outcome, refused } from '@/lib/outcome'
import { giveBack, lockRegistration } from './open-registration'
import { promote, tellStep } from './promote'
import type { Held } from './queries'
import { type ChangeRefusal, reach, storyName } from './reach'

/**
 * Puts a named colleague on a registration; they take a seat by the same guard as everybody, or one of those kept aside
 * where the registration sits on those.
 * Refusals besides those of `reach`: `waiting` (only who has a seat brings somebody), `full`, `too-many`,
 * `closed` (registering is over; organisers still may).
 */
export async function addCompanion(actor: Actor, held: Held, name: string): Promise<Outcome<{ id: string }, ChangeRefusal | 'waiting' | 'full' | 'too-many' | 'closed'>> {
  const reached = await reach(actor, held)
  if (!reached.ok) return reached
  const { companionsMost, ...event } = reached.value.event
  if (!isOrganiser(actor) && closing(event) <= now()) return refused('closed')

  return inTransaction(async (tx) => {
    const { row } = await lockRegistration(tx, reached.value)
    if (row.status !== 'confirmed') return refused('waiting')
    if (row.seats > companionsMost) return refused('too-many')
    const seated = row.allotmentId ? await sitOnKept(tx, row.allotmentId, 1) : await takeMore(tx, row.eventId, row.place)
    if (!seated) return refused('full')
    const { id } = await tx.companion.create({ data: { registrationId: row.id, name, createdAt: now() } })
    await countSeats(tx, row.id, 1)
    await tellStep(tx, [row.id], { kind: 'companion-changed', actor: storyName(actor, row), reason: 'companion-added', facts: { added: [name] } })
    return done({ id })
  })
}

/** Takes a companion off; the seat goes to the first in line. Refusals: those of `reach`. */
export async function removeCompanion(actor: Actor, held: Held, companionId: string): Promise<Outcome<{ promoted: number }, ChangeRefusal>> {
  const reached = await reach(actor, held)
  if (!reached.ok) return reached
  const companion = reached.value.companions.find(({ id }) => id === companionId)
  if (!companion) return refused('not-found')

  return inTransaction(async (tx) => {
    const { row } = await lockRegistration(tx, reached.value)
    // Of a cancelled registration the companions are only remembered.
    if (row.status !== 'confirmed') return done({ promoted: 0 })
    const { count } = await tx.companion.deleteMany({ where: { id: companionId, registrationId: row.id } })
    if (count === 0) return done({ promoted: 0 })
    await countSeats(tx, row.id, -1)
    const freed = await giveBack(tx, { ...row, seats: 1 })
    await tellStep(tx, [row.id], { kind: 'companion-changed', actor: storyName(actor, row), reason: 'companion-removed', facts: { removed: [companion.name] } })
    return done({ promoted: freed ? await promote(tx, row.eventId, row.place, 'seat-given-back') : 0 })
  })
}

const countSeats = (tx: Tx, id: string, by: number) =>
  tx.registration.update({ where: { id }, data: { seats: { increment: by }, revision: { increment: 1 }, updatedAt: now() } })
