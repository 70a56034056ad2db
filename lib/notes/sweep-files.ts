import { now } from '@/lib/clock'
import { db, inTransaction } from '@/lib/db'
import { removeFile, sweepComing, untouchedSince } from '@/lib/files'
import { lockFile } from './add-resource'

const grace = 24 * 3_600_000
const batch = 500

/**
 * Removes files that no resource names and nobody has touched for a day, and what began to arrive and never did. A day,
 * so that a restored backup of the database finds the files of its last hours. Gives how many went.
 */
export async function sweepFiles(): Promise<number> {
  const before = new Date(now().getTime() - grace)
  await sweepComing(before)
  const digests = await untouchedSince(before)
  let gone = 0
  for (let i = 0; i < digests.length; i += batch) {
    const some = digests.slice(i, i + batch)
    const named = new Set((await db.resource.findMany({ where: { digest: { in: some } }, select: { digest: true } })).map(({ digest }) => digest))
    for (const digest of some) if (!named.has(digest) && (await removeUnnamed(digest))) gone++
  }
  return gone
}

/** Looked at once more under its lock: somebody may be giving the same bytes at this moment. */
const removeUnnamed = (digest: string) =>
  inTransaction(async (tx) => {
    await lockFile(tx, digest)
    if ((await tx.resource.count({ where: { digest } })) > 0) return false
    await removeFile(digest)
    return true
  })
