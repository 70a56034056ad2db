import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import { db, Prisma, type Tx } from '@/lib/db'
import { asking } from '@/lib/events/queries'
import { freeSeats, lockSeating, moveSeats, sitOnKept, takeSeat, type Wanting } from '@/lib/events/take-seats'
import { capability, hashToken } from '@/lib/ids'
import { insertLetters } from '@/lib/mail/write-letter'
import { letterTurn, turnOf, writeInTurn } from '@/lib/people/letter-turn'
import { type Admission, holdsWhileProving, type Pass } from './admission'
import { keepSaid, keepSaidAgain, type Said } from './keep-answers'
import { type Addressed, letterTo, promote, tellStep } from './promote'
import { holdMinutes, twentyMinutes } from './rules'

export type Via = 'form' | 'api' | 'organiser' | 'import' | 'standing' | 'seed'

/** What an event's row must tell about its doors. */
export const doors = {
  id: true,
  status: true,
  mode: true,
  audience: true,
  waitlist: true,
  startsAt: true,
  overAt: true,
  opensAt: true,
  closesAt: true,
  provesAddress: true,
  approves: true,
  timeZone: true,
  seatings: true,
  ...asking,
} satisfies Prisma.EventSelect

/** Somebody asks for a seat: who, where, what was found out about them, and what they need next. */
export type Request = {
  event: Omit<Prisma.EventGetPayload<{ select: typeof doors }>, keyof typeof asking>
  id: string
  place: 'room' | 'screen'
  name: string
  address: string
  fold: string
  locale: string
  timeZone: string
  by: string
  via: Via
  pass: Pass
  needs: Admission
  byHand: boolean
  /** The seats that a code leads to, while some of them are free. */
  allotmentId: string | null
  standingId?: string
  /** Answers, consents, needs; without it, what the row says already stays. */
  said?: Said
}

type Status = 'confirmed' | 'waitlisted' | 'pending'
export type Opened = { status: Status; heldUntil: Date | null }

/** The whole registration in one statement. `known`: the address has a row at this event; null: no seat, no line. */
export async function openNew(request: Request, on: Tx = db): Promise<Opened | 'known' | null> {
  const { event, id, place, needs, pass } = request
  const at = now()
  const seatOrLine = needs === 'seat'
  try {
    const [row] = await on.$queryRaw<Opened[]>`
      WITH seat AS (${takeSeat(event.id, place, at, wantingOf(request))}),
      taken AS (
        INSERT INTO "Registration" (id, "eventId", place, status, "pendingFor", "heldUntil", name, address, "addressFold", locale, "timeZone", line,
          "manageHash", "replyHash", via, "provenAt", "approvedAt", "allotmentId", "standingId", "createdAt", "updatedAt")
        SELECT ${id}::uuid, ${event.id}::uuid, ${place}::"Place",
          (CASE WHEN NOT ${seatOrLine}::boolean THEN 'pending' WHEN seat.seated THEN 'confirmed' ELSE 'waitlisted' END)::"RegistrationStatus",
          ${seatOrLine ? null : needs}::"PendingFor", CASE WHEN seat.seated THEN ${heldUntil(request)}::timestamptz END,
          ${request.name}, ${request.address}, ${request.fold}, ${request.locale}, ${request.timeZone}, seat.line,
          ${linkHash('manage', id)}, ${linkHash('reply', id)}, ${request.via},
          ${pass.proven ? at : null}::timestamptz, ${pass.approved ? at : null}::timestamptz, ${request.allotmentId}::uuid, ${request.standingId ?? null}::uuid, ${at}, ${at}
        FROM seat RETURNING id, status, "heldUntil"
      ), story AS (
        INSERT INTO "RegistrationStep" ("registrationId", at, status, actor, reason)
        SELECT taken.id, ${at}, taken.status, ${request.by}, ${reasonOf(request)} FROM taken
      ), turn AS (${takesTurn(request) ? turnOf(request.fold, Prisma.sql`FROM taken`) : Prisma.sql`SELECT NULL::timestamptz AS turn`}),
      letter AS (${letterOf(request)})${request.said ? keepSaid({ ...request, said: request.said }) : Prisma.empty}
      SELECT status::text, "heldUntil" FROM taken`
    return row ?? null
  } catch (error) {
    if (isTaken(error)) return 'known'
    throw error
  }
}

