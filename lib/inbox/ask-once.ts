import { now } from '@/lib/clock'
import type { Prisma, Tx } from '@/lib/db'
import { copies } from '@/lib/mail/rules'
import { writeLetter } from '@/lib/mail/write-letter'
import { type Addressed, letterTo } from '@/lib/registrations/promote'

/** The letters that a message causes by itself, without anybody having pressed a button of ours. */
const kinds = ['answer-again', 'answer-unsure']

/**
 * Writes to the registration's own address about an answer that could not be followed: one such letter a day to an address,
 * whatever comes in, so that two machines never talk to each other (RFC 3834 section 2). False where there was one already.
 */
export async function askOnce(tx: Tx, row: Addressed & { addressFold: string }, kind: 'answer-again' | 'answer-unsure', facts: Prisma.JsonObject): Promise<boolean> {
  // The last lock of the transaction: messages about two events of one address take their turns here.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`answer:${row.addressFold}`}, 0))`
  const hour = Math.floor(now().getTime() / 3_600_000)
  const spellings = await tx.registration.findMany({ where: { addressFold: row.addressFold }, distinct: 'address', select: { address: true } })
  const lately = await tx.letter.count({ where: { toAddress: { in: [row.addressFold, ...spellings.map(({ address }) => address)] }, kind: { in: kinds }, revision: { gt: hour - 24, lt: copies } } })
  return lately === 0 && writeLetter(tx, { ...letterTo(row), kind, revision: hour, facts })
}
