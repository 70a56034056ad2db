import { now } from '@/lib/clock'
import { Prisma, type Tx } from '@/lib/db'
import { lockSeating, moveSeats } from '@/lib/events/take-seats'
import { insertLetters } from '@/lib/mail/write-letter'

/**
 * Gives the seats that are free to the first in line, in one go, and tells them. Called under every act that frees a
 * seat, in its transaction. Nothing moves once the event has begun, is called off or was never published.
 * Returns how many were seated.
 */
export async function promote(tx: Tx, eventId: string, place: 'room' | 'screen', reason: string) {
  const seating = await lockSeating(tx, eventId, place)
  if (!seating?.open || seating.waiting === 0 || seating.startsAt <= now()) return 0
  const free = seating.capacity === null ? seating.waiting : seating.capacity - seating.taken
  if (free <= 0) return 0

  const seated = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "Registration" r SET status = 'confirmed', revision = r.revision + 1, "updatedAt" = ${now()}
    WHERE r.id IN (
      SELECT id FROM "Registration"
      WHERE "eventId" = ${eventId}::uuid AND place = ${place}::"Place" AND status = 'waitlisted'
      ORDER BY line LIMIT ${free})
    RETURNING r.id`
  await moveSeats(tx, eventId, place, { taken: seated.length, waiting: -seated.length })
  await tellStep(tx, seated.map(({ id }) => id), { kind: 'seat-promoted', actor: 'waitlist', reason })
  return seated.length
}

/** Writes the step into the story of each registration, and the letter about it: two statements, however many they are. */
export async function tellStep(tx: Tx, ids: string[], step: { kind: string; actor: string; reason: string; facts?: Prisma.JsonObject }) {
  if (ids.length === 0) return
  const these = Prisma.sql`r.id = ANY(${ids}::uuid[])`
  await tx.$executeRaw`
    INSERT INTO "RegistrationStep" ("registrationId", at, status, actor, reason)
    SELECT r.id, ${now()}, r.status, ${step.actor}, ${step.reason} FROM "Registration" r WHERE ${these}`
  await tx.$executeRaw(lettersTo(Prisma.sql`FROM "Registration" r WHERE ${these}`, { kind: step.kind, revision: Prisma.sql`r.revision`, facts: step.facts }))
}

/** One letter for each registration `r` of a FROM clause; those of seeded people are born delivered. */
export const lettersTo = (from: Prisma.Sql, letter: { kind: string; revision: Prisma.Sql | number; facts?: Prisma.JsonObject }) =>
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
