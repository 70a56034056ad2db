import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import type { AccessInput } from '@/lib/events/schema'
import { done, type Outcome, refused } from '@/lib/outcome'
import { isTheirs } from './access'
import { lettersToKeepers } from './keep-answers'
import type { Held } from './queries'
import { type ChangeRefusal, reach } from './reach'

/**
 * Says what somebody needs in order to take part, says it otherwise, or takes it back (nothing said). It becomes an open
 * task of the event's keepers, who get word of it without a detail; what was answered before is forgotten. Only the
 * person themselves: not even an organiser says it for them. Refusals besides those of `reach`: `not-asked`, `cancelled`.
 */
export async function tellNeed(actor: Actor, held: Held, { needs, words }: AccessInput): Promise<Outcome<{ id: string; told: boolean }, ChangeRefusal | 'not-asked' | 'cancelled'>> {
  const reached = await reach(actor, held)
  if (!reached.ok) return reached
  const { id, event, status } = reached.value
  if (!isTheirs(actor, reached.value, 'token' in held)) return refused('forbidden')
  const isNothing = needs.length === 0 && !words
  if (!event.asksAccess && !isNothing) return refused('not-asked')
  if (status === 'cancelled' && !isNothing) return refused('cancelled')

  return inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Registration" WHERE id = ${id}::uuid FOR NO KEY UPDATE`
    const before = await tx.accessNeed.findUnique({ where: { registrationId: id } })
    if (isNothing) {
      await tx.accessNeed.deleteMany({ where: { registrationId: id } })
      return done({ id, told: false })
    }
    const said = { needs, words: words ?? null }
    if (before && JSON.stringify([before.needs, before.words]) === JSON.stringify([said.needs, said.words])) return done({ id, told: false })
    const open = { ...said, state: 'open' as const, reply: null, repliedBy: null, repliedAt: null, updatedAt: now() }
    await tx.accessNeed.upsert({ where: { registrationId: id }, create: { registrationId: id, eventId: event.id, ...open, createdAt: now() }, update: open })
    await tx.$executeRaw(lettersToKeepers(event))
    return done({ id, told: true })
  })
}
