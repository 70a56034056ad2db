import { record } from '@/lib/activity/record'
import { type Actor, actorName } from '@/lib/actor'
import { now } from '@/lib/clock'
import { db, inTransaction } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { addMembers } from '@/lib/people/add-members'
import { canSeeRegistrations } from './access'
import { withdraw } from './cancel'
import { lockRegistration, settle } from './open-registration'
import { type ChangeRefusal, reach } from './reach'

/**
 * An organiser's yes to whoever is pending: they get a seat, or the place in line that they came with. `asMember` puts the
 * address on the members' list besides. Saying it twice changes nothing.
 * Refusals besides those of `reach`: `full` (no seat, and no line), `not-pending`.
 */
export async function admit(actor: Actor, id: string, { asMember = false } = {}): Promise<Outcome<{ id: string; status: string }, ChangeRefusal | 'full' | 'not-pending'>> {
  if (!canSeeRegistrations(actor)) return refused('forbidden')
  const reached = await reach(actor, { id })
  if (!reached.ok) return reached

  const outcome = await inTransaction(async (tx) => {
    const { row } = await lockRegistration(tx, reached.value)
    if (row.status === 'cancelled') return refused('not-pending')
    if (row.status !== 'pending') return done({ id, status: row.status as string })
    const status = await settle(tx, row, { actor: actorName(actor), reason: 'admitted' })
    if (!status) return refused('full')
    await tx.registration.update({ where: { id }, data: { approvedAt: now() } })
    await record(tx, actor, { verb: 'registration.admit', subject: `registration/${id}`, eventId: row.eventId })
    return done({ id, status })
  })
  if (outcome.ok && asMember) await addMembers(actor, { entries: [reached.value.address] })
  return outcome
}

/**
 * An organiser's no, with their words for the person or without. Refusals besides those of `reach`: `not-pending`.
 */
export async function decline(actor: Actor, id: string, words: string | null = null): Promise<Outcome<{ id: string }, ChangeRefusal | 'not-pending'>> {
  if (!canSeeRegistrations(actor)) return refused('forbidden')
  const reached = await reach(actor, { id })
  if (!reached.ok) return reached
  return inTransaction(async (tx) => {
    const { row } = await lockRegistration(tx, reached.value)
    if (row.status !== 'pending') return refused('not-pending')
    await withdraw(tx, row, { actor: actorName(actor), reason: 'declined', kind: 'registration-declined', facts: { words }, detail: words ? { words } : undefined })
    await record(tx, actor, { verb: 'registration.decline', subject: `registration/${id}`, eventId: row.eventId })
    return done({ id })
  })
}

/**
 * Somebody whom the circle does not know asks to be let in, with a few words; organisers find it under what they have to
 * decide. Asking again replaces the words. Refusals besides those of `reach`: `not-pending`.
 */
export async function askAccess(actor: Actor, held: { token: string } | { id: string }, words: string | null): Promise<Outcome<{ id: string }, ChangeRefusal | 'not-pending'>> {
  const reached = await reach(actor, held)
  if (!reached.ok) return reached
  const { id, status, pendingFor, provenAt } = reached.value
  if (status !== 'pending' || pendingFor !== 'circle') return refused('not-pending')
  await db.registration.update({ where: { id }, data: { askedAt: now(), askedWords: words, provenAt: provenAt ?? now() } })
  return done({ id })
}
