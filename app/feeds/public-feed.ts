import { atom } from '@/lib/calendar/atom'
import { calendarEdition, calendarEvent } from '@/lib/calendar/entry'
import { feedInSlices } from '@/lib/calendar/feed'
import { jsonFeed } from '@/lib/calendar/json-feed'
import { dropFeed, keepFeed } from '@/lib/calendar/keep-feed'
import { feedEditions, feedEvents, feedName, storedFeed } from '@/lib/calendar/queries'
import { utcDay } from '@/lib/calendar/rules'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import { strongEtag } from '@/lib/etag'
import { installation } from '@/lib/installation'
import type { Feed, Has } from './answer-feed'
import { feedPath, fileName, type Format, pagePath, type PublicAddress, storedName } from './feed-address'

const types: Record<Format, string> = {
  ics: 'text/calendar; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
}

/** A feed that everybody may read, as it is stored if nothing has changed since; 404 where the address names nothing. */
export async function publicFeed(address: PublicAddress, has: Has): Promise<Feed | 404> {
  const said = { type: types[address.format], file: fileName(address) }
  // While sources change, nothing says that what is stored was made by others.
  const { version, lies, stored } = config().developing ? unstored : await storedFeed(storedName(address))
  if (stored && has(stored)) return { ...said, ...stored, body: undefined }
  if (stored?.body) return { ...said, ...stored, body: { packed: stored.body } }
  const made = await makeOnce(address, version)
  if (made === 404 && lies) await dropFeed(storedName(address))
  return made === 404 ? 404 : { ...said, ...made, octets: made.body.length, body: { whole: made.body } }
}

const unstored = { version: '', lies: false, stored: null }

type Made = { etag: string; modifiedAt: Date | undefined; body: Buffer }

/** Who asks for the same while it is being made waits for it: it was begun under the version that they have read. */
async function makeOnce(address: PublicAddress, version: string): Promise<Made | 404> {
  const name = [storedName(address), version, utcDay(now())].join(' ')
  const other = version === '' ? undefined : making.get(name)
  const mine = other ?? make(address, version)
  making.set(name, mine)
  return mine.finally(() => making.delete(name))
}

const making = new Map<string, Promise<Made | 404>>()

async function make(address: PublicAddress, version: string): Promise<Made | 404> {
  const text = await write(address)
  if (text === null) return 404
  const body = Buffer.from(text)
  const modifiedAt = version === '' ? undefined : await keepFeed(storedName(address), { version }, body)
  return { etag: strongEtag(body), modifiedAt, body }
}

/** Makes the feed from the events themselves; one of news from their restitutions, too. */
export async function write({ scope, format, locale, all }: PublicAddress): Promise<string | null> {
  const about = await feedName(scope)
  if (!about) return null
  const [rows, editions, { networkName }] = await Promise.all([feedEvents(scope, { all }), format === 'ics' ? [] : feedEditions(scope, { all }), installation()])
  const { appUrl, defaultLocale, defaultTimeZone } = config()
  const facts = {
    name: scope.kind === 'event' ? about[locale] : `${networkName}${locale === 'fr' ? '\u00A0: ' : ': '}${about[locale]}`,
    address: appUrl + feedPath(scope, format, locale, defaultLocale, all),
    locale,
    // What the calendar makes of a row holds the join link, which is for those who have a seat.
    events: rows.map((row) => ({ ...calendarEvent(row, locale), joinUrl: undefined })),
  }
  const news = { ...facts, editions: editions.map((row) => calendarEdition(row, locale)), home: appUrl + pagePath(scope, locale), author: networkName }
  if (format === 'ics') return feedInSlices({ ...facts, timeZone: defaultTimeZone })
  return format === 'atom' ? atom(news) : jsonFeed(news)
}
