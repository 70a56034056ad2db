import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { done, type Outcome } from '@/lib/outcome'
import { lockRegistration } from './open-registration'
import { tellStep } from './promote'
import type { Held } from './queries'
import { type ChangeRefusal, reach, storyName } from './reach'

/**
 * Puts the name right that a registration bears: the name belongs to the registration, and is printed on sign-in sheets
 * and attestations. No letter: whoever did it sees it done. Refusals: those of `reach`.
 */
export async function rename(actor: Actor, held: Held, name: string): Promise<Outcome<{ id: string }, ChangeRefusal>> {
  const reached = await reach(actor, held)
  if (!reached.ok) return reached
  return inTransaction(async (tx) => {
    const { row } = await lockRegistration(tx, reached.value)
    if (row.name === name) return done({ id: row.id })
    await tx.registration.update({ where: { id: row.id }, data: { name, updatedAt: now() } })
    await tellStep(tx, [row.id], { actor: storyName(actor, row), reason: 'name-corrected' })
    return done({ id: row.id })
  })
}
