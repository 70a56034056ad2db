import { createHmac } from 'node:crypto'
import { isIP } from 'node:net'
import { now } from './clock'
import { config } from './config'
import { db, Prisma, type Tx } from './db'

/** At most so many in any stretch of so many seconds. */
export type Limit = { most: number; seconds: number }

export type Allowed = { ok: true } | { ok: false; retryAfter: number }

/**
 * Counts one more of `what` by `who`, unless that would be one too many; `retryAfter` is in seconds. The window
 * slides and is exact. One statement, so that requests at once and several processes share one count; refused
 * requests are not counted. With `tx`, the count lives and dies with that transaction.
 */
export async function allow(what: string, who: string, limit: Limit, tx: Tx = db): Promise<Allowed> {
  if (!config().rateLimits) return { ok: true }
  const at = now()
  const since = new Date(at.getTime() - limit.seconds * 1000)
  const until = new Date(at.getTime() + limit.seconds * 1000)
  const [row] = await tx.$queryRaw<{ allowed: boolean; first: Date }[]>`
    INSERT INTO "RateLimit" AS r ("key", "hits", "allowed", "keepUntil")
    VALUES (${keyOf(what, who)}, ARRAY[${at}::timestamptz(3)], true, ${until}::timestamptz(3))
    ON CONFLICT ("key") DO UPDATE SET ("hits", "allowed", "keepUntil") = (
      SELECT coalesce(array_agg(hit ORDER BY hit), '{}') || CASE WHEN count(*) < ${limit.most}::int THEN ARRAY[${at}::timestamptz(3)] ELSE '{}' END,
        count(*) < ${limit.most}::int, ${until}::timestamptz(3)
      FROM unnest(r."hits") AS hit WHERE hit > ${since}::timestamptz(3))
    RETURNING "allowed", "hits"[1] AS first`
  if (row.allowed) return { ok: true }
  return { ok: false, retryAfter: secondsUntil(row.first, limit.seconds, at) }
}

/** One thing that is counted: so many of `what` by `who`. */
export type Count = { what: string; who: string; limit: Limit }

/**
 * The same for several counts in one statement and one journey: allowed if all of them allow; `retryAfter` is then the
 * longest of those that refuse. What one of them refuses the others have counted all the same.
 */
export async function allowAll(counts: Count[]): Promise<Allowed> {
  if (!config().rateLimits) return { ok: true }
  const at = now()
  // In the order of their keys: two that lock the same rows never wait for one another.
  const rows = counts.map((one) => ({ ...one, key: keyOf(one.what, one.who) })).toSorted((a, b) => (a.key < b.key ? -1 : 1))
  const found = await db.$queryRaw<{ key: string; allowed: boolean; first: Date }[]>`
    WITH asked AS (
      SELECT * FROM unnest(${rows.map(({ key }) => key)}::text[], ${rows.map(({ limit }) => limit.most)}::int[], ${rows.map(({ limit }) => limit.seconds)}::int[])
        WITH ORDINALITY AS asked (key, most, seconds, place)
    )
    INSERT INTO "RateLimit" AS r ("key", "hits", "allowed", "keepUntil")
    SELECT key, ARRAY[${at}::timestamptz(3)], true, ${at}::timestamptz(3) + make_interval(secs => seconds) FROM asked ORDER BY place
    ON CONFLICT ("key") DO UPDATE SET ("hits", "allowed", "keepUntil") = (
      SELECT coalesce(array_agg(hit ORDER BY hit) FILTER (WHERE hit IS NOT NULL), '{}')
          || CASE WHEN count(hit) < asked.most THEN ARRAY[${at}::timestamptz(3)] ELSE '{}' END,
        count(hit) < asked.most, excluded."keepUntil"
      FROM asked LEFT JOIN unnest(r."hits") AS hit ON hit > ${at}::timestamptz(3) - make_interval(secs => asked.seconds)
      WHERE asked.key = excluded."key" GROUP BY asked.most)
    RETURNING "key", "allowed", "hits"[1] AS first`
  const waits = found.filter(({ allowed }) => !allowed).map(({ key, first }) => secondsUntil(first, rows.find((row) => row.key === key)?.limit.seconds ?? 0, at))
  return waits.length === 0 ? { ok: true } : { ok: false, retryAfter: Math.max(...waits) }
}

