import { calendarEvent } from '@/lib/calendar/entry'
import { feed, type FeedEvent } from '@/lib/calendar/feed'
import { config } from '@/lib/config'
import { installation } from '@/lib/installation'
import { feedOfPerson } from '@/lib/registrations/queries'
import { personalSequence } from '@/lib/registrations/rules'
import type { Feed } from './answer-feed'

/**
 * What one person has registered for, each event in the state of their seat; the join link only where the seat is
 * confirmed, and none of the links that act. 410 where the address was renewed since.
 */
export async function personalFeed(token: string): Promise<Feed | 404 | 410> {
  const found = await feedOfPerson(token)
  if (found === 'gone') return 410
  if (!found) return 404
  const { networkName } = await installation()
  const { locale, registrations, updatedAt } = found
  const events = registrations.map(
    ({ event, revision, status, updatedAt: changedAt }): FeedEvent => ({
      ...calendarEvent(event, locale),
      sequence: personalSequence(event.sequence, revision),
      state: status,
      updatedAt: changedAt > event.updatedAt ? changedAt : event.updatedAt,
    }),
  )
  return {
    text: feed({ name: locale === 'fr' ? `${networkName}\u00A0: mes rendez-vous` : `${networkName}: my events`, locale, timeZone: config().defaultTimeZone, events }),
    type: 'text/calendar; charset=utf-8',
    updatedAt,
    file: `${locale === 'fr' ? 'mes-rendez-vous' : 'my-events'}.ics`,
    isPersonal: true,
  }
}
