import { describe, expect, test } from 'vitest'
import { invitation } from '@/lib/calendar/ics'
import { andLine, breaches, broken, holds, replaced, withLine } from './calendar-broken'
import { eventAt, invited } from './calendar-samples'

// Each rule of docs/calendar-rules.md is a question with an answer: yes of everything that we make, no of a sample that
// was broken by hand. So each of these tests can fail, and shows how.

const place = { name: 'Maison des associations', address: '3 rue de l’Église, 75001 Paris', lat: 48.85, lon: 2.35 }
const cafe = eventAt('2027-06-24T18:00', '2027-06-24T20:00', { themes: ['IA', 'Données, usages'], place, joinUrl: 'https://meet.example/a?b=1' })
const request = invitation(invited({ event: cafe, companions: ['Aïcha Benali'] }))
const made: Record<string, string> = {
  'a seat': request,
  'a seat, in English, with no answer read': invitation(invited({ event: cafe, asksAnswer: false, locale: 'en' })),
  'waiting': invitation(invited({ event: cafe, state: 'waitlisted' })),
  'offered': invitation(invited({ event: cafe, state: 'offered' })),
  'withdrawn': invitation(invited({ event: cafe, method: 'CANCEL' })),
  'called off': invitation(invited({ event: cafe, method: 'CANCEL', reason: 'event' })),
  'online, without an end': invitation(invited({ event: eventAt('2027-06-24T18:00', null, { place: 'online' }) })),
  'a day': invitation(invited({ event: eventAt('2027-06-24', null, { summary: undefined }) })),
  'two days': invitation(invited({ event: eventAt('2025-02-13T10:00', '2025-02-14') })),
  'the hour that comes twice': invitation(invited({ event: eventAt('2027-10-31T02:30', '2027-10-31T04:00') })),
  'a year of other rules': invitation(invited({ event: eventAt('2005-03-20T09:00', null, { timeZone: 'America/New_York' }) })),
  'over the change of clocks': invitation(invited({ event: eventAt('2027-03-27T23:30', '2027-03-28T04:00') })),
  'without summer time': invitation(invited({ event: eventAt('2027-06-24T18:00', null, { timeZone: 'Indian/Reunion' }) })),
  'a long title': invitation(invited({ event: eventAt('2027-06-24T18:00', null, { title: '👩‍👩‍👧 « Découvrabilité » ; '.repeat(20) }) })),
}

/** True of all that we make, false of each broken sample. */
function asked(rule: number, samples: Record<string, string>, more: Parameters<typeof holds>[2] = {}) {
  for (const [what, file] of Object.entries(made)) expect(breaches(rule, file, more), what).toEqual([])
  expect(Object.keys(samples).length).toBeGreaterThan(0)
  for (const [what, file] of Object.entries(samples)) expect(holds(rule, file, more), what).toBe(false)
}

