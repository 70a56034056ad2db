import { type Actor, actorName, guest } from '@/lib/actor'
import { parseAddress } from '@/lib/address'
import { now } from '@/lib/clock'
import { db, inTransaction, type Tx } from '@/lib/db'
import { capability } from '@/lib/ids'
import { writeLetter } from '@/lib/mail/write-letter'
import { done, type Outcome, refused } from '@/lib/outcome'
import { cancel } from './cancel'
import { isTaken, linkHash, pendingKinds } from './open-registration'
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
  if (taken === 0 && found.event.audience === 'open' && (await moved(actor, found, address))) {
    return done({ registrationId: found.id, status: found.status, address: address.address })
  }
  await cancel(guest, { token: capability('manage', found.id, found.generation) })
  return afresh(actor, just, email)
}

/** Says once more, to the address it was said to, where the registration stands; nothing for a decoy. */
export async function sendAgain(just: Pick<Just, 'slug' | 'registrationId'>) {
  const found = await db.registration.findFirst({ where: { id: just.registrationId, event: { slug: just.slug } } })
  const kind = found && againKind(found)
  if (!kind) return
  await inTransaction((tx) => writeLetter(tx, { ...letterTo(found), kind, revision: twentyMinutes(now()), to: { name: found.name, address: found.address } }))
}

const againKinds = { confirmed: 'seat-confirmed', waitlisted: 'seat-waitlisted', offered: 'seat-offered', cancelled: null } as const

function againKind({ status, pendingFor }: { status: Row['status']; pendingFor: Row['pendingFor'] }) {
  return status === 'pending' ? pendingKinds[pendingFor ?? 'circle'] : againKinds[status]
}

async function afresh(actor: Actor, { slug, locale, registrationId: _, ...said }: Just, email: string) {
  const input = { ...said, email, locale: locale === 'en' ? ('en' as const) : ('fr' as const) }
  return register(actor, slug, input)
}

type Row = NonNullable<Awaited<ReturnType<typeof db.registration.findUnique>>>

/** False where another registration took the address in this very moment: the unique constraint saw it. */
async function moved(actor: Actor, before: Row, address: { address: string; fold: string }) {
  try {
    await inTransaction((tx) => readdress(tx, actor, before, address))
    return true
  } catch (error) {
    if (isTaken(error)) return false
    throw error
  }
}

async function readdress(tx: Tx, actor: Actor, before: Row, { address, fold }: { address: string; fold: string }) {
  const [{ generation }] = await tx.$queryRaw<{ generation: number }[]>`SELECT generation FROM "Registration" WHERE id = ${before.id}::uuid FOR UPDATE`
  await tx.retiredCapability.createMany({ data: [{ hash: before.manageHash, retiredAt: now() }], skipDuplicates: true })
  const after = await tx.registration.update({
    where: { id: before.id },
    data: {
      address,
      addressFold: fold,
      generation: generation + 1,
      manageHash: linkHash('manage', before.id, generation + 1),
      revision: { increment: 1 },
      updatedAt: now(),
    },
  })
  await tx.registrationStep.create({ data: { registrationId: after.id, at: now(), status: after.status, actor: actorName(actor), reason: 'address-corrected' } })
  await writeLetter(tx, {
    ...letterTo(after),
    kind: 'registration-cancelled',
    revision: after.revision,
    to: { name: before.name, address: before.address },
    facts: { by: 'person', hadSeat: after.status === 'confirmed' },
  })
  const kind = againKind(after)
  if (kind) await writeLetter(tx, { ...letterTo(after), kind, revision: after.revision, to: { name: after.name, address } })
}

const letterTo = ({ id, eventId, locale, via }: Row) => ({ about: `registration/${id}`, eventId, locale, bornDelivered: via === 'seed' })
