import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { proveAddress } from '@/lib/people/prove-address'
import { admission } from './admission'
import { lockRegistration, settle } from './open-registration'
import type { Held } from './queries'
import { type ChangeRefusal, reach } from './reach'
import { advance } from './register'

type Status = 'pending' | 'confirmed' | 'waitlisted' | 'offered' | 'cancelled'

/**
 * Whoever reads the letter says so: the seat that was held counts from now on, or the registration goes on to whoever
 * decides. Doing it twice changes nothing. Refusals besides those of `reach`: `full` (nothing was held, and there is no line).
 */
export async function prove(actor: Actor, held: Held): Promise<Outcome<{ id: string; status: Status }, ChangeRefusal | 'full'>> {
  const reached = await reach(actor, held)
  if (!reached.ok) return reached
  const { event } = reached.value

  return inTransaction(async (tx) => {
    const { row } = await lockRegistration(tx, reached.value)
    const step = { actor: 'themselves', reason: 'proven' }
    if (row.provenAt === null) await tx.registration.update({ where: { id: row.id }, data: { provenAt: now() } })
    await proveAddress(tx, { address: row.address, fold: row.addressFold, name: row.name, locale: row.locale })
    if (row.status !== 'pending' || row.pendingFor !== 'proof') return done({ id: row.id, status: row.status })
    // Only whoever was let in was asked for a proof.
    const needs = admission(event, { letIn: true, proven: true, approved: row.approvedAt !== null })
    if (needs !== 'seat') {
      await advance(tx, row, needs, step)
      return done({ id: row.id, status: 'pending' as const })
    }
    const status = await settle(tx, row, step)
    return status ? done({ id: row.id, status }) : refused('full')
  })
}
