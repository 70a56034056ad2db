import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction, type Tx } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canOrganise } from './access'

type Refusal = 'forbidden' | 'not-found' | 'called-off' | 'already-asked'

/**
 * Says whether everybody who had a seat is asked, the day after, what stays with them. Refusals: `forbidden`,
 * `not-found`, `called-off`, `already-asked` (they were, or the moment has passed).
 */
export async function setTakeaway(actor: Actor, slug: string, { asks }: { asks: boolean }): Promise<Outcome<{ id: string; slug: string }, Refusal>> {
  if (!canOrganise(actor)) return refused('forbidden')
  return inTransaction(async (tx) => {
    // The worker that asks holds the same row.
    await tx.$queryRaw`SELECT 1 FROM "Event" WHERE slug = ${slug} FOR NO KEY UPDATE`
    const event = await tx.event.findUnique({ where: { slug }, select: { id: true, status: true, asksTakeaway: true, takeawayDoneAt: true } })
    if (!event) return refused('not-found')
    if (event.status === 'called_off') return refused('called-off')
    if (event.takeawayDoneAt) return refused('already-asked')
    if (event.asksTakeaway === asks) return done({ id: event.id, slug })
    await tx.event.update({ where: { id: event.id }, data: { asksTakeaway: asks } })
    await record(tx, actor, { verb: 'event.set-takeaway', subject: `event/${event.id}`, eventId: event.id, before: { asksTakeaway: event.asksTakeaway }, after: { asksTakeaway: asks } })
    return done({ id: event.id, slug })
  })
}

/** Everybody was asked, or nobody will be, in the transaction that asks. */
export const closeTakeaway = (tx: Tx, eventIds: string[]) => tx.event.updateMany({ where: { id: { in: eventIds }, takeawayDoneAt: null }, data: { takeawayDoneAt: now() } })

/** Their organisers were reminded that the restitution is due, or nobody will be, in the transaction that reminds. */
export const closeRestitutionDue = (tx: Tx, eventIds: string[]) => tx.event.updateMany({ where: { id: { in: eventIds }, restitutionDueTold: null }, data: { restitutionDueTold: now() } })
