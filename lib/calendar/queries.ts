import { now } from '@/lib/clock'
import { db, type Prisma } from '@/lib/db'
import { entryInclude, type EntryRow } from './entry'
import { feedWindow } from './rules'

/** Which public feed: of everything, of a series, a theme, a recommendation or one event. */
export type FeedScope =
  | { kind: 'events' }
  | { kind: 'series'; slug: string }
  | { kind: 'themes'; slug: string }
  | { kind: 'reports'; slug: string; number: number }
  | { kind: 'event'; slug: string }

/** The events of a feed, by start. One event's own feed answers for any date; the others keep 18 months ahead. */
export async function feedEvents(scope: FeedScope): Promise<EntryRow[]> {
  if (scope.kind === 'event') return eventOf(scope.slug)
  const { past, calledOff, ahead } = feedWindow(now())
  return db.event.findMany({
    where: {
      ...withinScope(scope),
      OR: [
        { status: 'published', overAt: { gt: past } },
        { status: 'called_off', overAt: { gt: calledOff } },
      ],
      startsAt: { lt: ahead },
    },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    include: entryInclude,
  })
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
