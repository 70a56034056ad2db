import { now } from '@/lib/clock'
import { db, type Prisma } from '@/lib/db'
import type { EventStatus } from '@/lib/generated/prisma/enums'
import { entryInclude, type EntryRow } from './entry'
import { groundOf } from './keep-feed'
import { editionsInFeed, feedWindow, mostInFeed, utcDay } from './rules'

/** Which public feed: of everything, of a series, a theme, a recommendation or one event. */
export type FeedScope =
  | { kind: 'events' }
  | { kind: 'series'; slug: string }
  | { kind: 'themes'; slug: string }
  | { kind: 'reports'; slug: string; number: number }
  | { kind: 'event'; slug: string }

/** What lies stored of a feed: null where nothing does that still holds. */
export type Stored = { etag: string; octets: number; modifiedAt: Date; body: Uint8Array | null }

/**
 * The version of all feeds, and what is stored of this one if it holds under it, in one statement that reads no event.
 * `lies`: something is stored under the name, whether it still holds or not.
 */
export async function storedFeed(name: string): Promise<{ version: string; lies: boolean; stored: Stored | null }> {
  const [row] = await db.$queryRaw<(Stored & { version: string; lies: boolean; ground: string | null; day: string })[]>`
    SELECT coalesce((SELECT n FROM "FeedVersion"), 0)::text AS version, s.name IS NOT NULL AS lies,
      s.version AS ground, s.day, s.etag, s.octets, s."modifiedAt", s.body
    FROM (VALUES (${name})) AS asked (name) LEFT JOIN "StoredFeed" s USING (name)`
  const { version, lies, ground, day, etag, octets, modifiedAt, body } = row
  const holds = ground === groundOf({ version }) && day === utcDay(now())
  return { version, lies, stored: holds ? { etag, octets, modifiedAt, body } : null }
}

/**
 * The events of a feed, by start. One event's own feed answers for any date; the others hold a window of them, or, if
 * `all` are asked for, whatever there is. Never more than a calendar can bear: the nearest of a window, the latest of all.
 */
export async function feedEvents(scope: FeedScope, { all = false } = {}): Promise<EntryRow[]> {
  if (scope.kind === 'event') return eventOf(scope.slug)
  if (all) return latestOf(scope)
  const { today, past, calledOff, ahead } = feedWindow(now())
  // Each of these reads a stretch of one index, however long the past has become.
  const stretch = (status: EventStatus, overAt: Prisma.DateTimeFilter, order: 'asc' | 'desc', take: number) =>
    db.event.findMany({ where: { ...withinScope(scope), status, overAt, startsAt: { lt: ahead } }, orderBy: { overAt: order }, include: entryInclude, take })
  const [coming, comingNot, over, overNot] = await Promise.all([
    stretch('published', { gt: today }, 'asc', mostInFeed.coming),
    stretch('called_off', { gt: today }, 'asc', mostInFeed.calledOff),
    stretch('published', { gt: past, lte: today }, 'desc', mostInFeed.over),
    stretch('called_off', { gt: calledOff, lte: today }, 'desc', mostInFeed.calledOff),
  ])
  return [...coming, ...comingNot, ...over, ...overNot].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || (a.id < b.id ? -1 : 1))
}

/** In pieces: whoever else wants something of this process waits for no more than one of them. */
async function latestOf(scope: Exclude<FeedScope, { kind: 'event' }>): Promise<EntryRow[]> {
  const latest: EntryRow[] = []
  while (latest.length < mostInFeed.all) {
    const last = latest.at(-1)
    const piece = await db.event.findMany({
      where: { ...withinScope(scope), status: { in: ['published', 'called_off'] } },
      orderBy: [{ startsAt: 'desc' }, { id: 'desc' }],
      include: entryInclude,
      take: 500,
      ...(last ? { cursor: { id: last.id }, skip: 1 } : {}),
    })
    latest.push(...piece)
    if (piece.length < 500) break
  }
  return latest.reverse()
}

const passageSelect = { paragraphId: true, text: true } satisfies Prisma.PassageSelect

