import { inTransaction } from '@/lib/db'
import { lockNotes } from './notes-row'

/** The notes of an event as a document of Yjs, for whoever serves it to several writers; begun where nobody did. Null: no such event. */
export async function openLive(eventId: string) {
  return inTransaction(async (tx) => {
    const row = await lockNotes(tx, eventId)
    if (!row) return null
    const [{ bytes }] = await tx.$queryRaw<{ bytes: number }[]>`SELECT octet_length(document::text) AS bytes FROM "Notes" WHERE "eventId" = ${eventId}::uuid`
    return { state: row.state, revision: row.revision, updatedAt: row.updatedAt, bytes }
  })
}
