import { now } from '@/lib/clock'
import type { Tx } from '@/lib/db'
import { storedDocument, type NotesDocument, type Reference, referenceKey, type TaskItem, tasksOf, textOf } from './document'

type Task = { blockId: string; text: string; owner: string | null; due: string | null; checked: boolean; follows: string | null; about: Reference[] }

/** What is to be done, as the notes say it; a task without words is none yet. */
export const followUpsIn = (document: NotesDocument): Task[] =>
  tasksOf(document).flatMap(({ attrs, content }: TaskItem) => {
    const [first] = content
    const text = first?.type === 'paragraph' ? textOf(first) : ''
    return first?.type === 'paragraph' && text !== '' ? [{ ...attrs, blockId: first.attrs.id, text: text.slice(0, 2000), about: first.attrs.about }] : []
  })

/**
 * Follow-ups are what the tasks of notes say: called under the lock of the notes' row by whatever writes them, before
 * it does. `json` is the document as it will stand, `by` the person who writes. What changed in the notes changes here:
 * a new task, its words, who and until when, a tick (closed by whom) and one taken away; a task that is gone, here and
 * wherever it was carried, is dropped, and stands again when it comes back. A task that `follows` one of an earlier
 * session of the same series acts on that one.
 */
export async function keepFollowUps(tx: Tx, eventId: string, json: string, by: string | null) {
  // Ours, cleaned when it was written: long notes are not read again for each word that somebody adds.
  const [had] = await tx.$queryRaw<{ document: NotesDocument }[]>`SELECT document FROM "Notes" WHERE "eventId" = ${eventId}::uuid AND document::text LIKE '%"taskItem"%'`
  const before = had ? followUpsIn(had.document) : []
  const after = json.includes('"taskItem"') ? followUpsIn(JSON.parse(json) as NotesDocument) : []
  if (JSON.stringify(before) === JSON.stringify(after)) return

  const rows = await tx.followUp.findMany({ where: { eventId }, select: { id: true, blockId: true, droppedAt: true } })
  const carried = await carriedTo(tx, eventId, [...before, ...after].flatMap(({ follows }) => follows ?? []))
  const idOf = (task: Task) => (task.follows && carried.has(task.follows) ? task.follows : rows.find(({ blockId }) => blockId === task.blockId)?.id)
  const was = new Map(before.map((task) => [task.blockId, task]))
  const closer = await nameOf(tx, by)
  // In one order, so that two notes that carry the same ones never wait for each other.
  const byId = after.map((task) => ({ task, id: idOf(task) })).toSorted((a, b) => (a.id ?? '').localeCompare(b.id ?? ''))
  for (const { task, id } of byId) {
    const old = was.get(task.blockId)
    if (old && id && isSame(old, task)) continue
    if (id) await tx.followUp.update({ where: { id }, data: { ...changedFacts(old, task), ...ticked(old, task, closer), droppedAt: null } })
    const made = id ?? (await tx.followUp.create({ data: { eventId, blockId: task.blockId, ...facts(task), ...ticked(undefined, task, closer) }, select: { id: true } })).id
    if (!old || keysOf(old) !== keysOf(task)) await link(tx, made, task.about, { isCarried: carried.has(made) })
  }
  const standing = new Set(after.flatMap((task) => idOf(task) ?? []))
  const gone = [...new Set(before.flatMap((task) => idOf(task) ?? []))].filter((id) => !standing.has(id)).toSorted()
  for (const id of gone) if (!(await standsElsewhere(tx, id, eventId))) await tx.followUp.update({ where: { id }, data: { droppedAt: now() } })
}

const facts = ({ text, owner, due }: Task) => ({ text, owner, due: due === null ? null : new Date(`${due}T00:00:00Z`) })

/** Only what this change changed: two notes may carry the same task, and the older one's words do not come back. */
function changedFacts(old: Task | undefined, task: Task) {
  const all = facts(task)
  if (!old) return task.follows ? {} : all
  return { ...(old.text === task.text ? {} : { text: all.text }), ...(old.owner === task.owner ? {} : { owner: all.owner }), ...(old.due === task.due ? {} : { due: all.due }) }
}

