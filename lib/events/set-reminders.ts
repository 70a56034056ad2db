import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction, type Tx } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canOrganise } from './access'
import { ruleOf, sameRule, scheduled, usualReminders } from './reminders'
import type { RemindersInput } from './schema'
import type { Timing } from './rules'

type Refusal = 'forbidden' | 'not-found' | 'called-off' | 'already-over' | 'invalid'

/**
 * Sets by which rules people are reminded; none: nobody is. A rule that stays keeps what it has done. One that would
 * have spoken by now does not any more. Refusals: `forbidden`, `not-found`, `called-off`, `already-over` (it has
 * begun), `invalid` with the field `reminders.<n>` (`doubled`: said twice).
 */
export async function setReminders(actor: Actor, slug: string, { reminders }: RemindersInput): Promise<Outcome<{ id: string; slug: string }, Refusal>> {
  if (!canOrganise(actor)) return refused('forbidden')
  const doubled = reminders.flatMap((rule, place) => (reminders.findIndex((one) => sameRule(one, rule)) < place ? [{ field: `reminders.${place}`, reason: 'doubled' }] : []))
  if (doubled.length > 0) return refused('invalid', doubled)
  return inTransaction(async (tx) => {
    // The worker that reminds holds the same row: a rule is either gone before it speaks, or has spoken.
    await tx.$queryRaw`SELECT 1 FROM "Event" WHERE slug = ${slug} FOR NO KEY UPDATE`
    const event = await tx.event.findUnique({ where: { slug }, include: { reminders: true } })
    if (!event) return refused('not-found')
    if (event.status === 'called_off') return refused('called-off')
    if (event.startsAt <= now()) return refused('already-over')
    const gone = event.reminders.filter((row) => !reminders.some((rule) => sameRule(row, rule)))
    const added = reminders.filter((rule) => !event.reminders.some((row) => sameRule(row, rule)))
    if (gone.length === 0 && added.length === 0) return done({ id: event.id, slug })
    await tx.reminder.deleteMany({ where: { id: { in: gone.map(({ id }) => id) } } })
    await tx.reminder.createMany({ data: added.map((rule) => ({ eventId: event.id, ...scheduled(rule, event, now()) })) })
    await record(tx, actor, {
      verb: 'event.set-reminders', subject: `event/${event.id}`, eventId: event.id,
      before: { reminders: event.reminders.map(ruleOf) }, after: { reminders },
    })
    return done({ id: event.id, slug })
  })
}

/** A new event's reminders, in the transaction that makes it. */
export const bringReminders = (tx: Tx, eventId: string, timing: Timing) =>
  tx.reminder.createMany({ data: usualReminders.map((rule) => ({ eventId, ...scheduled(rule, timing, now()) })) })

/**
 * Reckons an event's reminders anew, in the transaction that changes when it is. For another start everybody is
 * reminded anew; for the same one, what was said is not said again.
 */
export async function moveReminders(tx: Tx, eventId: string, before: Timing, after: Timing) {
  const isMoved = before.startsAt.getTime() !== after.startsAt.getTime()
  if (!isMoved && before.startDate === after.startDate && before.startTime === after.startTime && before.timeZone === after.timeZone) return
  for (const row of await tx.reminder.findMany({ where: { eventId } })) {
    const { dueAt, doneFor } = scheduled(ruleOf(row), after, now())
    await tx.reminder.update({ where: { id: row.id }, data: { dueAt, doneFor: isMoved ? doneFor : row.doneFor } })
  }
}

/** These were said, or dropped, for this start. */
export const closeReminders = (tx: Tx, ids: string[], startsAt: Date) => tx.reminder.updateMany({ where: { id: { in: ids } }, data: { doneFor: startsAt } })
