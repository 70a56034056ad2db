import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { placesOf } from '@/lib/events/rules'
import { lockSeating, takeMore } from '@/lib/events/take-seats'
import { done, type Outcome, refused } from '@/lib/outcome'
import { giveBack, lockRegistration } from './open-registration'
import { promote, tellStep } from './promote'
import type { Held } from './queries'
import { type ChangeRefusal, reach, storyName } from './reach'

/**
 * In a hybrid event: from the room to the screen, or back, with companions, if there are seats; from a line too, where the
 * other place has one. The seats left behind go to the line there.
 * Refusals besides those of `reach`: `full`, `waiting` (pending, offered or cancelled), `kept-aside`, `not-among` (no such place).
 */
export async function switchPlace(actor: Actor, held: Held, place: 'room' | 'screen'): Promise<Outcome<{ id: string }, ChangeRefusal | 'full' | 'waiting' | 'kept-aside' | 'not-among'>> {
  const reached = await reach(actor, held)
  if (!reached.ok) return reached
  const { event } = reached.value
  if (!placesOf(event.mode).includes(place)) return refused('not-among')

  return inTransaction(async (tx) => {
    // Both counters, the room first: two who change places at once never wait for each other.
    for (const each of placesOf(event.mode)) await lockSeating(tx, event.id, each)
    const { row } = await lockRegistration(tx, reached.value)
    if (row.place === place) return done({ id: row.id })
    if (row.allotmentId) return refused('kept-aside')
    if (row.status !== 'confirmed' && row.status !== 'waitlisted') return refused('waiting')
    if (!(await takeMore(tx, event.id, place, row.seats))) return refused('full')
    const freed = await giveBack(tx, row)
    await tx.registration.update({
      where: { id: row.id },
      data: { place, status: 'confirmed', passed: false, revision: { increment: 1 }, updatedAt: now() },
    })
    await tellStep(tx, [row.id], {
      kind: row.status === 'confirmed' ? 'place-switched' : 'seat-promoted',
      actor: storyName(actor, row),
      reason: 'place-switched',
      detail: { from: row.place },
    })
    if (freed) await promote(tx, event.id, row.place, 'seat-given-back')
    return done({ id: row.id })
  })
}
