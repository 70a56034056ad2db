import type { Actor } from '@/lib/actor'
import { inTransaction } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { giveFeed } from '@/lib/people/give-feed'

/**
 * Makes the address of one's own calendar, or a new one in its place: the old one answers 410 from then on. Only for
 * oneself. The token is part of the address, `/feeds/me/<token>.ics`. Refusal: `forbidden`, for who is not logged in.
 */
export async function renewFeed(actor: Actor): Promise<Outcome<{ token: string }, 'forbidden'>> {
  if (actor.kind !== 'person') return refused('forbidden')
  return inTransaction(async (tx) => {
    const { token, retired } = await giveFeed(tx, actor.id)
    if (retired) await tx.retiredCapability.createMany({ data: [{ hash: retired }], skipDuplicates: true })
    return done({ token })
  })
}