describe('the file', () => {
  test('rule 1: UTF-8 without BOM, each line ended by CRLF, no empty line, no control character', () => asked(1, {
    BOM: `\uFEFF${request}`, LF: request.replaceAll('\r\n', '\n'), 'no last CRLF': request.slice(0, -2), 'an empty line': replaced(request, '\r\nUID', '\r\n\r\nUID'),
    NUL: replaced(request, 'Café', 'Caf\0'), 'a next line': replaced(request, 'Café', 'Caf\u0085'), 'half a character': replaced(request, 'Café', 'Caf\uD83D'),
  }))

  test('rule 2: no physical line over 75 octets, nor a character cut by a fold', () => asked(2, {
    long: broken(request, (lines) => [...lines, `X-LONG:${'x'.repeat(80)}`]),
    'long in octets only': broken(request, (lines) => [...lines, `X:${'é'.repeat(37)}`]),
    cut: Buffer.concat([Buffer.from(request), Buffer.from('X:'), Buffer.from([0xc3]), Buffer.from('\r\n '), Buffer.from([0xa9]), Buffer.from('\r\n')]).toString('utf8'),
  }))

  test('rule 3: VERSION, PRODID, one VCALENDAR, GREGORIAN, well nested, and no property that is not registered', () => asked(3, {
    'no version': broken(request, (lines) => lines.filter((line) => line !== 'VERSION:2.0')), 'no maker': replaced(request, /PRODID[^\r]+\r\n/, ''),
    two: request + request, julian: replaced(request, 'GREGORIAN', 'JULIAN'), unregistered: broken(request, (lines) => lines.flatMap((line) => (line === 'VERSION:2.0' ? [line, 'TIMEZONE-ID:Europe/Paris'] : [line]))),
    'a component that does not end': replaced(request, 'END:VEVENT\r\n', ''), 'a line that is none': andLine(request, 'bonjour'),
  }))

  test('rule 4: TEXT is escaped exactly once, URIs not at all, no HTML, no undefined', () => asked(4, {
    'a bare comma': withLine(request, 'LOCATION', 'LOCATION:Maison, Paris'), 'a bare semicolon': withLine(request, 'SUMMARY', 'SUMMARY:a;b'), 'a stray backslash': withLine(request, 'SUMMARY', 'SUMMARY:a\\b'),
    'escaped twice': withLine(request, 'LOCATION', 'LOCATION:Maison\\\\\\, Paris'), tag: withLine(request, 'DESCRIPTION', 'DESCRIPTION:un<br>deux'), entity: withLine(request, 'SUMMARY', 'SUMMARY:Café &amp; débat'),
    undefined: withLine(request, 'LOCATION', 'LOCATION:undefined'), null: withLine(request, 'SUMMARY', 'SUMMARY:(liste d’attente) null'),
    'a URI with escapes': withLine(request, 'URL', 'URL:https://parlons.example/a\\,b'), 'no URI': withLine(request, 'URL', 'URL:parlons'),
  }))

  test('rule 4: what people typed themselves is no fault of ours', () => {
    const title = 'Pourquoi <br> et &amp; ne sont pas null \\n'
    const file = invitation(invited({ event: eventAt('2027-06-24T18:00', null, { title }) }))
    expect([holds(4, file, { typed: [title] }), holds(4, file)]).toEqual([true, false])
  })

  test('rule 5: names stand in quotes, with no quote and no caret in them', () => asked(5, {
    comma: withLine(request, 'ATTENDEE', 'ATTENDEE;CN=Grande, Zoé:mailto:zoe@people.example'), semicolon: withLine(request, 'ATTENDEE', 'ATTENDEE;CN=Zoé; Grande:mailto:zoe@people.example'),
    colon: withLine(request, 'ATTENDEE', 'ATTENDEE;CN=Zoé: Grande:mailto:zoe@people.example'), caret: withLine(request, 'ATTENDEE', 'ATTENDEE;CN="Zoé ^\'la^\' Grande":mailto:zoe@people.example'),
    quote: withLine(request, 'ATTENDEE', 'ATTENDEE;CN="Zoé "la" Grande":mailto:zoe@people.example'),
  }))
})

describe('identity and revision', () => {
  test('rule 6: one UID, short, that names nobody', () => asked(6, {
    none: withLine(request, 'UID', null), two: andLine(request, 'UID:other'), long: withLine(request, 'UID', `UID:${'x'.repeat(256)}`),
    'an address': withLine(request, 'UID', 'UID:zoe@people.example'), 'a name': withLine(request, 'UID', 'UID:zoé grande-1'), 'of two words': withLine(request, 'UID', 'UID:a b'),
  }))

  test('rule 7: a UID stands once in a file', () => asked(7, { twice: broken(request, (lines) => [...lines.slice(0, -1), ...lines.slice(lines.indexOf('BEGIN:VEVENT'))]) }))

  test('rule 8: SEQUENCE is an integer from 0', () => asked(8, {
    none: withLine(request, 'SEQUENCE', null), negative: withLine(request, 'SEQUENCE', 'SEQUENCE:-1'), half: withLine(request, 'SEQUENCE', 'SEQUENCE:1.5'), huge: withLine(request, 'SEQUENCE', 'SEQUENCE:2147483648'), words: withLine(request, 'SEQUENCE', 'SEQUENCE:NaN'),
  }))

  test('rule 9: DTSTAMP, CREATED and LAST-MODIFIED in UTC, and no message older than what it says', () => asked(9, {
    local: withLine(request, 'DTSTAMP', 'DTSTAMP:20261101T101112'), zoned: withLine(request, 'CREATED', 'CREATED;TZID=Europe/Paris:20261101T101112'), none: withLine(request, 'DTSTAMP', null),
    older: withLine(request, 'DTSTAMP', 'DTSTAMP:20200101T000000Z'),
    'a feed that says now': broken(withLine(request, 'DTSTAMP', 'DTSTAMP:20270101T000000Z'), (lines) => lines.filter((line) => !line.startsWith('METHOD'))),
  }))
})

