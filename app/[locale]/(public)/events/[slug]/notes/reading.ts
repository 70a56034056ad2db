import { cache } from 'react'
import { currentActor } from '@/app/_session/actor'
import type { Actor } from '@/lib/actor'
import { canSee } from '@/lib/events/access'
import { type EventPage, eventBySlug } from '@/lib/events/queries'
import { canRead, canWriteNotes } from '@/lib/notes/access'
import { type EditionPage, editionPage } from '@/lib/notes/queries'
import { seatOf } from '@/lib/registrations/queries'
import { clockIn, type Locale, sayDay } from '@/lib/text'

export type Reading = { event: EventPage; page: EditionPage | null; mayRead: boolean; mayWrite: boolean }

/**
 * What somebody who asks for a restitution finds: null where for them there is none. Who may not read it is told of it
 * only where their seat would open it; `page` is null for organisers alone, where nothing was published.
 */
export const readingOf = cache(async (slug: string, number?: number): Promise<Reading | null> => {
  const [event, actor] = await Promise.all([eventBySlug(slug), currentActor()])
  if (!event || !canSee(actor, event)) return null
  const page = await editionPage(event.id, number)
  const [mayRead, mayWrite] = [canRead(actor, event, await ownSeat(actor, event.id)), canWriteNotes(actor)]
  if (!mayWrite && (!page || (!mayRead && event.notesVisibility === 'organisers'))) return null
  return { event, page, mayRead, mayWrite }
})

const ownSeat = async (actor: Actor, eventId: string) => (actor.kind === 'person' ? seatOf(eventId, actor.addressFolds) : null)

/** The day on which something happened, by the event's wall. */
export const dayOf = (at: Date, { timeZone }: { timeZone: string }, locale: Locale) => sayDay(clockIn(at, timeZone)?.date ?? at.toISOString().slice(0, 10), locale, { weekday: false })
