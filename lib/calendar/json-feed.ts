import type { Locale } from '@/lib/text'
import { rfc3339 } from '@/lib/time'
import { byChange, contentOf, tagOf, tagOfEdition, type NewsFeed } from './atom'
import { placeIn, titleIn, type CalendarEvent } from './calendar-event'
import { oneLine, uriOf } from './content-lines'
import { type CalendarEdition, editionText, editionTitle } from './edition'

/** The events and their restitutions as a JSON Feed 1.1 (jsonfeed.org), the latest changed first; what else there is to know under `_event` and `_edition`. */
export function jsonFeed({ name, address, home, description, author, locale, events, editions = [] }: NewsFeed): string {
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: oneLine(name),
    home_page_url: uriOf(home) ?? undefined,
    feed_url: uriOf(address) ?? undefined,
    description: description === undefined ? undefined : oneLine(description),
    language: locale,
    authors: [{ name: oneLine(author) }],
    items: byChange(events, editions).map((one) => ('edition' in one ? editionItem(one.edition, locale) : eventItem(one.event, locale))),
  }
  return `${JSON.stringify(feed, null, 2)}\n`
}

const eventItem = (event: CalendarEvent, locale: Locale) => ({
  id: tagOf(event),
  url: uriOf(event.url) ?? undefined,
  title: titleIn(locale, event),
  content_text: contentOf(event, locale),
  date_published: event.createdAt.toISOString(),
  date_modified: event.updatedAt.toISOString(),
  language: event.locale,
  tags: event.themes.map(oneLine),
  _event: times(event, placeIn(locale, event)),
})

const editionItem = (edition: CalendarEdition, locale: Locale) => ({
  id: tagOfEdition(edition),
  url: uriOf(edition.url) ?? undefined,
  title: editionTitle(edition, locale),
  content_text: editionText(edition, locale),
  date_published: edition.firstAt.toISOString(),
  date_modified: edition.publishedAt.toISOString(),
  authors: [{ name: oneLine(edition.authors) }],
  language: edition.event.locale,
  tags: edition.event.themes.map(oneLine),
  _edition: { number: edition.number, licence: oneLine(edition.licence), event: tagOf(edition.event) },
})

/** A date where the hour is not known, as in the API. */
function times({ start, end, startsAt, endsAt, timeZone, status, uid }: CalendarEvent, place: string) {
  return {
    uid,
    starts_at: start.time === null ? start.date : rfc3339(startsAt, timeZone),
    ends_at: end === null ? null : end.time === null || endsAt === null ? end.date : rfc3339(endsAt, timeZone),
    hour_known: start.time !== null,
    time_zone: timeZone,
    status,
    place: place === '' ? null : place,
  }
}
