import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { inTransaction } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canKeepMembers } from './access'

/** Takes an entry off the list of members; who is registered already stays so. Refusals: `forbidden`, `unknown`. */
export async function removeMember(actor: Actor, id: string): Promise<Outcome<{ id: string }, 'forbidden' | 'unknown'>> {
  if (!canKeepMembers(actor)) return refused('forbidden')
  return inTransaction(async (tx) => {
    const { count } = await tx.member.deleteMany({ where: { id } })
    if (count === 0) return refused('unknown')
    await record(tx, actor, { verb: 'member.remove', subject: `member/${id}` })
    return done({ id })
  })
}
