import type { PersonActor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import { db, type Prisma, type Tx } from '@/lib/db'
import { hashToken } from '@/lib/ids'
import { wallOf } from '@/lib/time'
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

/** Every address of a person, the first one first. */
export async function addressesOf(personId: string) {
  const person = await db.person.findUniqueOrThrow({
    where: { id: personId },
    select: { address: true, addressFold: true, provenAt: true, addresses: { select: { address: true, addressFold: true, provenAt: true }, orderBy: { provenAt: 'asc' } } },
  })
  const { addresses, ...first } = person
  return { first, others: addresses }
}

/** The browsers that are logged in as a person, newest first; `isThis` is the one that holds `token`. */
export async function sessionsOf(personId: string, token: string | undefined) {
  const rows = await db.loginSession.findMany({ where: { personId, expires: { gt: now() } }, orderBy: { createdAt: 'desc' }, take: 100 })
  return rows.map(({ id, createdAt, expires, device, tokenHash }) => ({ id, createdAt, expires, device, isThis: token !== undefined && hashToken(token) === tokenHash }))
}

/** Is this folded address, or its domain, in the list of members on that day? Days are those of DEFAULT_TIME_ZONE. */
export async function isMember(addressFold: string, on: Date = now()): Promise<boolean> {
  const domain = addressFold.slice(addressFold.lastIndexOf('@') + 1)
  const day = dayOfMembership(on)
  const member = await db.member.findFirst({
    where: {
      OR: [{ kind: 'address', value: addressFold }, { kind: 'domain', value: domain }],
      AND: [{ OR: [{ since: null }, { since: { lte: day } }] }, { OR: [{ until: null }, { until: { gte: day } }] }],
    },
    select: { id: true },
  })
  return member !== null
}

const membersPerPage = 50

/**
 * The list of members in the order of the alphabet, 50 a page; `q` is looked for in the entry and its name, `after` is the
 * id of the last of the page before. `holds` says whether the membership holds today.
 */
export async function members({ q = '', after }: { q?: string; after?: string } = {}) {
  const words = q.trim().toLowerCase()
  const rows = await db.member.findMany({
    where: words === '' ? {} : { OR: [{ value: { contains: words } }, { label: { contains: q.trim(), mode: 'insensitive' } }] },
    orderBy: [{ value: 'asc' }, { id: 'asc' }],
    take: membersPerPage + 1,
    ...(after && (await db.member.count({ where: { id: after } })) > 0 ? { cursor: { id: after }, skip: 1 } : {}),
  })
  const today = dayOfMembership(now()).getTime()
  const list = rows.slice(0, membersPerPage).map(({ since, until, ...row }) => ({
    ...withDays({ ...row, since, until }),
    holds: since && since.getTime() > today ? ('later' as const) : until && until.getTime() < today ? ('over' as const) : ('now' as const),
  }))
  return { list, next: rows.length > membersPerPage ? rows[membersPerPage - 1].id : null }
}

/** One entry of the list of members, with its days as YYYY-MM-DD; null for no id, or one that nothing has. */
export async function memberById(id: string | undefined) {
  const member = id ? await db.member.findUnique({ where: { id } }) : null
  return member && withDays(member)
}

const withDays = <Row extends { since: Date | null; until: Date | null }>(row: Row) => ({ ...row, since: row.since && iso(row.since), until: row.until && iso(row.until) })

/** Who runs the house, organisers and admins, in the order of the alphabet. For organisers. */
export const team = () =>
  db.person.findMany({ where: { role: { not: 'participant' } }, orderBy: [{ name: { sort: 'asc', nulls: 'last' } }, { addressFold: 'asc' }], select: { id: true, name: true, address: true, role: true } })

/** How many entries the list of members has. */
export const countMembers = () => db.member.count()

/** A day of the calendar as the column keeps it: midnight of UTC, whatever the zone. */
const dayOfMembership = (at: Date) => new Date(`${wallOf(at, config().defaultTimeZone).date}T00:00:00Z`)
const iso = (day: Date) => day.toISOString().slice(0, 10)

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
