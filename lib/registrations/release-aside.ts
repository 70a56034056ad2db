import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { inTransaction } from '@/lib/db'
import { canOrganise } from '@/lib/events/access'
import { dropAllotment } from '@/lib/events/keep-aside'
import { lockSeating } from '@/lib/events/take-seats'
import { done, type Outcome, refused } from '@/lib/outcome'
import { promote } from './promote'

/**
 * Keeps seats aside no longer: whoever sits on them stays, the others go to the line, and their code lets nobody in any
 * more. Refusals: `forbidden`, `not-found`.
 */
export async function releaseAside(actor: Actor, allotmentId: string): Promise<Outcome<{ freed: number }, 'forbidden' | 'not-found'>> {
  if (!canOrganise(actor)) return refused('forbidden')
  return inTransaction(async (tx) => {
    const found = await tx.allotment.findUnique({ where: { id: allotmentId } })
    if (!found) return refused('not-found')
    await lockSeating(tx, found.eventId, found.place)
    // Looked at again under the lock: somebody else may have let it go meanwhile.
    const allotment = await tx.allotment.findUnique({ where: { id: allotmentId } })
    if (!allotment) return refused('not-found')
    await tx.registration.updateMany({ where: { allotmentId }, data: { allotmentId: null } })
    const freed = await dropAllotment(tx, allotment)
    await record(tx, actor, { verb: 'allotment.release', subject: `event/${allotment.eventId}`, eventId: allotment.eventId, before: { organisation: allotment.organisation, seats: allotment.seats } })
    if (freed > 0) await promote(tx, allotment.eventId, allotment.place, 'seats-added')
    return done({ freed })
  })
}
