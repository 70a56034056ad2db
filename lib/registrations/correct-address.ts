import { type Actor, actorName, guest } from '@/lib/actor'
import { parseAddress } from '@/lib/address'
import { now } from '@/lib/clock'
import { db, inTransaction } from '@/lib/db'
import { capability } from '@/lib/ids'
import { done, type Outcome, refused } from '@/lib/outcome'
import { writeInTurn } from '@/lib/people/letter-turn'
import { cancel } from './cancel'
import { isTaken } from './open-registration'
import { kindThatTells, letterTo, readdress } from './readdress'
import { register, type Refusal } from './register'
import { mistakeMinutes, shutToChange, twentyMinutes } from './rules'
import type { RegistrationInput } from './schema'

/** What the page that has just registered somebody remembers: the registration, or a decoy that looks like one. */
type Just = { slug: string; registrationId: string; name: string; locale: string; timeZone?: string } & Pick<RegistrationInput, 'answers' | 'consents' | 'access'>

/**
 * Puts another address on a registration made a moment ago from the same page: the seat and the place in line stay,
 * the wrong address gets a withdrawal, its link dies, and the right one an invitation. Where there is nothing to put
 * it on (a decoy, an older registration, an address that has a row of its own), it is a registration like any other.
 */
export async function correctAddress(actor: Actor, just: Just, email: string): Promise<Outcome<{ registrationId: string; status: string; address: string }, Refusal>> {
  const address = parseAddress(email)
  if (!address.ok) return refused('invalid', [{ field: 'email', reason: `address-${address.reason}` }])
  const found = await db.registration.findFirst({
    where: { id: just.registrationId, event: { slug: just.slug }, createdAt: { gt: new Date(now().getTime() - mistakeMinutes * 60_000) } },
    include: { event: true },
  })
  if (!found || found.status === 'cancelled' || shutToChange(found.event, now())) return afresh(actor, just, email)
  if (found.addressFold === address.fold) return done({ registrationId: found.id, status: found.status, address: found.address })

  const taken = await db.registration.count({ where: { eventId: found.eventId, addressFold: address.fold } })
  if (taken === 0 && found.event.audience === 'open' && !(found.provenAt && found.event.provesAddress) && (await moved(actor, found, address))) {
    return done({ registrationId: found.id, status: found.status, address: address.address })
  }
  await cancel(guest, { token: capability('manage', found.id, found.generation) })
  return afresh(actor, just, email)
}

/** Says once more, to the address it was said to, where the registration stands; nothing for a decoy. */
export async function sendAgain(just: Pick<Just, 'slug' | 'registrationId'>) {
  const found = await db.registration.findFirst({ where: { id: just.registrationId, event: { slug: just.slug } } })
  const kind = found && kindThatTells(found)
  if (!kind) return
  await inTransaction((tx) => writeInTurn(tx, found.addressFold, { ...letterTo(found), kind, revision: twentyMinutes(now()), to: { name: found.name, address: found.address } }))
}

async function afresh(actor: Actor, { slug, locale, registrationId: _, ...said }: Just, email: string) {
  const input = { ...said, email, locale: locale === 'en' ? ('en' as const) : ('fr' as const) }
  return register(actor, slug, input)
}

/** False where another registration took the address in this very moment: the unique constraint saw it. */
async function moved(actor: Actor, before: { id: string }, address: { address: string; fold: string }) {
  try {
    await inTransaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "Registration" WHERE id = ${before.id}::uuid FOR UPDATE`
      const row = await tx.registration.findUniqueOrThrow({ where: { id: before.id } })
      await readdress(tx, row, address, { actor: actorName(actor), reason: 'address-corrected', proven: false })
    })
    return true
  } catch (error) {
    if (isTaken(error)) return false
    throw error
  }
}
