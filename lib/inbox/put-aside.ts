import { record } from '@/lib/activity/record'
import { type Actor, actorName } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { isId } from '@/lib/ids'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canSettleMail } from './access'
import { lockMail } from './lock-mail'

/**
 * There is nothing to do about a message: it waits for nobody any more. Putting it aside twice changes nothing.
 * Refusals: `forbidden`, `not-found`, `already-settled` (somebody tied it meanwhile).
 */
export async function putAside(actor: Actor, id: string): Promise<Outcome<{ id: string }, 'forbidden' | 'not-found' | 'already-settled'>> {
  if (!canSettleMail(actor)) return refused('forbidden')
  if (!isId(id)) return refused('not-found')
  return inTransaction(async (tx) => {
    const mail = await lockMail(tx, id)
    if (!mail) return refused('not-found')
    if (mail.outcome === 'put-aside') return done({ id })
    if (mail.settledAt !== null || !mail.awaits) return refused('already-settled')
    await tx.incomingMail.update({
      where: { id },
      data: { outcome: 'put-aside', detail: { ...mail.detail, was: mail.outcome }, awaits: false, settledAt: now(), settledBy: actorName(actor) },
    })
    await record(tx, actor, { verb: 'mail.put-aside', subject: `mail/${id}`, ...(mail.eventId ? { eventId: mail.eventId } : {}), after: { was: mail.outcome } })
    return done({ id })
  })
}
