import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { done, type Outcome } from '@/lib/outcome'
import { type FollowRefusal, type HeldFollow, reachFollow } from './confirm-follow'

/**
 * The address wants no more letters about one thing, or about anything that it follows or asked to (`all`): what waits to be
 * sent says nothing any more either. Twice changes nothing. Refusals: `not-found`, `forbidden`.
 */
export async function unfollow(actor: Actor, held: HeldFollow, { all = false } = {}): Promise<Outcome<{ stopped: number }, FollowRefusal>> {
  const reached = await reachFollow(actor, held)
  if (!reached.ok) return reached
  const { id, addressFold } = reached.value
  const { count } = await db.follow.updateMany({ where: { ...(all ? { addressFold } : { id }), endedAt: null }, data: { endedAt: now() } })
  return done({ stopped: count })
}
