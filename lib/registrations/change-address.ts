import { type Actor, isOrganiser, type PersonActor } from '@/lib/actor'
import { parseAddress } from '@/lib/address'
import { now } from '@/lib/clock'
import { inTransaction, type Tx } from '@/lib/db'
import { capability, hashToken, newId } from '@/lib/ids'
import { writeLetter } from '@/lib/mail/write-letter'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canKeepOwn } from '@/lib/people/access'
import { letterTurn } from '@/lib/people/letter-turn'
import { allow } from '@/lib/rate-limit'
import type { Held } from './queries'
import { type ChangeRefusal, reach } from './reach'
import { addressChangeHours, mostAddressChanges } from './rules'

export type ChangeOf = Held | 'me'

type Refusal = ChangeRefusal | 'invalid' | 'too-many-letters'

/**
 * Asks for another address: for one registration (by its link, or by its person who is logged in), or, `me`, for whoever
 * is logged in, in place of their first one or (`add`) beside it. Writes to the new address, where a link of 24 hours
 * waits for confirmAddress; nothing changes before. The answer never tells whether the new address is known; letters to one
 * that nobody has proven wait for their turn.
 * Refusals besides those of `reach`: `invalid` with the field `email` (`same`: it is theirs already), `too-many-letters`.
 */
export async function changeAddress(actor: Actor, of: ChangeOf, typed: string, means: 'replace' | 'add' = 'replace'): Promise<Outcome<{ address: string }, Refusal>> {
  const asked = of === 'me' ? await forPerson(actor, means) : await forRegistration(actor, of)
  if (!asked.ok) return asked
  const { own, locale, countedFor, ...subject } = asked.value
  const mailbox = parseAddress(typed)
  if (!mailbox.ok) return refused('invalid', [{ field: 'email', reason: `address-${mailbox.reason}` }])
  const { address, fold } = mailbox
  if (own.includes(fold)) return refused('invalid', [{ field: 'email', reason: 'same' }])

  return inTransaction(async (tx) => {
    if (!(await allow('address-change', countedFor, mostAddressChanges, tx)).ok) return refused('too-many-letters')
    await ask(tx, { address, fold, means: of === 'me' ? means : 'replace', locale, ...subject })
    return done({ address })
  })
}

type Asked = {
  personId: string | null
  registrationId: string | null
  eventId: string | null
  name: string | null
  locale: string
  /** Addresses that it would be no change to. */
  own: string[]
  /** Whose asking is counted. */
  countedFor: string
}

async function forPerson(actor: Actor, means: 'replace' | 'add'): Promise<Outcome<Asked, 'forbidden'>> {
  if (!canKeepOwn(actor)) return refused('forbidden')
  const { id, name, locale, addressFold, addressFolds }: PersonActor = actor
  return done({ personId: id, registrationId: null, eventId: null, name, locale, own: means === 'add' ? addressFolds : [addressFold], countedFor: id })
}

async function forRegistration(actor: Actor, held: Held): Promise<Outcome<Asked, ChangeRefusal>> {
  const reached = await reach(actor, held)
  if (!reached.ok) return reached
  const { id, eventId, name, locale, addressFold } = reached.value
  // An organiser mends an address by cancelling and adding: nobody moves somebody else's registration.
  if ('id' in held && isOrganiser(actor) && !(actor.kind === 'person' && actor.addressFolds.includes(addressFold))) return refused('forbidden')
  return done({ personId: null, registrationId: id, eventId, name, locale, own: [addressFold], countedFor: id })
}

type Change = Omit<Asked, 'own' | 'countedFor'> & { address: string; fold: string; means: 'replace' | 'add' }

async function ask(tx: Tx, { personId, registrationId, eventId, name, locale, address, fold, means }: Change) {
  const id = newId()
  await tx.addressChange.create({
    data: {
      id,
      personId,
      registrationId,
      address,
      addressFold: fold,
      means,
      linkHash: hashToken(capability('address-change', id)),
      expires: new Date(now().getTime() + addressChangeHours * 3_600_000),
      createdAt: now(),
    },
  })
  const turn = await letterTurn(fold, tx)
  await writeLetter(tx, { about: `address-change/${id}`, kind: 'address-change', revision: 0, eventId, locale, to: { name, address }, turn })
}
