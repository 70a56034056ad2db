import type { Locale } from '@/lib/text'
import { describe, placeIn, spanOf, titleIn, type CalendarEvent, type SeatState, type Span } from './calendar-event'

export type CalendarLinks = { google: string; outlook: string; microsoft365: string; yahoo: string }

/**
 * Links that open a new entry in someone's web calendar, for those who have a seat. These calendars make an entry
 * of their own (no UID travels), so moved events reach only those who also have the invitation or a feed. Long
 * descriptions are cut, because the services refuse long addresses.
 */
export function calendarLinks(event: CalendarEvent, locale: Locale, state: SeatState = 'confirmed'): CalendarLinks {
  const facts = { title: titleIn(locale, event, state), details: shorten(describe(locale, event, state)), place: placeIn(locale, event), span: spanOf(event) }
  return {
    google: google(facts, event.timeZone),
    outlook: microsoft('outlook.live.com', facts),
    microsoft365: microsoft('outlook.office.com', facts),
    yahoo: yahoo(facts),
  }
}

type Facts = { title: string; details: string; place: string; span: Span }

function google({ title, details, place, span }: Facts, timeZone: string): string {
  const dates = span.kind === 'days' ? `${basic(span.firstDay)}/${basic(span.dayAfter)}` : `${basicUtc(span.startsAt)}/${basicUtc(span.endsAt)}`
  return link('https://calendar.google.com/calendar/render', {
    action: 'TEMPLATE', text: title, dates, ...(span.kind === 'hours' && { ctz: timeZone }), details, location: place,
  })
}

function microsoft(host: string, { title, details, place, span }: Facts): string {
  const times = span.kind === 'days'
    ? { startdt: span.firstDay, enddt: span.dayAfter, allday: 'true' }
    : { startdt: extendedUtc(span.startsAt), enddt: extendedUtc(span.endsAt) }
  return link(`https://${host}/calendar/deeplink/compose`, {
    path: '/calendar/action/compose', rru: 'addevent', ...times, subject: title, body: details, location: place,
  })
}

function yahoo({ title, details, place, span }: Facts): string {
  const times = span.kind === 'days'
    ? { ST: basic(span.firstDay), DUR: 'allday', ET: basic(span.dayAfter) }
    : { ST: basicUtc(span.startsAt), ET: basicUtc(span.endsAt) }
  return link('https://calendar.yahoo.com/', { v: '60', TITLE: title, ...times, DESC: details, in_loc: place })
}

/** Spaces as %20: Outlook shows a plus sign as a plus sign. */
function link(address: string, parameters: Record<string, string | undefined>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) => (value ? [`${name}=${encodeURIComponent(value)}`] : []))
  return `${address}?${given.join('&')}`
}

function shorten(text: string): string {
  const characters = [...text]
  return characters.length <= 600 ? text : `${characters.slice(0, 599).join('')}…`
}

function extendedUtc(instant: Date): string {
  return instant.toISOString().replace(/\.\d+Z$/, 'Z')
}

function basicUtc(instant: Date): string {
  return extendedUtc(instant).replace(/[-:]/g, '')
}

function basic(date: string): string {
  return date.replaceAll('-', '')
}
