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
