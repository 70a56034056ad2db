import { type Actor, isOrganiser } from '@/lib/actor'
import { isTheirs } from '@/lib/registrations/access'

/** Organisers write the notes and publish their editions. */
export const canWriteNotes = (actor: Actor) => isOrganiser(actor)

/** Only its own person says what stays with them: the holder of its link, or whoever is logged in with its address. */
export const canPropose = isTheirs

type Open = { status: string; notesVisibility: 'all' | 'registered' | 'organisers' }

/**
 * Who reads a published edition: everybody, those who have a seat (`registration` is the actor's own), or organisers.
 * Being on the waiting list opens nothing, and neither does a seat given back.
 */
export function canRead(actor: Actor, event: Open, registration?: { status: string } | null): boolean {
  if (isOrganiser(actor)) return true
  if (event.status === 'draft') return false
  return event.notesVisibility === 'all' || (event.notesVisibility === 'registered' && registration?.status === 'confirmed')
}
