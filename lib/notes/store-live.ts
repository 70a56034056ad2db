import { record } from '@/lib/activity/record'
import { guest, system } from '@/lib/actor'
import { now } from '@/lib/clock'
import { db, inTransaction, type Tx } from '@/lib/db'
import { actorOf, personById } from '@/lib/people/queries'
import { limits } from './document'
import { lockNotes, writeNotes } from './notes-row'
import type { KnownWriter } from './recognise-writer'

/** What a process has of a document when it is asked, after it merged what others stored (null: nothing was). */
export type Snapshot = { state: Uint8Array; json: string }
export type Stored = { revision: number; at: Date }

/** Writing within this time of one's own last is one line of the journal. */
const sitting = 30 * 60_000

/**
 * Stores what was written together, under the lock of the notes' row: what others stored since `known` comes to `merge`
 * first, so that nobody's words are lost, whoever else has the document open. Who wrote is kept for the edition's
 * authors, and each sitting is a line of the journal. Null: the event is no more. Throws `TooBig` where even so much
 * cannot be kept.
 */
export async function storeLive(eventId: string, { known, writers, merge }: { known: number; writers: KnownWriter[]; merge: (state: Uint8Array | null) => Snapshot }): Promise<Stored | null> {
  return inTransaction(async (tx) => {
    const row = await lockNotes(tx, eventId, known)
    if (!row) return null
    const { state, json } = merge(row.revision === known ? null : row.state)
    if (json.length > limits.stored) throw new TooBig()
    const by = writers.findLast(({ personId }) => personId !== null)?.personId ?? null
    const { revision, updatedAt } = await writeNotes(tx, eventId, { state, json, by })
    await sign(tx, eventId, writers, revision)
    return { revision, at: updatedAt }
  })
}

export class TooBig extends Error {}

async function sign(tx: Tx, eventId: string, writers: KnownWriter[], revision: number) {
  if (writers.length === 0) return
  const at = now()
  const before = await tx.notesWriter.findMany({ where: { eventId, writer: { in: writers.map(({ writer }) => writer) } }, select: { writer: true, lastAt: true } })
  const last = new Map(before.map(({ writer, lastAt }) => [writer, lastAt.getTime()]))
  for (const { writer, name, registrationId, personId } of writers) {
    await tx.notesWriter.upsert({
      where: { eventId_writer: { eventId, writer } },
      create: { eventId, writer, name, registrationId, lastAt: at },
      update: { name, lastAt: at },
    })
    if (at.getTime() - (last.get(writer) ?? 0) < sitting) continue
    const person = personId ? await personById(personId) : null
    // Of a participant the journal names nobody.
    const actor = person ? actorOf(person, 'browser') : registrationId ? guest : system('notes')
    await record(tx, actor, { verb: 'notes.write', subject: `event/${eventId}`, eventId, after: { revision, together: true } })
  }
}

/** What was stored since: null where nothing was. */
export async function newerState(eventId: string, known: number): Promise<{ state: Uint8Array | null; revision: number } | null> {
  return db.notes.findUnique({ where: { eventId, revision: { gt: known } }, select: { state: true, revision: true } })
}
