import { type Actor, actorName } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { lockSeating, moveSeats, takeOneMore } from '@/lib/events/take-seats'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canManage } from './access'
import type { ChangeRefusal } from './cancel'
import { promote, tellStep } from './promote'
import { findHeld, type Held } from './queries'
import { mostCompanions, shutToChange } from './rules'

/**
 * Puts a named colleague on a registration; they take a seat by the same guard as everybody.
 * Refusals besides those of cancelling: `waiting` (only who has a seat brings somebody), `full`, `too-many`.
 */
export async function addCompanion(actor: Actor, held: Held, name: string): Promise<Outcome<{ id: string }, ChangeRefusal | 'waiting' | 'full' | 'too-many'>> {
  const found = await findHeld(held)
  if (found === 'gone') return refused('gone')
  if (!found) return refused('not-found')
  if (!canManage(actor, found, 'token' in held)) return refused('forbidden')
  const reason = shutToChange(found.event, now())
  if (reason) return refused(reason)

  return inTransaction(async (tx) => {
    await lockSeating(tx, found.eventId, found.place)
    const { status, seats } = await tx.registration.findUniqueOrThrow({ where: { id: found.id } })
    if (status !== 'confirmed') return refused('waiting')
    if (seats > mostCompanions) return refused('too-many')
    if (!(await takeOneMore(tx, found.eventId, found.place))) return refused('full')
    const { id } = await tx.companion.create({ data: { registrationId: found.id, name, createdAt: now() } })
    await countSeats(tx, found.id, 1)
    await tellStep(tx, [found.id], { kind: 'companion-changed', actor: actor.kind === 'guest' ? 'themselves' : actorName(actor), reason: 'companion-added', facts: { added: [name] } })
    return done({ id })
  })
}

/** Takes a companion off; the seat goes to the first in line. Refusals as above. */
export async function removeCompanion(actor: Actor, held: Held, companionId: string): Promise<Outcome<{ promoted: number }, ChangeRefusal>> {
  const found = await findHeld(held)
  if (found === 'gone') return refused('gone')
  if (!found || !found.companions.some(({ id }) => id === companionId)) return refused('not-found')
  if (!canManage(actor, found, 'token' in held)) return refused('forbidden')
  const reason = shutToChange(found.event, now())
  if (reason) return refused(reason)

  return inTransaction(async (tx) => {
    await lockSeating(tx, found.eventId, found.place)
    const removed = found.companions.filter(({ id }) => id === companionId).map(({ name }) => name)
    const { count } = await tx.companion.deleteMany({ where: { id: companionId, registrationId: found.id } })
    if (count === 0) return done({ promoted: 0 })
    await countSeats(tx, found.id, -1)
    await moveSeats(tx, found.eventId, found.place, { taken: -1 })
    await tellStep(tx, [found.id], { kind: 'companion-changed', actor: actor.kind === 'guest' ? 'themselves' : actorName(actor), reason: 'companion-removed', facts: { removed } })
    return done({ promoted: await promote(tx, found.eventId, found.place, 'seat-given-back') })
  })
}

const countSeats = (tx: Parameters<typeof lockSeating>[0], id: string, by: number) =>
  tx.registration.update({ where: { id }, data: { seats: { increment: by }, revision: { increment: 1 }, updatedAt: now() } })
