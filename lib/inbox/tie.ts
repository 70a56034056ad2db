import { record } from '@/lib/activity/record'
import { type Actor, actorName } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction, type Tx } from '@/lib/db'
import { isId } from '@/lib/ids'
import { done, type Outcome, refused } from '@/lib/outcome'
import { declineByCalendar } from '@/lib/registrations/decline-by-calendar'
import { lockRegistration } from '@/lib/registrations/open-registration'
import { personalSequence, shutToChange } from '@/lib/registrations/rules'
import { canSettleMail } from './access'
import { lockMail } from './lock-mail'
import { canTie, stampOf, type TiedAs } from './rules'

export type TieRefusal = 'forbidden' | 'not-found' | 'already-settled' | 'called-off' | 'already-over'

/**
 * An organiser says whose a message is and what it means. A No ends the registration as the calendar's own would have, with
 * the same letter; a Yes or a Perhaps is noted; words only stand with the registration. `promoted`: how many of those in
 * line got what came free. Refusals: `forbidden`, `not-found` (the message or the registration), `already-settled`; for a
 * No `called-off`, `already-over`.
 */
export async function tie(actor: Actor, id: string, { registrationId, as }: { registrationId: string; as: TiedAs }): Promise<Outcome<{ id: string; promoted: number }, TieRefusal>> {
  if (!canSettleMail(actor)) return refused('forbidden')
  if (!isId(id) || !isId(registrationId)) return refused('not-found')
  return inTransaction(async (tx) => {
    const mail = await lockMail(tx, id)
    const found = mail && (await tx.registration.findUnique({ where: { id: registrationId }, include: { event: true } }))
    if (!mail || !found) return refused('not-found')
    if (!canTie(mail)) return refused('already-settled')
    const { row } = await lockRegistration(tx, found)
    const reason = as === 'declined' ? shutToChange(found.event, now()) : null
    if (reason) return refused(reason)

    // An answer was noted with whoever the address named; it is somebody else's.
    await tx.calendarAnswer.deleteMany({ where: { incomingId: id, registrationId: { not: registrationId } } })
    if (as !== 'words') await note(tx, mail, row.id, as, personalSequence(found.event.sequence, row.revision))
    const promoted = as === 'declined' && row.status !== 'cancelled' ? await declineByCalendar(tx, row, actorName(actor)) : 0
    await tx.incomingMail.update({
      where: { id },
      data: {
        outcome: 'tied', detail: { ...mail.detail, was: mail.outcome, as }, registrationId, eventId: row.eventId,
        awaits: false, settledAt: now(), settledBy: actorName(actor),
      },
    })
    await record(tx, actor, { verb: 'mail.tie', subject: `registration/${registrationId}`, eventId: row.eventId, after: { as, mailId: id } })
    return done({ id, promoted })
  })
}

type Mail = NonNullable<Awaited<ReturnType<typeof lockMail>>>

async function note(tx: Tx, { id, arrivedAt, fromAddress, detail }: Mail, registrationId: string, word: Exclude<TiedAs, 'words'>, current: number) {
  await tx.calendarAnswer.create({
    data: {
      registrationId, incomingId: id, word, sequence: detail.sequence ?? current,
      stamp: stampOf({ stamp: arrivedAt }, now()), at: now(), comment: detail.comment ?? null, sentBy: fromAddress,
    },
  })
}
