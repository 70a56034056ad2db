import type { Tx } from '@/lib/db'

/** The letters that waited for their turn, because nobody had proven this folded address, are due now; so are those that were stopped. */
export async function releaseLetters(tx: Tx, addressFold: string) {
  await tx.$executeRaw`
    UPDATE "Letter" SET "heldFor" = NULL, "dueAt" = least("dueAt", clock_timestamp())
    WHERE "heldFor" = ${addressFold} AND status = 'queued'`
  await releaseStopped(tx, addressFold)
}

/**
 * This folded address is no longer known to be unreachable: what was stopped for it is due as if it had never been tried, and
 * is composed from what is true then. Null where nothing was known against it.
 */
export async function releaseStopped(tx: Tx, addressFold: string): Promise<{ letterId: string | null; released: number } | null> {
  const [mended] = await tx.$queryRaw<{ letterId: string | null }[]>`DELETE FROM "Unreachable" WHERE "addressFold" = ${addressFold} RETURNING "letterId"`
  if (!mended) return null
  // Addresses that we write to are ASCII (parseAddress), so that the database folds them as we do.
  const released = await tx.$executeRaw`
    UPDATE "Letter" SET status = 'queued', "dueAt" = clock_timestamp(), "leaseUntil" = NULL, attempts = 0, "lastError" = NULL, "bouncedAt" = NULL,
      "composedAt" = NULL, "fromName" = NULL, "fromAddress" = NULL, subject = NULL, html = NULL, text = NULL, calendar = NULL,
      "calendarMethod" = NULL, "calendarSequence" = NULL, "eventSequence" = NULL, "calendarStartsAt" = NULL, "listUnsubscribe" = NULL
    WHERE status = 'stopped' AND lower("toAddress") = ${addressFold}`
  return { letterId: mended.letterId, released }
}
