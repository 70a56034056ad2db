import ICAL from 'ical.js'
import { expect } from 'vitest'
import type { CalendarEvent } from '@/lib/calendar/calendar-event'
import type { InvitationInput } from '@/lib/calendar/ics'
import { instantOf, type WallTime } from '@/lib/time'

/** "2027-03-21T09:00" or "2027-03-21": a wall time with or without its hour. */
export function wall(text: string): WallTime {
  return { date: text.slice(0, 10), time: text.slice(11) || null }
}

export function eventAt(start: string, end: string | null, more: Partial<CalendarEvent> = {}): CalendarEvent {
  const timeZone = more.timeZone ?? 'Europe/Paris'
  return {
    uid: 'b6a1c6f2-53f9-4d26-9a0e-0a3a5f0c9d11@parlons.example', sequence: 3, title: 'Café, débat ; vélo 🚲', summary: 'Bonjour,\nà bientôt 🎉',
    url: 'https://parlons.example/rendez-vous/cafe', timeZone, start: wall(start), end: end === null ? null : wall(end),
    startsAt: instantOf(wall(start), timeZone) as Date, endsAt: end === null || wall(end).time === null ? null : instantOf(wall(end), timeZone) as Date,
    status: 'published', createdAt: new Date('2026-09-01T08:00:00Z'), updatedAt: new Date('2026-10-02T08:00:00.789Z'), themes: [], locale: 'fr', ...more,
  }
}

export function invited(more: Partial<InvitationInput> = {}): InvitationInput {
  return {
    method: 'REQUEST', reason: 'registration', event: eventAt('2027-06-24T18:00', '2027-06-24T20:00'), sequence: 5, stamp: new Date('2026-11-01T10:11:12.345Z'),
    organiser: { name: 'TMNlab', address: 'rsvp+k3ytoken@parlons.example' }, attendee: { name: 'Zoé Grande', address: 'zoe@people.example' },
    state: 'confirmed', asksAnswer: true, locale: 'fr', ...more,
  }
}

/** The file's lines after the octet rules are checked, folds undone by hand (not by the code under test). */
export function strictLines(file: string): string[] {
  const bytes = Buffer.from(file, 'utf8')
  expect(bytes.toString('utf8')).toBe(file)
  expect(bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))).toBe(false)
  expect(bytes.subarray(-2).toString('latin1')).toBe('\r\n')
  const physical = splitOctets(bytes.subarray(0, -2))
  for (const line of physical) {
    expect(line.length).toBeLessThanOrEqual(75)
    expect(line.length).toBeGreaterThan(0)
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(line)).not.toThrow()
    expect(line.some((octet) => octet < 0x20 || octet === 0x7f)).toBe(false)
  }
  const logical: string[] = []
  for (const line of physical.map((octets) => octets.toString('utf8'))) {
    if (line.startsWith(' ')) logical[logical.length - 1] += line.slice(1)
    else logical.push(line)
  }
  for (const line of logical) expect(line).toMatch(/^[A-Z][A-Z0-9-]*(?:;[A-Z-]+=(?:"[^"]*"|[^";:,]+(?:,[^";:,]+)*))*:/)
  return logical
}

function splitOctets(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = []
  let from = 0
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] === 0x0d) {
      expect(bytes[at + 1]).toBe(0x0a)
      lines.push(bytes.subarray(from, at))
      from = at + 2
      at += 1
    } else {
      expect(bytes[at]).not.toBe(0x0a)
    }
  }
  return [...lines, bytes.subarray(from)]
}

/** The entries as ical.js reads them, with the file's own zones and no others. */
export function readWithIcalJs(file: string): { calendar: ICAL.Component; events: ICAL.Event[] } {
  const calendar = new ICAL.Component(ICAL.parse(file))
  ICAL.TimezoneService.reset()
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(zone))
  return { calendar, events: calendar.getAllSubcomponents('vevent').map((entry) => new ICAL.Event(entry)) }
}

export function valueOf(lines: string[], name: string): string | undefined {
  return lines.find((line) => line.startsWith(`${name}:`) || line.startsWith(`${name};`))?.replace(/^[A-Z-]+(?:;[A-Z-]+=(?:"[^"]*"|[^";:]+))*:/, '')
}
