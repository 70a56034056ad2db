import { db } from '@/lib/db'

/** One process has a document open; so long is it believed to live without saying so again. */
export const leaseSeconds = 15

export type Holder = { holder: string; address: string }

/** Who has the document open, of those who said so lately. */
export async function holderOf(eventId: string): Promise<Holder | null> {
  const [row] = await db.$queryRaw<Holder[]>`SELECT holder, address FROM "NotesHolder" WHERE "eventId" = ${eventId}::uuid AND until > clock_timestamp()`
  return row ?? null
}

/**
 * Takes the document for this process: where nobody has it, where whoever had it did not say so again, or where that is
 * `dead` (a holder whose address does not answer, or is ours now). Gives back who holds it then.
 */
export async function takeLive(eventId: string, { holder, address }: Holder, dead?: string): Promise<Holder | null> {
  const [row] = await db.$queryRaw<Holder[]>`
    INSERT INTO "NotesHolder" AS held ("eventId", holder, address, until)
    SELECT id, ${holder}::uuid, ${address}, clock_timestamp() + make_interval(secs => ${leaseSeconds}) FROM "Event" WHERE id = ${eventId}::uuid
    ON CONFLICT ("eventId") DO UPDATE SET holder = excluded.holder, address = excluded.address, until = excluded.until
      WHERE held.holder = excluded.holder OR held.until <= clock_timestamp() OR held.address = excluded.address OR held.holder = ${dead ?? null}::uuid
    RETURNING holder, address`
  return row ?? (await holderOf(eventId))
}

/** Says that the process lives; gives back the documents that are still its own. */
export async function renewLive(eventIds: string[], holder: string): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ eventId: string }[]>`
    UPDATE "NotesHolder" SET until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    WHERE holder = ${holder}::uuid AND "eventId" = ANY(${eventIds}::uuid[]) RETURNING "eventId"`
  return new Set(rows.map(({ eventId }) => eventId))
}

export async function leaveLive(eventIds: string[], holder: string) {
  await db.$executeRaw`DELETE FROM "NotesHolder" WHERE holder = ${holder}::uuid AND "eventId" = ANY(${eventIds}::uuid[])`
}
