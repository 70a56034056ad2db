import { createHash } from 'node:crypto'
import { now } from '@/lib/clock'
import { compress, WELL } from '@/lib/coding'
import { db, inPeace, Prisma } from '@/lib/db'
import { strongEtag } from '@/lib/etag'
import { makersMark } from '@/lib/makers-mark'
import { utcDay } from './rules'

/** What holds a stored feed good: the version of all feeds, and what else it was made from (`facts`), as one text. */
export type Ground = { version: string; facts?: string }

export const groundOf = ({ version, facts }: Ground) => [version, makersMark(), ...(facts === undefined ? [] : [createHash('sha256').update(facts).digest('base64url')])].join(' ')

/** Packed, larger ones do not lie in the database; their tag does. */
const largest = 1024 * 1024
/** So many public ones lie there, in so many bytes; who asks for every event of a large archive pushes out other single events. */
const most = 2000
const mostBytes = 64 * 1024 * 1024
/** A feed that somebody reads is made again each day. */
const idleDays = 30

/**
 * Stores a feed that was made from what was there when `version` was read, or later. Resolves to when its body last
 * became another, which no two bodies of a name have in the same second: Last-Modified. Undefined where the version has
 * risen meanwhile: then nothing is stored. A body that is one person's is not kept (`isOwn`), only its tag.
 */
export async function keepFeed(name: string, ground: Ground, body: Buffer, { isOwn = false } = {}): Promise<Date | undefined> {
  const packed = isOwn ? null : await compress(body, 'gzip', WELL)
  const at = now()
  const second = new Date(Math.floor(at.getTime() / 1000) * 1000)
  const [row] = await db.$queryRaw<{ modifiedAt: Date; isNew: boolean }[]>`
    INSERT INTO "StoredFeed" AS s (name, version, day, etag, octets, body, "modifiedAt", "madeAt")
    SELECT ${name}, ${groundOf(ground)}, ${utcDay(at)}, ${strongEtag(body)}, ${body.length}::int, ${packed && packed.length <= largest ? packed : null}::bytea, ${second}::timestamptz(3), ${at}::timestamptz(3)
    WHERE coalesce((SELECT n FROM "FeedVersion"), 0)::text = ${ground.version}
    ON CONFLICT (name) DO UPDATE SET version = excluded.version, day = excluded.day, etag = excluded.etag, octets = excluded.octets, body = excluded.body, "madeAt" = excluded."madeAt",
      "modifiedAt" = CASE WHEN s.etag = excluded.etag THEN s."modifiedAt" ELSE greatest(excluded."modifiedAt", s."modifiedAt" + interval '1 second') END
    RETURNING "modifiedAt", xmax = 0 AS "isNew"`
  if (row?.isNew) await forgetOld(at)
  return row?.modifiedAt
}

/** What bore a name that names nothing any more. */
export const dropFeed = (name: string) => db.storedFeed.deleteMany({ where: { name } })

async function forgetOld(at: Date) {
  const idle = new Date(at.getTime() - idleDays * 86_400_000)
  const inTurn = Prisma.sql`(ORDER BY name LIKE 'events/%', "madeAt" DESC, name)`
  await inPeace(
    () => db.$executeRaw`
    DELETE FROM "StoredFeed" WHERE "madeAt" < ${idle}::timestamptz(3) OR name IN (
      SELECT name FROM (SELECT name, row_number() OVER ${inTurn} AS place, sum(octet_length(body)) OVER ${inTurn} AS bytes FROM "StoredFeed" WHERE name NOT LIKE 'me %') AS public
      WHERE place > ${most}::int OR bytes > ${mostBytes}::int)`,
  )
}
