import type { Tx } from '@/lib/db'
import { capability, hashToken } from '@/lib/ids'

/**
 * Gives a person's calendar its first address, or the next one. `retired` is the hash of the address that opens
 * nothing any more, for the caller to remember. Whether the actor may is the caller's to ask: a step of renewFeed.
 */
export async function giveFeed(tx: Tx, personId: string): Promise<{ token: string; retired: string | null }> {
  await tx.$queryRaw`SELECT 1 FROM "Person" WHERE id = ${personId}::uuid FOR UPDATE`
  const { feedHash, feedGeneration } = await tx.person.findUniqueOrThrow({ where: { id: personId }, select: { feedHash: true, feedGeneration: true } })
  const generation = feedHash === null ? feedGeneration : feedGeneration + 1
  const token = capability('feed', personId, generation)
  await tx.person.update({ where: { id: personId }, data: { feedHash: hashToken(token), feedGeneration: generation } })
  return { token, retired: feedHash }
}
