import type { Announced } from '@/lib/time'

/** Every job there is and what it carries. Payloads hold ids, never personal data. */
export type Jobs = {
  /** A published event moved, changed place or name: everybody registered is told. */
  'event-changed': { eventId: string; sequence: number; was: Announced }
  'event-called-off': { eventId: string; sequence: number }
  /** One that was called off takes place after all. */
  'event-back-on': { eventId: string; sequence: number }
  /** An event was changed: the line may move. `more`: there are seats that were not there before. */
  'seats-added': { eventId: string; more?: boolean; anew?: boolean }
  /** An event of a format can be registered for: whoever stands for the format gets a seat there; `after` goes on from one. */
  'standing-event': { eventId: string; after?: string }
  /** A standing registration begins, or goes on after a pause. */
  'standing-begun': { standingId: string }
  /** A session that everybody may come to was published a while ago: its followers are told, with others of the same while. */
  'event-published': { eventId: string }
  /** Sessions that were published together: whoever follows what they are about is written to. */
  'sessions-gathered': { batch: string }
  /** A restitution is out, and whoever asked shall be told. */
  'edition-published': { editionId: string }
}

export type JobName = keyof Jobs

export const jobNames: JobName[] = ['event-changed', 'event-called-off', 'event-back-on', 'seats-added', 'standing-event', 'standing-begun', 'event-published', 'sessions-gathered', 'edition-published']