describe('times', () => {
  test('rule 11: a zone or Z, never floating', () => asked(11, { floating: withLine(request, 'DTSTART', 'DTSTART:20270624T180000'), none: withLine(request, 'DTSTART', 'DTSTART;TZID=Europe/Paris:20270624 18h') }))

  test('rule 12: a TZID has its VTIMEZONE in the file, before the events, with the right offsets', () => asked(12, {
    none: broken(request, (lines) => [...lines.slice(0, lines.indexOf('BEGIN:VTIMEZONE')), ...lines.slice(lines.indexOf('END:VTIMEZONE') + 1)]),
    after: broken(request, (lines) => [...lines.slice(0, lines.indexOf('BEGIN:VTIMEZONE')), ...lines.slice(lines.indexOf('END:VTIMEZONE') + 1, -1), ...lines.slice(lines.indexOf('BEGIN:VTIMEZONE'), lines.indexOf('END:VTIMEZONE') + 1), 'END:VCALENDAR']),
    'another zone': replaced(request, 'TZID:Europe/Paris', 'TZID:Europe/London'), 'wrong offsets': request.replaceAll('TZOFFSETTO:+0200', 'TZOFFSETTO:+0300'),
    'no yearly rule': broken(request, (lines) => lines.filter((line) => !line.startsWith('RRULE'))),
  }))

  test('rule 13: a TZID is a name of the IANA database, never on a DATE, on Z or for UTC', () => asked(13, {
    windows: request.replaceAll('Europe/Paris', 'Romance Standard Time'), UTC: withLine(request, 'DTSTART', 'DTSTART;TZID=UTC:20270624T180000'), 'with Z': withLine(request, 'DTSTART', 'DTSTART;TZID=Europe/Paris:20270624T180000Z'),
    'on a day': withLine(made['a day'], 'DTSTART', 'DTSTART;VALUE=DATE;TZID=Europe/Paris:20270624'),
  }))

  test('rule 15: no start in the gap of spring; the hour that comes twice is written in UTC', () => asked(15, {
    gap: withLine(request, 'DTSTART', 'DTSTART;TZID=Europe/Paris:20270328T023000'), twice: withLine(request, 'DTSTART', 'DTSTART;TZID=Europe/Paris:20271031T023000'),
  }))

  test('rule 16: a day is a DATE on both sides, its end exclusive, never from midnight to midnight', () => asked(16, {
    'one side': withLine(made['a day'], 'DTEND', 'DTEND:20270625T000000Z'), inclusive: withLine(made['a day'], 'DTEND', 'DTEND;VALUE=DATE:20270624'), 'not said to be one': withLine(made['a day'], 'DTSTART', 'DTSTART:20270624'),
    midnights: withLine(withLine(request, 'DTSTART', 'DTSTART;TZID=Europe/Paris:20270624T000000'), 'DTEND', 'DTEND;TZID=Europe/Paris:20270625T000000'),
  }))

  test('rule 17: always an end, after the start and of its type', () => asked(17, {
    none: withLine(request, 'DTEND', null), before: withLine(request, 'DTEND', 'DTEND;TZID=Europe/Paris:20270624T170000'), same: withLine(request, 'DTEND', 'DTEND;TZID=Europe/Paris:20270624T180000'),
    'another type': withLine(request, 'DTEND', 'DTEND;VALUE=DATE:20270625'), both: andLine(request, 'DURATION:PT1H'),
  }))
})

