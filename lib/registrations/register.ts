import { record } from '@/lib/activity/record'
import { type Actor, actorName, isOrganiser } from '@/lib/actor'
import { parseAddress } from '@/lib/address'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import { db, inPeace, inTransaction, Prisma, type Tx } from '@/lib/db'
import { lockSeating, takeSeat } from '@/lib/events/take-seats'
import { hasRoom, placesOf, shut, standing } from '@/lib/events/rules'
import { capability, hashToken, newId } from '@/lib/ids'
import { insertLetters, writeLetter } from '@/lib/mail/write-letter'
import { done, type Outcome, refused } from '@/lib/outcome'
import { isMember } from '@/lib/people/queries'
import { answerFor, twentyMinutes } from './rules'
import type { RegistrationInput } from './schema'

export type Via = 'form' | 'api' | 'organiser' | 'seed'
type Status = 'confirmed' | 'waitlisted' | 'pending'
export type Refusal = 'closed' | 'full' | 'called-off' | 'already-over' | 'not-found' | 'invalid'
type Answer = Outcome<{ registrationId: string; status: Status; address: string }, Refusal>

/**
 * Takes a seat, or a place in line. The ordinary case, an address that is new to the event, is one statement: the
 * guard, the row, its story and its letter, all or nothing. An address that is known gets the answer that an unknown
 * one would get now, and its letter tells the truth; then `registrationId` is a decoy.
 * Refusals: `closed`, `full`, `called-off`, `already-over`, `not-found`, `invalid` with the field `email` or `place`.
 */
export async function register(actor: Actor, slug: string, input: RegistrationInput, via: Via = 'form'): Promise<Answer> {
  const event = await db.event.findUnique({ where: { slug }, select: doors })
  if (!event || event.status === 'draft') return refused('not-found')
  const reason = shut(event, now())
  if (reason) return refused(reason)
  const address = parseAddress(input.email)
  if (!address.ok) return refused('invalid', [{ field: 'email', reason: `address-${address.reason}` }])
  const places = placesOf(event.mode)
  if (input.place && !places.includes(input.place)) return refused('invalid', [{ field: 'place', reason: 'not-among' }])

  const request: Request = {
    event,
    id: newId(),
    place: input.place ?? places[0],
    name: input.name,
    address: address.address,
    fold: address.fold,
    locale: input.locale ?? config().defaultLocale,
    timeZone: input.timeZone ?? event.timeZone,
    by: actorName(actor),
    via,
  }
  // An organiser who puts somebody on the list has let them in, and is told the truth.
  const letIn = event.audience === 'open' || (via === 'organiser' && isOrganiser(actor))
  // Said to everybody before anybody is looked up: else "full" would tell members from outsiders.
  if (!letIn && !event.waitlist && !event.seatings.some((one) => one.place === request.place && hasRoom(one))) return refused('full')
  if (!letIn && !(await isExpected(request))) return hold(request)
  const answer = await seat(request, letIn)
  if (via === 'organiser' && answer.ok) {
    const subject = `registration/${answer.value.registrationId}`
    await inTransaction((tx) => record(tx, actor, { verb: 'registration.add', subject, eventId: event.id }))
  }
  return answer
}

async function seat(request: Request, letIn: boolean): Promise<Answer> {
  const status = await seatNewcomer(request)
  if (status === 'known') return answerKnown(request)
  if (status === null) return refused((await whyNot(request.event.id)) ?? 'full')
  // Whoever is on the list of a closed circle is answered as an outsider is: the letter says the rest.
  return done({ registrationId: request.id, status: letIn ? status : 'pending', address: request.address })
}

const doors = {
  id: true,
  status: true,
  mode: true,
  audience: true,
  waitlist: true,
  startsAt: true,
  overAt: true,
  closesAt: true,
  timeZone: true,
  seatings: true,
} satisfies Prisma.EventSelect

export type Request = {
  event: Prisma.EventGetPayload<{ select: typeof doors }>
  id: string
  place: 'room' | 'screen'
  name: string
  address: string
  fold: string
  locale: string
  timeZone: string
  by: string
  via: Via
}

async function isExpected({ event, fold }: Request) {
  if (event.audience === 'members') return isMember(fold)
  return (await db.invitee.count({ where: { eventId: event.id, addressFold: fold } })) > 0
}

/** The whole registration in one statement. `known`: the address has a row at this event; null: no seat, no line. */
async function seatNewcomer(request: Request): Promise<'confirmed' | 'waitlisted' | 'known' | null> {
  const { event, id, place } = request
  try {
    const [row] = await inPeace(() => db.$queryRaw<{ status: 'confirmed' | 'waitlisted' }[]>`
      WITH seat AS (${takeSeat(event.id, place, now())}),
      taken AS (
        INSERT INTO "Registration" (id, "eventId", place, status, name, address, "addressFold", locale, "timeZone", line, "manageHash", "replyHash", via, "createdAt", "updatedAt")
        SELECT ${id}::uuid, ${event.id}::uuid, ${place}::"Place", (CASE WHEN seat.seated THEN 'confirmed' ELSE 'waitlisted' END)::"RegistrationStatus",
          ${request.name}, ${request.address}, ${request.fold}, ${request.locale}, ${request.timeZone}, seat.line, ${linkHash('manage', id)}, ${linkHash('reply', id)}, ${request.via}, ${now()}, ${now()}
        FROM seat RETURNING id, status
      ), story AS (
        INSERT INTO "RegistrationStep" ("registrationId", at, status, actor, reason)
        SELECT taken.id, ${now()}, taken.status, ${request.by}, ${request.via} FROM taken
      ), letter AS (${letterOf(request)})
      SELECT status::text FROM taken`)
    return row?.status ?? null
  } catch (error) {
    if (isTaken(error)) return 'known'
    throw error
  }
}

