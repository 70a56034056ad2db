import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { enqueue } from '@/lib/jobs/enqueue'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canOrganise } from './access'

type Refusal = 'forbidden' | 'not-found' | 'not-published' | 'already-over'

/**
 * Puts an event that was called off back on: whoever was registered is so again and is told, SEQUENCE rises, so that calendars
 * take the cancelled entry up again (RFC 5546 section 3.2.2), the line moves and reminders to come are said. Doing it twice
 * changes nothing. Refusals: a draft (`not-published`), an event that would have begun by now (`already-over`).
 */
export async function putBackOn(actor: Actor, slug: string): Promise<Outcome<{ id: string; slug: string }, Refusal>> {
  if (!canOrganise(actor)) return refused('forbidden')
  return inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Event" WHERE slug = ${slug} FOR NO KEY UPDATE`
    const event = await tx.event.findUnique({ where: { slug }, select: { id: true, status: true, startsAt: true, formatId: true, calledOffReason: true } })
    if (!event) return refused('not-found')
    if (event.status === 'published') return done({ id: event.id, slug })
    if (event.status === 'draft') return refused('not-published')
    if (event.startsAt <= now()) return refused('already-over')
    const { sequence } = await tx.event.update({
      where: { id: event.id },
      data: { status: 'published', calledOffReason: null, sequence: { increment: 1 }, updatedAt: now() },
    })
    await tx.seating.updateMany({ where: { eventId: event.id }, data: { open: true } })
    await enqueue(tx, 'event-back-on', { eventId: event.id, sequence })
    // What was held ran out meanwhile, offers too that nobody could take: whoever had one is asked after the others. Whoever
    // stands for the format since then has no seat yet.
    await enqueue(tx, 'seats-added', { eventId: event.id, more: false, anew: true })
    if (event.formatId) await enqueue(tx, 'standing-event', { eventId: event.id })
    await record(tx, actor, { verb: 'event.put-back-on', subject: `event/${event.id}`, eventId: event.id, before: { reason: event.calledOffReason } })
    return done({ id: event.id, slug })
  })
}
