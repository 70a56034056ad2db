import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { inTransaction } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canOrganise } from './access'

/** Says whether people with a seat may propose questions before the session. Refusals: `forbidden`, `not-found`. */
export async function setPrepared(actor: Actor, slug: string, { asks }: { asks: boolean }): Promise<Outcome<{ slug: string }, 'forbidden' | 'not-found'>> {
  if (!canOrganise(actor)) return refused('forbidden')
  return inTransaction(async (tx) => {
    const event = await tx.event.findUnique({ where: { slug }, select: { id: true, asksQuestions: true } })
    if (!event) return refused('not-found')
    if (event.asksQuestions === asks) return done({ slug })
    await tx.event.update({ where: { id: event.id }, data: { asksQuestions: asks } })
    await record(tx, actor, { verb: 'event.set-prepared', subject: `event/${event.id}`, eventId: event.id, before: { asksQuestions: event.asksQuestions }, after: { asksQuestions: asks } })
    return done({ slug })
  })
}
