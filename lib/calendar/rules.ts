import { endOfDay } from '@/lib/time'
import type { Locale } from '@/lib/text'
import { spanOf, type CalendarEvent } from './calendar-event'
import { calendarEvent, type EntryRow } from './entry'
import { calendarLinks } from './links'

const day = 86_400_000

/** How long a feed remembers what is over, and how long it still shows what was called off (in days after the end). */
export const keepsPastDays = 90
export const keepsCalledOffDays = 30

/**
 * Whether an event still belongs in a feed that people subscribe to. Called-off events stay for a month after they
 * would have ended, because calendars learn of it only by reading them; past ones stay for three.
 */
export function belongsInFeed(event: CalendarEvent, now: Date): boolean {
  const span = spanOf(event)
  const over = span.kind === 'hours' ? span.endsAt : endOfDay(span.lastDay, event.timeZone)
  const kept = event.status === 'called-off' ? keepsCalledOffDays : keepsPastDays
  return now.getTime() < over.getTime() + kept * day
}

/** The links with which somebody who has a seat puts the event into their calendar by hand; never the join link. */
export const addToCalendar = (event: EntryRow, locale: Locale) => calendarLinks({ ...calendarEvent(event, locale), joinUrl: undefined }, locale)
