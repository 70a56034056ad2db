import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canWriteNotes } from './access'

/**
 * Takes an edition back: the one before it, if any, is current again. It is kept, and its number is never given
 * again. Withdrawing twice changes nothing. Refusals: `forbidden`, `not-found`.
 */
export async function withdrawEdition(actor: Actor, slug: string, number: number): Promise<Outcome<{ number: number }, 'forbidden' | 'not-found'>> {
  if (!canWriteNotes(actor)) return refused('forbidden')
  return inTransaction(async (tx) => {
    const edition = await tx.edition.findFirst({ where: { event: { slug }, number }, select: { id: true, eventId: true } })
    if (!edition) return refused('not-found')
    const { count } = await tx.edition.updateMany({ where: { id: edition.id, withdrawnAt: null }, data: { withdrawnAt: now() } })
    if (count > 0) await record(tx, actor, { verb: 'notes.withdraw', subject: `edition/${edition.id}`, eventId: edition.eventId, after: { number } })
    return done({ number })
  })
}
