import { foldAddress } from '@/lib/address'
import { now } from '@/lib/clock'
import type { Tx } from '@/lib/db'

type Letter = { id: string; toAddress: string; bouncedAt: Date | null }

/**
 * A letter of ours came back for good: its row says so, and nothing more leaves for its address until somebody mends that
 * (mendAddress, or whoever proves that they read it). What was reported before stops nothing anew. `diagnosis` is what the
 * other server said, without addresses. A step of whoever has read the report.
 */
export async function noteBounce(tx: Tx, letter: Letter, diagnosis: string) {
  const first = await tx.letter.updateMany({ where: { id: letter.id, bouncedAt: null }, data: { bouncedAt: now() } })
  if (first.count === 1) await stopAddress(tx, { address: letter.toAddress, diagnosis, letterId: letter.id })
}

/** Letters to this address are stopped from now on, when their turn comes. What is known already stays as it is. */
export async function stopAddress(tx: Tx, { address, diagnosis, letterId }: { address: string; diagnosis: string; letterId: string | null }) {
  await tx.unreachable.createMany({ data: [{ addressFold: foldAddress(address), address, since: now(), diagnosis, letterId }], skipDuplicates: true })
}
