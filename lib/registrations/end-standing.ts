import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { done, type Outcome } from '@/lib/outcome'
import type { Held } from './queries'
import { reachStanding, type StandingRefusal } from './pause-standing'

/** Ends it: nothing more is registered for; seats that it took stay until they are given back. Refusals: those of `reachStanding`. */
export async function endStanding(actor: Actor, held: Held): Promise<Outcome<{ id: string }, StandingRefusal>> {
  const reached = await reachStanding(actor, held)
  if (!reached.ok) return reached
  const { id } = reached.value
  return inTransaction(async (tx) => {
    await tx.standingRegistration.updateMany({ where: { id, endedAt: null }, data: { endedAt: now(), revision: { increment: 1 } } })
    return done({ id })
  })
}
