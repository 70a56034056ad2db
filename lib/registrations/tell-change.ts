import { now } from '@/lib/clock'
import { db, inTransaction, Prisma } from '@/lib/db'
import { lockSeating } from '@/lib/events/take-seats'
import type { Announced } from '@/lib/time'
import { lettersTo, promote } from './promote'

/**
 * Tells everybody who has a seat or waits that a published event changed, or was called off: one statement, however
 * many they are, and at most one letter each per revision of the event, however often the job runs.
 */
export async function tellChange(eventId: string, sequence: number, was: Announced) {
  await tellAll('event-changed', eventId, sequence, { was }, registered)
}

export async function tellCalledOff(eventId: string, sequence: number) {
  await tellAll('event-called-off', eventId, sequence, {}, Prisma.sql`(${registered} OR ${awaiting})`)
}

/** Whoever was told that it is called off is told that it takes place after all; the letters of the others find nothing to say. */
export async function tellBackOn(eventId: string, sequence: number) {
  await tellAll('event-back-on', eventId, sequence, {}, Prisma.sql`(${registered} OR ${awaiting})`)
}

/**
 * Seats were added, the line was opened or the event moved: whoever is first in line gets what is free, and nothing is held
 * beyond the start. Where there are no `more` seats than before, nobody is asked again for one that they passed;
 * `anew`, they are asked after everybody else.
 */
export async function fillSeats(eventId: string, more = true, anew = false) {
  for (const place of ['room', 'screen'] as const) {
    await inTransaction(async (tx) => {
      await lockSeating(tx, eventId, place)
      await tx.$executeRaw`
        UPDATE "Registration" r SET "heldUntil" = e."startsAt", "updatedAt" = ${now()} FROM "Event" e
        WHERE e.id = r."eventId" AND r."eventId" = ${eventId}::uuid AND r.place = ${place}::"Place" AND r."heldUntil" > e."startsAt"`
      await promote(tx, eventId, place, 'seats-added', more)
      if (anew) await promote(tx, eventId, place, 'seats-added', true)
    })
  }
}

const registered = Prisma.sql`r.status IN ('confirmed', 'waitlisted', 'offered')`
/** Whoever waits for an organiser's word waits for it in vain from now on. */
const awaiting = Prisma.sql`r.status = 'pending' AND (r."pendingFor" = 'approval' OR r."askedAt" IS NOT NULL)`

async function tellAll(kind: string, eventId: string, sequence: number, facts: Prisma.JsonObject, who: Prisma.Sql) {
  const everybody = Prisma.sql`FROM "Registration" r WHERE r."eventId" = ${eventId}::uuid AND ${who}`
  await db.$executeRaw(lettersTo(everybody, { kind, revision: sequence, facts }))
}
