import { record } from '@/lib/activity/record'
import { type Actor, actorName } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction, type Tx } from '@/lib/db'
import { fieldRefusals } from '@/lib/errors'
import { showNotesTo } from '@/lib/events/show-notes-to'
import { newId } from '@/lib/ids'
import { enqueue } from '@/lib/jobs/enqueue'
import { done, type FieldRefusal, type Outcome, refused } from '@/lib/outcome'
import { recommendationsNamed, themesNamed } from '@/lib/reports/linked'
import { canWriteNotes } from './access'
import { isEmpty, type NotesDocument, type PassageFacts, passagesOf, type Reference, referenceKey, storedDocument } from './document'
import { proposedAuthors } from './rules'
import { licences, type PublishInput, publishInput } from './schema'

type Refusal = 'forbidden' | 'not-found' | 'invalid' | 'not-published' | 'called-off' | 'not-started' | 'nothing-written' | 'stale' | 'unknown-reference'

/**
 * Publishes the notes as they stand as the next edition: the restitution. Its passages are written in the same
 * transaction, and whoever asked is told after it. Refusals: `not-published` (the event is a draft), `called-off`,
 * `not-started`, `nothing-written`, `stale` (the notes are no more what was read, or there is a newer edition than
 * `after`), `unknown-reference` (a paragraph is tied to what does not exist; the fields are `p-<id>`), `invalid`.
 * `options.at`: the day of publication, for system actors alone; nobody is told of what was published then.
 */
export async function publishNotes(actor: Actor, slug: string, input: PublishInput, options: { at?: Date } = {}): Promise<Outcome<{ number: number }, Refusal>> {
  if (!canWriteNotes(actor)) return refused('forbidden')
  const read = publishInput.safeParse(input)
  if (!read.success) return refused('invalid', fieldRefusals(read.error))
  const { revision, after, visibility } = read.data
  return inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Event" WHERE slug = ${slug} FOR NO KEY UPDATE`
    const event = await tx.event.findUnique({ where: { slug }, select: { id: true, status: true, startsAt: true, notes: { omit: { state: true } } } })
    if (!event) return refused('not-found')
    if (event.status !== 'published') return refused(event.status === 'draft' ? 'not-published' : 'called-off')
    if (event.startsAt > now()) return refused('not-started')
    const document = event.notes && storedDocument(event.notes.document)
    if (!document || isEmpty(document)) return refused('nothing-written')
    const { last, current } = await before(tx, event.id)
    if ((revision != null && revision !== event.notes?.revision) || (after != null && after !== (last?.number ?? 0))) return refused('stale')
    const passages = passagesOf(document)
    const targets = await findTargets(tx, passages)
    const unknown = passages.flatMap(({ id, about }): FieldRefusal[] =>
      about.every((one) => targets.has(referenceKey(one))) ? [] : [{ field: `p-${id}`, reason: 'unknown-reference' }],
    )
    if (unknown.length > 0) return refused('unknown-reference', unknown)

    const past = actor.kind === 'system' ? options.at : undefined
    const edition = {
      id: newId(),
      eventId: event.id,
      number: (last?.number ?? 0) + 1,
      document,
      authors: read.data.authors ?? last?.authors ?? proposedAuthors(await writersOf(tx, event.id), actorName(actor)),
      licence: read.data.licence ?? last?.licence ?? licences[0],
      changes: read.data.changes ?? null,
      isTold: !past && (read.data.told ?? !current),
      publishedAt: past ?? now(),
      publishedById: actor.kind === 'person' ? actor.id : null,
    }
    await write(tx, edition, passages, targets)
    if (visibility) await showNotesTo(tx, event.id, visibility)
    if (edition.isTold) await enqueue(tx, 'edition-published', { editionId: edition.id })
    const { number, licence, isTold } = edition
    await record(tx, actor, { verb: 'notes.publish', subject: `edition/${edition.id}`, eventId: event.id, after: { number, licence, told: isTold, ...(visibility ? { visibility } : {}) } })
    return done({ number })
  })
}

async function before(tx: Tx, eventId: string) {
  const editions = await tx.edition.findMany({ where: { eventId }, orderBy: { number: 'desc' }, select: { number: true, authors: true, licence: true, withdrawnAt: true } })
  return { last: editions[0], current: editions.find(({ withdrawnAt }) => withdrawnAt === null) }
}

const writersOf = (tx: Tx, eventId: string) => tx.notesWriter.findMany({ where: { eventId }, orderBy: { lastAt: 'asc' }, select: { name: true } })

type Target = { recommendationId: string } | { themeId: string }

async function findTargets(tx: Tx, passages: PassageFacts[]): Promise<Map<string, Target>> {
  const references = [...new Map(passages.flatMap(({ about }) => about.map((one) => [referenceKey(one), one] as [string, Reference]))).values()]
  const themes = await themesNamed(tx, references.flatMap((one) => ('theme' in one ? [one.theme] : [])))
  const recommendations = await recommendationsNamed(tx, references.flatMap((one) => ('theme' in one ? [] : [one])))
  return new Map<string, Target>([
    ...[...themes].map(([slug, themeId]): [string, Target] => [slug, { themeId }]),
    ...[...recommendations].map(([key, recommendationId]): [string, Target] => [key, { recommendationId }]),
  ])
}

type NewEdition = { id: string; eventId: string; number: number; document: NotesDocument; authors: string; licence: string; changes: string | null; isTold: boolean; publishedAt: Date; publishedById: string | null }

async function write(tx: Tx, edition: NewEdition, passages: PassageFacts[], targets: Map<string, Target>) {
  await tx.edition.create({ data: edition })
  await tx.passage.createMany({
    data: passages.flatMap(({ id, text, about }, position) =>
      about.map((one) => ({ editionId: edition.id, eventId: edition.eventId, paragraphId: id, position, text, ...targets.get(referenceKey(one)) })),
    ),
  })
}
