import { db } from '@/lib/db'
import { hashToken } from '@/lib/ids'

/** By a letter's link, or by id for those who are logged in. */
export type Held = { token: string } | { id: string }

const heldInclude = {
  event: { include: { venue: true, seatings: true, themes: { orderBy: { position: 'asc' as const }, include: { theme: true } } } },
  companions: { orderBy: { createdAt: 'asc' as const } },
}

/** The registration that a link or an id names; `gone` where the link is of an older generation. */
export async function findHeld(held: Held) {
  if ('id' in held) return db.registration.findUnique({ where: { id: held.id }, include: heldInclude })
  if (!/^[a-z2-7]{32}$/.test(held.token)) return null
  const hash = hashToken(held.token)
  const found = await db.registration.findUnique({ where: { manageHash: hash }, include: heldInclude })
  if (found) return found
  return (await db.retiredCapability.count({ where: { hash } })) > 0 ? ('gone' as const) : null
}

/** Everybody who ever registered for an event, those who count first, each with their story and what was sent. */
export async function registrationsOf(eventId: string) {
  const rows = await db.registration.findMany({
    where: { eventId },
    orderBy: [{ status: 'asc' }, { line: 'asc' }],
    include: { companions: true, steps: { orderBy: { at: 'asc' } } },
  })
  return rows
}

/** How many people a change would be told to. */
export const countTold = (eventId: string) =>
  db.registration.count({ where: { eventId, status: { in: ['confirmed', 'waitlisted', 'offered'] } } })

/** The registrations of a person who is logged in, by their proven address; those to come first. */
export const registrationsOfPerson = (addressFold: string) =>
  db.registration.findMany({
    where: { addressFold, event: { status: { not: 'draft' } } },
    orderBy: { event: { startsAt: 'desc' } },
    include: heldInclude,
    take: 200,
  })

/** The seat that a person who is logged in has at an event, if any. */
export const seatOf = (eventId: string, addressFold: string) =>
  db.registration.findUnique({ where: { eventId_addressFold: { eventId, addressFold } }, include: { companions: true } })
