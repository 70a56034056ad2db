import type { Tx } from '@/lib/db'

/** The letters that waited for their turn, because nobody had proven this folded address, are due now. */
export async function releaseLetters(tx: Tx, addressFold: string) {
  await tx.$executeRaw`
    UPDATE "Letter" SET "heldFor" = NULL, "dueAt" = least("dueAt", clock_timestamp())
    WHERE "heldFor" = ${addressFold} AND status = 'queued'`
}
