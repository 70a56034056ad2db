import nodeIcal from 'node-ical'
import { describe, expect, test } from 'vitest'
import { invitation } from '@/lib/calendar/ics'
import { isAmbiguous, wallOf } from '@/lib/time'
import { eventAt, invited, readWithIcalJs, strictLines, valueOf } from './calendar-samples'

const long = 'Découvrabilité 🎭 à l’ère de l’IA : « pourquoi » se mobiliser ? '.repeat(6)

describe('the file', () => {
  test('rule 1: UTF-8 without BOM, every line ends in CRLF, no empty line, no control character', () => {
    strictLines(invitation(invited()))
  })

  test('rule 2: no physical line over 75 octets, never folded inside a character', () => {
    for (let shift = 0; shift < 8; shift += 1) {
      const lines = strictLines(invitation(invited({ event: eventAt('2027-06-24T18:00', '2027-06-24T20:00', { title: 'x'.repeat(shift) + long }) })))
      expect(valueOf(lines, 'SUMMARY')).toBe(('x'.repeat(shift) + long).trim())
    }
  })

  test('rule 3: VERSION, PRODID, one VCALENDAR, GREGORIAN, and no property that is not registered', () => {
    const lines = strictLines(invitation(invited({ event: eventAt('2027-06-24T18:00', null, { themes: ['IA'], joinUrl: 'https://meet.example/a', place: { name: 'Théâtre', lat: 48.85, lon: 2.35 } }) })))
    expect(lines.slice(0, 5)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0', 'CALSCALE:GREGORIAN', 'PRODID:-//Parlons-en//Parlons-en//FR', 'METHOD:REQUEST'])
    expect(lines.filter((line) => line === 'BEGIN:VCALENDAR')).toHaveLength(1)
    const registered = /^(?:BEGIN|END|VERSION|PRODID|CALSCALE|METHOD|TZID|LAST-MODIFIED|TZNAME|TZOFFSETFROM|TZOFFSETTO|DTSTART|DTEND|RRULE|UID|SEQUENCE|DTSTAMP|SUMMARY|TRANSP|LOCATION|DESCRIPTION|ORGANIZER|ATTENDEE|STATUS|CREATED|URL|CATEGORIES|GEO|CONFERENCE|X-[A-Z-]+)[;:]/
    for (const line of lines) expect(line).toMatch(registered)
  })

  test('rule 4: TEXT is escaped exactly once, URIs not at all, nothing reads undefined or null', () => {
    const event = eventAt('2027-06-24T18:00', '2027-06-24T20:00', { title: 'a;b,c\\d\ne', summary: 'un\ndeux, trois; \\n', joinUrl: 'https://meet.example/a?b=1&c=2', url: 'https://parlons.example/rendez-vous/été,1;2' })
    const file = invitation(invited({ event }))
    const lines = strictLines(file)
    expect(valueOf(lines, 'SUMMARY')).toBe('a\\;b\\,c\\\\d e')
    expect(valueOf(lines, 'CONFERENCE')).toBe('https://meet.example/a?b=1&c=2')
    expect(valueOf(lines, 'URL')).toBe('https://parlons.example/rendez-vous/%C3%A9t%C3%A9%2C1%3B2')
    expect(readWithIcalJs(file).events[0].summary).toBe('a;b,c\\d e')
    expect(readWithIcalJs(file).events[0].description).toContain('un\ndeux, trois; \\n')
    expect(file).not.toMatch(/undefined|null|&amp;|<br/)
  })

  test('rule 5: names stand in quotes, without the marks that RFC 6868 would encode', () => {
    const lines = strictLines(invitation(invited({ attendee: { name: 'Zoé "la" ^Grande; de: Paris, X', address: 'zoe@people.example' }, organiser: { name: '"^"\r\nX-EVIL:1', address: 'rsvp+a@parlons.example' } })))
    expect(lines).toContain('ATTENDEE;ROLE=REQ-PARTICIPANT;CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;RSVP=TRUE;CN="Zoé ’la’ Grande; de: Paris, X":mailto:zoe@people.example')
    expect(lines).toContain('ORGANIZER;CN="’ ’ X-EVIL:1":mailto:rsvp+a@parlons.example')
  })
})

describe('identity and revision', () => {
  test('rule 6: the UID is the event’s own, and one that could break its line stops the letter', () => {
    expect(valueOf(strictLines(invitation(invited())), 'UID')).toBe('b6a1c6f2-53f9-4d26-9a0e-0a3a5f0c9d11@parlons.example')
    for (const uid of ['', 'a\r\nATTENDEE:x', 'a;b', 'é', 'x'.repeat(256)]) expect(() => invitation(invited({ event: { ...invited().event, uid } }))).toThrow(RangeError)
  })

  test('rule 8: SEQUENCE is the number given, from 0', () => {
    expect(valueOf(strictLines(invitation(invited({ sequence: 0 }))), 'SEQUENCE')).toBe('0')
    expect(valueOf(strictLines(invitation(invited({ sequence: 12 }))), 'SEQUENCE')).toBe('12')
  })

  test('rule 9: DTSTAMP is when the message was made, CREATED and LAST-MODIFIED are the event’s, all in UTC', () => {
    const lines = strictLines(invitation(invited()))
    expect([valueOf(lines, 'DTSTAMP'), valueOf(lines, 'CREATED'), lines.findLast((line) => line.startsWith('LAST-MODIFIED'))]).toEqual(['20261101T101112Z', '20260901T080000Z', 'LAST-MODIFIED:20261002T080000Z'])
  })

  test('the same facts give the same bytes', () => {
    expect(invitation(invited())).toBe(invitation(invited()))
  })
})

describe('times', () => {
  const zones = ['Europe/Paris', 'America/Montreal', 'Indian/Reunion', 'Europe/London']
  const walls = ['2027-03-27T09:00', '2027-03-28T00:30', '2027-03-28T03:00', '2027-03-28T09:00', '2027-03-29T09:00', '2027-10-30T18:30', '2027-10-31T00:30', '2027-10-31T01:30', '2027-10-31T02:30', '2027-10-31T09:00', '2027-11-01T09:00', '2027-11-07T01:30', '2027-03-14T03:00']

  test.each(zones.flatMap((zone) => walls.map((start) => [zone, start] as const)))('rule 11: two independent parsers find the right instant (%s, %s)', (timeZone, start) => {
    const event = eventAt(start, null, { timeZone })
    const file = invitation(invited({ event }))
    const lines = strictLines(file)
    expect(lines.find((line) => line.startsWith('DTSTART;') || line.startsWith('DTSTART:2027'))).toMatch(/^DTSTART(?:;TZID=[A-Za-z/]+:\d{8}T\d{6}|:\d{8}T\d{6}Z)$/)
    expect(readWithIcalJs(file).events[0].startDate.toJSDate().toISOString()).toBe(event.startsAt.toISOString())
    const [entry] = Object.values(nodeIcal.sync.parseICS(file)).filter((component) => component?.type === 'VEVENT')
    expect(new Date((entry as { start: Date }).start).toISOString()).toBe(event.startsAt.toISOString())
  })

  test.each(zones)('rule 12: the VTIMEZONE stands before the event, under the name that was asked for (%s)', (timeZone) => {
    const lines = strictLines(invitation(invited({ event: eventAt('2027-06-24T18:00', '2027-06-24T20:00', { timeZone }) })))
    const at = (line: string) => lines.indexOf(line)
    expect(lines.filter((line) => line.startsWith('TZID:'))).toEqual([`TZID:${timeZone}`])
    expect(at(`TZID:${timeZone}`)).toBeLessThan(at('BEGIN:VEVENT'))
    expect(lines).toContain(`DTSTART;TZID=${timeZone}:20270624T180000`)
    expect(lines.filter((line) => line === 'BEGIN:STANDARD')).toHaveLength(1)
    expect(lines.filter((line) => line === 'BEGIN:DAYLIGHT')).toHaveLength(timeZone === 'Indian/Reunion' ? 0 : 1)
  })

  test('rule 12: where the yearly rule is not that year’s, the time is written in UTC', () => {
    const event = eventAt('2005-04-01T09:00', null, { timeZone: 'America/New_York' })
    const lateMarch = eventAt('2005-03-20T09:00', null, { timeZone: 'America/New_York' })
    expect(strictLines(invitation(invited({ event: lateMarch })))).toContain('DTSTART:20050320T140000Z')
    expect(readWithIcalJs(invitation(invited({ event }))).events[0].startDate.toJSDate()).toEqual(new Date('2005-04-01T14:00:00Z'))
  })

  test('rule 13: no TZID=UTC, none on a date', () => {
    const lines = strictLines(invitation(invited({ event: eventAt('2027-06-24T18:00', null, { timeZone: 'UTC' }) })))
    expect(lines).toContain('DTSTART:20270624T180000Z')
    expect(lines.some((line) => line.includes('TZID'))).toBe(false)
    expect(strictLines(invitation(invited({ event: eventAt('2027-06-24', null) })))).toContain('DTSTART;VALUE=DATE:20270624')
  })

  test('rule 15: the autumn hour that comes twice is written in UTC, start and end alike', () => {
    const event = eventAt('2027-10-31T02:30', '2027-10-31T04:00')
    expect(isAmbiguous(event.start, event.timeZone)).toBe(true)
    const lines = strictLines(invitation(invited({ event })))
    expect(lines).toContain('DTSTART:20271031T003000Z')
    expect(lines).toContain('DTEND:20271031T030000Z')
    expect(wallOf(new Date('2027-10-31T00:30:00Z'), 'Europe/Paris').time).toBe('02:30')
  })

  test('rule 16: an unknown hour is a DATE with an exclusive end, never an invented hour', () => {
    const lines = strictLines(invitation(invited({ event: eventAt('2024-02-15', null) })))
    expect(lines).toContain('DTSTART;VALUE=DATE:20240215')
    expect(lines).toContain('DTEND;VALUE=DATE:20240216')
    expect(valueOf(lines, 'DESCRIPTION')).toContain('L’heure n’est pas encore connue.')
    expect(valueOf(lines, 'TRANSP')).toBe('TRANSPARENT')
    const days = strictLines(invitation(invited({ event: eventAt('2025-02-13', '2025-02-14') })))
    expect(days).toContain('DTEND;VALUE=DATE:20250215')
  })

  test('rule 16: several days whose last hour is not known are whole days, and the known hour is said', () => {
    const lines = strictLines(invitation(invited({ event: eventAt('2025-02-13T10:00', '2025-02-14') })))
    expect(lines).toContain('DTSTART;VALUE=DATE:20250213')
    expect(lines).toContain('DTEND;VALUE=DATE:20250215')
    expect(valueOf(lines, 'DESCRIPTION')).toContain('du jeudi 13 février à 10h au vendredi 14 février 2025')
  })

  test('rule 17: there is always an end after the start; one that nobody knows is an hour, and said to be unknown', () => {
    const lines = strictLines(invitation(invited({ event: eventAt('2027-06-24T18:00', null) })))
    expect(lines).toContain('DTEND;TZID=Europe/Paris:20270624T190000')
    expect(valueOf(lines, 'DESCRIPTION')).toContain('L’heure de fin n’est pas connue')
    expect(valueOf(strictLines(invitation(invited({ event: eventAt('2027-06-24T18:00', null), description: 'Bonjour' }))), 'DESCRIPTION')).toContain('L’heure de fin n’est pas connue')
    expect(strictLines(invitation(invited({ event: eventAt('2027-06-24T18:00', '2027-06-24T17:00') })))).toContain('DTEND;TZID=Europe/Paris:20270624T190000')
    const night = strictLines(invitation(invited({ event: eventAt('2027-03-27T23:30', '2027-03-28T04:00') })))
    expect(night).toContain('DTEND;TZID=Europe/Paris:20270328T040000')
  })
})

describe('the invitation', () => {
  test('rule 25: one UID and one VEVENT in a REQUEST', () => {
    const lines = strictLines(invitation(invited()))
    expect([lines.filter((line) => line.startsWith('UID:')).length, lines.filter((line) => line === 'BEGIN:VEVENT').length]).toEqual([1, 1])
  })

  test('rule 26: one ATTENDEE, the reader, ACCEPTED, who may answer only where an answer can reach us', () => {
    const attendee = (more: object) => strictLines(invitation(invited(more))).filter((line) => line.startsWith('ATTENDEE'))
    expect(attendee({})).toEqual(['ATTENDEE;ROLE=REQ-PARTICIPANT;CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;RSVP=TRUE;CN="Zoé Grande":mailto:zoe@people.example'])
    expect(attendee({ asksAnswer: false })[0]).toContain(';RSVP=FALSE;')
    const said = (asksAnswer: boolean) => valueOf(strictLines(invitation(invited({ asksAnswer, description: 'Bonjour' }))), 'DESCRIPTION')
    expect(said(false)).toContain('ne nous parvient pas')
    expect(said(true)).toBe('Bonjour')
  })

  test('rule 27: ORGANIZER is a bare mailto:, and never the attendee', () => {
    expect(valueOf(strictLines(invitation(invited())), 'ORGANIZER')).toBe('mailto:rsvp+k3ytoken@parlons.example')
    expect(() => invitation(invited({ attendee: { name: 'x', address: 'RSVP+k3ytoken@parlons.example' } }))).toThrow(RangeError)
    for (const address of ['a@b.fr,c@d.fr', 'Zoé <a@b.fr>', 'a@b.fr\r\nX:1', 'a@b@c.fr', '']) expect(() => invitation(invited({ attendee: { name: 'x', address } }))).toThrow(RangeError)
  })

  test('rule 28: an update is a REQUEST with the same UID and ORGANIZER, a higher SEQUENCE and a newer DTSTAMP', () => {
    const first = strictLines(invitation(invited()))
    const moved = strictLines(invitation(invited({ event: eventAt('2027-06-25T18:00', '2027-06-25T20:00'), sequence: 6, stamp: new Date('2026-11-02T10:00:00Z') })))
    for (const name of ['UID', 'ORGANIZER', 'METHOD']) expect(valueOf(moved, name)).toBe(valueOf(first, name))
    expect(Number(valueOf(moved, 'SEQUENCE'))).toBeGreaterThan(Number(valueOf(first, 'SEQUENCE')))
    expect((valueOf(moved, 'DTSTAMP') ?? '') > (valueOf(first, 'DTSTAMP') ?? '')).toBe(true)
  })

  test('rule 29: an event called off is CANCEL with STATUS:CANCELLED, start, organiser and attendee, and asks nothing', () => {
    const lines = strictLines(invitation(invited({ method: 'CANCEL', reason: 'event', sequence: 9 })))
    expect([valueOf(lines, 'METHOD'), valueOf(lines, 'STATUS'), valueOf(lines, 'SEQUENCE')]).toEqual(['CANCEL', 'CANCELLED', '9'])
    expect(valueOf(lines, 'SUMMARY')).toMatch(/^Annulé : Café/)
    expect(lines).toContain('DTSTART;TZID=Europe/Paris:20270624T180000')
    expect(lines.filter((line) => line.startsWith('ATTENDEE') || line.startsWith('ORGANIZER'))).toHaveLength(2)
    expect(lines.join()).not.toMatch(/RSVP|VALARM/)
  })

  test('rule 30: a withdrawn registration is CANCEL without STATUS, and does not say that the event is cancelled', () => {
    const file = invitation(invited({ method: 'CANCEL', reason: 'registration', event: eventAt('2027-06-24T18:00', null, { joinUrl: 'https://meet.example/secret' }) }))
    const lines = strictLines(file)
    expect(valueOf(lines, 'METHOD')).toBe('CANCEL')
    expect(valueOf(lines, 'STATUS')).toBeUndefined()
    expect(lines.join('\n')).not.toMatch(/annulé|meet\.example/i)
  })

  test('waiting is TENTATIVE in every way, without the join link, and a seat turns it into CONFIRMED', () => {
    const event = eventAt('2027-06-24T18:00', '2027-06-24T20:00', { joinUrl: 'https://meet.example/secret' })
    for (const state of ['waitlisted', 'offered'] as const) {
      const lines = strictLines(invitation(invited({ event, state })))
      expect([valueOf(lines, 'STATUS'), valueOf(lines, 'TRANSP'), lines.find((line) => line.includes('PARTSTAT=TENTATIVE')) !== undefined]).toEqual(['TENTATIVE', 'TRANSPARENT', true])
      expect(valueOf(lines, 'SUMMARY')).toMatch(/^\(liste d’attente\) Café/)
      expect(lines.join()).not.toContain('meet.example')
    }
    const seated = strictLines(invitation(invited({ event })))
    expect([valueOf(seated, 'STATUS'), valueOf(seated, 'TRANSP'), valueOf(seated, 'CONFERENCE')]).toEqual(['CONFIRMED', 'OPAQUE', 'https://meet.example/secret'])
    expect(valueOf(seated, 'DESCRIPTION')).toContain('Lien de connexion : https://meet.example/secret')
    expect(valueOf(strictLines(invitation(invited({ event, state: 'waitlisted', locale: 'en' }))), 'SUMMARY')).toMatch(/^\(waiting list\) /)
  })

  test('rule 43: place, coordinates (also 0), categories with commas escaped inside', () => {
    const event = eventAt('2027-06-24T18:00', null, { themes: ['IA', 'Données, usages'], place: { name: 'Maison des associations', address: '3 rue de l’Église,\n75001 Paris', lat: 0, lon: 2.35 } })
    const lines = strictLines(invitation(invited({ event })))
    expect(valueOf(lines, 'LOCATION')).toBe('Maison des associations\\, 3 rue de l’Église\\, 75001 Paris')
    expect(valueOf(lines, 'GEO')).toBe('0.000000;2.350000')
    expect(valueOf(lines, 'CATEGORIES')).toBe('IA,Données\\, usages')
    expect(valueOf(strictLines(invitation(invited({ event: { ...event, place: 'online' } }))), 'LOCATION')).toBe('En ligne')
  })
})
