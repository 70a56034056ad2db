import type { Tx } from '@/lib/db'

/**
 * The access needs that one person keeps are kept by another from now on, because they turned out to be the same. Whether
 * the actor may is the caller's to ask: a step of confirmAddress.
 */
export async function handOverKeeping(tx: Tx, from: string, into: string) {
  const kept = await tx.accessKeeper.findMany({ where: { personId: from }, select: { eventId: true } })
  await tx.accessKeeper.createMany({ data: kept.map(({ eventId }) => ({ eventId, personId: into })), skipDuplicates: true })
}
