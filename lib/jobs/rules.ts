/** Every job there is and what it carries. Payloads hold ids, never personal data. */
export type Jobs = {
  /** A published event moved, changed place or name: everybody registered is told. */
  'event-changed': { eventId: string; sequence: number; was: EventBefore }
  'event-called-off': { eventId: string; sequence: number }
  /** Seats were added, or the line was opened: the line may move. */
  'seats-added': { eventId: string }
}

/** What a letter about a change says that the event was: wall times, as they were announced. */
export type EventBefore = {
  title: string
  startDate: string
  startTime: string | null
  endDate: string | null
  endTime: string | null
  timeZone: string
  place: string | null
}

export type JobName = keyof Jobs

export const jobNames: JobName[] = ['event-changed', 'event-called-off', 'seats-added']
