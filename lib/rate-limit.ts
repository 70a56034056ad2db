import { createHmac } from 'node:crypto'
import { isIP } from 'node:net'
import { now } from './clock'
import { config } from './config'
import { db, type Tx } from './db'

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
  const free = row.first.getTime() + limit.seconds * 1000
  return { ok: false, retryAfter: Math.max(1, Math.ceil((free - at.getTime()) / 1000)) }
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

function keyOf(what: string, who: string) {
  return `${what}:${createHmac('sha256', config().authSecret).update(`rate:${what}:${who}`).digest('base64url')}`
}

/** Without port, brackets, zone, or the IPv6 form of an IPv4 address. */
function bare(address: string) {
  const text = address.trim().replace(/^\[([^\]]*)\](?::\d+)?$/, '$1').replace(/%.*$/, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1] ?? text
  return /^\d+\.\d+\.\d+\.\d+:\d+$/.test(mapped) ? mapped.replace(/:\d+$/, '') : mapped
}
