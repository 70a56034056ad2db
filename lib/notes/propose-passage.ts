import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction, type Tx } from '@/lib/db'
import { fieldRefusals } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { done, type Outcome, refused } from '@/lib/outcome'
import { findHeld, type Held } from '@/lib/registrations/queries'
import { canPropose } from './access'
import { mayPropose, mostEver, mostOpen } from './rules'
import { takeawayInput, type TakeawayInput } from './schema'

type ProposeRefusal = 'not-found' | 'no-seat' | 'too-early' | 'called-off' | 'too-many' | 'invalid'
type Refusal = ProposeRefusal | 'gone' | 'forbidden'

export type Proposed = TakeawayInput & {
  registrationId: string
  via: 'mail' | 'page'
  /** Given where the same act may come twice: it proposes once. */
  id?: string
}

/**
 * What somebody keeps from a session, said on the page of their registration: waits for the host. What they said there
 * before and nobody has decided is replaced. Refusals: `not-found`, `gone`, `forbidden` (it is not theirs), and those
 * of `proposeIn`.
 */
export async function proposePassage(actor: Actor, held: Held, input: TakeawayInput): Promise<Outcome<{ id: string }, Refusal>> {
  const found = await findHeld(held)
  if (found === 'gone') return refused('gone')
  if (!found) return refused('not-found')
  if (!canPropose(actor, found, 'token' in held)) return refused('forbidden')
  return inTransaction((tx) => proposeIn(tx, { ...input, registrationId: found.id, via: 'page' }))
}

/**
 * The same in the transaction of whoever calls, who knows that it comes from that registration's person. By the page a
 * newer one replaces the open one; by mail they add up, the same words once. Refusals: `not-found`, `called-off`,
 * `too-early` (it has not begun), `no-seat`, `too-many` (five wait already), `invalid` (fields `text`, `signature`). A
 * name by mail that is none is left out.
 */
export async function proposeIn(tx: Tx, { registrationId, via, id = newId(), ...said }: Proposed): Promise<Outcome<{ id: string }, ProposeRefusal>> {
  const read = readWords(said, via)
  if (!read.success) return refused('invalid', fieldRefusals(read.error))
  // Two at once, the page's button pressed twice among them, come one after the other.
  await tx.$queryRaw`SELECT 1 FROM "Registration" WHERE id = ${registrationId}::uuid FOR NO KEY UPDATE`
  const registration = await tx.registration.findUnique({ where: { id: registrationId }, select: { eventId: true, status: true, event: { select: { status: true, startsAt: true } }, proposals: true } })
  if (!registration) return refused('not-found')
  const reason = mayPropose(registration, now())
  if (reason) return refused(reason)

  const { eventId, proposals } = registration
  const { text, signature = null } = read.data
  const open = proposals.filter(({ status }) => status === 'open')
  const same = proposals.find((one) => one.id === id) ?? open.find((one) => one.text === text && one.signature === signature)
  if (same) return done({ id: same.id })
  const before = via === 'page' ? open.find((one) => one.via === 'page') : undefined
  // Decided in this very moment: then it stands, and what is said now is another one.
  if (before && (await tx.proposedPassage.updateMany({ where: { id: before.id, status: 'open' }, data: { text, signature, createdAt: now() } })).count === 1) return done({ id: before.id })
  // By each door apart: whoever writes to somebody's reply address takes nothing from what they say on their page.
  const here = (one: { via: string }) => one.via === via
  if (open.filter(here).length >= mostOpen || proposals.filter(here).length >= mostEver) return refused('too-many')
  await tx.proposedPassage.create({ data: { id, eventId, registrationId, text, signature, via, createdAt: now() } })
  return done({ id })
}

function readWords({ text, signature }: TakeawayInput, via: 'mail' | 'page') {
  const read = takeawayInput.safeParse({ text, signature })
  const isOnlyTheName = !read.success && read.error.issues.every(({ path }) => path[0] === 'signature')
  return isOnlyTheName && via === 'mail' ? takeawayInput.safeParse({ text }) : read
}

/** Takes back what nobody has decided yet; it is gone. Refusals: `not-found`, `gone`, `forbidden`, `decided`. */
export async function takeBackPassage(actor: Actor, held: Held, id: string): Promise<Outcome<{ id: string }, 'not-found' | 'gone' | 'forbidden' | 'decided'>> {
  const found = await findHeld(held)
  if (found === 'gone') return refused('gone')
  if (!found) return refused('not-found')
  if (!canPropose(actor, found, 'token' in held)) return refused('forbidden')
  return inTransaction(async (tx) => {
    const own = { id, registrationId: found.id }
    if ((await tx.proposedPassage.deleteMany({ where: { ...own, status: 'open' } })).count === 1) return done({ id })
    return refused((await tx.proposedPassage.count({ where: own })) > 0 ? 'decided' : 'not-found')
  })
}
