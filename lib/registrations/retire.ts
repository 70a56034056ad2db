import { now } from '@/lib/clock'
import type { Tx } from '@/lib/db'

/** A capability that was replaced answers « gone » from now on, not « unknown »; by the hash of its token. */
export const retire = (tx: Tx, hash: string) => tx.retiredCapability.createMany({ data: [{ hash, retiredAt: now() }], skipDuplicates: true })
