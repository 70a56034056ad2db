import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { inTransaction, type Tx } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canWriteNotes } from './access'
import type { NotesDocument } from './document'
import { holdNotes, keepNotes } from './notes-row'

/** Writing within this time of one's own last is one line of the journal: a pen does not sign every word. */
const sitting = 30 * 60_000

export type Changed = { document: NotesDocument; revision: number; updatedAt: Date; isChanged: boolean }

/**
 * Changes the notes of an event, under the lock of their row: `change` gets them as they stand (one empty paragraph
 * before the first word) and gives back how they shall stand, or null to leave them. Blocks keep their ids as far as it
 * keeps them, only what differs is written, and whoever has them open sees it at once; what they write meanwhile stays.
 * Every way of writing that is not the live editor goes through here. With `tx`, within that transaction. Refusals:
 * `forbidden`, `not-found`, `too-big`, `stale` (`revision` is given, and is not the newest; 0 where nothing was saved).
 * Where the caller writes a line of its own in the journal, `isSigned` is false.
 */
export async function changeNotes(
  actor: Actor,
  eventId: string,
  change: (document: NotesDocument) => NotesDocument | null | Promise<NotesDocument | null>,
  { tx, revision, isSigned = true }: { tx?: Tx; revision?: number; isSigned?: boolean } = {},
): Promise<Outcome<Changed, 'forbidden' | 'not-found' | 'too-big' | 'stale'>> {
  if (!canWriteNotes(actor)) return refused('forbidden')
  const work = async (tx: Tx): Promise<Outcome<Changed, 'forbidden' | 'not-found' | 'too-big' | 'stale'>> => {
    const held = await holdNotes(tx, eventId)
    if (!held) return refused('not-found')
    if (revision !== undefined && revision !== held.revision) return refused('stale')
    const wanted = await change(held.document)
    if (wanted === null) return done({ document: held.document, revision: held.revision, updatedAt: held.updatedAt, isChanged: false })
    const by = actor.kind === 'person' ? actor.id : null
    const kept = await keepNotes(tx, held, wanted, by)
    if (!kept) return refused('too-big')
    const isSameSitting = held.revision > 0 && held.updatedById === by && kept.updatedAt.getTime() - held.updatedAt.getTime() < sitting
    if (isSigned && !isSameSitting) await record(tx, actor, { verb: 'notes.write', subject: `event/${eventId}`, eventId, after: { revision: kept.revision } })
    return done({ ...kept, isChanged: true })
  }
  return tx ? work(tx) : inTransaction(work)
}
