import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { inTransaction } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canKeepOwn } from './access'

/**
 * Takes one of one's other addresses off: logging in with it leads to a person of its own from then on, and what was
 * registered with it is theirs again. Refusals: `forbidden`; `not-found`, the first address included: it is changed.
 */
export async function removeAddress(actor: Actor, addressFold: string): Promise<Outcome<{ addressFold: string }, 'forbidden' | 'not-found'>> {
  if (!canKeepOwn(actor)) return refused('forbidden')
  return inTransaction(async (tx) => {
    const { count } = await tx.otherAddress.deleteMany({ where: { addressFold, personId: actor.id } })
    if (count === 0) return refused('not-found')
    await record(tx, actor, { verb: 'person.address-remove', subject: `person/${actor.id}` })
    return done({ addressFold })
  })
}
