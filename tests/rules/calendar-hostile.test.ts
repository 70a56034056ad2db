import fc from 'fast-check'
import nodeIcal from 'node-ical'
import { expect, test } from 'vitest'
import { parseAddress } from '@/lib/address'
import { feed } from '@/lib/calendar/feed'
import { invitation } from '@/lib/calendar/ics'
import { eventAt, invited, readWithIcalJs, strictLines, valueOf } from './calendar-samples'

// Pieces that could end a line, open a component, close a quote or hide in a fold; mixed with any text at all.
const piece = fc.oneof(
  fc.constantFrom('\r\n', '\n', '\r', '\0', '\u0085', '\u2028', '\v', '\t', ' ', '"', '^', "^'", '\\', '\\n', ';', ',', ':', 'END:VEVENT', 'BEGIN:VEVENT', 'BEGIN:VALARM',
    'ATTENDEE:mailto:x@evil.example', 'METHOD:CANCEL', 'UID:other', '\r\n ', '\uD83D', '\uDEB2', '🚲', '👩‍👩‍👧', 'é', 'e\u0301', '\u202E', '\uFEFF', '$&', '$1', ':MAILTO:', 'https://evil.example', '\r\nX-EVIL:1'),
  fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 100 }),
)
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
const names = ['BEGIN', 'METHOD', 'UID', 'ATTENDEE', 'ORGANIZER', 'DTSTART', 'SUMMARY', 'URL', 'CONFERENCE', 'STATUS']

function shape(lines: string[]): string[] {
  return lines.filter((line) => names.some((name) => line.startsWith(`${name}:`) || line.startsWith(`${name};`))).map((line) => line.replace(/[;:].*$/s, ''))
}

test('whatever a title, name, place or description holds, the invitation’s lines are the same ones', () => {
  const plain = shape(strictLines(invitation(invited({ event: eventAt('2027-06-24T18:00', null, { themes: ['x'], place: { name: 'x' }, joinUrl: 'https://meet.example/x' }) }))))
  fc.assert(fc.property(text, text, text, text, text, (title, name, description, place, theme) => {
    const event = eventAt('2027-06-24T18:00', null, { title, summary: description, themes: [theme], place: { name: place, address: title }, url: `https://parlons.example/${theme}`, joinUrl: `https://meet.example/?${place}` })
    const file = invitation(invited({ event, description, companions: [name, theme], attendee: { name, address: 'zoe@people.example' }, organiser: { name: title, address: 'rsvp+a@parlons.example' } }))
    const lines = strictLines(file)
    expect(shape(lines)).toEqual(plain)
    expect(valueOf(lines, 'ATTENDEE')).toBe('mailto:zoe@people.example')
    const { calendar, events } = readWithIcalJs(file)
    expect([events.length, calendar.getFirstPropertyValue('method'), events[0].attendees.length]).toEqual([1, 'REQUEST', 1])
  }), { numRuns: 100 })
})

test('whatever a feed is called and holds, two parsers read as many events as there are', () => {
  const event = fc.record({ title: text, summary: text, theme: text, place: text })
  fc.assert(fc.property(text, text, fc.array(event, { maxLength: 4 }), (name, description, events) => {
    const entries = events.map(({ title, summary, theme, place }, index) => eventAt('2027-06-24T18:00', null, { uid: `u${index}`, title, summary, themes: [theme], place: { name: place } }))
    const file = feed({ name, description, address: 'https://parlons.example/feeds/events.ics', locale: 'fr', timeZone: 'Europe/Paris', events: entries })
    strictLines(file)
    expect(readWithIcalJs(file).events).toHaveLength(events.length)
    expect(Object.values(nodeIcal.sync.parseICS(file)).filter((component) => component?.type === 'VEVENT')).toHaveLength(events.length)
  }), { numRuns: 40 })
})

test('what is readable in a title arrives as it was written', () => {
  const readable = fc.stringMatching(/^[\p{L}\p{N};:,\\"'«»!?.-][\p{L}\p{N} ;:,\\"'«»!?.-]{0,200}[\p{L}\p{N}]$/u).map((title) => title.replace(/ +/g, ' '))
  fc.assert(fc.property(readable, (title) => {
    expect(readWithIcalJs(invitation(invited({ event: eventAt('2027-06-24T18:00', null, { title }) }))).events[0].summary).toBe(title)
  }))
})

test('every address that the door lets in can be invited', () => {
  const local = fc.stringMatching(/^[A-Za-z0-9#$&'*+/=?^_`{|}~-]{1,64}$/)
  const domain = fc.array(fc.stringMatching(/^[a-z0-9]{1,60}$/), { minLength: 1, maxLength: 5 }).map((labels) => `${labels.join('.')}.fr`)
  fc.assert(fc.property(fc.tuple(local, domain).map((parts) => parts.join('@')), (typed) => {
    const parsed = parseAddress(typed)
    if (!parsed.ok) return
    const [attendee] = readWithIcalJs(invitation(invited({ attendee: { name: '', address: parsed.address } }))).events[0].attendees
    expect(decodeURIComponent(new URL(String(attendee.getFirstValue())).pathname)).toBe(parsed.address)
    expect(new URL(String(attendee.getFirstValue())).search).toBe('')
  }))
})

test('addresses that are no web addresses leave no line', () => {
  for (const address of ['javascript:alert(1)', 'x', '', 'https://', 'data:text/html,x']) {
    const lines = strictLines(invitation(invited({ event: eventAt('2027-06-24T18:00', null, { url: address, joinUrl: address }) })))
    expect([valueOf(lines, 'URL'), valueOf(lines, 'CONFERENCE')]).toEqual([undefined, undefined])
  }
  const broken = strictLines(invitation(invited({ event: eventAt('2027-06-24T18:00', null, { url: 'https://parlons.example/a\r\nX-EVIL:1' }) })))
  expect(valueOf(broken, 'URL')).toBe('https://parlons.example/aX-EVIL:1')
})

test('a zone that is none stops the file', () => {
  expect(() => feed({ name: 'x', locale: 'fr', timeZone: 'Europe/Paris\r\nX:1', events: [] })).toThrow(RangeError)
  expect(() => invitation(invited({ event: { ...eventAt('2027-06-24T18:00', null), timeZone: 'Nope\r\nX:1' } }))).toThrow(RangeError)
})
