import { db } from '@/lib/db'
import type { Pathname } from '@/lib/pathnames'

/** A page that everybody may find, by its internal address. */
export type PublicPage = { page: Pathname; params: Record<string, string | number>; changedAt?: Date }

/** Events in one part of the sitemap: in two languages, with restitutions, far below the 50,000 addresses allowed. */
const eventsPerPart = 5000

/** How many parts the sitemap has: the first holds all that is no event, and the first events. */
export const sitemapParts = async () => Math.max(1, Math.ceil((await db.event.count({ where: shown })) / eventsPerPart))

/** The pages of one part, counted from 1, in a stable order; empty beyond the last. */
export async function publicPages(part: number): Promise<PublicPage[]> {
  const [others, events] = await Promise.all([part === 1 ? frame() : [], eventPages(part)])
  return [...others, ...events]
}

const shown = { status: { in: ['published', 'called_off'] } } satisfies { status: { in: ('published' | 'called_off')[] } }

async function frame(): Promise<PublicPage[]> {
  const [reports, themes, series] = await Promise.all([
    db.report.findMany({
      orderBy: { slug: 'asc' },
      select: { slug: true, updatedAt: true, recommendations: { select: { number: true }, orderBy: { number: 'asc' } } },
    }),
    db.theme.findMany({ orderBy: { slug: 'asc' }, select: { slug: true } }),
    db.series.findMany({ orderBy: { slug: 'asc' }, select: { slug: true } }),
  ])
  return [
    ...(['/', '/past', '/reports', '/notes', '/subscribe'] as const).map((page) => ({ page, params: {} })),
    ...reports.flatMap(({ slug, updatedAt: changedAt, recommendations }): PublicPage[] => [
      { page: '/reports/[slug]', params: { slug }, changedAt },
      ...recommendations.map(({ number }): PublicPage => ({ page: '/reports/[slug]/recommendations/[number]', params: { slug, number } })),
    ]),
    ...themes.map(({ slug }): PublicPage => ({ page: '/themes/[slug]', params: { slug } })),
    ...series.map(({ slug }): PublicPage => ({ page: '/series/[slug]', params: { slug } })),
  ]
}

async function eventPages(part: number): Promise<PublicPage[]> {
  const events = await db.event.findMany({
    where: shown,
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    skip: (part - 1) * eventsPerPart,
    take: eventsPerPart,
    select: {
      slug: true,
      updatedAt: true,
      notesVisibility: true,
      editions: { where: { withdrawnAt: null }, orderBy: { number: 'desc' }, take: 1, select: { publishedAt: true } },
    },
  })
  return events.flatMap(({ slug, updatedAt: changedAt, notesVisibility, editions: [edition] }): PublicPage[] => [
    { page: '/events/[slug]', params: { slug }, changedAt },
    ...(edition && notesVisibility === 'all' ? [{ page: '/events/[slug]/notes' as const, params: { slug }, changedAt: edition.publishedAt }] : []),
  ])
}
