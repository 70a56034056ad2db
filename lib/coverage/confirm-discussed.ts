import { record } from '@/lib/activity/record'
import { type Actor, actorName } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { fieldRefusals } from '@/lib/errors'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canConfirm } from './access'
import { discussedInput, type RecommendationRef } from './schema'

type Refusal = 'forbidden' | 'not-found' | 'invalid' | 'not-published' | 'called-off' | 'not-started'

/**
 * Says what was discussed at a session, once it has begun: replaces what was said before; an empty list says that
 * nothing was. What was not planned may be named too. Refusals: `not-started`, `not-published` (a draft),
 * `called-off`, `invalid` with `recommendations.<place>` for what does not exist. `options.at`: when it was said, for
 * system actors alone.
 */
export async function confirmDiscussed(
  actor: Actor,
  slug: string,
  recommendations: RecommendationRef[],
  options: { at?: Date } = {},
): Promise<Outcome<{ discussed: number }, Refusal>> {
  if (!canConfirm(actor)) return refused('forbidden')
  const read = discussedInput.safeParse(recommendations)
  if (!read.success) return refused('invalid', fieldRefusals(read.error).map(({ field, reason }) => ({ field: `recommendations.${field}`, reason })))
  return inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Event" WHERE slug = ${slug} FOR NO KEY UPDATE`
    const event = await tx.event.findUnique({ where: { slug }, select: { id: true, status: true, startsAt: true } })
    if (!event) return refused('not-found')
    if (event.status !== 'published') return refused(event.status === 'draft' ? 'not-published' : 'called-off')
    if (event.startsAt > now()) return refused('not-started')

    const named = read.data.map(({ report, number }) => ({ report: { slug: report }, number }))
    const rows = named.length > 0 ? await tx.recommendation.findMany({ where: { OR: named }, select: { id: true, number: true, report: { select: { slug: true } } } }) : []
    const ids = new Map(rows.map((row) => [`${row.report.slug}/${row.number}`, row.id]))
    const unknown = read.data.flatMap(({ report, number }, i) => (ids.has(`${report}/${number}`) ? [] : [{ field: `recommendations.${i}`, reason: 'unknown' }]))
    if (unknown.length > 0) return refused('invalid', unknown)

    const said = { confirmedAt: (actor.kind === 'system' ? options.at : undefined) ?? now(), confirmedBy: actorName(actor) }
    await tx.discussion.deleteMany({ where: { eventId: event.id, recommendationId: { notIn: [...ids.values()] } } })
    await tx.discussion.createMany({ data: [...ids.values()].map((recommendationId) => ({ eventId: event.id, recommendationId, ...said })), skipDuplicates: true })
    await tx.confirmation.upsert({ where: { eventId: event.id }, create: { eventId: event.id, ...said }, update: said })
    await record(tx, actor, { verb: 'coverage.confirm', subject: `event/${event.id}`, eventId: event.id, after: { discussed: [...ids.keys()] } })
    return done({ discussed: ids.size })
  })
}
