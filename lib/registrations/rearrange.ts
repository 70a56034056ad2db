import type { Actor } from '@/lib/actor'
import { edit, type Follow } from '@/lib/events/edit'
import type { EventPatch } from '@/lib/events/schema'

/**
 * Changes an event as `edit` does, and takes people along: where the room closes and the session goes online, or the
 * other way round, whoever sat or waited there sits or waits on the other side, if it has as many seats.
 * Refusals: those of `edit`; `capacity` `below-seats-taken` where the other side is too small.
 */
export const rearrange = (actor: Actor, slug: string, patch: EventPatch) => edit(actor, slug, patch, followPlace)

const followPlace: Follow = async (tx, eventId, from, to, behind) => {
  await tx.registration.updateMany({ where: { eventId, place: from }, data: { place: to, line: { increment: behind } } })
}
