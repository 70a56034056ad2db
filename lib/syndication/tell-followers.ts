import { now } from '@/lib/clock'
import { db, inTransaction, Prisma } from '@/lib/db'
import { newId } from '@/lib/ids'
import { enqueue } from '@/lib/jobs/enqueue'
import { insertLetters } from '@/lib/mail/write-letter'
import { gathered, isNews, isReadByAll, newsFor, targetKey } from './rules'

/** So many people in one statement. */
const piece = 5000

/**
 * The turn of a session that was published a while ago: with all others that nobody was told of yet it becomes one batch, of
 * which each follower hears once; unless a later one's turn is to come. A step of the worker; twice makes one batch.
 */
export async function announce(eventId: string) {
  const at = now()
  await inTransaction(async (tx) => {
    const turn = await tx.event.findUnique({ where: { id: eventId }, select: { id: true, publishedAt: true } })
    if (!turn?.publishedAt) return
    const since = new Date(at.getTime() - newsFor)
    const untold = await tx.event.findMany({
      where: { status: 'published', audience: 'open', startsAt: { gt: at }, publishedAt: { gt: since }, announcement: null },
      select: { id: true, publishedAt: true },
    })
    const ready = gathered(untold.map(({ id, publishedAt }) => ({ id, publishedAt: publishedAt ?? at })), { id: turn.id, publishedAt: turn.publishedAt }, at)
    if (ready.length === 0) return
    const batch = newId()
    // Of two that gather at once, each tells of those that it took.
    const { count } = await tx.announcement.createMany({ data: ready.map(({ id }) => ({ eventId: id, batch, at })), skipDuplicates: true })
    if (count > 0) await enqueue(tx, 'sessions-gathered', { batch })
  })
}

/** Writes to whoever follows what the sessions of a batch are about: one letter to each, whatever of it they follow. A step of the worker; twice says nothing twice. */
export async function tellOfSessions(batch: string): Promise<number> {
  const events = await db.event.findMany({
    where: { announcement: { batch } },
    select: { id: true, status: true, audience: true, startsAt: true, ...about },
  })
  const news = events.filter((event) => isNews(event, now()))
  const pairs = news.flatMap((event) => targetsOf(event).map((target) => ({ subject: event.id, target })))
  return writeToFollowers(`news/${batch}`, pairs, Prisma.sql`jsonb_build_object('events', p.subjects)`)
}

/**
 * Writes to whoever follows what a restitution is about, its session or any of its passages: where everybody may read it, and
 * whoever published it meant it to be told. A step of the worker; twice says nothing twice.
 */
export async function tellOfEdition(editionId: string): Promise<number> {
  const edition = await db.edition.findUnique({
    where: { id: editionId },
    select: {
      isTold: true,
      withdrawnAt: true,
      event: { select: { status: true, notesVisibility: true, ...about } },
      passages: { select: { themeId: true, recommendationId: true }, distinct: ['themeId', 'recommendationId'] },
    },
  })
  if (!edition?.isTold || !isReadByAll(edition)) return 0
  const said = edition.passages.flatMap(({ themeId, recommendationId }) => [
    ...(themeId ? [targetKey('theme', themeId)] : []),
    ...(recommendationId ? [targetKey('recommendation', recommendationId)] : []),
  ])
  const targets = [...new Set([...targetsOf(edition.event), ...said])]
  return writeToFollowers(`news/${editionId}`, targets.map((target) => ({ subject: editionId, target })), Prisma.sql`jsonb_build_object('edition', ${editionId}::text)`)
}

/** What of a session its followers follow. */
const about = {
  formatId: true,
  cycles: { select: { seriesId: true } },
  themes: { select: { themeId: true } },
  recommendations: { select: { recommendationId: true } },
} satisfies Prisma.EventSelect

type About = Prisma.EventGetPayload<{ select: typeof about }>

export const targetsOf = ({ formatId, cycles, themes, recommendations }: About): string[] => [
  ...(formatId ? [targetKey('series', formatId)] : []),
  ...cycles.map(({ seriesId }) => targetKey('series', seriesId)),
  ...themes.map(({ themeId }) => targetKey('theme', themeId)),
  ...recommendations.map(({ recommendationId }) => targetKey('recommendation', recommendationId)),
]

type Pair = { subject: string; target: string }

/**
 * One letter to each address that follows any of the targets, whatever number of them. Its `about` holds what the address is
 * told apart by, and not the address. In pieces, each one statement: what a killed worker had not written is written the next time.
 */
async function writeToFollowers(news: string, pairs: Pair[], facts: Prisma.Sql): Promise<number> {
  const targets = pairs.map(({ target }) => target)
  let written = 0
  for (let after = ''; targets.length > 0; ) {
    const [{ last }] = await db.$queryRaw<{ last: string | null }[]>`
      SELECT max(fold) AS last FROM (
        SELECT DISTINCT f."addressFold" AS fold FROM "Follow" f
        WHERE f.target = ANY(${targets}) AND f."confirmedAt" IS NOT NULL AND f."endedAt" IS NULL AND f."addressFold" > ${after}
        ORDER BY 1 LIMIT ${piece}::int) found`
    if (last === null) break
    written += await db.$executeRaw(
      insertLetters({
        from: Prisma.sql`FROM (
          SELECT f."addressFold" AS fold, (array_agg(f.address ORDER BY f."confirmedAt", f.id))[1] AS address,
            (array_agg(f.locale ORDER BY f."confirmedAt" DESC, f.id))[1] AS locale, jsonb_agg(DISTINCT w.subject) AS subjects
          FROM "Follow" f JOIN unnest(${pairs.map(({ subject }) => subject)}::text[], ${targets}::text[]) AS w (subject, target) ON w.target = f.target
          WHERE f."confirmedAt" IS NOT NULL AND f."endedAt" IS NULL AND f."addressFold" > ${after} AND f."addressFold" <= ${last}
          GROUP BY f."addressFold") p`,
        about: Prisma.sql`${`${news}/`}::text || encode(sha256(convert_to(p.fold, 'UTF8')), 'hex')`,
        kind: 'follow-news',
        revision: 0,
        locale: Prisma.sql`p.locale`,
        toAddress: Prisma.sql`p.address`,
        facts,
      }),
    )
    after = last
  }
  return written
}
