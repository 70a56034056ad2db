import type { PersonActor } from '@/lib/actor'
import { isOrganiser } from '@/lib/actor'
import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { hashToken } from '@/lib/ids'
import { actorOf, columns, isToken } from './queries'

/**
 * The person an API token stands for, noting once a minute at most that it was used; null if it is unknown, revoked,
 * or its person organises no more.
 */
export async function personByToken(token: string): Promise<PersonActor | null> {
  if (!isToken(token)) return null
  const found = await db.apiToken.findUnique({
    where: { hash: hashToken(token) },
    select: {
      id: true,
      revokedAt: true,
      lastUsedAt: true,
      person: { select: columns },
    },
  })
  if (!found || found.revokedAt) return null
  const actor = actorOf(found.person, 'token')
  if (!isOrganiser(actor)) return null
  const minuteAgo = new Date(now().getTime() - 60_000)
  if (!found.lastUsedAt || found.lastUsedAt < minuteAgo) {
    await db.apiToken.updateMany({
      where: { id: found.id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: minuteAgo } }] },
      data: { lastUsedAt: now() },
    })
  }
  return actor
}
