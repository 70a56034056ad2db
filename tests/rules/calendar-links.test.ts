import { expect, test } from 'vitest'
import { calendarLinks } from '@/lib/calendar/links'
import { eventAt } from './calendar-samples'

const event = eventAt('2024-03-21T09:00', '2024-03-21T10:00', { title: 'Café & débat + 100 %', place: 'online', joinUrl: 'https://meet.example/a?b=1&c=2' })
const days = eventAt('2025-02-13', '2025-02-14')

function parametersOf(address: string): Record<string, string> {
  return Object.fromEntries(new URL(address).searchParams)
}

test('rule 52: Google gets both times with Z and the zone, and whole days with an exclusive end', () => {
  const { google } = calendarLinks(event, 'fr')
  expect(google.startsWith('https://calendar.google.com/calendar/render?action=TEMPLATE&text=')).toBe(true)
  expect(parametersOf(google)).toMatchObject({ text: 'Café & débat + 100 %', dates: '20240321T080000Z/20240321T090000Z', ctz: 'Europe/Paris', location: 'En ligne' })
  expect(parametersOf(calendarLinks(days, 'fr').google)).toMatchObject({ dates: '20250213/20250215' })
  expect(parametersOf(calendarLinks(days, 'fr').google)).not.toHaveProperty('ctz')
})

test('rule 53: Outlook.com and Microsoft 365 get ISO times with Z, %20 for a space, allday for whole days', () => {
  const { outlook, microsoft365 } = calendarLinks(event, 'fr')
  expect(new URL(outlook).origin).toBe('https://outlook.live.com')
  expect(new URL(microsoft365).origin).toBe('https://outlook.office.com')
  for (const address of [outlook, microsoft365]) {
    expect(new URL(address).pathname).toBe('/calendar/deeplink/compose')
    expect(parametersOf(address)).toMatchObject({ path: '/calendar/action/compose', rru: 'addevent', startdt: '2024-03-21T08:00:00Z', enddt: '2024-03-21T09:00:00Z', subject: 'Café & débat + 100 %' })
    expect(address).not.toContain('+')
    expect(parametersOf(address)).not.toHaveProperty('allday')
  }
  expect(parametersOf(calendarLinks(days, 'fr').outlook)).toMatchObject({ startdt: '2025-02-13', enddt: '2025-02-15', allday: 'true' })
})

test('rule 54: Yahoo gets both times with Z', () => {
  expect(parametersOf(calendarLinks(event, 'fr').yahoo)).toMatchObject({ v: '60', ST: '20240321T080000Z', ET: '20240321T090000Z', in_loc: 'En ligne' })
  expect(parametersOf(calendarLinks(days, 'fr').yahoo)).toMatchObject({ ST: '20250213', DUR: 'allday' })
})

test('the join link is there for a confirmed seat, and not while waiting; long texts and broken characters do no harm', () => {
  expect(parametersOf(calendarLinks(event, 'fr').google).details).toContain('https://meet.example/a?b=1&c=2')
  expect(parametersOf(calendarLinks(event, 'fr', 'waitlisted').google).details).not.toContain('meet.example')
  const long = eventAt('2024-03-21T09:00', null, { title: '\uD800 x\r\ny', summary: '🚲'.repeat(5000) })
  expect(calendarLinks(long, 'en').outlook.length).toBeLessThan(9000)
  expect(parametersOf(calendarLinks(long, 'en').yahoo).TITLE).toBe('x y')
})
