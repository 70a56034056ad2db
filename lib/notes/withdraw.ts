import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { fieldRefusals } from '@/lib/errors'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canWriteNotes } from './access'
import { type WithdrawInput, withdrawInput } from './schema'

/**
 * Takes an edition back: the one before it, if any, is current again. It is kept, and its number is never given
 * again; at its address stands that it was withdrawn, and why. Withdrawing twice changes nothing. Refusals:
 * `forbidden`, `not-found`, `invalid` (field `why`).
 */
export async function withdrawEdition(actor: Actor, slug: string, number: number, input: WithdrawInput = {}): Promise<Outcome<{ number: number }, 'forbidden' | 'not-found' | 'invalid'>> {
  if (!canWriteNotes(actor)) return refused('forbidden')
  const read = withdrawInput.safeParse(input)
  if (!read.success) return refused('invalid', fieldRefusals(read.error))
  return inTransaction(async (tx) => {
    const edition = await tx.edition.findFirst({ where: { event: { slug }, number }, select: { id: true, eventId: true } })
    if (!edition) return refused('not-found')
    const { count } = await tx.edition.updateMany({ where: { id: edition.id, withdrawnAt: null }, data: { withdrawnAt: now(), withdrawnWhy: read.data.why ?? null } })
    if (count > 0) await record(tx, actor, { verb: 'notes.withdraw', subject: `edition/${edition.id}`, eventId: edition.eventId, after: { number } })
    return done({ number })
  })
}
