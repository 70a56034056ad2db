import { calendarEvent } from '@/lib/calendar/entry'
import { feedInSlices, type FeedEvent } from '@/lib/calendar/feed'
import { keepFeed } from '@/lib/calendar/keep-feed'
import { config } from '@/lib/config'
import { strongEtag } from '@/lib/etag'
import { hashToken } from '@/lib/ids'
import { installation } from '@/lib/installation'
import { allow } from '@/lib/rate-limit'
import { type FeedHolder, feedHolder, feedOfPerson } from '@/lib/registrations/queries'
import { personalSequence } from '@/lib/registrations/rules'
import type { Locale } from '@/lib/text'
import { webAddress } from '@/lib/web-address'
import type { Feed, Has, NoFeed } from './answer-feed'

/** Wrong addresses from one network: calendars ask for what they once knew for years, and whoever guesses asks for many. */
const wrong = { most: 60, seconds: 3600 }
const mostRetired = 10_000

/**
 * What one person has registered for, each event in the state of their seat; the join link only where the seat is
 * confirmed, and none of the links that act. 410 where the address was renewed since. One statement that reads no event
 * where the reader has it already.
 */
export async function personalFeed(token: string, network: string, has: Has): Promise<Feed | NoFeed> {
  // No address comes back once it was renewed: programs that go on asking cost nothing.
  if (retired.has(hashToken(token))) return 410
  const holder = await feedHolder(token)
  if (holder === 'gone') return retire(token)
  if (!holder) {
    const allowed = await allow('unknown-feed', network, wrong)
    return allowed.ok ? 404 : { status: 429, retryAfter: allowed.retryAfter }
  }
  const { locale, stored } = holder
  const said = { type: 'text/calendar; charset=utf-8', file: `${locale === 'fr' ? 'mes-rendez-vous' : 'my-events'}.ics`, isPersonal: true }
  if (stored && has(stored)) return { ...said, ...stored }
  const { hash, version, facts } = holder
  const known = stored && written.get(hash)
  if (known && known.etag === stored.etag) return { ...said, ...stored, body: { whole: known.body } }
  const body = Buffer.from(await write(holder))
  const modifiedAt = await keepFeed(`me ${hash}`, { version, facts }, body, { isOwn: true })
  const etag = strongEtag(body)
  remember(hash, { etag, body })
  return { ...said, etag, octets: body.length, modifiedAt, body: { whole: body } }
}

/** Nothing of what one person reads lies in the store: what this process wrote last, it still has. */
const written = new Map<string, { etag: string; body: Buffer }>()
const mostWritten = 500

function remember(hash: string, one: { etag: string; body: Buffer }) {
  written.delete(hash)
  if (one.body.length > 100_000) return
  for (const oldest of written.keys()) {
    if (written.size < mostWritten) break
    written.delete(oldest)
  }
  written.set(hash, one)
}

const retired = new Set<string>()

function retire(token: string): 410 {
  if (retired.size >= mostRetired) retired.clear()
  retired.add(hashToken(token))
  return 410
}

async function write({ personId, locale }: FeedHolder) {
  const [registrations, { networkName }] = await Promise.all([feedOfPerson(personId), installation()])
  const events = registrations.map(
    ({ event, revision, status, updatedAt, restitution }): FeedEvent => ({
      ...calendarEvent(event, locale),
      sequence: personalSequence(event.sequence, revision),
      state: status,
      updatedAt: updatedAt > event.updatedAt ? updatedAt : event.updatedAt,
      restitutionUrl: restitution ? notesOf(event.slug, locale) : (event.restitutionUrl ?? undefined),
    }),
  )
  return feedInSlices({ name: locale === 'fr' ? `${networkName}\u00A0: mes rendez-vous` : `${networkName}: my events`, locale, timeZone: config().defaultTimeZone, events })
}

const notesOf = (slug: string, locale: Locale) => webAddress('/events/[slug]/notes', { slug }, locale)
