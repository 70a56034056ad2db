import { type Actor, actorName } from '@/lib/actor'
import { now } from '@/lib/clock'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canManage } from './access'
import { findHeld, type Held, type HeldRegistration } from './queries'
import { shutToChange } from './rules'

export type ChangeRefusal = 'not-found' | 'gone' | 'forbidden' | 'called-off' | 'already-over'

/**
 * The registration that somebody wants to change, if they may and it still follows: the first step of each act on it.
 * Refusals: `not-found`, `gone` (a link of an older generation), `forbidden`, `called-off`, `already-over`.
 */
export async function reach(actor: Actor, held: Held): Promise<Outcome<HeldRegistration, ChangeRefusal>> {
  const found = await findHeld(held)
  if (found === 'gone') return refused('gone')
  if (!found) return refused('not-found')
  if (!canManage(actor, found, 'token' in held)) return refused('forbidden')
  const reason = shutToChange(found.event, now())
  return reason ? refused(reason) : done(found)
}

/** How a registration's story names who changed it: its person, who comes by a letter's link or is logged in, or an organiser. */
export const storyName = (actor: Actor, { addressFold }: { addressFold: string }) =>
  actor.kind === 'guest' || (actor.kind === 'person' && actor.addressFolds.includes(addressFold)) ? 'themselves' : actorName(actor)
