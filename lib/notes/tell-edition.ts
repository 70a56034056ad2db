import { db, inTransaction, Prisma } from '@/lib/db'
import { lettersTo } from '@/lib/registrations/promote'

/**
 * Writes to everybody who had a seat and asked to be told that the restitution is out: one statement, one letter for
 * each person and edition, however often it runs. An edition that was withdrawn meanwhile, or that they may not read,
 * tells nobody. Returns how many letters it wrote.
 */
export async function tellEdition(editionId: string): Promise<number> {
  const edition = await db.edition.findUnique({
    where: { id: editionId },
    select: { number: true, eventId: true, authors: true, changes: true, isTold: true, withdrawnAt: true, event: { select: { status: true, notesVisibility: true } } },
  })
  if (!edition?.isTold || edition.withdrawnAt || edition.event.status !== 'published' || edition.event.notesVisibility === 'organisers') return 0
  const { number, authors, changes, eventId } = edition
  const asked = Prisma.sql`FROM "Registration" r WHERE r."eventId" = ${eventId}::uuid AND r.status = 'confirmed' AND r."wantsNotes"`
  return inTransaction((tx) => tx.$executeRaw(lettersTo(asked, { kind: 'notes-out', revision: number, facts: { edition: number, authors, changes } })))
}
