import { record } from '@/lib/activity/record'
import { type Actor, actorName } from '@/lib/actor'
import { now } from '@/lib/clock'
import { db, inTransaction } from '@/lib/db'
import { canReadNeeds } from '@/lib/events/access'
import { keepersOf } from '@/lib/events/queries'
import type { NeedAnswerInput } from '@/lib/events/schema'
import { writeLetter } from '@/lib/mail/write-letter'
import { done, type Outcome, refused } from '@/lib/outcome'
import { letterTo } from './promote'

type Refusal = 'forbidden' | 'not-found' | 'stale' | 'invalid'

/**
 * A keeper answers an access need: arranged, or impossible with words that say why. The participant gets the answer by
 * letter; the journal knows that it was answered, and nothing of what was said. Refusals: `forbidden` (not a keeper of the
 * event, nor an admin where nobody is named), `not-found` (taken back or erased, too), `stale` (`seen` is given and the
 * need was said otherwise since), `invalid` where `reply` is missing.
 */
export async function answerNeed(actor: Actor, registrationId: string, { state, reply, seen }: NeedAnswerInput): Promise<Outcome<{ eventId: string }, Refusal>> {
  const registration = await db.registration.findFirst({ where: { id: registrationId, status: { not: 'cancelled' } }, select: { eventId: true, name: true, address: true, locale: true, via: true } })
  const keepers = registration ? await keepersOf(registration.eventId) : []
  // Who may not read needs does not learn either whether somebody has one.
  if (!registration || !canReadNeeds(actor, keepers.map(({ id }) => id))) return refused('forbidden')
  if (state === 'impossible' && !reply) return refused('invalid', [{ field: 'reply', reason: 'required' }])

  return inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "AccessNeed" WHERE "registrationId" = ${registrationId}::uuid FOR UPDATE`
    const need = await tx.accessNeed.findUnique({ where: { registrationId } })
    if (!need) return refused('not-found')
    if (seen && seen !== need.updatedAt.toISOString()) return refused('stale')
    const { eventId } = registration
    const at = now()
    await tx.accessNeed.update({ where: { registrationId }, data: { state, reply: reply ?? null, repliedBy: actorName(actor), repliedAt: at, updatedAt: at } })
    await writeLetter(tx, {
      ...letterTo({ id: registrationId, ...registration }),
      kind: 'access-answered',
      // Numbered by the second in which it was answered.
      revision: Math.floor(at.getTime() / 1000),
    })
    await record(tx, actor, { verb: 'access.answer', subject: `event/${eventId}`, eventId })
    return done({ eventId })
  })
}
