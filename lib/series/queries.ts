import { db } from '@/lib/db'

/** Formats first, then cycles, each in the order that the house gave them. */
export const allSeries = () => db.series.findMany({ orderBy: [{ nature: 'asc' }, { position: 'asc' }, { nameFr: 'asc' }] })

/** One format or cycle, or null. */
export const seriesBySlug = (slug: string) => db.series.findUnique({ where: { slug } })

export type SeriesRow = NonNullable<Awaited<ReturnType<typeof seriesBySlug>>>
