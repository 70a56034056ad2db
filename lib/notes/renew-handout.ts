import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { giveHandout } from '@/lib/events/give-handout'
import { done, type Outcome, refused } from '@/lib/outcome'
import { retire } from '@/lib/registrations/retire'
import { canWriteNotes } from './access'
import { mayHandIn } from './rules'

/**
 * Makes a speaker's own link to send slides by, or a new one in its place: the old one answers 410 from then on.
 * Refusals: `forbidden`, `not-found` (no such event, or they do not speak there), `over` (thirty days after it).
 */
export async function renewHandout(actor: Actor, slug: string, speakerSlug: string): Promise<Outcome<{ token: string }, 'forbidden' | 'not-found' | 'over'>> {
  if (!canWriteNotes(actor)) return refused('forbidden')
  return inTransaction(async (tx) => {
    const event = await tx.event.findUnique({ where: { slug }, select: { id: true, overAt: true, status: true, speakers: { where: { speaker: { slug: speakerSlug } }, select: { speakerId: true } } } })
    if (!event || event.speakers.length === 0) return refused('not-found')
    if (mayHandIn(event, now())) return refused('over')
    const [{ speakerId }] = event.speakers
    const given = await giveHandout(tx, event.id, speakerId)
    if (!given) return refused('not-found')
    if (given.retired) await retire(tx, given.retired)
    await record(tx, actor, { verb: given.retired ? 'resource.renew-link' : 'resource.give-link', subject: `speaker/${speakerId}`, eventId: event.id })
    return done({ token: given.token })
  })
}
