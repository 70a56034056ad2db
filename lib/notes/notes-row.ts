import { now } from '@/lib/clock'
import type { Tx } from '@/lib/db'
import { convertApart, sizeOf } from './convert-apart'
import type { NotesDocument } from './document'
import { keepFollowUps } from './keep-follow-ups'

export type Held = { eventId: string; state: Uint8Array; document: NotesDocument; revision: number; updatedAt: Date; updatedById: string | null }

/** PostgreSQL's channel that says that notes were written elsewhere than in the process that has them open: `<event> <revision>`. */
export const NOTES_WRITTEN = 'notes_written'

/**
 * Takes the lock of an event's notes until the transaction ends, and reads them. Where there are none they begin; notes
 * that nobody wrote together yet get their document of Yjs here, and only here, once. Null: there is no such event.
 */
export async function holdNotes(tx: Tx, eventId: string): Promise<Held | null> {
  const row = await lockNotes(tx, eventId)
  if (!row) return null
  const document = await convertApart('open', row.state.length, { state: row.state })
  return { eventId, state: row.state, document, revision: row.revision, updatedAt: row.updatedAt, updatedById: row.updatedById }
}

type Row = { state: Uint8Array; revision: number; updatedAt: Date; updatedById: string | null }

/** The same without opening it. `known` is the revision whose state the caller has already: it is not read again. */
export async function lockNotes(tx: Tx, eventId: string, known = -1): Promise<Row | null> {
  // In one statement, so that two who begin them at once wait for one another here.
  await tx.$executeRaw`
    INSERT INTO "Notes" ("eventId", document, "updatedAt") SELECT id, '{"type":"doc","content":[]}', ${now()} FROM "Event" WHERE id = ${eventId}::uuid
    ON CONFLICT DO NOTHING`
  const [row] = await tx.$queryRaw<(Omit<Row, 'state'> & { state: Uint8Array | null; begun: boolean })[]>`
    SELECT CASE WHEN revision <> ${known}::int THEN state END AS state, state IS NOT NULL AS begun, revision, "updatedAt", "updatedById"
    FROM "Notes" WHERE "eventId" = ${eventId}::uuid FOR UPDATE`
  if (!row) return null
  const { begun, ...rest } = row
  return { ...rest, state: begun ? (rest.state ?? new Uint8Array()) : await begin(tx, eventId) }
}

async function begin(tx: Tx, eventId: string) {
  const [{ json }] = await tx.$queryRaw<{ json: string }[]>`SELECT document::text AS json FROM "Notes" WHERE "eventId" = ${eventId}::uuid`
  const { state, document } = await convertApart('begin', json.length, { json })
  // The document too: notes of before that lacked an id have it from now on in both.
  await tx.$executeRaw`UPDATE "Notes" SET state = ${Buffer.from(state)}, document = ${document}::jsonb WHERE "eventId" = ${eventId}::uuid`
  return state
}

/** Writes held notes as they shall stand, with a revision of their own; null where they would be too big. */
export async function keepNotes(tx: Tx, held: Held, wanted: NotesDocument, by: string | null) {
  const changed = await convertApart('change', held.state.length + sizeOf(wanted), { state: held.state, wanted })
  if (!changed) return null
  const { state, document, json } = changed
  return { document, ...(await writeNotes(tx, held.eventId, { state, json, by })) }
}

/** State, document and revision at once, under the lock; who has them open is told when it is committed. */
export async function writeNotes(tx: Tx, eventId: string, { state, json, by }: { state: Uint8Array; json: string; by: string | null }) {
  await keepFollowUps(tx, eventId, json, by)
  const [{ revision, updatedAt }] = await tx.$queryRaw<{ revision: number; updatedAt: Date }[]>`
    UPDATE "Notes" SET state = ${Buffer.from(state)}, document = ${json}::jsonb, revision = revision + 1, "updatedAt" = ${now()}, "updatedById" = ${by}::uuid
    WHERE "eventId" = ${eventId}::uuid RETURNING revision, "updatedAt"`
  await tx.$executeRaw`SELECT pg_notify(${NOTES_WRITTEN}, ${`${eventId} ${revision}`})`
  return { revision, updatedAt }
}