const editionInclude = (passages: Prisma.PassageWhereInput) =>
  ({
    passages: { where: passages, orderBy: { position: 'asc' }, select: passageSelect },
    event: { include: { ...entryInclude, editions: { where: { withdrawnAt: null }, orderBy: { number: 'desc' }, select: { number: true, publishedAt: true } } } },
  }) satisfies Prisma.EditionInclude

/**
 * The restitutions of a feed, the newest first: the current edition of each session in it, or with a passage about what it is
 * about, that everybody may read. With the passages about that, each once.
 */
export async function feedEditions(scope: FeedScope, { all = false } = {}) {
  const about = aboutScope(scope)
  // Nothing asked of an event would be nothing found.
  const inEvent: Prisma.EventWhereInput = scope.kind === 'events' ? { status: 'published' } : scope.kind === 'event' ? { OR: [{ slug: scope.slug }, { aliases: { some: { slug: scope.slug } } }] } : withinScope(scope)
  const { past } = feedWindow(now())
  const rows = await db.edition.findMany({
    where: {
      withdrawnAt: null,
      ...(all || scope.kind === 'event' ? {} : { publishedAt: { gt: past } }),
      event: { status: 'published', notesVisibility: 'all' },
      OR: [{ event: inEvent }, ...(about ? [{ passages: { some: about } }] : [])],
    },
    orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }],
    include: editionInclude(about ?? {}),
    take: all ? editionsInFeed.all : editionsInFeed.most,
  })
  return rows
    .filter(({ number, event }) => event.editions[0]?.number === number)
    .map(({ passages, ...row }) => {
      const once = new Map(passages.map((one) => [one.paragraphId, one]))
      return { ...row, passages: [...once.values()].slice(0, about ? undefined : editionsInFeed.passages) }
    })
}

export type EditionRow = Awaited<ReturnType<typeof feedEditions>>[number]

/** Which passages a feed is about; null where it is about no theme and no recommendation. */
function aboutScope(scope: FeedScope): Prisma.PassageWhereInput | null {
  if (scope.kind === 'themes') return { theme: { slug: scope.slug } }
  return scope.kind === 'reports' ? { recommendation: { number: scope.number, report: { slug: scope.slug } } } : null
}

/** What the feed is called after: null where the address names nothing. */
export async function feedName(scope: FeedScope): Promise<{ fr: string; en: string } | null> {
  if (scope.kind === 'events') return { fr: 'tous les rendez-vous', en: 'all events' }
  if (scope.kind === 'series') {
    const series = await db.series.findUnique({ where: { slug: scope.slug } })
    return series && { fr: series.nameFr, en: series.nameEn }
  }
  if (scope.kind === 'themes') {
    const theme = await db.theme.findUnique({ where: { slug: scope.slug } })
    return theme && { fr: theme.nameFr, en: theme.nameEn }
  }
  if (scope.kind === 'reports') {
    const found = await db.recommendation.findFirst({
      where: { number: scope.number, report: { slug: scope.slug } },
      select: { number: true, report: { select: { title: true } } },
    })
    return found && { fr: `${found.report.title}, recommandation ${found.number}`, en: `${found.report.title}, recommendation ${found.number}` }
  }
  const [event] = await eventOf(scope.slug)
  return event ? { fr: event.title, en: event.title } : null
}

async function eventOf(slug: string) {
  const where = { status: { in: ['published', 'called_off'] } } satisfies Prisma.EventWhereInput
  const event = await db.event.findFirst({ where: { ...where, OR: [{ slug }, { aliases: { some: { slug } } }] }, include: entryInclude })
  return event ? [event] : []
}

function withinScope(scope: Exclude<FeedScope, { kind: 'event' }>): Prisma.EventWhereInput {
  switch (scope.kind) {
    case 'events':
      return {}
    case 'series':
      return { AND: [{ OR: [{ format: { slug: scope.slug } }, { cycles: { some: { series: { slug: scope.slug } } } }] }] }
    case 'themes':
      return { themes: { some: { theme: { slug: scope.slug } } } }
    case 'reports':
      return { recommendations: { some: { recommendation: { number: scope.number, report: { slug: scope.slug } } } } }
  }
}
