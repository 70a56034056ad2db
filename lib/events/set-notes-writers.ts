import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { inTransaction } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canOrganise } from './access'

/**
 * Says who writes the notes of an event: the organisers alone, or whoever has a seat too (when, `mayWriteNow` of the
 * notes says). Refusals: `forbidden`, `not-found`, `called-off`.
 */
export async function setNotesWriters(actor: Actor, slug: string, { writers }: { writers: 'organisers' | 'registered' }): Promise<Outcome<{ id: string; slug: string }, 'forbidden' | 'not-found' | 'called-off'>> {
  if (!canOrganise(actor)) return refused('forbidden')
  return inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Event" WHERE slug = ${slug} FOR NO KEY UPDATE`
    const event = await tx.event.findUnique({ where: { slug }, select: { id: true, status: true, notesWriters: true } })
    if (!event) return refused('not-found')
    if (event.status === 'called_off') return refused('called-off')
    if (event.notesWriters === writers) return done({ id: event.id, slug })
    await tx.event.update({ where: { id: event.id }, data: { notesWriters: writers } })
    await record(tx, actor, { verb: 'event.set-notes-writers', subject: `event/${event.id}`, eventId: event.id, before: { notesWriters: event.notesWriters }, after: { notesWriters: writers } })
    return done({ id: event.id, slug })
  })
}
