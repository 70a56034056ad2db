import type { Actor } from '@/lib/actor'
import { db } from '@/lib/db'
import { done, type Outcome } from '@/lib/outcome'
import type { Locale } from '@/lib/text'
import { type FollowRefusal, type HeldFollow, reachFollow } from './confirm-follow'

/** In which language the address is written to about all that it follows. Refusals: `not-found`, `forbidden`. */
export async function speakTo(actor: Actor, held: HeldFollow, locale: Locale): Promise<Outcome<{ id: string }, FollowRefusal>> {
  const reached = await reachFollow(actor, held)
  if (!reached.ok) return reached
  const { id, addressFold } = reached.value
  await db.follow.updateMany({ where: { addressFold }, data: { locale } })
  return done({ id })
}
