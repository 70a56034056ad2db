import { type Actor, system } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction, type Prisma, type Tx } from '@/lib/db'
import { handOverKeeping } from '@/lib/events/hand-over-keeping'
import { capability } from '@/lib/ids'
import { releaseLetters } from '@/lib/mail/release-letters'
import { writeLetter } from '@/lib/mail/write-letter'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canKeepOwn } from '@/lib/people/access'
import { ownAddress } from '@/lib/people/own-address'
import { proveAddress } from '@/lib/people/prove-address'
import { isTaken } from './open-registration'
import { prove } from './prove'
import { findAddressChange } from './queries'
import { moveEverything, oneEach } from './move-person'
import { readdress } from './readdress'
import { shutToChange } from './rules'
import { lockAll, unite } from './unite'

export type ConfirmRefusal = 'not-found' | 'gone' | 'forbidden' | 'outranked' | 'called-off' | 'already-over'

/** What became of it: of one registration, the link that manages it now. */
export type Confirmed = { address: string; means: 'replace' | 'add'; manageToken: string | null }

type Change = Prisma.AddressChangeGetPayload<object>

/**
 * What the link in the letter to a new address does, once: it proves that whoever asked reads that address. For one
 * registration the link is enough. For a person it must be opened where that person is logged in: else a link that
 * somebody presses by mistake would give their registrations away to whoever asked.
 * Refusals: `not-found`; `gone` (used, overtaken by another change, older than 24 hours: 410); `forbidden`, for who is
 * not logged in as the person who asked; `outranked`, where the address is of somebody who may do more: they must ask;
 * `called-off` and `already-over`, for one registration.
 */
export async function confirmAddress(actor: Actor, token: string): Promise<Outcome<Confirmed, ConfirmRefusal>> {
  const change = await findAddressChange(token)
  if (!change) return refused('not-found')
  if (change === 'gone') return refused('gone')
  if (change.personId !== null && !(canKeepOwn(actor) && actor.id === change.personId)) return refused('forbidden')
  const outcome = await again(() => inTransaction((tx) => (change.personId === null ? confirmOne(tx, change) : confirmPerson(tx, actor, change, change.personId))))
  if (!outcome.ok) return outcome

  // What waited for the proof of an address has it now; each by the door that everybody goes through.
  for (const id of outcome.value.proven) await prove(system('address-change'), { id })
  return done({ address: change.address, means: change.means, manageToken: outcome.value.manageToken })
}

type Done = { proven: string[]; manageToken: string | null }

/** A registration that takes the address in this very moment is seen by the unique constraint: looked at once more. */
async function again<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    if (!isTaken(error)) throw error
    return work()
  }
}

async function confirmOne(tx: Tx, change: Change): Promise<Outcome<Done, ConfirmRefusal>> {
  const asked = await tx.registration.findUnique({ where: { id: change.registrationId ?? '' }, include: { event: true } })
  if (!asked) return refused('gone')
  const shut = shutToChange(asked.event, now())
  if (shut) return refused(shut)
  const rows = await lockAll(tx, asked.eventId, { addressFold: { in: [asked.addressFold, change.addressFold] } })
  if (!(await used(tx, change))) return refused('gone')
  const [from, into] = [rows.find(({ id }) => id === asked.id), rows.find(({ addressFold }) => addressFold === change.addressFold)]
  if (!from) return refused('gone')

  await proveAddress(tx, { address: change.address, fold: change.addressFold, name: from.name, locale: from.locale })
  await tellOld(tx, change, from)
  if (into) await unite(tx, from, into)
  else await readdress(tx, from, { address: change.address, fold: change.addressFold }, { actor: 'themselves', reason: 'address-changed', proven: true, quiet: from.status === 'cancelled' })
  const { id, generation, pendingFor } = await tx.registration.findUniqueOrThrow({ where: { id: into?.id ?? from.id } })
  return done({ proven: pendingFor === 'proof' ? [id] : [], manageToken: capability('manage', id, generation) })
}

async function confirmPerson(tx: Tx, actor: Actor, change: Change, personId: string): Promise<Outcome<Done, ConfirmRefusal>> {
  await tx.$queryRaw`SELECT 1 FROM "Person" WHERE id = ${personId}::uuid FOR UPDATE`
  if (!(await isOpen(tx, change))) return refused('gone')
  const { address, addressFold: fold, means } = change
  const owned = await ownAddress(tx, actor, personId, { address, fold }, means, (from) => handOverKeeping(tx, from, personId))
  if (!owned.ok) return owned
  await used(tx, change)
  const { was, retired } = owned.value
  if (retired) await tx.retiredCapability.createMany({ data: [{ hash: retired, retiredAt: now() }], skipDuplicates: true })

  await releaseLetters(tx, fold)
  await tellOld(tx, change, was)
  const moved = means === 'replace' ? await moveEverything(tx, was.addressFold, { address, fold }) : { proven: [] }
  await oneEach(tx, personId)
  return done({ proven: moved.proven, manageToken: null })
}

const isOpen = async (tx: Tx, { id }: Change) => (await tx.addressChange.count({ where: { id, usedAt: null, expires: { gt: now() } } })) > 0

/** Uses the link up, and whatever else the same one asked for: of two changes at once, one is made. */
async function used(tx: Tx, { id, personId, registrationId }: Change) {
  const { count } = await tx.addressChange.updateMany({ where: { id, usedAt: null, expires: { gt: now() } }, data: { usedAt: now() } })
  if (count === 0) return false
  await tx.addressChange.updateMany({ where: { usedAt: null, ...(personId === null ? { registrationId } : { personId }) }, data: { usedAt: now() } })
  return true
}

const tellOld = (tx: Tx, { id }: Change, { name, address, locale, eventId }: { name: string | null; address: string; locale: string; eventId?: string }) =>
  writeLetter(tx, { about: `address-change/${id}`, kind: 'address-changed', revision: 0, eventId, locale, to: { name, address } })
