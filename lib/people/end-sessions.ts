import type { Actor } from '@/lib/actor'
import { db } from '@/lib/db'
import { hashToken } from '@/lib/ids'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canKeepOwn } from './access'

/** Logs out every browser of one's own but the one that asks, which holds `token`; with `id`, that one alone. Refusal: `forbidden`. */
export async function endSessions(actor: Actor, means: { token: string; id?: string }): Promise<Outcome<{ ended: number }, 'forbidden'>> {
  if (!canKeepOwn(actor)) return refused('forbidden')
  const { count } = await db.loginSession.deleteMany({
    where: { personId: actor.id, tokenHash: { not: hashToken(means.token) }, ...(means.id ? { id: means.id } : {}) },
  })
  return done({ ended: count })
}
