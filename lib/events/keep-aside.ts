import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction, type Tx } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canOrganise } from './access'
import { newCode } from './entry-code'
import { placesOf } from './rules'
import type { AllotmentInput } from './schema'
import { freeSeats, lockSeating, moveSeats } from './take-seats'

type Refusal = 'forbidden' | 'not-found' | 'invalid'

/**
 * Keeps free seats aside for an organisation: they count as taken at once, and its people come in by the code.
 * Refusals: `forbidden`, `not-found`, `invalid` with the field `seats` (more than are free) or `place`.
 */
export async function keepAside(actor: Actor, slug: string, input: AllotmentInput): Promise<Outcome<{ id: string; code: string }, Refusal>> {
  if (!canOrganise(actor)) return refused('forbidden')
  return inTransaction(async (tx) => {
    const event = await tx.event.findUnique({ where: { slug }, select: { id: true, mode: true } })
    if (!event) return refused('not-found')
    const places = placesOf(event.mode)
    const place = input.place ?? places[0]
    const seating = places.includes(place) ? await lockSeating(tx, event.id, place) : undefined
    if (!seating) return refused('invalid', [{ field: 'place', reason: 'not-among' }])
    if (freeSeats(seating) < input.seats) return refused('invalid', [{ field: 'seats', reason: 'more-than-free' }])
    await moveSeats(tx, event.id, place, { taken: input.seats })
    const { organisation, seats } = input
    const { id } = await tx.allotment.create({ data: { eventId: event.id, place, organisation, seats, createdAt: now() } })
    const { code } = await tx.entryCode.create({ data: { eventId: event.id, code: newCode(), label: organisation, allotmentId: id, createdAt: now() } })
    await record(tx, actor, { verb: 'allotment.keep', subject: `event/${event.id}`, eventId: event.id, after: { organisation, place, seats } })
    return done({ id, code })
  })
}

/** Takes the allotment away, under the counter's lock, and gives the seats that nobody sat on back; how many those were. */
export async function dropAllotment(tx: Tx, { id, eventId, place }: { id: string; eventId: string; place: 'room' | 'screen' }) {
  const { seats, used } = await tx.allotment.delete({ where: { id } })
  await moveSeats(tx, eventId, place, { taken: used - seats })
  return seats - used
}
