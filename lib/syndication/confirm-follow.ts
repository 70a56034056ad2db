import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { proveAddress } from '@/lib/people/prove-address'
import { canChange } from './access'
import { findFollow, followsOf } from './queries'

/** By a letter's link, which proves its address; or as who is logged in. `id` is one of what the address follows; without it, the link's own. */
export type HeldFollow = { token: string; id?: string } | { id: string }

export type FollowRefusal = 'not-found' | 'forbidden'

/**
 * The address says yes: from now on it is written to. Also begins again what was stopped lately. Doing it twice, or twice at
 * once, changes nothing. Refusals: `not-found` (it was forgotten meanwhile), `forbidden`.
 */
export async function confirmFollow(actor: Actor, held: HeldFollow): Promise<Outcome<{ id: string }, FollowRefusal>> {
  const reached = await reachFollow(actor, held)
  if (!reached.ok) return reached
  const { id, address, addressFold, locale } = reached.value
  return inTransaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM "Follow" WHERE id = ${id}::uuid FOR UPDATE`
    if (!row) return refused('not-found')
    await tx.follow.updateMany({ where: { id, OR: [{ confirmedAt: null }, { endedAt: { not: null } }] }, data: { confirmedAt: now(), endedAt: null } })
    if ('token' in held) await proveAddress(tx, { address, fold: addressFold, locale })
    return done({ id })
  })
}

/** The follow that somebody wants to change, if they may. Refusals: `not-found`, `forbidden`. */
export async function reachFollow(actor: Actor, held: HeldFollow): Promise<Outcome<Awaited<ReturnType<typeof followsOf>>[number], FollowRefusal>> {
  if ('token' in held) {
    const own = await findFollow(held.token)
    if (!own) return refused('not-found')
    const found = held.id === undefined || held.id === own.id ? own : (await followsOf([own.addressFold])).find(({ id }) => id === held.id)
    return found ? done(found) : refused('not-found')
  }
  if (actor.kind !== 'person') return refused('forbidden')
  const found = (await followsOf(actor.addressFolds)).find(({ id }) => id === held.id)
  return found && canChange(actor, found, false) ? done(found) : refused('not-found')
}
