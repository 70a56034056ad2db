import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { enqueue } from '@/lib/jobs/enqueue'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canOrganise } from './access'

/** Puts a draft on the agenda; publishing asks for nothing more. Publishing twice changes nothing. Refusals: `forbidden`, `not-found`, `called-off`. */
export async function publish(actor: Actor, slug: string): Promise<Outcome<{ id: string; slug: string }, 'forbidden' | 'not-found' | 'called-off'>> {
  if (!canOrganise(actor)) return refused('forbidden')
  return inTransaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ id: string; status: string; formatId: string | null; audience: string; startsAt: Date }[]>`SELECT id, status::text, "formatId", audience::text, "startsAt" FROM "Event" WHERE slug = ${slug} FOR NO KEY UPDATE`
    if (!row) return refused('not-found')
    if (row.status === 'called_off') return refused('called-off')
    if (row.status === 'published') return done({ id: row.id, slug })
    await tx.event.update({ where: { id: row.id }, data: { status: 'published', publishedAt: now(), updatedAt: now() } })
    await tx.seating.updateMany({ where: { eventId: row.id }, data: { open: true } })
    if (row.formatId) await enqueue(tx, 'standing-event', { eventId: row.id })
    // Later: a correction in a hurry, or the rest of the season, comes along.
    if (row.audience === 'open' && row.startsAt > now()) await enqueue(tx, 'event-published', { eventId: row.id }, { after: new Date(now().getTime() + tenMinutes) })
    await record(tx, actor, { verb: 'event.publish', subject: `event/${row.id}`, eventId: row.id })
    return done({ id: row.id, slug })
  })
}

const tenMinutes = 600_000
