import type { Locale } from '@/lib/text'
import { describe, titleIn, type CalendarEvent } from './calendar-event'
import { manyLines, oneLine, uriOf } from './content-lines'
import { type CalendarEdition, editionText, editionTitle } from './edition'

export type NewsFeed = {
  name: string
  /** Where this very feed is found, and the page of which it is the feed. */
  address: string
  home: string
  description?: string
  /** Who publishes. */
  author: string
  locale: Locale
  events: CalendarEvent[]
  /** The restitutions that everybody may read. */
  editions?: CalendarEdition[]
}

/** The events and their restitutions as an Atom 1.0 feed (RFC 4287), the latest changed first; an entry's id is the same for ever. */
export function atom({ name, address, home, description, author, locale, events, editions = [] }: NewsFeed): string {
  const recent = byChange(events, editions)
  const self = uriOf(address) ?? ''
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${locale}">`,
    `  <id>${escapeXml(self)}</id>`,
    `  <title>${escapeXml(oneLine(name))}</title>`,
    ...(description === undefined ? [] : [`  <subtitle>${escapeXml(oneLine(description))}</subtitle>`]),
    `  <updated>${instant(recent[0]?.at ?? new Date(0))}</updated>`,
    `  <author><name>${escapeXml(oneLine(author) || oneLine(name))}</name></author>`,
    '  <generator>Parlons-en</generator>',
    `  <link rel="self" type="application/atom+xml" href="${escapeXml(self)}"/>`,
    `  <link rel="alternate" type="text/html" href="${escapeXml(uriOf(home) ?? '')}"/>`,
    ...recent.flatMap((one) => ('edition' in one ? editionEntry(one.edition, locale) : entry(one.event, locale))),
    '</feed>',
    '',
  ].join('\n')
}

/** The same identifier for an event in every news feed: a tag URI (RFC 4151) of its UID, which never changes. */
export function tagOf({ uid, url, createdAt }: CalendarEvent): string {
  const [name, host = new URL(url).hostname] = uid.split('@')
  return `tag:${host},${createdAt.toISOString().slice(0, 10)}:${encodeURIComponent(name)}`
}

/** Of a session's restitution: the same for all its editions, the newest of which the entry is. */
export const tagOfEdition = ({ event }: CalendarEdition) => `${tagOf(event)}/edition`

type News = { at: Date; tag: string } & ({ event: CalendarEvent } | { edition: CalendarEdition })

/** The latest changed first, events and restitutions together; those changed at once by their identifiers. */
export function byChange(events: CalendarEvent[], editions: CalendarEdition[] = []): News[] {
  const news: News[] = [
    ...events.map((event) => ({ at: event.updatedAt, tag: event.uid, event })),
    ...editions.map((edition) => ({ at: edition.publishedAt, tag: `${edition.event.uid}/edition`, edition })),
  ]
  return news.sort((a, b) => b.at.getTime() - a.at.getTime() || (a.tag < b.tag ? -1 : 1))
}

/** What a news feed says of an event: as its calendar entry, without the line for the page, to which the title leads. */
export function contentOf(event: CalendarEvent, locale: Locale): string {
  return describe(locale, { ...event, url: '' })
}

function entry(event: CalendarEvent, locale: Locale): string[] {
  return [
    `  <entry${event.locale === locale ? '' : ` xml:lang="${event.locale}"`}>`,
    `    <id>${escapeXml(tagOf(event))}</id>`,
    `    <title>${escapeXml(titleIn(locale, event))}</title>`,
    `    <updated>${instant(event.updatedAt)}</updated>`,
    `    <published>${instant(event.createdAt)}</published>`,
    `    <link rel="alternate" type="text/html" href="${escapeXml(uriOf(event.url) ?? '')}"/>`,
    ...event.themes.map((theme) => `    <category term="${escapeXml(oneLine(theme))}"/>`),
    `    <content type="text">${escapeXml(contentOf(event, locale))}</content>`,
    '  </entry>',
  ]
}

function editionEntry(edition: CalendarEdition, locale: Locale): string[] {
  const { event, url, authors, firstAt, publishedAt } = edition
  return [
    `  <entry${event.locale === locale ? '' : ` xml:lang="${event.locale}"`}>`,
    `    <id>${escapeXml(tagOfEdition(edition))}</id>`,
    `    <title>${escapeXml(editionTitle(edition, locale))}</title>`,
    `    <updated>${instant(publishedAt)}</updated>`,
    `    <published>${instant(firstAt)}</published>`,
    `    <author><name>${escapeXml(oneLine(authors))}</name></author>`,
    `    <link rel="alternate" type="text/html" href="${escapeXml(uriOf(url) ?? '')}"/>`,
    `    <link rel="related" type="text/html" href="${escapeXml(uriOf(event.url) ?? '')}"/>`,
    ...event.themes.map((theme) => `    <category term="${escapeXml(oneLine(theme))}"/>`),
    `    <content type="text">${escapeXml(editionText(edition, locale))}</content>`,
    '  </entry>',
  ]
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** XML 1.0 cannot hold U+FFFE and U+FFFF at all, not even escaped. */
function escapeXml(text: string): string {
  return manyLines(text).replace(/[\uFFFE\uFFFF]/g, '').replace(/[&<>"']/g, (mark) => entities[mark])
}

function instant(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z')
}