function ticked(old: Task | undefined, task: Task, closer: string | null) {
  if (task.checked && !old?.checked) return { closedAt: now(), closedBy: closer }
  return old?.checked && !task.checked ? { closedAt: null, closedBy: null } : {}
}

const keysOf = ({ about }: Task) => about.map(referenceKey).join(' ')
const isSame = (one: Task, other: Task) => JSON.stringify(one) === JSON.stringify(other)

async function nameOf(tx: Tx, by: string | null) {
  const person = by && (await tx.person.findUnique({ where: { id: by }, select: { name: true } }))
  return person ? person.name : null
}

/** Of those named, the ones that may be carried into this event's notes: said earlier in a series that it belongs to. */
async function carriedTo(tx: Tx, eventId: string, named: string[]): Promise<Set<string>> {
  if (named.length === 0) return new Set()
  const event = await tx.event.findUniqueOrThrow({ where: { id: eventId }, select: { formatId: true, startsAt: true, cycles: { select: { seriesId: true } } } })
  const found = await tx.followUp.findMany({ where: { id: { in: named }, event: { id: { not: eventId }, startsAt: { lt: event.startsAt }, ...ofSeries(event) } }, select: { id: true } })
  return new Set(found.map(({ id }) => id))
}

/** Events of the same format, or of a cycle that both belong to. */
export const ofSeries = ({ formatId, cycles }: { formatId: string | null; cycles: { seriesId: string }[] }) => ({
  OR: [...(formatId ? [{ formatId }] : []), { cycles: { some: { seriesId: { in: cycles.map(({ seriesId }) => seriesId) } } } }],
})

async function link(tx: Tx, followUpId: string, about: Reference[], { isCarried }: { isCarried: boolean }) {
  const numbered = about.flatMap((one) => ('theme' in one ? [] : [{ report: { slug: one.report }, number: one.number }]))
  const found = numbered.length > 0 ? await tx.recommendation.findMany({ where: { OR: numbered }, select: { id: true } }) : []
  if (!isCarried) await tx.followUpLink.deleteMany({ where: { followUpId, recommendationId: { notIn: found.map(({ id }) => id) } } })
  await tx.followUpLink.createMany({ data: found.map(({ id }) => ({ followUpId, recommendationId: id })), skipDuplicates: true })
}

/** In the notes where it was first said, or in others of its series that carry it on. */
async function standsElsewhere(tx: Tx, id: string, eventId: string) {
  const { event, blockId } = await tx.followUp.findUniqueOrThrow({ where: { id }, select: { blockId: true, event: { select: { id: true, startsAt: true, formatId: true, cycles: { select: { seriesId: true } } } } } })
  const own = event.id === eventId ? null : await tx.notes.findUnique({ where: { eventId: event.id }, select: { document: true } })
  if (own && followUpsIn(storedDocument(own.document)).some((task) => task.blockId === blockId)) return true
  return (await carriersOf(tx, id, event)).some((one) => one !== eventId)
}

/** The events whose notes carry a follow-up on, the newest first. Looked for among the sixty sessions behind the first. */
export async function carriersOf(tx: Tx, id: string, event: { id: string; startsAt: Date; formatId: string | null; cycles: { seriesId: string }[] }): Promise<string[]> {
  const later = await tx.event.findMany({ where: { id: { not: event.id }, startsAt: { gt: event.startsAt }, notes: { isNot: null }, ...ofSeries(event) }, orderBy: { startsAt: 'asc' }, take: 60, select: { id: true } })
  if (later.length === 0) return []
  const found = await tx.$queryRaw<{ eventId: string }[]>`
    SELECT n."eventId" FROM "Notes" n JOIN "Event" e ON e.id = n."eventId"
    WHERE n."eventId" = ANY(${later.map((one) => one.id)}::uuid[]) AND n.document::text LIKE ${`%"follows": "${id}"%`} ORDER BY e."startsAt" DESC`
  return found.map((one) => one.eventId)
}
