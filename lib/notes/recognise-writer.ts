import { isOrganiser } from '@/lib/actor'
import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { actorOf, personById } from '@/lib/people/queries'
import { mayWriteNow } from './rules'
import { readWriter, type Writer } from './ticket'

export type KnownWriter = { writer: Writer; name: string; registrationId: string | null; personId: string | null }

const nameless = { fr: 'L’équipe', en: 'The team' }

/**
 * Who a writer is, by the database, as long as they may write in the notes of the event: null where not, or no longer.
 * Organisers always may; somebody registered, where and when the event lets them (`mayWriteNow`).
 */
export async function recogniseWriter(eventId: string, writer: string, locale: 'fr' | 'en' = 'fr'): Promise<KnownWriter | null> {
  const said = readWriter(writer)
  if (said?.kind === 'person') {
    const [person, event] = await Promise.all([personById(said.id), db.event.findUnique({ where: { id: eventId }, select: { id: true } })])
    if (!person || !event || !isOrganiser(actorOf(person, 'browser'))) return null
    return { writer: `person/${person.id}`, name: person.name ?? nameless[locale], registrationId: null, personId: person.id }
  }
  if (said?.kind !== 'registration') return null
  const registration = await db.registration.findUnique({
    where: { id: said.id, eventId },
    select: { id: true, name: true, status: true, event: { select: { status: true, notesWriters: true, startsAt: true, endsAt: true, overAt: true } } },
  })
  if (!registration || mayWriteNow(registration, now()) !== null) return null
  return { writer: `registration/${registration.id}`, name: registration.name, registrationId: registration.id, personId: null }
}