const letterOf = ({ event, locale, name, address, via }: Request) =>
  insertLetters({
    from: Prisma.sql`FROM taken`,
    about: Prisma.sql`'registration/' || taken.id`,
    kind: Prisma.sql`CASE WHEN taken.status = 'confirmed' THEN 'seat-confirmed' ELSE 'seat-waitlisted' END`,
    revision: 0,
    eventId: event.id,
    locale,
    toName: name,
    toAddress: address,
    bornDelivered: via === 'seed',
  })

/** Rows look their links up by hash; the link itself can be written again at any time. */
export const linkHash = (purpose: 'manage' | 'reply', id: string, generation = 0) => hashToken(capability(purpose, id, generation))

/** The unique constraint on event and address was hit: Postgres rolled the whole statement back, the seat too. */
export function isTaken(error: unknown) {
  return error instanceof Prisma.PrismaClientKnownRequestError && (error.code === 'P2002' || JSON.stringify(error.meta ?? {}).includes('23505'))
}

/**
 * The address has a row already. Cancelled or held back before, it is opened again under the same row, so that what
 * its calendar received stays known; else nothing changes and a letter tells its owner where they stand.
 */
async function answerKnown(request: Request): Promise<Answer> {
  const { event, fold, address } = request
  const outcome = await inTransaction(async (tx) => {
    const known = await tx.registration.findUniqueOrThrow({ where: { eventId_addressFold: { eventId: event.id, addressFold: fold } } })
    await lockSeating(tx, event.id, request.place)
    const [locked] = await tx.$queryRaw<{ status: string }[]>`SELECT status::text FROM "Registration" WHERE id = ${known.id}::uuid FOR UPDATE`
    if (locked.status === 'cancelled' || locked.status === 'pending') return reopen(tx, known.id, request)
    // In the name that the registration bears: what was typed now is anybody's, and nothing has changed.
    const { name, locale } = known
    await writeLetter(tx, { ...letterTo({ ...request, name, locale }, known.id), kind: 'registration-again', revision: twentyMinutes(now()) })
    return null
  })
  if (outcome) return outcome.ok && event.audience !== 'open' ? done({ ...outcome.value, status: 'pending' }) : outcome
  const current = await db.event.findUniqueOrThrow({ where: { id: event.id }, select: doors })
  const answer = answerFor[standing(current, now())]
  if (answer === 'full' || answer === 'closed') return refused(answer)
  return done({ registrationId: newId(), status: event.audience === 'open' ? answer : 'pending', address })
}

async function reopen(tx: Tx, id: string, request: Request): Promise<Answer> {
  const { event, place, name, address, locale, timeZone, by, via } = request
  const [seat] = await tx.$queryRaw<{ seated: boolean; line: number }[]>`${takeSeat(event.id, place, now())}`
  if (!seat) return refused('full')
  const status = seat.seated ? 'confirmed' : 'waitlisted'
  const { revision } = await tx.registration.update({
    where: { id },
    data: { status, pendingFor: null, place, name, address, locale, timeZone, line: seat.line, seats: 1, revision: { increment: 1 }, via, updatedAt: now() },
  })
  await tx.companion.deleteMany({ where: { registrationId: id } })
  await tx.registrationStep.create({ data: { registrationId: id, at: now(), status, actor: by, reason: 'reopened' } })
  await writeLetter(tx, { ...letterTo(request, id), kind: seat.seated ? 'seat-confirmed' : 'seat-waitlisted', revision })
  return done({ registrationId: id, status, address })
}

/** Not on the list of a closed circle: a row that takes no seat, which organisers see, and a letter that says how to ask. */
async function hold(request: Request): Promise<Answer> {
  const { event, id, place, name, address, fold, locale, timeZone, by, via } = request
  const registrationId = await inTransaction(async (tx) => {
    const links = { manageHash: linkHash('manage', id), replyHash: linkHash('reply', id) }
    // Not looked for first: of two at once, both would find nothing.
    const added = await tx.registration.createMany({
      data: [{ id, eventId: event.id, place, status: 'pending', pendingFor: 'circle', name, address, addressFold: fold, locale, timeZone, line: 0, via, ...links }],
      skipDuplicates: true,
    })
    if (added.count === 0) {
      const known = await tx.registration.findUniqueOrThrow({ where: { eventId_addressFold: { eventId: event.id, addressFold: fold } } })
      const kind = known.status === 'pending' || known.status === 'cancelled' ? 'registration-pending' : 'registration-again'
      await writeLetter(tx, { ...letterTo(request, known.id), kind, revision: twentyMinutes(now()) })
      return newId()
    }
    await tx.registrationStep.create({ data: { registrationId: id, at: now(), status: 'pending', actor: by, reason: `not-${event.audience}` } })
    await writeLetter(tx, { ...letterTo(request, id), kind: 'registration-pending', revision: twentyMinutes(now()) })
    return id
  })
  return done({ registrationId, status: 'pending', address })
}

const letterTo = ({ event, locale, name, address, via }: Request, registrationId: string) => ({
  about: `registration/${registrationId}`,
  eventId: event.id,
  locale,
  to: { name, address },
  bornDelivered: via === 'seed',
})

async function whyNot(eventId: string) {
  return shut(await db.event.findUniqueOrThrow({ where: { id: eventId }, select: doors }), now())
}
