import { describe, expect, test } from 'vitest'
import { feed, type FeedEvent, type FeedInput } from '@/lib/calendar/feed'
import { invitation } from '@/lib/calendar/ics'
import { eventAt, invited, readWithIcalJs, strictLines, valueOf } from './calendar-samples'

function season(...events: FeedEvent[]): FeedInput {
  return { name: 'Café TMNlab, saison ; 2027', address: 'https://parlons.example/feeds/events.ics', locale: 'fr', timeZone: 'Europe/Paris', events }
}

const cafe = eventAt('2027-06-24T18:00', '2027-06-24T20:00', { uid: 'a@parlons.example', joinUrl: 'https://meet.example/secret' })

describe('a feed', () => {
  test('rule 34: no METHOD, ATTENDEE, ORGANIZER or alarm; its name, rhythm, zone, source and colour in both dialects', () => {
    const lines = strictLines(feed(season(cafe)))
    expect(lines.join('\n')).not.toMatch(/^(?:METHOD|ATTENDEE|ORGANIZER|BEGIN:VALARM)/m)
    for (const line of [
      'NAME:Café TMNlab\\, saison \\; 2027', 'X-WR-CALNAME:Café TMNlab\\, saison \\; 2027', 'REFRESH-INTERVAL;VALUE=DURATION:PT1H', 'X-PUBLISHED-TTL:PT1H',
      'X-WR-TIMEZONE:Europe/Paris', 'SOURCE;VALUE=URI:https://parlons.example/feeds/events.ics', 'COLOR:firebrick',
    ]) expect(lines).toContain(line)
    const firstComponent = lines.findIndex((line, index) => index > 0 && line.startsWith('BEGIN:'))
    expect(lines.findIndex((line) => line.startsWith('X-WR-TIMEZONE'))).toBeLessThan(firstComponent)
  })

  test('rule 6: an event has the same UID in the feed and in the invitation', () => {
    expect(valueOf(strictLines(feed(season(cafe))), 'UID')).toBe(valueOf(strictLines(invitation(invited({ event: cafe }))), 'UID'))
  })

  test('rule 7: one entry for each UID, the latest revision', () => {
    const { events } = readWithIcalJs(feed(season(cafe, { ...cafe, sequence: 4, title: 'Nouveau' }, { ...cafe, sequence: 1 })))
    expect(events.map(({ summary }) => summary)).toEqual(['Nouveau'])
  })

  test('rule 9: DTSTAMP is LAST-MODIFIED, taken from the event and never from the clock', () => {
    const lines = strictLines(feed(season(cafe)))
    expect(valueOf(lines, 'DTSTAMP')).toBe('20261002T080000Z')
    expect(lines.findLast((line) => line.startsWith('LAST-MODIFIED'))).toBe('LAST-MODIFIED:20261002T080000Z')
  })

  test('rule 12: each zone in use has one VTIMEZONE, before the events', () => {
    const lines = strictLines(feed(season(cafe, eventAt('2027-01-10T09:00', null, { uid: 'b', timeZone: 'America/Montreal' }), eventAt('2027-01-10T09:00', null, { uid: 'c', timeZone: 'Indian/Reunion' }))))
    expect(lines.filter((line) => line.startsWith('TZID:'))).toEqual(['TZID:America/Montreal', 'TZID:Europe/Paris', 'TZID:Indian/Reunion'])
    expect(lines.lastIndexOf('END:VTIMEZONE')).toBeLessThan(lines.indexOf('BEGIN:VEVENT'))
  })

  test('rule 35: the same facts in any order give the same bytes', () => {
    const events = ['2027-06-24T18:00', '2027-06-24', '2027-06-24T09:00', '2026-01-01'].map((start, index) => eventAt(start, null, { uid: `u${index}` }))
    expect(feed(season(...events.toReversed()))).toBe(feed(season(...events)))
    expect(readWithIcalJs(feed(season(...events))).events.map(({ uid }) => uid)).toEqual(['u3', 'u1', 'u2', 'u0'])
  })

  test('rule 39: no join link where everybody reads; in one’s own calendar only with a seat', () => {
    expect(feed(season(cafe))).not.toContain('meet.example')
    expect(feed(season({ ...cafe, state: 'waitlisted' }))).not.toContain('meet.example')
    expect(feed(season({ ...cafe, state: 'confirmed', status: 'called-off' }))).not.toContain('meet.example')
    const own = strictLines(feed({ ...season({ ...cafe, state: 'confirmed' }), address: undefined }))
    expect([valueOf(own, 'CONFERENCE'), valueOf(own, 'SOURCE')]).toEqual(['https://meet.example/secret', undefined])
    expect(valueOf(own, 'DESCRIPTION')).toContain('https://meet.example/secret')
  })

  test('one’s own calendar shows what is not sure as TENTATIVE', () => {
    const lines = strictLines(feed(season({ ...cafe, state: 'offered' })))
    expect([valueOf(lines, 'STATUS'), valueOf(lines, 'TRANSP'), valueOf(lines, 'SUMMARY')?.slice(0, 18)]).toEqual(['TENTATIVE', 'TRANSPARENT', '(liste d’attente) '])
  })

  test('rule 40: what is called off stays as CANCELLED, free, with « Annulé : » before its title', () => {
    const lines = strictLines(feed(season({ ...cafe, status: 'called-off', sequence: 4 })))
    expect([valueOf(lines, 'STATUS'), valueOf(lines, 'TRANSP'), valueOf(lines, 'SEQUENCE')]).toEqual(['CANCELLED', 'TRANSPARENT', '4'])
    expect(valueOf(lines, 'SUMMARY')).toMatch(/^Annulé : Café/)
    expect(valueOf(strictLines(feed({ ...season({ ...cafe, status: 'called-off' }), locale: 'en' })), 'SUMMARY')).toMatch(/^Cancelled: /)
  })

  test('rule 41: an empty feed is a valid calendar with its zone', () => {
    const lines = strictLines(feed(season()))
    expect(lines).toContain('TZID:Europe/Paris')
    expect(readWithIcalJs(feed(season())).events).toEqual([])
  })

  test('a thousand events are written in a moment', () => {
    const events = Array.from({ length: 1000 }, (_, index) => eventAt('2027-06-24T18:00', '2027-06-24T20:00', { uid: `u${index}` }))
    const began = performance.now()
    expect(feed(season(...events)).length).toBeGreaterThan(400_000)
    expect(performance.now() - began).toBeLessThan(10_000)
  })
})
