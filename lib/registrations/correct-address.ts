import { type Actor, actorName } from '@/lib/actor'
import { parseAddress } from '@/lib/address'
import { now } from '@/lib/clock'
import { db, inTransaction } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { letterTurn, writeInTurn } from '@/lib/people/letter-turn'
import { localeOf } from '@/lib/text'
import { withdraw } from './cancel'
import { holdsSeats, isTaken, lockRegistration } from './open-registration'
import { letterTo } from './promote'
import { kindThatTells, readdress } from './readdress'
import { readRequest, register, type Refusal } from './register'
import { mistakeMinutes, shutToChange, twentyMinutes } from './rules'
import type { RegistrationInput } from './schema'

/** What the page that has just registered somebody remembers: the registration, or a decoy that looks like one. */
type Just = { slug: string; registrationId: string; name: string; locale: string; timeZone?: string } & Pick<RegistrationInput, 'place' | 'answers' | 'consents' | 'access'>

/**
 * Puts another address on a registration made a moment ago from the same page: the seat and the place in line stay,
 * the wrong address gets a withdrawal, its link dies, and the right one an invitation. Where there is nothing to put
 * it on (a decoy, an older registration, one whose letter was answered since, an address that has a row of its own), it
 * is a registration like any other. Refusals: those of `register`.
 */
export async function correctAddress(actor: Actor, just: Just, email: string): Promise<Outcome<{ registrationId: string; status: string; address: string }, Refusal>> {
  const address = parseAddress(email)
  if (!address.ok) return refused('invalid', [{ field: 'email', reason: `address-${address.reason}` }])
  const found = await db.registration.findFirst({
    where: { id: just.registrationId, event: { slug: just.slug }, createdAt: { gt: new Date(now().getTime() - mistakeMinutes * 60_000) } },
    include: { event: true },
  })
  if (found?.addressFold === address.fold) return done({ registrationId: found.id, status: found.status, address: found.address })
  if (!found || found.status === 'cancelled' || isAnswered(found) || shutToChange(found.event, now())) return afresh(actor, just, email)

  const taken = await db.registration.count({ where: { eventId: found.eventId, addressFold: address.fold } })
  if (taken === 0 && mayCarry(found) && (await moved(actor, found, address))) {
    return done({ registrationId: found.id, status: found.status, address: address.address })
  }
  // Nothing is given up for what would be refused; a full event is less full in a moment.
  const read = await readRequest(actor, just.slug, inputOf(just, email), 'form')
  if (!read.ok && read.reason !== 'full') return read
  await withdrawMistake(found)
  return afresh(actor, just, email)
}

type Found = { createdAt: Date; provenAt: Date | null; approvedAt: Date | null; event: { audience: string; provesAddress: boolean } }

/** Somebody who reads that address has used its link since: it is no mistake, and theirs alone. */
const isAnswered = ({ createdAt, provenAt }: Pick<Found, 'createdAt' | 'provenAt'>) => provenAt !== null && provenAt > createdAt

/**
 * May what this address got pass to another one? Not what was given to this very address: a proof, a place on the list
 * of a closed circle, an organiser's yes. What came with an entry code was given with the registration.
 */
function mayCarry({ createdAt, provenAt, approvedAt, event }: Found) {
  if (provenAt && event.provesAddress) return false
  return approvedAt ? approvedAt.getTime() === createdAt.getTime() : event.audience === 'open'
}

/** Ends what was registered with the wrong address; the letter about it waits for its turn, because it may be a stranger's. */
async function withdrawMistake(found: { id: string; eventId: string; place: 'room' | 'screen' }) {
  await inTransaction(async (tx) => {
    const { row } = await lockRegistration(tx, found)
    if (row.status === 'cancelled' || isAnswered(row)) return
    const turn = await letterTurn(row.addressFold, tx)
    await withdraw(tx, row, { actor: 'themselves', reason: 'cancelled', kind: 'registration-cancelled', facts: { by: 'person', hadSeat: holdsSeats(row) }, turn })
  })
}

/** Says once more, to the address it was said to, where the registration stands; nothing for a decoy. */
export async function sendAgain(just: Pick<Just, 'slug' | 'registrationId'>) {
  const found = await db.registration.findFirst({ where: { id: just.registrationId, event: { slug: just.slug } } })
  const kind = found && kindThatTells(found)
  if (!kind) return
  await inTransaction((tx) => writeInTurn(tx, found.addressFold, { ...letterTo(found), kind, revision: twentyMinutes(now()) }))
}

const afresh = (actor: Actor, just: Just, email: string) => register(actor, just.slug, inputOf(just, email))

const inputOf = ({ slug: _, locale, registrationId: __, ...said }: Just, email: string) => ({ ...said, email, locale: localeOf(locale) })

/** False where another registration took the address in this very moment (the unique constraint saw it), or the letter was answered. */
async function moved(actor: Actor, before: { id: string }, address: { address: string; fold: string }) {
  try {
    return await inTransaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "Registration" WHERE id = ${before.id}::uuid FOR UPDATE`
      const row = await tx.registration.findUniqueOrThrow({ where: { id: before.id }, include: { event: true } })
      if (row.status === 'cancelled' || isAnswered(row) || !mayCarry(row)) return false
      await readdress(tx, row, address, { actor: actorName(actor), reason: 'address-corrected', proven: false })
      return true
    })
  } catch (error) {
    if (isTaken(error)) return false
    throw error
  }
}
