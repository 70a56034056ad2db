import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { enqueue } from '@/lib/jobs/enqueue'
import { done, type Outcome, refused } from '@/lib/outcome'
import { proveAddress } from '@/lib/people/prove-address'
import { canManage } from './access'
import { findStanding, type Held, type HeldStanding } from './queries'

export type StandingRefusal = 'not-found' | 'gone' | 'forbidden'

/** Registers for nothing more until it is resumed; seats that it took stay. Twice changes nothing. Refusals: those of `reachStanding`. */
export async function pauseStanding(actor: Actor, held: Held): Promise<Outcome<{ id: string }, StandingRefusal>> {
  const reached = await reachStanding(actor, held)
  if (!reached.ok) return reached
  const { id } = reached.value
  return inTransaction(async (tx) => {
    await tx.standingRegistration.updateMany({ where: { id, pausedAt: null, endedAt: null }, data: { pausedAt: now(), revision: { increment: 1 } } })
    return done({ id })
  })
}

/**
 * Sets it going: whoever holds the letter's link proves its address by this, ends its pause, or begins again what was
 * ended. A job then registers for what was published meanwhile. Twice changes nothing. Refusals: those of `reachStanding`.
 */
export async function resumeStanding(actor: Actor, held: Held): Promise<Outcome<{ id: string }, StandingRefusal>> {
  const reached = await reachStanding(actor, held)
  if (!reached.ok) return reached
  const { id, address, addressFold, name, locale } = reached.value
  return inTransaction(async (tx) => {
    const { count } = await tx.standingRegistration.updateMany({
      where: { id, OR: [{ provenAt: null }, { pausedAt: { not: null } }, { endedAt: { not: null } }] },
      data: { provenAt: now(), pausedAt: null, endedAt: null, revision: { increment: 1 } },
    })
    if (count === 0) return done({ id })
    if ('token' in held) await proveAddress(tx, { address, fold: addressFold, name, locale })
    await enqueue(tx, 'standing-begun', { standingId: id })
    return done({ id })
  })
}

/**
 * The standing registration that somebody wants to change, if they may: by its link, or as its person who is logged in.
 * Refusals: `not-found`, `gone` (a link of an older generation), `forbidden`.
 */
export async function reachStanding(actor: Actor, held: Held): Promise<Outcome<HeldStanding, StandingRefusal>> {
  const found = await findStanding(held)
  if (found === 'gone') return refused('gone')
  if (!found) return refused('not-found')
  return canManage(actor, found, 'token' in held) ? done(found) : refused('forbidden')
}
