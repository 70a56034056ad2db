import { entryInclude } from '@/lib/calendar/entry'
import { db } from '@/lib/db'
import { isId } from '@/lib/ids'
import type { Composed, LetterRow } from '@/lib/mail/deliver'
import { eventFacts } from '@/lib/registrations/letter-facts'
import { localeOf } from '@/lib/text'
import { webAddress } from '@/lib/web-address'
import { isEmpty, storedDocument } from './document'

/**
 * That a restitution is due, `restitution-due/<event id>/<person id>`. Null where there is one by now, where the event
 * is on no more, or where the reader organises nothing any more.
 */
export async function composeAboutRestitution(letter: LetterRow): Promise<Composed | null> {
  const [, eventId, personId] = letter.about.split('/')
  if (!isId(eventId) || !isId(personId)) return null
  const [event, person] = await Promise.all([
    db.event.findUnique({
      where: { id: eventId },
      include: { ...entryInclude, notes: { omit: { state: true } }, _count: { select: { editions: { where: { withdrawnAt: null } } } } },
    }),
    db.person.findUnique({ where: { id: personId }, select: { role: true } }),
  ])
  const owes = event && event.status === 'published' && event.restitutionUrl === null && event._count.editions === 0
  if (!owes || !person || person.role === 'participant') return null
  const locale = localeOf(letter.locale)
  const isWritten = event.notes !== null && !isEmpty(storedDocument(event.notes.document))
  return { letter: { kind: 'notes-due', event: eventFacts(event, locale), url: webAddress('/organise/events/[slug]/restitution', { slug: event.slug }, locale), isWritten } }
}