/**
 * Opens a row that holds nothing (cancelled, or pending without a seat) once more, under the lock of its place, so that
 * what its calendar received stays known. Null: no seat, no line.
 */
export async function reopen(tx: Tx, id: string, request: Request, reason = 'reopened'): Promise<Opened | null> {
  const { event, place, name, address, locale, timeZone, by, via, needs, pass, allotmentId } = request
  const at = now()
  const [seat] = await tx.$queryRaw<{ seated: boolean; line: number }[]>`${takeSeat(event.id, place, at, wantingOf(request))}`
  if (!seat) return null
  const status = needs !== 'seat' ? 'pending' : seat.seated ? 'confirmed' : 'waitlisted'
  const held = needs === 'proof' && seat.seated ? heldUntil(request) : null
  await tx.companion.deleteMany({ where: { registrationId: id } })
  await tx.registration.update({
    where: { id },
    data: {
      status, pendingFor: needs === 'seat' ? null : needs, heldUntil: held, passed: false, cancelledAt: null,
      place, name, address, locale, timeZone, via, allotmentId, line: seat.line, seats: 1,
      revision: { increment: 1 }, updatedAt: at,
      ...(pass.proven ? { provenAt: at } : {}), ...(pass.approved ? { approvedAt: at } : {}),
    },
  })
  if (request.said) await keepSaidAgain(tx, id, { ...request, said: request.said })
  const turn = takesTurn(request) ? await letterTurn(request.fold, tx) : undefined
  await tellStep(tx, [id], { kind: kindOf(needs, status), actor: by, reason, turn })
  return { status, heldUntil: held }
}

type PendingRow = { id: string; eventId: string; place: 'room' | 'screen'; heldUntil: Date | null; revision: number }

/**
 * Gives a pending registration what it waited for: the seat that was held for it, a free one, or its place in line, which is
 * the one it came with. Under the lock of its place. Null: no seat, and no line, or the event was called off or begins in
 * this very moment.
 */
export async function settle(tx: Tx, row: PendingRow, step: { actor: string; reason: string; turn?: Date }): Promise<'confirmed' | 'waitlisted' | null> {
  const seating = await lockSeating(tx, row.eventId, row.place)
  if (!seating.open || seating.startsAt <= now()) return null
  const seated = row.heldUntil !== null || (seating.waiting === 0 && freeSeats(seating) >= 1)
  if (!seated && !seating.waitlist) return null
  if (row.heldUntil === null) await moveSeats(tx, row.eventId, row.place, seated ? { taken: 1 } : { waiting: 1 })
  const status = seated ? 'confirmed' : 'waitlisted'
  await tx.registration.update({
    where: { id: row.id },
    data: { status, pendingFor: null, heldUntil: null, revision: { increment: 1 }, updatedAt: now() },
  })
  await tellStep(tx, [row.id], { kind: kindOf('seat', status), ...step })
  // Whoever came first may be waiting behind a seat that nobody could be offered in time.
  if (!seated) await promote(tx, row.eventId, row.place, 'seat-given-back')
  return status
}

type HoldingRow = { eventId: string; place: 'room' | 'screen'; status: string; heldUntil: Date | null; passed: boolean; seats: number; allotmentId: string | null }

/** Gives back whatever the row holds, under the lock of its place: its seats, or its place in line. True if a seat came free. */
export async function giveBack(tx: Tx, row: HoldingRow): Promise<boolean> {
  const { eventId, place, status, seats, allotmentId } = row
  if (status === 'waitlisted' && !row.passed) await moveSeats(tx, eventId, place, { waiting: -1 })
  if (!holdsSeats(row)) return false
  if (allotmentId) await sitOnKept(tx, allotmentId, -seats)
  else await moveSeats(tx, eventId, place, { taken: -seats })
  return allotmentId === null
}

