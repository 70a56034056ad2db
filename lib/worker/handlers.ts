import type { Handlers } from '@/lib/jobs/work'
import { tellEdition } from '@/lib/notes/tell-edition'
import { registerStandingAt, registerStandingOf } from '@/lib/registrations/register-standing'
import { fillSeats, tellBackOn, tellCalledOff, tellChange } from '@/lib/registrations/tell-change'
import { announce, tellOfEdition, tellOfSessions } from '@/lib/syndication/tell-followers'

/** Connects an act of one domain with what follows in a later one. Every handler may run twice. */
export const handlers: Handlers = {
  'event-changed': ({ eventId, sequence, was }) => tellChange(eventId, sequence, was),
  'event-called-off': ({ eventId, sequence }) => tellCalledOff(eventId, sequence),
  'event-back-on': ({ eventId, sequence }) => tellBackOn(eventId, sequence),
  'seats-added': ({ eventId, more, anew }) => fillSeats(eventId, more, anew),
  'standing-event': ({ eventId, after }) => registerStandingAt(eventId, after),
  'standing-begun': ({ standingId }) => registerStandingOf(standingId),
  'event-published': ({ eventId }) => announce(eventId),
  'sessions-gathered': async ({ batch }) => {
    await tellOfSessions(batch)
  },
  'edition-published': async ({ editionId }) => {
    await tellEdition(editionId)
    await tellOfEdition(editionId)
  },
}
