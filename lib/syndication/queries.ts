import { db, type Prisma } from '@/lib/db'
import { hashToken, isCapability, isId } from '@/lib/ids'
import type { Pathname } from '@/lib/pathnames'
import { themeFacts, wordings } from '@/lib/reports/queries'
import { primaryTheme, quotedWording } from '@/lib/reports/rules'
import { type Locale, localeOf, typo } from '@/lib/text'
import { readNamed, readTarget, targetKey, type TargetKind } from './rules'

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
    ...(['/', '/past', '/reports', '/notes', '/subscribe', '/follow'] as const).map((page) => ({ page, params: {} })),
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

/** The key of what a form or an address names by its feed's path (`series/cafe`), or null where there is no such thing. */
export async function targetNamed(follow: string): Promise<string | null> {
  const named = readNamed(follow)
  if (!named) return null
  const { kind } = named
  if (kind === 'recommendation') {
    const found = await db.recommendation.findFirst({ where: { number: named.number, report: { slug: named.report } }, select: { id: true } })
    return found && targetKey(kind, found.id)
  }
  const where = { where: { slug: named.slug }, select: { id: true } }
  const found = kind === 'series' ? await db.series.findUnique(where) : await db.theme.findUnique(where)
  return found && targetKey(kind, found.id)
}

/** Something that is followed, as pages and letters say it. */
export type Thing = {
  key: string
  kind: TargetKind
  name: string
  /** Of the name, where it is not the reader's. */
  lang?: Locale
  /** Of a recommendation. */
  number?: number
  pigment: string
  glyph?: string
  /** Its feed's path below /feeds. */
  follow: string
  page: Pathname
  params: Record<string, string | number>
}

const recommendationFacts = {
  id: true,
  number: true,
  shortFr: true,
  shortEn: true,
  wordings,
  report: { select: { slug: true } },
  readingLinks: { select: { readingTheme: { select: { position: true, theme: { select: themeFacts }, reading: { select: { id: true, on: true } } } } } },
} satisfies Prisma.RecommendationSelect

/** What these keys name, by key, in the reader's language; what is no more is not among them. */
export async function thingsOf(keys: string[], locale: Locale): Promise<Map<string, Thing>> {
  const read = [...new Set(keys)].map(readTarget).filter((one) => one !== null)
  const ids = (kind: TargetKind) => read.filter((one) => one.kind === kind && isId(one.id)).map(({ id }) => id)
  const [series, themes, recommendations] = await Promise.all([
    db.series.findMany({ where: { id: { in: ids('series') } }, select: { id: true, slug: true, nameFr: true, nameEn: true } }),
    db.theme.findMany({ where: { id: { in: ids('theme') } }, select: { id: true, ...themeFacts } }),
    db.recommendation.findMany({ where: { id: { in: ids('recommendation') } }, select: recommendationFacts }),
  ])
  const nameIn = (row: { nameFr: string; nameEn: string }) => typo(locale === 'en' ? row.nameEn : row.nameFr, locale)
  const things: Thing[] = [
    ...series.map((one): Thing => ({ key: targetKey('series', one.id), kind: 'series', name: nameIn(one), pigment: 'ink', follow: `series/${one.slug}`, page: '/series/[slug]', params: { slug: one.slug } })),
    ...themes.map((one): Thing => ({
      key: targetKey('theme', one.id), kind: 'theme', name: nameIn(one), pigment: one.pigment, glyph: one.glyph, follow: `themes/${one.slug}`, page: '/themes/[slug]', params: { slug: one.slug },
    })),
    ...recommendations.map((one): Thing => {
      const { report: { slug }, number } = one
      const theme = primaryTheme(one)
      return {
        key: targetKey('recommendation', one.id), kind: 'recommendation', ...shortName(one, locale), number, pigment: theme?.pigment ?? 'ink', glyph: theme?.glyph,
        follow: `reports/${slug}/${number}`, page: '/reports/[slug]/recommendations/[number]', params: { slug, number },
      }
    }),
  ]
  return new Map(things.map((one) => [one.key, one]))
}

type Worded = { shortFr: string | null; shortEn: string | null } & Parameters<typeof quotedWording>[0]

/** The short name in the reader's language, else in the other, else how the wording begins. */
function shortName(one: Worded, locale: Locale): { name: string; lang?: Locale } {
  const other = locale === 'en' ? 'fr' : 'en'
  const [own, others] = locale === 'en' ? [one.shortEn, one.shortFr] : [one.shortFr, one.shortEn]
  if (own) return { name: typo(own, locale) }
  if (others) return { name: typo(others, other), lang: other }
  const quotation = quotedWording(one, locale)
  const said = quotation?.translation ?? quotation?.quoted
  const language = localeOf(said?.language ?? locale)
  const text = said?.text ?? ''
  return { name: typo([...text].length > 90 ? `${[...text].slice(0, 88).join('').trimEnd()} …` : text, language), lang: language === locale ? undefined : language }
}

/** The follow whose letters hold this link, or null. */
export const findFollow = (token: string) => (isCapability(token) ? db.follow.findUnique({ where: { hash: hashToken(token) } }) : Promise.resolve(null))

export type FollowRow = NonNullable<Awaited<ReturnType<typeof findFollow>>>

/** All that these folded addresses follow, asked to, or stopped lately: in the order in which it was asked for. */
export const followsOf = (addressFolds: string[]) =>
  db.follow.findMany({ where: { addressFold: { in: addressFolds } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: 500 })