export const holdsSeats = ({ status, heldUntil }: { status: string; heldUntil: Date | null }) =>
  status === 'confirmed' || status === 'offered' || (status === 'pending' && heldUntil !== null)

/** The row as it is now, locked behind the counter of its place: everything that changes it comes through here. */
export async function lockRegistration(tx: Tx, { id, eventId, place }: { id: string; eventId: string; place: 'room' | 'screen' }) {
  const seating = await lockSeating(tx, eventId, place)
  await tx.$queryRaw`SELECT 1 FROM "Registration" WHERE id = ${id}::uuid FOR UPDATE`
  const row = await tx.registration.findUniqueOrThrow({ where: { id } })
  // It moved to the other place meanwhile: that counter is the one to hold.
  return row.place === place ? { row, seating } : { row, seating: await lockSeating(tx, eventId, row.place) }
}

/** The letter that says where somebody stands who asks again; an organiser's lists say the rest. */
const kindOf = (needs: Admission, status: Status) =>
  needs === 'seat' ? (status === 'confirmed' ? 'seat-confirmed' : 'seat-waitlisted') : pendingKinds[needs]

export const pendingKinds = { circle: 'registration-pending', proof: 'address-to-prove', approval: 'approval-awaited' } as const

/** Writes once more, in twenty minutes once, where a pending registration stands. */
export const sayPendingAgain = (tx: Tx, row: Addressed & { addressFold: string }, needs: Exclude<Admission, 'seat'>) =>
  writeInTurn(tx, row.addressFold, { ...letterTo(row), kind: pendingKinds[needs], revision: twentyMinutes(now()) })

/** A visitor types whose address they like: what that causes to be written comes in turns. */
export const takesTurn = ({ via }: { via: Via }) => (via === 'form' || via === 'api') && config().rateLimits

/** Rows look their links up by hash; the link itself can be written again at any time. */
export const linkHash = (purpose: 'manage' | 'reply', id: string, generation = 0) => hashToken(capability(purpose, id, generation))

/** The unique constraint on event and address was hit: Postgres rolled the whole statement back, the seat too. */
export function isTaken(error: unknown) {
  return error instanceof Prisma.PrismaClientKnownRequestError && (error.code === 'P2002' || JSON.stringify(error.meta ?? {}).includes('23505'))
}

function wantingOf({ event, needs, pass, byHand, allotmentId }: Request): Wanting {
  if (allotmentId) return { means: 'kept', byHand }
  if (needs === 'seat') return { means: 'seat', byHand }
  return { means: needs === 'proof' && holdsWhileProving(event, pass) ? 'hold' : 'ask', byHand }
}

/** A seat is held until the address is proven, but never beyond the start. */
export function heldUntil({ event, needs, pass }: Request) {
  if (needs !== 'proof' || !holdsWhileProving(event, pass)) return null
  return new Date(Math.min(now().getTime() + holdMinutes * 60_000, event.startsAt.getTime()))
}

function reasonOf({ needs, via, event }: Request) {
  return needs === 'seat' ? via : needs === 'circle' ? `not-${event.audience}` : needs === 'proof' ? 'to-prove' : 'to-approve'
}

const letterOf = ({ event, locale, name, address, via, needs }: Request) =>
  insertLetters({
    from: Prisma.sql`FROM taken LEFT JOIN turn ON true`,
    turn: Prisma.sql`turn.turn`,
    about: Prisma.sql`'registration/' || taken.id`,
    kind: needs === 'seat' ? Prisma.sql`CASE WHEN taken.status = 'confirmed' THEN 'seat-confirmed' ELSE 'seat-waitlisted' END` : pendingKinds[needs],
    revision: needs === 'seat' ? 0 : twentyMinutes(now()),
    eventId: event.id,
    locale,
    toName: name,
    toAddress: address,
    bornDelivered: via === 'seed',
  })

