import { now } from '@/lib/clock'
import type { Prisma, Tx } from '@/lib/db'
import { capability, hashToken } from '@/lib/ids'
import { withdraw } from './cancel'
import { holdsSeats } from './open-registration'
import { readdress } from './readdress'
import { bestOf, shutToChange } from './rules'
import { lockAll, unite } from './unite'

/**
 * Everything that a person did under an address goes to another one of theirs: registrations to come with a withdrawal
 * here and an invitation there, what is over or cancelled without a word, standing registrations. `proven` are the
 * registrations that waited for the proof of their address. A step of confirmAddress.
 */
export async function moveEverything(tx: Tx, was: string, to: { address: string; fold: string }): Promise<{ proven: string[] }> {
  const events = await tx.registration.findMany({ where: { addressFold: was }, select: { eventId: true, event: { select: { status: true, startsAt: true } } }, orderBy: { eventId: 'asc' } })
  for (const { eventId, event } of events) await moveAt(tx, eventId, shutToChange(event, now()) !== null, was, to)
  for (const standing of await tx.standingRegistration.findMany({ where: { addressFold: was }, orderBy: { id: 'asc' } })) await moveStanding(tx, standing, to)
  return { proven: (await tx.registration.findMany({ where: { addressFold: to.fold, pendingFor: 'proof' }, select: { id: true } })).map(({ id }) => id) }
}

async function moveAt(tx: Tx, eventId: string, isShut: boolean, was: string, to: { address: string; fold: string }) {
  const rows = await lockAll(tx, eventId, { addressFold: { in: [was, to.fold] } })
  const [from, into] = [rows.find(({ addressFold }) => addressFold === was), rows.find(({ addressFold }) => addressFold === to.fold)]
  if (!from) return
  if (!into) {
    const quiet = isShut || from.status === 'cancelled'
    await readdress(tx, from, to, { actor: 'themselves', reason: quiet ? 'address-moved' : 'address-changed', proven: true, quiet })
  } else if (!isShut) await unite(tx, from, into)
}

type Standing = Prisma.StandingRegistrationGetPayload<object>

const isActive = ({ provenAt, endedAt }: Standing) => provenAt !== null && endedAt === null

async function moveStanding(tx: Tx, from: Standing, { address, fold }: { address: string; fold: string }) {
  const into = await tx.standingRegistration.findUnique({ where: { seriesId_addressFold: { seriesId: from.seriesId, addressFold: fold } } })
  const generation = from.generation + 1
  await tx.retiredCapability.createMany({ data: [{ hash: from.manageHash, retiredAt: now() }], skipDuplicates: true })
  const links = { generation, manageHash: hashToken(capability('standing', from.id, generation)) }
  if (!into) {
    await tx.standingRegistration.update({ where: { id: from.id }, data: { address, addressFold: fold, revision: { increment: 1 }, ...links } })
    return
  }
  await tx.standingRegistration.update({ where: { id: from.id }, data: { endedAt: from.endedAt ?? now(), revision: { increment: 1 }, ...links } })
  if (isActive(into) || !isActive(from)) return
  const { name, locale, timeZone, place, provenAt, pausedAt } = from
  await tx.standingRegistration.update({ where: { id: into.id }, data: { name, locale, timeZone, place, provenAt, pausedAt, endedAt: null, revision: { increment: 1 } } })
}

/**
 * One person has one seat at one event, whichever of their addresses it was taken with: the best stays where it is, and
 * the others go to the line. Of several standing registrations for one format the first goes on. A step of confirmAddress.
 */
export async function oneEach(tx: Tx, personId: string) {
  const person = await tx.person.findUniqueOrThrow({ where: { id: personId }, select: { addressFold: true, addresses: { select: { addressFold: true } } } })
  const addressFold = { in: [person.addressFold, ...person.addresses.map((other) => other.addressFold)] }
  const held = await tx.registration.groupBy({
    by: ['eventId'],
    where: { addressFold, status: { not: 'cancelled' }, event: { status: 'published', startsAt: { gt: now() } } },
    having: { eventId: { _count: { gt: 1 } } },
    orderBy: { eventId: 'asc' },
  })
  for (const { eventId } of held) {
    const rows = (await lockAll(tx, eventId, { addressFold })).filter(({ status }) => status !== 'cancelled')
    const kept = bestOf(rows)
    for (const row of rows.filter((one) => one !== kept)) {
      await withdraw(tx, row, { actor: 'themselves', reason: 'united', kind: 'registration-cancelled', facts: { by: 'person', hadSeat: holdsSeats(row) } })
    }
  }
  const standings = await tx.standingRegistration.findMany({ where: { addressFold, provenAt: { not: null }, endedAt: null }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })
  const further = standings.filter(({ seriesId }, place) => standings.findIndex((one) => one.seriesId === seriesId) !== place)
  await tx.standingRegistration.updateMany({ where: { id: { in: further.map(({ id }) => id) } }, data: { endedAt: now(), revision: { increment: 1 } } })
}