describe('series, which we never send: each date is registered for by itself', () => {
  const weekly = (line: string, file = request) => andLine(file, line)
  const moved = (lines: string[]) => broken(request, (file) => [...file.slice(0, -1), 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR'])

  test('rule 14: what recurs has a zone, never UTC', () => asked(14, { utc: weekly('RRULE:FREQ=WEEKLY;COUNT=3', made['the hour that comes twice']) }))

  test('rule 18: UNTIL in UTC, not with COUNT, and no rule without an end', () => asked(18, {
    endless: weekly('RRULE:FREQ=WEEKLY'), both: weekly('RRULE:FREQ=WEEKLY;COUNT=3;UNTIL=20271231T000000Z'), local: weekly('RRULE:FREQ=WEEKLY;UNTIL=20271231T000000'), 'a day': weekly('RRULE:FREQ=WEEKLY;UNTIL=20271231'),
  }))

  test('rule 19: the start is a date of the series', () => asked(19, { 'another weekday': weekly('RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=FR'), 'another day': weekly('RRULE:FREQ=MONTHLY;COUNT=3;BYMONTHDAY=1') }))

  test('rule 20: what is left out or moved has the type, zone and hour of the start, no rule of its own and no lower number', () => asked(20, {
    'another type': weekly('EXDATE;VALUE=DATE:20270701'), 'another hour': weekly('EXDATE;TZID=Europe/Paris:20270701T190000'), 'another zone': weekly('EXDATE:20270701T160000Z'),
    'a rule': moved(['UID:b6a1c6f2-53f9-4d26-9a0e-0a3a5f0c9d11@parlons.example', 'RECURRENCE-ID;TZID=Europe/Paris:20270701T180000', 'RRULE:FREQ=DAILY;COUNT=2', 'SEQUENCE:9']),
    'a lower number': moved(['UID:b6a1c6f2-53f9-4d26-9a0e-0a3a5f0c9d11@parlons.example', 'RECURRENCE-ID;TZID=Europe/Paris:20270701T180000', 'SEQUENCE:1']),
    'and all that follow': moved(['UID:b6a1c6f2-53f9-4d26-9a0e-0a3a5f0c9d11@parlons.example', 'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20270701T180000', 'SEQUENCE:9']),
  }))

  test('rule 21: each date has an entry and a UID of its own', () => asked(21, { rule: weekly('RRULE:FREQ=WEEKLY;COUNT=3'), dates: weekly('RDATE;TZID=Europe/Paris:20270701T180000'), exception: weekly('EXDATE;TZID=Europe/Paris:20270701T180000'), one: weekly('RECURRENCE-ID;TZID=Europe/Paris:20270624T180000') }))
})

describe('what more an entry says', () => {
  test('rule 43: GEO, CATEGORIES, CONFERENCE, IMAGE, CLASS, TRANSP, URL and X-ALT-DESC have their forms', () => asked(43, {
    comma: withLine(request, 'GEO', 'GEO:48.85,2.35'), 'off the globe': withLine(request, 'GEO', 'GEO:148.85;2.35'), 'an empty category': withLine(request, 'CATEGORIES', 'CATEGORIES:IA,,Données'),
    'a conference as text': withLine(request, 'CONFERENCE', 'CONFERENCE:https://meet.example/a'), 'an image as text': andLine(request, 'IMAGE:https://parlons.example/a.png'), secret: andLine(request, 'CLASS:SECRET'),
    busy: withLine(request, 'TRANSP', 'TRANSP:BUSY'), 'an address that runs': withLine(request, 'URL', 'URL:javascript://x'), 'HTML alone': withLine(andLine(request, 'X-ALT-DESC;FMTTYPE=text/html:<p>x</p>'), 'DESCRIPTION', null),
  }))
})
