import { type Actor, actorName } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { lockSeating, moveSeats, takeOneMore } from '@/lib/events/take-seats'
import { done, type Outcome, refused } from '@/lib/outcome'
import { promote, tellStep } from './promote'
import type { Held } from './queries'
import { type ChangeRefusal, reach } from './reach'
import { mostCompanions } from './rules'

/**
 * Puts a named colleague on a registration; they take a seat by the same guard as everybody.
 * Refusals besides those of `reach`: `waiting` (only who has a seat brings somebody), `full`, `too-many`.
 */
export async function addCompanion(actor: Actor, held: Held, name: string): Promise<Outcome<{ id: string }, ChangeRefusal | 'waiting' | 'full' | 'too-many'>> {
  const reached = await reach(actor, held)
  if (!reached.ok) return reached
  const found = reached.value

  return inTransaction(async (tx) => {
    await lockSeating(tx, found.eventId, found.place)
    const { status, seats } = await tx.registration.findUniqueOrThrow({ where: { id: found.id } })
    if (status !== 'confirmed') return refused('waiting')
    if (seats > mostCompanions) return refused('too-many')
    if (!(await takeOneMore(tx, found.eventId, found.place))) return refused('full')
    const { id } = await tx.companion.create({ data: { registrationId: found.id, name, createdAt: now() } })
    await countSeats(tx, found.id, 1)
    await tellStep(tx, [found.id], { kind: 'companion-changed', actor: whoChanged(actor), reason: 'companion-added', facts: { added: [name] } })
    return done({ id })
  })
}

/** Takes a companion off; the seat goes to the first in line. Refusals: those of `reach`. */
export async function removeCompanion(actor: Actor, held: Held, companionId: string): Promise<Outcome<{ promoted: number }, ChangeRefusal>> {
  const reached = await reach(actor, held)
  if (!reached.ok) return reached
  const found = reached.value
  const companion = found.companions.find(({ id }) => id === companionId)
  if (!companion) return refused('not-found')

  return inTransaction(async (tx) => {
    await lockSeating(tx, found.eventId, found.place)
    const { count } = await tx.companion.deleteMany({ where: { id: companionId, registrationId: found.id } })
    if (count === 0) return done({ promoted: 0 })
    await countSeats(tx, found.id, -1)
    await moveSeats(tx, found.eventId, found.place, { taken: -1 })
    await tellStep(tx, [found.id], { kind: 'companion-changed', actor: whoChanged(actor), reason: 'companion-removed', facts: { removed: [companion.name] } })
    return done({ promoted: await promote(tx, found.eventId, found.place, 'seat-given-back') })
  })
}

const whoChanged = (actor: Actor) => (actor.kind === 'guest' ? 'themselves' : actorName(actor))

const countSeats = (tx: Parameters<typeof lockSeating>[0], id: string, by: number) =>
  tx.registration.update({ where: { id }, data: { seats: { increment: by }, revision: { increment: 1 }, updatedAt: now() } })
