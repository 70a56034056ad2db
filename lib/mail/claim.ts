import { db, Prisma } from '@/lib/db'

export type LetterRow = Prisma.LetterGetPayload<object>

/** Seconds for which a worker holds a letter; one that died leaves it to others after that. */
const leaseSeconds = 60
/** Composing and sending are bounded to less than this; a letter held for longer already is leased anew first. */
const neededMs = 50_000

/**
 * Takes up to `limit` letters whose turn it is, for this worker alone, and counts the attempt. Never a letter while an
 * older one about the same thing is on its way or between two attempts: a cancellation must not overtake its
 * invitation. The database's clock rules, because several processes share the rows.
 */
export async function claim(limit: number): Promise<LetterRow[]> {
  const began = performance.now()
  await releaseExpired()
  const claimed = await db.$queryRaw<{ id: string }[]>`
    WITH due AS MATERIALIZED (
      SELECT l.id FROM "Letter" l
      WHERE l.status = 'queued' AND l."dueAt" <= clock_timestamp() AND NOT EXISTS (
        SELECT 1 FROM "Letter" older
        WHERE older.about = l.about
          AND (older."createdAt", older.revision, older.id) < (l."createdAt", l.revision, l.id)
          AND (older.status = 'sending' OR older.status = 'queued' AND (older.attempts > 0 OR older."lastError" IS NOT NULL OR older."dueAt" <= clock_timestamp()))
      )
      ORDER BY l."dueAt", l.id LIMIT ${limit}
      FOR UPDATE OF l SKIP LOCKED
    )
    UPDATE "Letter" SET status = 'sending', attempts = attempts + 1,
      "leaseUntil" = clock_timestamp() + make_interval(secs => ${leaseSeconds}::int)
    FROM due WHERE "Letter".id = due.id
    RETURNING "Letter".id`
  if (claimed.length === 0) return []
  const letters = await db.letter.findMany({ where: { id: { in: claimed.map((one) => one.id) } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })
  for (const letter of letters) takenAt.set(letter, began)
  return letters
}

/** By this process's own watch, so that a letter begun at once need not ask the database whether it is still ours. */
const takenAt = new WeakMap<LetterRow, number>()

export const isFresh = (letter: LetterRow) => performance.now() - (takenAt.get(letter) ?? -Infinity) < leaseSeconds * 1000 - neededMs

/** The worker that held them died, or stalled beyond its time. */
async function releaseExpired() {
  await db.$executeRaw`
    UPDATE "Letter" SET status = 'queued', "leaseUntil" = NULL, "dueAt" = clock_timestamp()
    WHERE status = 'sending' AND "leaseUntil" < clock_timestamp()`
}

/** The letter with a fresh lease if its own runs short; null if it is no longer ours. */
export async function stillOurs(letter: LetterRow): Promise<LetterRow | null> {
  const renewed = await db.$queryRaw<{ leaseUntil: Date }[]>`
    UPDATE "Letter" SET "leaseUntil" = CASE
      WHEN "leaseUntil" < clock_timestamp() + make_interval(secs => ${neededMs / 1000}::int)
      THEN clock_timestamp() + make_interval(secs => ${leaseSeconds}::int) ELSE "leaseUntil" END
    WHERE id = ${letter.id}::uuid AND ${held(letter)}
    RETURNING "leaseUntil"`
  return renewed.length === 1 ? { ...letter, leaseUntil: renewed[0].leaseUntil } : null
}

/** As a condition: this worker still holds it. Its lease is its token; nobody else gets the same. */
export const held = (letter: LetterRow) => Prisma.sql`status = 'sending' AND "leaseUntil" = ${letter.leaseUntil}::timestamptz`

/** Letters taken and not begun go back as if they had never been taken. */
export async function giveBack(letters: LetterRow[]) {
  for (const letter of letters) {
    await db.$executeRaw`
      UPDATE "Letter" SET status = 'queued', "leaseUntil" = NULL, attempts = attempts - 1
      WHERE id = ${letter.id}::uuid AND ${held(letter)}`
  }
}
