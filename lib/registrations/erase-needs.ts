import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { takeBackMinutes } from './rules'

/**
 * Erases the access needs that have served: a day after the event's end, or as soon as it is called off, or its
 * registration was cancelled and can no longer be taken back. Answers how many. Nothing of them stands anywhere else: the
 * letters' bodies are erased when they were sent, the story and the journal never knew.
 */
export async function eraseNeeds(): Promise<number> {
  const [dayAgo, takenBack] = [86_400_000, takeBackMinutes * 60_000].map((millis) => new Date(now().getTime() - millis))
  return db.$executeRaw`
    DELETE FROM "AccessNeed" n USING "Registration" r, "Event" e
    WHERE r.id = n."registrationId" AND e.id = n."eventId"
      AND (e."overAt" <= ${dayAgo} OR e.status = 'called_off' OR (r.status = 'cancelled' AND coalesce(r."cancelledAt", r."updatedAt") <= ${takenBack}))`
}