/** Takes one count back: what was tried turned out to be right, and was not what the limit is against. */
export async function giveBack(what: string, who: string) {
  await db.$executeRaw`
    UPDATE "RateLimit" SET "hits" = "hits"[:cardinality("hits") - 1] WHERE "key" = ${keyOf(what, who)} AND cardinality("hits") > 0`
}

/**
 * Reserves the next free turn of `who`, now or later, so that no stretch of so many seconds holds more than `most`:
 * nothing is refused, it only waits. One statement; reservations at once get turns one after the other.
 */
export async function nextTurn(what: string, who: string, limit: Limit, tx: Tx = db): Promise<Date> {
  if (!config().rateLimits) return now()
  const [{ turn }] = await tx.$queryRaw<{ turn: Date | null }[]>(reserveTurn(what, who, limit, Prisma.empty))
  return turn ?? now()
}

/**
 * The statement of `nextTurn`, to run alone or as a CTE. `from` may say for whom it is not wanted: without a row of
 * it nothing is reserved and nothing comes back. `turn` is null where it is now: then no two clocks need to agree.
 */
export function reserveTurn(what: string, who: string, { most, seconds }: Limit, from: Prisma.Sql): Prisma.Sql {
  const at = now()
  const [window, since] = [Prisma.sql`make_interval(secs => ${seconds}::int)`, new Date(at.getTime() - seconds * 1000)]
  return Prisma.sql`
    INSERT INTO "RateLimit" AS r ("key", "hits", "allowed", "keepUntil")
    SELECT ${keyOf(what, who)}, ARRAY[${at}::timestamptz(3)], true, ${at}::timestamptz(3) + ${window} ${from}
    ON CONFLICT ("key") DO UPDATE SET ("hits", "allowed", "keepUntil") = (
      SELECT kept.hits || kept.turn, true, kept.turn + ${window}
      FROM (
        SELECT coalesce(array_agg(hit ORDER BY hit), '{}') AS hits,
          greatest(${at}::timestamptz(3), (array_agg(hit ORDER BY hit DESC))[${most}::int] + ${window}) AS turn
        FROM unnest(r."hits") AS hit WHERE hit > ${since}::timestamptz(3)
      ) AS kept)
    RETURNING nullif("hits"[cardinality("hits")], ${at}::timestamptz(3)) AS turn`
}

/** Forgets whom no window remembers any more: once a day is enough. */
export async function forgetOldLimits() {
  await db.rateLimit.deleteMany({ where: { keepUntil: { lt: now() } } })
}

/** What counts as one network: an IPv4 address, or the /64 that an IPv6 household has. */
export function networkOf(address: string): string {
  const plain = bare(address)
  if (isIP(plain) !== 6) return plain
  const [head, tail] = plain.split('::')
  const left = head ? head.split(':') : []
  const right = tail ? tail.split(':') : []
  const groups = tail === undefined ? left : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
  return `${groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}

/** Until the first of the counted ones leaves the window. */
const secondsUntil = (first: Date, seconds: number, at: Date) => Math.max(1, Math.ceil((first.getTime() - at.getTime()) / 1000) + seconds)

function keyOf(what: string, who: string) {
  return `${what}:${createHmac('sha256', config().authSecret).update(`rate:${what}:${who}`).digest('base64url')}`
}

/** Without port, brackets, zone, or the IPv6 form of an IPv4 address. */
function bare(address: string) {
  const text = address.trim().replace(/^\[([^\]]*)\](?::\d+)?$/, '$1').replace(/%.*$/, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1] ?? text
  return /^\d+\.\d+\.\d+\.\d+:\d+$/.test(mapped) ? mapped.replace(/:\d+$/, '') : mapped
}
