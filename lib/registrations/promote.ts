import { now } from '@/lib/clock'
import { Prisma, type Tx } from '@/lib/db'
import { freeSeats, lockSeating, type LockedSeating, moveSeats } from '@/lib/events/take-seats'
import { insertLetters } from '@/lib/mail/write-letter'
import { offerWindow } from './offer-window'

type Place = 'room' | 'screen'

/** Why a seat is free. After an offer that was not taken, whoever passed is not asked again for the very same seat. */
export type FreedBy = 'seat-given-back' | 'seats-added' | 'hold-lapsed' | 'offer-refused' | 'offer-lapsed'

/**
 * Gives the seats that are free to the first in line, in one go, and tells them: at once, or as an offer where the
 * event makes offers. Called under every act that frees a seat, in its transaction. Nothing moves once the event has
 * begun, is called off or was never published. Returns how many were seated or asked.
 */
export async function promote(tx: Tx, eventId: string, place: Place, freedBy: FreedBy, isNew = freedBy !== 'offer-refused' && freedBy !== 'offer-lapsed') {
  let seating = await lockSeating(tx, eventId, place)
  if (!seating?.open || seating.startsAt <= now()) return 0
  if (isNew) seating = await askAgain(tx, eventId, place, seating)
  const free = Math.min(freeSeats(seating), seating.waiting)
  if (free <= 0) return 0
  if (seating.offerHours === null) return move(tx, eventId, place, free, { status: 'confirmed', until: null, kind: 'seat-promoted', reason: freedBy })
  const window = offerWindow(now(), seating.startsAt, seating.timeZone, seating.offerHours)
  if ('until' in window) return move(tx, eventId, place, free, { status: 'offered', until: window.until, kind: 'seat-offered', reason: freedBy })
  await sayTooLate(tx, eventId, place, free, window.tooLate)
  return 0
}

/** A new seat is everybody's next chance: whoever passed an offer counts in the line again. */
async function askAgain(tx: Tx, eventId: string, place: Place, seating: LockedSeating) {
  const again = await tx.$executeRaw`
    UPDATE "Registration" SET passed = false
    WHERE "eventId" = ${eventId}::uuid AND place = ${place}::"Place" AND status = 'waitlisted' AND passed`
  if (again === 0) return seating
  await moveSeats(tx, eventId, place, { waiting: again })
  return { ...seating, waiting: seating.waiting + again }
}

type Move = { status: 'confirmed' | 'offered'; until: Date | null; kind: string; reason: string }

async function move(tx: Tx, eventId: string, place: Place, free: number, { status, until, kind, reason }: Move) {
  const moved = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "Registration" r SET status = ${status}::"RegistrationStatus", "heldUntil" = ${until}, revision = r.revision + 1, "updatedAt" = ${now()}
    WHERE r.id IN (${firstInLine(eventId, place, free)})
    RETURNING r.id`
  await moveSeats(tx, eventId, place, { taken: moved.length, waiting: -moved.length })
  await tellStep(tx, moved.map(({ id }) => id), { kind, actor: 'waitlist', reason, detail: until ? { until: until.toISOString() } : undefined })
  return moved.length
}

const firstInLine = (eventId: string, place: Place, most: number) => Prisma.sql`
  SELECT id FROM "Registration"
  WHERE "eventId" = ${eventId}::uuid AND place = ${place}::"Place" AND status = 'waitlisted' AND NOT passed
  ORDER BY line LIMIT ${most}`

/** Said once in each story, for the organiser: why the seat stays free, who may still offer it by hand. */
async function sayTooLate(tx: Tx, eventId: string, place: Place, free: number, minutes: number) {
  await tx.$executeRaw`
    INSERT INTO "RegistrationStep" ("registrationId", at, status, actor, reason, detail)
    SELECT r.id, ${now()}, r.status, 'waitlist', 'not-offered', ${JSON.stringify({ minutes })}::jsonb
    FROM "Registration" r
    WHERE r.id IN (${firstInLine(eventId, place, free)})
      AND (SELECT s.reason FROM "RegistrationStep" s WHERE s."registrationId" = r.id ORDER BY s.id DESC LIMIT 1) <> 'not-offered'`
}

export type Step = {
  /** Without it the step is told to nobody but the organisers. */
  kind?: string
  actor: string
  reason: string
  detail?: Prisma.JsonObject
  facts?: Prisma.JsonObject
  /** Where a visitor causes it: the letter waits for its turn (letterTurn). */
  turn?: Date
}

/** Writes the step into the story of each registration, and the letter about it: two statements, however many they are. */
export async function tellStep(tx: Tx, ids: string[], { kind, actor, reason, detail, facts, turn }: Step) {
  if (ids.length === 0) return
  const these = Prisma.sql`r.id = ANY(${ids}::uuid[])`
  await tx.$executeRaw`
    INSERT INTO "RegistrationStep" ("registrationId", at, status, actor, reason, detail)
    SELECT r.id, ${now()}, r.status, ${actor}, ${reason}, ${detail ? JSON.stringify(detail) : null}::jsonb FROM "Registration" r WHERE ${these}`
  if (kind) await tx.$executeRaw(lettersTo(Prisma.sql`FROM "Registration" r WHERE ${these}`, { kind, revision: Prisma.sql`r.revision`, facts, turn }))
}

export type Addressed = { id: string; eventId: string; locale: string; name: string; address: string; via: string }

/** A letter about one registration, whose row is at hand, to whom it belongs. */
export const letterTo = ({ id, eventId, locale, name, address, via }: Addressed) => ({ about: `registration/${id}`, eventId, locale, to: { name, address }, bornDelivered: via === 'seed' })

/** One letter for each registration `r` of a FROM clause; those of seeded people are born delivered. */
export const lettersTo = (from: Prisma.Sql, letter: { kind: string; revision: Prisma.Sql | number; facts?: Prisma.JsonObject; turn?: Date }) =>
  insertLetters({
    ...letter,
    from,
    about: Prisma.sql`'registration/' || r.id`,
    eventId: Prisma.sql`r."eventId"`,
    locale: Prisma.sql`r.locale`,
    toName: Prisma.sql`r.name`,
    toAddress: Prisma.sql`r.address`,
    bornDelivered: Prisma.sql`r.via = 'seed'`,
  })
