import type { Actor } from '@/lib/actor'
import { inTransaction, type Tx } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canWriteNotes } from './access'
import { changeNotes } from './change'
import { type NotesDocument, readDocument, storedDocument } from './document'

/** The newest saved notes, which whoever was too late must see. */
export type Newest = { document: NotesDocument; revision: number; updatedAt: Date }
type Saved = Outcome<{ revision: number; updatedAt: Date }, 'forbidden' | 'not-found' | 'invalid'> | { ok: false; reason: 'stale'; newest: Newest | null }

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
    const changed = await changeNotes(actor, event.id, () => read.value, { tx, revision: input.revision })
    if (changed.ok) return done({ revision: changed.value.revision, updatedAt: changed.value.updatedAt })
    if (changed.reason === 'stale') return { ok: false, reason: 'stale', newest: await newest(tx, event.id) }
    return changed.reason === 'too-big' ? refused('invalid', [{ field: 'document', reason: 'too-long' }]) : refused(changed.reason)
  })
}

async function newest(tx: Tx, eventId: string): Promise<Newest | null> {
  const row = await tx.notes.findUnique({ where: { eventId, revision: { gt: 0 } }, select: { document: true, revision: true, updatedAt: true } })
  return row && { ...row, document: storedDocument(row.document) }
}
