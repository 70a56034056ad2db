import { rfc3339 } from '@/lib/time'
import { byChange, contentOf, tagOf, type NewsFeed } from './atom'
import { placeIn, titleIn, type CalendarEvent } from './calendar-event'
import { oneLine, uriOf } from './content-lines'

/** The events as a JSON Feed 1.1 (jsonfeed.org), the latest changed first, with their times under `_event`. */
export function jsonFeed({ name, address, home, description, author, locale, events }: NewsFeed): string {
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: oneLine(name),
    home_page_url: uriOf(home) ?? undefined,
    feed_url: uriOf(address) ?? undefined,
    description: description === undefined ? undefined : oneLine(description),
    language: locale,
    authors: [{ name: oneLine(author) }],
    items: byChange(events).map((event) => ({
      id: tagOf(event),
      url: uriOf(event.url) ?? undefined,
      title: titleIn(locale, event),
      content_text: contentOf(event, locale),
      date_published: event.createdAt.toISOString(),
      date_modified: event.updatedAt.toISOString(),
      language: event.locale,
      tags: event.themes.map(oneLine),
      _event: times(event, placeIn(locale, event)),
    })),
  }
  return `${JSON.stringify(feed, null, 2)}\n`
}

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
