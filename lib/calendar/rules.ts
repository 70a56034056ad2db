import type { Locale } from '@/lib/text'
import { calendarEvent, type EntryRow } from './entry'
import { calendarLinks } from './links'

const day = 86_400_000

/**
 * What a feed that people subscribe to holds: what is over later than `past`, or than `calledOff` where it was called
 * off, and begins before `ahead`. One's own calendar remembers as long. Called-off events stay for a month after they
 * would have ended, because calendars learn of it only by reading them. The same all day long, in UTC.
 */
export function feedWindow(now: Date) {
  const today = Date.parse(utcDay(now))
  return { today: new Date(today), past: monthsFrom(today, -12), calledOff: new Date(today - 30 * day), ahead: monthsFrom(today, 18) }
}

/**
 * A feed holds so many events at most: of its window the next 1,500 (eighty a month) and the last 500, with 200 each
 * that were called off; and, where all are asked for, the latest 5,000 (a session a week for a hundred years).
 */
export const mostInFeed = { coming: 1500, over: 500, calledOff: 200, all: 5000 }

/** Restitutions in a news feed, the newest: of the window's past, or, where all are asked for, of whenever; and how much each quotes. */
export const editionsInFeed = { most: 100, all: 1000, passages: 5 }

/** YYYY-MM-DD. */
export const utcDay = (instant: Date) => instant.toISOString().slice(0, 10)

/** The same day of another month, or its last where it has no such day. */
function monthsFrom(instant: number, months: number) {
  const there = new Date(instant)
  const wanted = there.getUTCDate()
  there.setUTCMonth(there.getUTCMonth() + months, 1)
  const last = new Date(Date.UTC(there.getUTCFullYear(), there.getUTCMonth() + 1, 0)).getUTCDate()
  there.setUTCDate(Math.min(wanted, last))
  return there
}

/** The links with which somebody who has a seat puts the event into their calendar by hand; never the join link. */
export const addToCalendar = (event: EntryRow, locale: Locale) => calendarLinks({ ...calendarEvent(event, locale), joinUrl: undefined }, locale)

export { subscribeLinks, type SubscribeLinks } from './subscribe-links'
