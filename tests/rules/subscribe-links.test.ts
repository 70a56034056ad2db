import { expect, test } from 'vitest'
import { subscribeLinks } from '@/lib/calendar/subscribe-links'

const address = 'https://agenda.example.org/feeds/series/cafe-tmnlab.ics?lang=en'
const { webcal, google, outlook, microsoft365 } = subscribeLinks(address, 'Café & débat : tout')

test('a device with a calendar of its own is given the same address as webcal', () => {
  expect(webcal).toBe('webcal://agenda.example.org/feeds/series/cafe-tmnlab.ics?lang=en')
  expect(subscribeLinks('http://localhost:3000/feeds/events.ics', 'x').webcal).toBe('webcal://localhost:3000/feeds/events.ics')
})

test('Google is handed the webcal address whole, its own question mark included', () => {
  expect(new URL(google).origin + new URL(google).pathname).toBe('https://calendar.google.com/calendar/render')
  expect([...new URL(google).searchParams]).toEqual([['cid', webcal]])
})

test('Outlook.com and Microsoft 365 are handed the https address and the name, %20 for a space', () => {
  for (const [link, host] of [[outlook, 'outlook.live.com'], [microsoft365, 'outlook.office.com']]) {
    expect(new URL(link).host + new URL(link).pathname).toBe(`${host}/calendar/0/addfromweb`)
    expect([...new URL(link).searchParams]).toEqual([['url', address], ['name', 'Café & débat : tout']])
    expect(link).not.toContain('+')
  }
})
