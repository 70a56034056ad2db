import { atom } from '@/lib/calendar/atom'
import { calendarEvent } from '@/lib/calendar/entry'
import { feed } from '@/lib/calendar/feed'
import { jsonFeed } from '@/lib/calendar/json-feed'
import { feedEvents, feedName, type FeedScope } from '@/lib/calendar/queries'
import { config } from '@/lib/config'
import { installation } from '@/lib/installation'
import type { Locale } from '@/lib/text'
import type { Feed } from './answer-feed'
import { feedPath, fileName, type Format, pagePath } from './feed-address'

const types = {
  ics: 'text/calendar; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
}

/** A feed that everybody may read; 404 where the address names nothing. */
export async function publicFeed(scope: FeedScope, format: Format, locale: Locale): Promise<Feed | 404> {
  const about = await feedName(scope)
  if (!about) return 404
  const [rows, { networkName }] = await Promise.all([feedEvents(scope), installation()])
  const { appUrl, defaultLocale, defaultTimeZone } = config()
  const facts = {
    name: scope.kind === 'event' ? about[locale] : `${networkName}${locale === 'fr' ? '\u00A0: ' : ': '}${about[locale]}`,
    address: appUrl + feedPath(scope, format, locale, defaultLocale),
    locale,
    // What the calendar makes of a row holds the join link, which is for those who have a seat.
    events: rows.map((row) => ({ ...calendarEvent(row, locale), joinUrl: undefined })),
  }
  const news = { ...facts, home: appUrl + pagePath(scope, locale), author: networkName }
  const text = format === 'ics' ? feed({ ...facts, timeZone: defaultTimeZone }) : format === 'atom' ? atom(news) : jsonFeed(news)
  return { text, type: types[format], updatedAt: newest(rows), file: fileName(scope, format) }
}

const newest = (rows: { updatedAt: Date }[]) =>
  rows.length === 0 ? undefined : new Date(Math.max(...rows.map(({ updatedAt }) => updatedAt.getTime())))
