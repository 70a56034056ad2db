import type { PersonActor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { db, type Prisma, type Tx } from '@/lib/db'
import { hashToken } from '@/lib/ids'
import { proofHash } from './proof'

/** The person of a browser's session, by the token in its cookie; null once it is over. */
export async function personBySession(token: string): Promise<PersonActor | null> {
  if (!isToken(token)) return null
  const session = await db.loginSession.findUnique({ where: { tokenHash: hashToken(token) }, select: { expires: true, person: { select: columns } } })
  return session && session.expires > now() ? actorOf(session.person, 'browser') : null
}

/** The actor that a person's row stands for; `columns` are what it needs. */
export function actorOf({ addresses, ...person }: Prisma.PersonGetPayload<{ select: typeof columns }>, via: PersonActor['via']): PersonActor {
  return { kind: 'person', ...person, addressFolds: [person.addressFold, ...addresses.map((other) => other.addressFold)], via }
}

/** The person of an address, be it their first or another one they proved. */
export async function personByFold(addressFold: string, tx: Tx = db) {
  const first = await tx.person.findUnique({ where: { addressFold }, select: columns })
  if (first) return first
  return (await tx.otherAddress.findUnique({ where: { addressFold }, select: { person: { select: columns } } }))?.person ?? null
}

export const personById = (id: string) => db.person.findUnique({ where: { id }, select: columns })

/** Whose log-in a link would be, without using it: what the page behind the letter's link shows. */
export const challengeByLink = (token: string) =>
  db.loginChallenge.findFirst({ where: { linkHash: proofHash(token), usedAt: null, expires: { gt: now() } }, select: { address: true, expires: true } })

/** Is this folded address, or its domain, in the list of members? */
export async function isMember(addressFold: string): Promise<boolean> {
  const domain = addressFold.slice(addressFold.lastIndexOf('@') + 1)
  const member = await db.member.findFirst({
    where: { OR: [{ kind: 'address', value: addressFold }, { kind: 'domain', value: domain }] },
    select: { id: true },
  })
  return member !== null
}

export const columns = {
  id: true,
  role: true,
  name: true,
  address: true,
  addressFold: true,
  locale: true,
  addresses: { select: { addressFold: true }, orderBy: { provenAt: 'asc' } },
} satisfies Prisma.PersonSelect

/** What nobody ever handed out as a token need not be asked of the database. */
export const isToken = (text: string) => /^[A-Za-z0-9_-]{20,200}$/.test(text)
