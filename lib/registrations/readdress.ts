import { now } from '@/lib/clock'
import type { Prisma, Tx } from '@/lib/db'
import { writeLetter } from '@/lib/mail/write-letter'
import { letterTurn } from '@/lib/people/letter-turn'
import { linkHash, pendingKinds } from './open-registration'
import { letterTo } from './promote'

type Row = Prisma.RegistrationGetPayload<object>

type Step = {
  actor: string
  reason: string
  /** Whoever reads the new address said so; else its proof is still to come. */
  proven: boolean
  /** Nobody's calendar has it any more: it is moved without a word. */
  quiet?: boolean
}

/**
 * Puts another address on a registration that is locked: the seat and the place in line stay, the old address gets a
 * withdrawal, its link dies, and the new one an invitation. The caller has seen that the new address has no row at this
 * event; the unique constraint sees it again.
 */
export async function readdress(tx: Tx, before: Row, { address, fold }: { address: string; fold: string }, { actor, reason, proven, quiet }: Step): Promise<Row> {
  await retireLinks(tx, before)
  const after = await tx.registration.update({
    where: { id: before.id },
    data: {
      address,
      addressFold: fold,
      provenAt: proven ? now() : null,
      generation: before.generation + 1,
      manageHash: linkHash('manage', before.id, before.generation + 1),
      revision: { increment: 1 },
      updatedAt: now(),
    },
  })
  await tx.registrationStep.create({ data: { registrationId: after.id, at: now(), status: after.status, actor, reason } })
  if (quiet) return after
  await writeLetter(tx, {
    ...letterTo(after),
    kind: 'registration-cancelled',
    revision: after.revision,
    to: { name: before.name, address: before.address },
    facts: { by: 'person', hadSeat: after.status === 'confirmed', readdressed: true },
    // A visitor may have typed a stranger's: to and fro between two addresses would fill both mailboxes.
    turn: proven ? undefined : await letterTurn(before.addressFold, tx),
  })
  const kind = kindThatTells(after)
  const turn = proven ? undefined : await letterTurn(fold, tx)
  if (kind) await writeLetter(tx, { ...letterTo(after), kind, revision: after.revision, turn })
  return after
}

/** The links of its letters open nothing any more, nor does what was asked by them and not yet confirmed. */
export async function retireLinks(tx: Tx, row: Pick<Row, 'id' | 'manageHash'>) {
  await tx.retiredCapability.createMany({ data: [{ hash: row.manageHash, retiredAt: now() }], skipDuplicates: true })
  await tx.addressChange.updateMany({ where: { registrationId: row.id, usedAt: null }, data: { usedAt: now() } })
}

/** The letter that says from the beginning where a registration stands; null where there is nothing to say. */
export function kindThatTells({ status, pendingFor }: Pick<Row, 'status' | 'pendingFor'>) {
  if (status === 'pending') return pendingFor ? pendingKinds[pendingFor] : null
  return { confirmed: 'seat-confirmed', waitlisted: 'seat-waitlisted', offered: 'seat-offered', cancelled: null }[status]
}
