import { record } from '@/lib/activity/record'
import { type Actor, actorName } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction, type Tx } from '@/lib/db'
import { freeSeats, type LockedSeating, moveSeats } from '@/lib/events/take-seats'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canSeeRegistrations } from './access'
import { offerWindow } from './offer-window'
import { lockRegistration } from './open-registration'
import { tellStep } from './promote'
import { type ChangeRefusal, reach } from './reach'

type Refusal = ChangeRefusal | 'full' | 'not-waiting'

/**
 * Offers a free seat to somebody in line, whoever comes first: the organiser's choice, and the story says so. Until the
 * window that the event's offers have, else until the start.
 * Refusals besides those of `reach`: `full`, `not-waiting`.
 */
export async function offerByHand(actor: Actor, id: string): Promise<Outcome<{ id: string; until: Date }, Refusal>> {
  return fromTheLine(actor, id, 'registration.offer', async (tx, row, seating) => {
    const window = offerWindow(now(), seating.startsAt, seating.timeZone, seating.offerHours ?? usualHours)
    const until = 'until' in window ? window.until : seating.startsAt
    await tx.registration.update({ where: { id }, data: { status: 'offered', heldUntil: until, passed: false, revision: { increment: 1 }, updatedAt: now() } })
    await tellStep(tx, [id], { kind: 'seat-offered', actor: actorName(actor), reason: 'by-hand', detail: { until: until.toISOString() } })
    return { id, until }
  })
}

const usualHours = 24

/** Gives a free seat to somebody in line, whoever comes first. Refusals besides those of `reach`: `full`, `not-waiting`. */
export async function seatByHand(actor: Actor, id: string): Promise<Outcome<{ id: string }, Refusal>> {
  return fromTheLine(actor, id, 'registration.seat', async (tx) => {
    await tx.registration.update({ where: { id }, data: { status: 'confirmed', passed: false, revision: { increment: 1 }, updatedAt: now() } })
    await tellStep(tx, [id], { kind: 'seat-promoted', actor: actorName(actor), reason: 'by-hand' })
    return { id }
  })
}

type Act<Value> = (tx: Tx, row: { id: string }, seating: LockedSeating) => Promise<Value>

async function fromTheLine<Value>(actor: Actor, id: string, verb: string, act: Act<Value>): Promise<Outcome<Value, Refusal>> {
  if (!canSeeRegistrations(actor)) return refused('forbidden')
  const reached = await reach(actor, { id })
  if (!reached.ok) return reached
  return inTransaction(async (tx) => {
    const { row, seating } = await lockRegistration(tx, reached.value)
    if (row.status !== 'waitlisted') return refused('not-waiting')
    if (freeSeats(seating) < 1) return refused('full')
    await moveSeats(tx, row.eventId, row.place, { taken: 1, waiting: row.passed ? 0 : -1 })
    const value = await act(tx, row, seating)
    await record(tx, actor, { verb, subject: `registration/${id}`, eventId: row.eventId })
    return done(value)
  })
}
