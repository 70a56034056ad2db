import type { Locale } from '@/lib/text'
import { calendarEvent, type EntryRow } from './entry'
import { calendarLinks } from './links'

const day = 86_400_000

/**
 * What a feed that people subscribe to holds: what is over later than `past`, or than `calledOff` where it was called
 * off, and begins before `ahead`. One's own calendar remembers as long. Called-off events stay for a month after they
 * would have ended, because calendars learn of it only by reading them.
 */
export const feedWindow = (now: Date) => ({
  past: new Date(now.getTime() - 90 * day),
  calledOff: new Date(now.getTime() - 30 * day),
  ahead: new Date(now.getTime() + 550 * day),
})

/** The links with which somebody who has a seat puts the event into their calendar by hand; never the join link. */
export const addToCalendar = (event: EntryRow, locale: Locale) => calendarLinks({ ...calendarEvent(event, locale), joinUrl: undefined }, locale)

export { subscribeLinks, type SubscribeLinks } from './subscribe-links'
