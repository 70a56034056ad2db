import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { inTransaction } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { slugify } from '@/lib/text'
import { canCreateSeries } from './access'
import type { SeriesInput } from './schema'

/** Adds a format or a cycle. Refusals: `forbidden`; `invalid`, where the slug is taken. */
export async function createSeries(actor: Actor, input: SeriesInput): Promise<Outcome<{ slug: string }, 'forbidden' | 'invalid'>> {
  if (!canCreateSeries(actor)) return refused('forbidden')
  const slug = input.slug ?? slugify(input.nameFr)
  return inTransaction(async (tx) => {
    const written = await tx.series.createMany({ data: [{ ...input, slug }], skipDuplicates: true })
    if (written.count === 0) return refused('invalid', [{ field: 'slug', reason: 'taken' }])
    await record(tx, actor, { verb: 'series.create', subject: `series/${slug}`, after: { name: input.nameFr, nature: input.nature } })
    return done({ slug })
  })
}
