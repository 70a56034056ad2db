import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { sitOnKept, takeMore } from '@/lib/events/take-seats'
import { newId } from '@/lib/ids'
import { done, type Outcome, refused } from '@/lib/outcome'
import { shut } from '@/lib/events/rules'
import { admission } from './admission'
import { lockRegistration, reopen } from './open-registration'
import { tellStep } from './promote'
import type { Held } from './queries'
import { type ChangeRefusal, reach, storyName } from './reach'
import { isExpected } from './register'
import { isJustGivenBack } from './rules'

type Status = 'confirmed' | 'waitlisted' | 'pending' | 'offered'

/**
 * Opens a cancelled registration again for whoever holds its link, by the decision that everybody goes through: the address
 * is proven, an earlier yes still counts. Coming back twice changes nothing.
 * Refusals besides those of `reach`: `closed`, `full`.
 */
export async function comeBack(actor: Actor, held: Held): Promise<Outcome<{ id: string; status: Status }, ChangeRefusal | 'closed' | 'full'>> {
  const reached = await reach(actor, held)
  if (!reached.ok) return reached
  const { event, id, name, address, addressFold, locale, timeZone, approvedAt } = reached.value
  if (shut(event, now())) return refused('closed')
  const approved = approvedAt !== null
  const pass = { letIn: event.audience === 'open' || approved || (await isExpected(event, addressFold)), proven: true, approved }

  return inTransaction(async (tx) => {
    const { row } = await lockRegistration(tx, reached.value)
    if (row.status !== 'cancelled') return done({ id, status: row.status })
    const needs = admission(event, pass)
    const request = {
      event, id: newId(), place: row.place, name, address, fold: addressFold, locale, timeZone,
      by: storyName(actor, row), via: 'form' as const, pass, needs, byHand: false, allotmentId: null,
    }
    const opened = await reopen(tx, id, request)
    return opened ? done({ id, status: opened.status }) : refused('full')
  })
}

/**
 * Within ten minutes of giving a seat back it is taken back as it was, companions and place in line too, if nobody has it.
 * Refusals besides those of `reach`: `too-late` (later, or ended by an organiser), `taken`.
 */
export async function takeBack(actor: Actor, held: Held): Promise<Outcome<{ id: string; status: Status }, ChangeRefusal | 'too-late' | 'taken'>> {
  const reached = await reach(actor, held)
  if (!reached.ok) return reached

  return inTransaction(async (tx) => {
    const { row } = await lockRegistration(tx, reached.value)
    if (row.status !== 'cancelled') return done({ id: row.id, status: row.status })
    const [ending, before] = await tx.registrationStep.findMany({ where: { registrationId: row.id }, orderBy: { id: 'desc' }, take: 2 })
    if (!isJustGivenBack(row, { before, ending }, now())) return refused('too-late')
    const seated = row.allotmentId ? await sitOnKept(tx, row.allotmentId, row.seats) : await takeMore(tx, row.eventId, row.place, row.seats)
    if (!seated) return refused('taken')
    await tx.registration.update({
      where: { id: row.id },
      data: { status: 'confirmed', cancelledAt: null, revision: { increment: 1 }, updatedAt: now() },
    })
    await tellStep(tx, [row.id], { kind: 'seat-confirmed', actor: storyName(actor, row), reason: 'taken-back' })
    return done({ id: row.id, status: 'confirmed' as const })
  })
}
