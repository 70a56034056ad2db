import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import type { Tx } from '@/lib/db'
import { releaseLetters } from '@/lib/mail/release-letters'
import { done, type Outcome, refused } from '@/lib/outcome'
import { lockAddress } from './lock-address'
import { outranks } from './rules'

type Owned = {
  /** Their first address before, to be told of it. */
  was: { name: string | null; address: string; addressFold: string; locale: string }
  /** Hash of the calendar address of somebody who was merged into them: it opens nothing any more. */
  retired: string | null
}

/**
 * Makes an address that somebody just proved theirs: `replace`, in place of their first one; `add`, beside it. Where it
 * was another person's, that person is merged into them: sessions and tokens of the other end, their role is not taken
 * over. `outranked`: the other one may do more than they, and only the other one's log-in may decide that.
 * Whether the actor may is the caller's to ask: a step of confirmAddress.
 */
export async function ownAddress(
  tx: Tx,
  actor: Actor,
  personId: string,
  { address, fold }: { address: string; fold: string },
  means: 'replace' | 'add',
  /** What a later domain hands over before the other person is gone. */
  handOver: (from: string) => Promise<void>,
): Promise<Outcome<Owned, 'gone' | 'outranked'>> {
  await lockAddress(tx, fold)
  const first = await tx.person.findUnique({ where: { addressFold: fold }, select: { id: true } })
  const other = await tx.otherAddress.findUnique({ where: { addressFold: fold }, select: { personId: true } })
  const holder = first?.id ?? other?.personId ?? personId
  await tx.$queryRaw`SELECT 1 AS locked FROM "Person" WHERE id = ANY(${[personId, holder]}::uuid[]) ORDER BY id FOR UPDATE`
  const [person, held] = [await tx.person.findUnique({ where: { id: personId } }), await tx.person.findUnique({ where: { id: holder } })]
  if (!person || !held) return refused('gone')
  if (outranks(held.role, person.role)) return refused('outranked')

  const isMerged = first !== null && held.id !== person.id
  if (isMerged) {
    await handOver(held.id)
    await merge(tx, held, person)
  }
  await tx.otherAddress.deleteMany({ where: { addressFold: fold } })
  if (means === 'replace') await tx.person.update({ where: { id: person.id }, data: { address, addressFold: fold, provenAt: now() } })
  else if (person.addressFold !== fold) await tx.otherAddress.create({ data: { addressFold: fold, address, personId: person.id, provenAt: now() } })
  await releaseLetters(tx, fold)
  await record(tx, actor, { verb: `person.address-${means}`, subject: `person/${person.id}` })
  return done({ was: person, retired: isMerged ? held.feedHash : null })
}

/** What the other one had that is not a right goes to the one who stays; what opened doors opens none any more. */
async function merge(tx: Tx, from: { id: string; name: string | null }, into: { id: string; name: string | null }) {
  await tx.otherAddress.updateMany({ where: { personId: from.id }, data: { personId: into.id } })
  await tx.person.delete({ where: { id: from.id } })
  if (into.name === null && from.name !== null) await tx.person.update({ where: { id: into.id }, data: { name: from.name } })
}
