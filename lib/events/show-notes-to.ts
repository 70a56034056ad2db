import { now } from '@/lib/clock'
import type { Tx } from '@/lib/db'

/** Says who reads an event's restitution, in the transaction of the act that decides it; the caller asked who may. */
export async function showNotesTo(tx: Tx, eventId: string, visibility: 'all' | 'registered' | 'organisers') {
  await tx.event.update({ where: { id: eventId }, data: { notesVisibility: visibility, updatedAt: now() } })
}
