import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction, type Tx } from '@/lib/db'
import { fieldRefusals } from '@/lib/errors'
import { showNotesTo } from '@/lib/events/show-notes-to'
import { newId } from '@/lib/ids'
import { done, type FieldRefusal, type Outcome, refused } from '@/lib/outcome'
import { canWriteNotes } from './access'
import { isEmpty, type PassageFacts, passagesOf, type Reference, referenceKey, storedDocument } from './document'
import { type PublishInput, publishInput } from './schema'

type Refusal = 'forbidden' | 'not-found' | 'invalid' | 'not-published' | 'called-off' | 'not-started' | 'nothing-written' | 'stale' | 'unknown-reference'

/**
 * Publishes the notes as they stand as the next edition: the restitution. Its passages are written in the same
 * transaction. Refusals: `not-published` (the event is a draft), `called-off`, `not-started`, `nothing-written`,
 * `stale` (the notes are no more what was read), `unknown-reference` (a paragraph is tied to what does not exist;
 * the fields are `p-<id>`), `invalid`. `options.at`: the day of publication, for system actors alone.
 */
export async function publishNotes(actor: Actor, slug: string, input: PublishInput, options: { at?: Date } = {}): Promise<Outcome<{ number: number }, Refusal>> {
  if (!canWriteNotes(actor)) return refused('forbidden')
  const read = publishInput.safeParse(input)
  if (!read.success) return refused('invalid', fieldRefusals(read.error))
  return inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Event" WHERE slug = ${slug} FOR NO KEY UPDATE`
    const event = await tx.event.findUnique({ where: { slug }, select: { id: true, status: true, startsAt: true, notes: true } })
    if (!event) return refused('not-found')
    if (event.status !== 'published') return refused(event.status === 'draft' ? 'not-published' : 'called-off')
    if (event.startsAt > now()) return refused('not-started')
    const document = event.notes && storedDocument(event.notes.document)
    if (!document || isEmpty(document)) return refused('nothing-written')
    if (read.data.revision != null && read.data.revision !== event.notes?.revision) return refused('stale')
    const passages = passagesOf(document)
    const targets = await findTargets(tx, passages)
    const unknown = passages.flatMap(({ id, about }): FieldRefusal[] =>
      about.every((one) => targets.has(referenceKey(one))) ? [] : [{ field: `p-${id}`, reason: 'unknown-reference' }],
    )
    if (unknown.length > 0) return refused('unknown-reference', unknown)

    const { _max } = await tx.edition.aggregate({ where: { eventId: event.id }, _max: { number: true } })
    const number = (_max.number ?? 0) + 1
    const edition = {
      id: newId(),
      eventId: event.id,
      number,
      document,
      authors: read.data.authors,
      licence: read.data.licence,
      publishedAt: (actor.kind === 'system' ? options.at : undefined) ?? now(),
      publishedById: actor.kind === 'person' ? actor.id : null,
    }
    await tx.edition.create({ data: edition })
    await tx.passage.createMany({ data: rowsOf(edition, passages, targets) })
    if (read.data.visibility) await showNotesTo(tx, event.id, read.data.visibility)
    await record(tx, actor, {
      verb: 'notes.publish',
      subject: `edition/${edition.id}`,
      eventId: event.id,
      after: { number, licence: edition.licence, ...(read.data.visibility ? { visibility: read.data.visibility } : {}) },
    })
    return done({ number })
  })
}

type Target = { recommendationId: string } | { themeId: string }

async function findTargets(tx: Tx, passages: PassageFacts[]): Promise<Map<string, Target>> {
  const references = [...new Map(passages.flatMap(({ about }) => about.map((one) => [referenceKey(one), one] as [string, Reference]))).values()]
  const slugs = references.flatMap((one) => ('theme' in one ? [one.theme] : []))
  const numbered = references.flatMap((one) => ('theme' in one ? [] : [{ report: { slug: one.report }, number: one.number }]))
  const themes = slugs.length > 0 ? await tx.theme.findMany({ where: { slug: { in: slugs } }, select: { id: true, slug: true } }) : []
  const recommendations =
    numbered.length > 0
      ? await tx.recommendation.findMany({ where: { OR: numbered }, select: { id: true, number: true, report: { select: { slug: true } } } })
      : []
  return new Map<string, Target>([
    ...themes.map((one): [string, Target] => [one.slug, { themeId: one.id }]),
    ...recommendations.map((one): [string, Target] => [`${one.report.slug}/${one.number}`, { recommendationId: one.id }]),
  ])
}

const rowsOf = (edition: { id: string; eventId: string }, passages: PassageFacts[], targets: Map<string, Target>) =>
  passages.flatMap(({ id, text, about }, position) =>
    about.map((one) => ({ editionId: edition.id, eventId: edition.eventId, paragraphId: id, position, text, ...targets.get(referenceKey(one)) })),
  )
