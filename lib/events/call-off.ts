import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { enqueue } from '@/lib/jobs/enqueue'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canOrganise } from './access'

type Refusal = 'forbidden' | 'not-found' | 'not-published' | 'already-over'

/**
 * Calls a published event off: it stays on the agenda as called off, SEQUENCE rises, and everybody registered is told
 * with a METHOD:CANCEL. Calling off twice changes nothing. Refusals: a draft (`not-published`: delete it instead),
 * an event that is over.
 */
export async function callOff(actor: Actor, slug: string, reason: string | null = null): Promise<Outcome<{ id: string; slug: string }, Refusal>> {
  if (!canOrganise(actor)) return refused('forbidden')
  return inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Event" WHERE slug = ${slug} FOR NO KEY UPDATE`
    const event = await tx.event.findUnique({ where: { slug }, select: { id: true, status: true, overAt: true } })
    if (!event) return refused('not-found')
    if (event.status === 'called_off') return done({ id: event.id, slug })
    if (event.status === 'draft') return refused('not-published')
    if (event.overAt <= now()) return refused('already-over')
    const { sequence } = await tx.event.update({
      where: { id: event.id },
      data: { status: 'called_off', calledOffReason: reason, sequence: { increment: 1 }, updatedAt: now() },
    })
    await tx.seating.updateMany({ where: { eventId: event.id }, data: { open: false } })
    await enqueue(tx, 'event-called-off', { eventId: event.id, sequence })
    await record(tx, actor, { verb: 'event.call-off', subject: `event/${event.id}`, eventId: event.id, after: { reason } })
    return done({ id: event.id, slug })
  })
}
