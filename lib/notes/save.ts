import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction, type Tx } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canWriteNotes } from './access'
import { type NotesDocument, readDocument, storedDocument } from './document'

/** The newest saved notes, which whoever was too late must see. */
export type Newest = { document: NotesDocument; revision: number; updatedAt: Date }
type Saved = Outcome<{ revision: number; updatedAt: Date }, 'forbidden' | 'not-found' | 'invalid'> | { ok: false; reason: 'stale'; newest: Newest | null }

/** Saves within this time of one's own last one are one line of the journal: a pen does not sign every word. */
const sitting = 30 * 60_000

/**
 * Saves the notes while they are written. `revision` is the one that the writer started from (0: none yet); if
 * somebody else saved meanwhile nothing is written, and `stale` brings the newest. Any event takes notes, a draft
 * too. Refusals: `forbidden`, `not-found`, `invalid` (field `document`: too-long, too-deep, not-text, malformed).
 */
export async function saveNotes(actor: Actor, slug: string, input: { document: unknown; revision: number }): Promise<Saved> {
  if (!canWriteNotes(actor)) return refused('forbidden')
  const read = readDocument(input.document)
  if (!read.ok) return refused('invalid', [{ field: 'document', reason: read.reason === 'too-big' ? 'too-long' : read.reason }])
  return inTransaction(async (tx): Promise<Saved> => {
    const event = await tx.event.findUnique({ where: { slug }, select: { id: true } })
    if (!event) return refused('not-found')
    const before = await lockNotes(tx, event.id)
    const written = { document: read.value, revision: input.revision + 1, updatedAt: now(), updatedById: actor.kind === 'person' ? actor.id : null }
    const isFirst = before === null && input.revision === 0
    // Two first saves at once: the table holds one row per event, and the second finds it taken.
    const isWritten = isFirst
      ? (await tx.notes.createMany({ data: [{ eventId: event.id, ...written }], skipDuplicates: true })).count === 1
      : (await tx.notes.updateMany({ where: { eventId: event.id, revision: input.revision }, data: written })).count === 1
    if (!isWritten) return { ok: false, reason: 'stale', newest: await newest(tx, event.id) }
    const isSameSitting = before !== null && before.updatedById === written.updatedById && written.updatedAt.getTime() - before.updatedAt.getTime() < sitting
    if (!isSameSitting) await record(tx, actor, { verb: 'notes.write', subject: `event/${event.id}`, eventId: event.id, after: { revision: written.revision } })
    return done({ revision: written.revision, updatedAt: written.updatedAt })
  })
}

async function lockNotes(tx: Tx, eventId: string) {
  const [row] = await tx.$queryRaw<{ updatedAt: Date; updatedById: string | null }[]>`
    SELECT "updatedAt", "updatedById" FROM "Notes" WHERE "eventId" = ${eventId}::uuid FOR UPDATE`
  return row ?? null
}

async function newest(tx: Tx, eventId: string): Promise<Newest | null> {
  const row = await tx.notes.findUnique({ where: { eventId }, select: { document: true, revision: true, updatedAt: true } })
  return row && { ...row, document: storedDocument(row.document) }
}
