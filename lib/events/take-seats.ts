import { Prisma, type Tx } from '@/lib/db'

type Place = 'room' | 'screen'

/**
 * How a seat is wanted. `seat`: a seat, or a place in line; `hold`: a seat kept until the address is proven, or a
 * number for the line and nothing counted; `ask`: a number only, while somebody decides; `kept`: one of the seats that
 * were kept aside, which are counted already (`sitOnKept`). Organisers seat people by hand before it opens and after
 * it closes.
 */
export type Wanting = { means: 'seat' | 'hold' | 'ask' | 'kept'; seats?: number; byHand?: boolean }

/**
 * The guard that every door uses. One conditional UPDATE of the counter behind its row's lock: Postgres re-reads the
 * row it waited for, so of two people at the last seat one gets it and the other a place in line. A statement that wants
 * a seat starts with it (`WITH seat AS (…)`), and finds in `seat`: `seated` (false: in line), `line` (its number), or
 * no row at all (closed, or full without a waitlist). While somebody waits, a free seat is theirs, so nobody new is
 * seated. The new row is made of what stood under the lock alone: Postgres judges its check constraint on the row of the
 * statement's beginning first, and would refuse a seat that came free while we waited.
 */
export const takeSeat = (eventId: string, place: Place, now: Date, { means, seats = 1, byHand = false }: Wanting) => Prisma.sql`
    UPDATE "Seating" s
    SET line = door.line + 1, capacity = door.capacity,
        taken = door.taken + CASE WHEN door.free AND ${means === 'seat' || means === 'hold'}::boolean THEN ${seats}::int ELSE 0 END,
        waiting = door.waiting + CASE WHEN NOT door.free AND ${means === 'seat'}::boolean THEN 1 ELSE 0 END
    FROM (
      SELECT n."eventId", n.place, n.capacity, n.taken, n.waiting, n.line, (${means === 'kept'}::boolean OR n.waiting = 0 AND (n.capacity IS NULL OR n.taken + ${seats}::int <= n.capacity)) AS free, e.waitlist
      FROM "Seating" n JOIN "Event" e ON e.id = n."eventId"
      WHERE n."eventId" = ${eventId}::uuid AND n.place = ${place}::"Place" AND n.open AND e."startsAt" > ${now}
        AND (${byHand}::boolean OR ((e."opensAt" IS NULL OR e."opensAt" <= ${now}) AND (e."closesAt" IS NULL OR e."closesAt" > ${now})))
      FOR UPDATE OF n
    ) door
    WHERE s."eventId" = door."eventId" AND s.place = door.place AND (door.free OR door.waitlist)
    RETURNING door.free AS seated, s.line AS line`

/** Takes more seats for somebody who has one (companions), or gives a row's seats back to it; false if there are none, or somebody waits for them. */
export async function takeMore(tx: Tx, eventId: string, place: Place, seats = 1) {
  const taken = await tx.$executeRaw`
    UPDATE "Seating" SET taken = taken + ${seats}::int
    WHERE "eventId" = ${eventId}::uuid AND place = ${place}::"Place" AND open
      AND waiting = 0 AND (capacity IS NULL OR taken + ${seats}::int <= capacity)`
  return taken === 1
}

/** Sits on seats that were kept aside, or (below zero) leaves them; false if they are all used. Under the lock of `lockSeating`. */
export async function sitOnKept(tx: Tx, allotmentId: string, seats: number) {
  const sat = await tx.$executeRaw`
    UPDATE "Allotment" SET used = used + ${seats}::int WHERE id = ${allotmentId}::uuid AND used + ${seats}::int <= seats`
  return sat === 1
}

/** Counts one more use of a code, or (below zero) one less; false if it was revoked or is used up. */
export async function countCode(tx: Tx, id: string, by: 1 | -1 = 1) {
  const used = await tx.$executeRaw`
    UPDATE "EntryCode" SET used = used + ${by}::int
    WHERE id = ${id}::uuid AND "revokedAt" IS NULL AND used + ${by}::int >= 0 AND (most IS NULL OR used + ${by}::int <= most)`
  return used === 1
}

export type LockedSeating = {
  capacity: number | null
  taken: number
  waiting: number
  open: boolean
  startsAt: Date
  timeZone: string
  waitlist: boolean
  offerHours: number | null
}

/** Locks the counter of a place until the transaction ends, and tells where it stands. Of two places, the room first. */
export async function lockSeating(tx: Tx, eventId: string, place: Place) {
  const [seating] = await tx.$queryRaw<LockedSeating[]>`
    SELECT s.capacity, s.taken, s.waiting, s.open, e."startsAt", e."timeZone", e.waitlist, e."offerHours"
    FROM "Seating" s JOIN "Event" e ON e.id = s."eventId"
    WHERE s."eventId" = ${eventId}::uuid AND s.place = ${place}::"Place" FOR UPDATE OF s`
  return seating
}

/** Seats that nobody has, under the lock; `Infinity` where there is no limit. */
export const freeSeats = ({ capacity, taken }: { capacity: number | null; taken: number }) => (capacity === null ? Infinity : capacity - taken)

/** Moves the counter, under the lock of `lockSeating`: seats given back or taken, people who join or leave the line. */
export async function moveSeats(tx: Tx, eventId: string, place: Place, by: { taken?: number; waiting?: number }) {
  await tx.seating.update({
    where: { eventId_place: { eventId, place } },
    data: { taken: { increment: by.taken ?? 0 }, waiting: { increment: by.waiting ?? 0 } },
  })
}
