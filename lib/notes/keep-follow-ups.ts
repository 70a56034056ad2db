import { now } from '@/lib/clock'
import type { Prisma, Tx } from '@/lib/db'
import { newId } from '@/lib/ids'
import { recommendationsNamed } from '@/lib/reports/linked'
import { storedDocument, type NotesDocument, type Reference, referenceKey, type TaskItem, tasksOf, textOf } from './document'

type Task = { blockId: string; text: string; owner: string | null; due: string | null; checked: boolean; follows: string | null; about: Reference[] }

/** What is to be done, as the notes say it; a task without words is none yet. */
export const followUpsIn = (document: NotesDocument): Task[] =>
  tasksOf(document).flatMap(({ attrs, content }: TaskItem) => {
    const [first] = content
    const text = first?.type === 'paragraph' ? textOf(first) : ''
    return first?.type === 'paragraph' && text !== '' ? [{ ...attrs, blockId: first.attrs.id, text: Array.from(text.slice(0, 4000)).slice(0, 2000).join(''), about: first.attrs.about }] : []
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

  const rows = await tx.followUp.findMany({ where: { eventId }, select: { id: true, blockId: true } })
  const own = new Map(rows.map(({ id, blockId }) => [blockId, id]))
  const carried = await carriedTo(tx, eventId, [...before, ...after].flatMap(({ follows }) => follows ?? []))
  const idOf = (task: Task) => (task.follows && carried.has(task.follows) ? task.follows : own.get(task.blockId))
  const was = new Map(before.map((task) => [task.blockId, task]))
  const closer = await nameOf(tx, by)
  // A list of thousands that somebody pastes is a few statements, or no transaction would ever end.
  const fresh: Prisma.FollowUpCreateManyInput[] = []
  const changed = new Map<string, Partial<Facts>>()
  const ties: Tied[] = []
  for (const task of after) {
    const [old, known] = [was.get(task.blockId), idOf(task)]
    if (old && known && isSame(old, task)) continue
    const id = known ?? newId()
    if (known) changed.set(id, { ...changed.get(id), ...changedFacts(old, task), ...ticked(old, task, closer) })
    else fresh.push({ id, eventId, blockId: task.blockId, createdAt: now(), ...facts(task), ...ticked(undefined, task, closer) })
    if (!old || keysOf(old) !== keysOf(task)) ties.push({ id, about: task.about, isCarried: carried.has(id) })
  }
  if (fresh.length > 0) await tx.followUp.createMany({ data: fresh })
  await change(tx, changed)
  await link(tx, ties)
  const standing = new Set(after.flatMap((task) => idOf(task) ?? []))
  const gone = [...new Set(before.flatMap((task) => idOf(task) ?? []))].filter((id) => !standing.has(id))
  if (gone.length > 0) await drop(tx, eventId, gone)
}

type Facts = { text: string; owner: string | null; due: Date | null; closedAt: Date | null; closedBy: string | null }

async function change(tx: Tx, changed: Map<string, Partial<Facts>>) {
  if (changed.size === 0) return
  await lock(tx, [...changed.keys()])
  const patches = JSON.stringify([...changed].map(([id, patch]) => ({ id, patch: { ...patch, ...(patch.due ? { due: dayOf(patch.due) } : {}) } })))
  await tx.$executeRaw`
    UPDATE "FollowUp" f SET "droppedAt" = NULL,
      text = CASE WHEN patch ? 'text' THEN patch ->> 'text' ELSE f.text END,
      owner = CASE WHEN patch ? 'owner' THEN patch ->> 'owner' ELSE f.owner END,
      due = CASE WHEN patch ? 'due' THEN (patch ->> 'due')::date ELSE f.due END,
      "closedAt" = CASE WHEN patch ? 'closedAt' THEN (patch ->> 'closedAt')::timestamptz ELSE f."closedAt" END,
      "closedBy" = CASE WHEN patch ? 'closedBy' THEN patch ->> 'closedBy' ELSE f."closedBy" END
    FROM jsonb_to_recordset(${patches}::jsonb) AS c (id uuid, patch jsonb) WHERE f.id = c.id`
}

const dayOf = (day: Date) => day.toISOString().slice(0, 10)

/** In one order, so that two notes that carry the same ones never wait for each other. */
const lock = (tx: Tx, ids: string[]) => tx.$queryRaw`SELECT 1 FROM "FollowUp" WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`

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

type Tied = { id: string; about: Reference[]; isCarried: boolean }

async function link(tx: Tx, ties: Tied[]) {
  const numbered = [...new Map(ties.flatMap(({ about }) => about.flatMap((one) => ('theme' in one ? [] : [[referenceKey(one), one] as const])))).values()]
  const targets = await recommendationsNamed(tx, numbered)
  await tx.followUpLink.deleteMany({ where: { followUpId: { in: ties.flatMap(({ id, isCarried }) => (isCarried ? [] : id)) } } })
  const data = ties.flatMap(({ id, about }) => about.flatMap((one) => targets.get(referenceKey(one)) ?? []).map((recommendationId) => ({ followUpId: id, recommendationId })))
  if (data.length > 0) await tx.followUpLink.createMany({ data, skipDuplicates: true })
}

/** Those stand no more, unless it is in the notes where they were first said, or in others of their series that carry them on. */
async function drop(tx: Tx, eventId: string, gone: string[]) {
  await lock(tx, gone)
  const rows = await tx.followUp.findMany({ where: { id: { in: gone } }, select: { id: true, blockId: true, event: { select: { id: true, startsAt: true, formatId: true, cycles: { select: { seriesId: true } } } } } })
  const standing = new Set<string>()
  for (const { event } of new Map(rows.map((row) => [row.event.id, row])).values()) {
    const own = event.id === eventId ? null : await tx.notes.findUnique({ where: { eventId: event.id }, select: { document: true } })
    const blocks = new Set(own ? followUpsIn(storedDocument(own.document)).map(({ blockId }) => blockId) : [])
    const carried = await followedIn(tx, (await laterOf(tx, event)).filter((id) => id !== eventId))
    for (const { id, blockId, event: first } of rows) if (first.id === event.id && (blocks.has(blockId) || carried.has(id))) standing.add(id)
  }
  await tx.followUp.updateMany({ where: { id: { in: gone.filter((id) => !standing.has(id)) } }, data: { droppedAt: now() } })
}

/** The follow-ups that the notes of these events carry on. */
async function followedIn(tx: Tx, eventIds: string[]): Promise<Set<string>> {
  if (eventIds.length === 0) return new Set()
  const found = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT jsonb_path_query(document, '$.**.follows') #>> '{}' AS id FROM "Notes"
    WHERE "eventId" = ANY(${eventIds}::uuid[]) AND document::text LIKE '%"follows": "%'`
  return new Set(found.map(({ id }) => id))
}

type First = { id: string; startsAt: Date; formatId: string | null; cycles: { seriesId: string }[] }

/** The sixty sessions behind the first that may carry what it left to do. */
async function laterOf(tx: Tx, event: First): Promise<string[]> {
  const later = await tx.event.findMany({ where: { id: { not: event.id }, startsAt: { gt: event.startsAt }, notes: { isNot: null }, ...ofSeries(event) }, orderBy: { startsAt: 'asc' }, take: 60, select: { id: true } })
  return later.map(({ id }) => id)
}

/** The events whose notes carry a follow-up on, the newest first. Looked for among the sixty sessions behind the first. */
export async function carriersOf(tx: Tx, id: string, event: First): Promise<string[]> {
  const later = await laterOf(tx, event)
  if (later.length === 0) return []
  const found = await tx.$queryRaw<{ eventId: string }[]>`
    SELECT n."eventId" FROM "Notes" n JOIN "Event" e ON e.id = n."eventId"
    WHERE n."eventId" = ANY(${later}::uuid[]) AND n.document::text LIKE ${`%"follows": "${id}"%`} ORDER BY e."startsAt" DESC`
  return found.map((one) => one.eventId)
}
