import type { Tx } from '@/lib/db'

/**
 * One at a time decides whose an address is, until the transaction ends: it is a person's first or another one of
 * theirs, in two tables that no constraint holds together.
 */
export async function lockAddress(tx: Tx, addressFold: string) {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`address:${addressFold}`}, 0))`
}
