import type { Tx } from '@/lib/db'
import type { MailDetail, MailOutcome } from './rules'

/** A message as it is now, locked until the transaction ends; null where there is none. Its source stays where it is. */
export async function lockMail(tx: Tx, id: string) {
  await tx.$queryRaw`SELECT 1 FROM "IncomingMail" WHERE id = ${id}::uuid FOR UPDATE`
  const row = await tx.incomingMail.findUnique({ where: { id }, omit: { raw: true } })
  return row && { ...row, outcome: row.outcome as MailOutcome, detail: row.detail as MailDetail }
}
