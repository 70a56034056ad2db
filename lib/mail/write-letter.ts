import { config } from '@/lib/config'
import { Prisma, type Tx } from '@/lib/db'

export type NewLetter = {
  /** What it is about, as `registration/<id>`: letters about the same thing leave in the order they were written. */
  about: string
  kind: string
  /** With `about` and `kind` unique, for ever: the same act done twice says it once. */
  revision: number
  eventId?: string | null
  locale: string
  to: { name?: string | null; address: string }
  /** What cannot be read from the rows when the letter's turn comes. Plain data. */
  facts?: Prisma.JsonObject
  /** Not before this instant; at once if not given. */
  dueAt?: Date
  /** Its turn, where a visitor causes it (letterTurn): not before, unless the address is proven meanwhile. */
  turn?: Date
  /** Seeded people: kept as delivered, never sent. */
  bornDelivered?: boolean
}

/** Writes a letter in the transaction of the act it tells of. False if it had been written before. */
export async function writeLetter(tx: Tx, letter: NewLetter): Promise<boolean> {
  const written = await tx.$executeRaw(
    insertLetters({
      about: letter.about,
      kind: letter.kind,
      revision: letter.revision,
      eventId: letter.eventId,
      locale: letter.locale,
      toName: letter.to.name,
      toAddress: letter.to.address,
      facts: letter.facts,
      dueAt: letter.dueAt,
      turn: letter.turn,
      bornDelivered: letter.bornDelivered,
    }),
  )
  return written === 1
}

/** A value, or an expression over the columns of `from`. */
type Column<Value> = Value | Prisma.Sql

export type LetterColumns = {
  /**
   * Where the rows come from, with its FROM: a table with its WHERE, or a CTE of the statement that this one ends.
   * Without it, one letter of the values given.
   */
  from?: Prisma.Sql
  about: Column<string>
  kind: Column<string>
  revision: Column<number>
  eventId?: Column<string | null | undefined>
  locale: Column<string>
  toName?: Column<string | null | undefined>
  toAddress: Column<string>
  facts?: Column<Prisma.JsonObject | undefined>
  dueAt?: Column<Date | undefined>
  turn?: Column<Date | undefined>
  bornDelivered?: Column<boolean | undefined>
}

/**
 * `INSERT INTO "Letter" … SELECT … <from> ON CONFLICT DO NOTHING`, to run alone or to end a statement with CTEs;
 * a RETURNING may follow. For one registration, behind the seat guard:
 *
 *     WITH e AS (UPDATE "Seating" …), r AS (INSERT INTO "Registration" … FROM e RETURNING *)
 *     ${insertLetters({ from: Prisma.sql`FROM r`, about: Prisma.sql`'registration/' || r.id`, kind: 'seat-confirmed',
 *       revision: Prisma.sql`r.revision`, eventId: Prisma.sql`r."eventId"`, locale: Prisma.sql`r.locale`,
 *       toName: Prisma.sql`r.name`, toAddress: Prisma.sql`r.address` })}
 *
 * and for many: `from: Prisma.sql`FROM "Registration" r WHERE r."eventId" = … AND r.status = …``.
 * Written by the database's clock at this very moment, not at the transaction's begin: whoever waited for a lock
 * comes after who held it.
 */
export function insertLetters(columns: LetterColumns): Prisma.Sql {
  const { from = Prisma.empty, about, kind, revision, eventId, locale, toName, toAddress, facts, dueAt, turn, bornDelivered } = columns
  const factsOrNone = facts instanceof Prisma.Sql ? facts : Prisma.sql`${JSON.stringify(facts ?? {})}`
  return Prisma.sql`
    INSERT INTO "Letter" (id, about, kind, revision, "eventId", locale, "toName", "toAddress", facts, status, "dueAt", "heldFor", "messageId", "createdAt")
    SELECT l.id, l.about, l.kind, l.revision, l."eventId", l.locale, l."toName", l."toAddress", l.facts,
      (CASE WHEN l.born THEN 'delivered' ELSE 'queued' END)::"LetterStatus", greatest(coalesce(l."dueAt", l.at), l.turn),
      CASE WHEN l.turn > l.at AND NOT l.born THEN lower(l."toAddress") END, l.id || '@' || ${config().replyDomain}::text,
      l.at
    FROM (
      SELECT gen_random_uuid() AS id, clock_timestamp() AS at, (${about})::text AS about, (${kind})::text AS kind,
        (${revision})::int AS revision, (${eventId ?? null})::uuid AS "eventId", (${locale})::text AS locale,
        (${toName ?? null})::text AS "toName", (${toAddress})::text AS "toAddress", (${factsOrNone})::jsonb AS facts,
        (${dueAt ?? null})::timestamptz AS "dueAt", (${turn ?? null})::timestamptz AS turn, (${bornDelivered ?? false})::boolean AS born
      ${from}
    ) l
    ON CONFLICT (about, kind, revision) DO NOTHING`
}
