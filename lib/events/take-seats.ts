import { Prisma, type Tx } from '@/lib/db'

/**
 * The guard that every door uses. One conditional UPDATE of the counter: Postgres re-reads the row it waited for, so
 * of two people at the last seat one gets it and the other a place in line. A statement that wants a seat starts
 * with it (`WITH seat AS (…)`), and finds in `seat`: `seated` (false: in line), `line` (its number), or no row at all
 * (closed, or full without a waitlist). While somebody waits, a free seat is theirs, so nobody new is seated:
 * seated is the same as "nobody waits now".
 */
export const takeSeat = (eventId: string, place: 'room' | 'screen', now: Date) => {
  const room = Prisma.sql`(s.waiting = 0 AND (s.capacity IS NULL OR s.taken < s.capacity))`
  return Prisma.sql`
    UPDATE "Seating" s
    SET taken = s.taken + (CASE WHEN ${room} THEN 1 ELSE 0 END),
        waiting = s.waiting + (CASE WHEN ${room} THEN 0 ELSE 1 END),
        line = s.line + 1
    FROM "Event" e
    WHERE s."eventId" = ${eventId}::uuid AND s.place = ${place}::"Place" AND e.id = s."eventId"
      AND s.open AND e."startsAt" > ${now} AND (e."closesAt" IS NULL OR e."closesAt" > ${now})
      AND (e.waitlist OR ${room})
    RETURNING (s.waiting = 0) AS seated, s.line AS line`
}

/** Takes one more seat for somebody who has one (a companion); false if there is none, or somebody waits for it. */
export async function takeOneMore(tx: Tx, eventId: string, place: 'room' | 'screen') {
  const taken = await tx.$executeRaw`
    UPDATE "Seating" SET taken = taken + 1
    WHERE "eventId" = ${eventId}::uuid AND place = ${place}::"Place" AND open
      AND waiting = 0 AND (capacity IS NULL OR taken < capacity)`
  return taken === 1
}

/** Locks the counter of a place until the transaction ends, and tells where it stands. */
export async function lockSeating(tx: Tx, eventId: string, place: 'room' | 'screen') {
  const [seating] = await tx.$queryRaw<{ capacity: number | null; taken: number; waiting: number; open: boolean; startsAt: Date }[]>`
    SELECT s.capacity, s.taken, s.waiting, s.open, e."startsAt"
    FROM "Seating" s JOIN "Event" e ON e.id = s."eventId"
    WHERE s."eventId" = ${eventId}::uuid AND s.place = ${place}::"Place" FOR UPDATE OF s`
  return seating
}

/** Moves the counter, under the lock of `lockSeating`: seats given back or taken, people who leave the line. */
export async function moveSeats(tx: Tx, eventId: string, place: 'room' | 'screen', by: { taken?: number; waiting?: number }) {
  await tx.seating.update({
    where: { eventId_place: { eventId, place } },
    data: { taken: { increment: by.taken ?? 0 }, waiting: { increment: by.waiting ?? 0 } },
  })
}
