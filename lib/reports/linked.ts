import type { Prisma, Tx } from '@/lib/db'

/** A recommendation that something speaks of: it keeps its number, and stays. */
export const linked: Prisma.RecommendationWhereInput[] = [{ events: { some: {} } }, { passages: { some: {} } }, { discussions: { some: {} } }, { followUps: { some: {} } }]

export type Links = { events: number; passages: number; discussions: number; followUps: number }

/** How many sessions, passages of restitutions, discussions and follow-ups point at it. */
export async function linksOf(tx: Tx, recommendationId: string): Promise<Links> {
  const { _count } = await tx.recommendation.findUniqueOrThrow({
    where: { id: recommendationId },
    select: { _count: { select: { events: true, passages: true, discussions: true, followUps: true } } },
  })
  return _count
}

export const isLinked = (links: Links) => Object.values(links).some((count) => count > 0)

type Reads = Pick<Tx, '$queryRaw'>

/** The ids of recommendations by `slug/number`, of those of these that exist: by their two columns, because of thousands as many conditions would be too deep for the database. */
export async function recommendationsNamed(tx: Reads, named: { report: string; number: number }[]): Promise<Map<string, string>> {
  if (named.length === 0) return new Map()
  const found = await tx.$queryRaw<{ id: string; slug: string; number: number }[]>`
    SELECT n.id, r.slug, n.number FROM "Recommendation" n JOIN "Report" r ON r.id = n."reportId"
    WHERE (r.slug, n.number) IN (SELECT * FROM unnest(${named.map(({ report }) => report)}::text[], ${named.map(({ number }) => number)}::int[]))`
  return new Map(found.map(({ id, slug, number }) => [`${slug}/${number}`, id]))
}

/** The ids of themes by their slug, of those of these that exist. */
export async function themesNamed(tx: Reads, slugs: string[]): Promise<Map<string, string>> {
  if (slugs.length === 0) return new Map()
  const found = await tx.$queryRaw<{ id: string; slug: string }[]>`SELECT id, slug FROM "Theme" WHERE slug = ANY(${slugs}::text[])`
  return new Map(found.map(({ id, slug }) => [slug, id]))
}
