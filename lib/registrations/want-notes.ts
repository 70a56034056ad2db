import type { Actor } from '@/lib/actor'
import { db } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { isTheirs } from './access'
import { findHeld, type Held } from './queries'
import { mayWantNotes } from './rules'

/**
 * « Prévenez-moi quand la restitution paraît », or no more: for whoever has a seat and may read it, before the session and long
 * after. Twice changes nothing. Refusals: `not-found`, `gone` (a link of an older generation), `forbidden`, `no-notes` (nothing
 * will be published that they may read).
 */
export async function wantNotes(actor: Actor, held: Held, wanted: boolean): Promise<Outcome<{ id: string; wanted: boolean }, 'not-found' | 'gone' | 'forbidden' | 'no-notes'>> {
  const found = await findHeld(held)
  if (found === 'gone') return refused('gone')
  if (!found) return refused('not-found')
  if (!isTheirs(actor, found, 'token' in held)) return refused('forbidden')
  if (wanted && !mayWantNotes(found)) return refused('no-notes')
  await db.registration.updateMany({ where: { id: found.id, wantsNotes: !wanted }, data: { wantsNotes: wanted } })
  return done({ id: found.id, wanted })
}
