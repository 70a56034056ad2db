import { describe, expect, test } from 'vitest'
import { render } from '@/emails'
import { invitation } from '@/lib/calendar/ics'
import { calendarLinks } from '@/lib/calendar/links'
import { letters } from '@/tests/support/letters'
import { andLine, broken, holds, holdsAfter, holdsInMail, mailOf, replaced, withLine } from './calendar-broken'
import { eventAt, invited } from './calendar-samples'

const cafe = eventAt('2027-06-24T18:00', '2027-06-24T20:00', { joinUrl: 'https://meet.example/a' })
const file = invitation(invited({ event: cafe }))
const cancel = invitation(invited({ event: cafe, method: 'CANCEL', reason: 'event', sequence: 6 }))
const withdrawal = invitation(invited({ event: cafe, method: 'CANCEL', sequence: 6 }))
const mail = await mailOf(file, 'REQUEST')

/** True of the message that leaves, false of each that was broken by hand. */
function asked(rule: number, samples: Record<string, string>) {
  for (const [sent, text] of [[mail, file] as const, [mailOfCancel, cancel] as const]) expect(holdsInMail(rule, sent, text)).toBe(true)
  for (const [what, sample] of Object.entries(samples)) expect(holdsInMail(rule, sample, file), what).toBe(false)
}

const mailOfCancel = await mailOf(cancel, 'CANCEL')
const unsigned = (text: string) => text.replace(/\r\n[ \t]+/g, ' ')

describe('the message', () => {
  test('rule 22: mixed, in it an alternative whose last part is the calendar, and the same attached', () => asked(22, {
    'no attachment': replaced(mail, 'application/ics', 'application/octet-stream'), 'another name': replaced(mail, /invitation\.ics/g, 'invitation.txt'),
    'the calendar first': replaced(mail, /Content-Type: text\/html/, 'Content-Type: text/calendar'), 'no alternative': replaced(mail, 'multipart/alternative', 'multipart/related'),
  }))

  test('rule 23: the method of the part is the method of the file, in UTF-8', async () => asked(23, {
    'another method': await mailOf(file, 'PUBLISH'), 'no method': replaced(mail, /; ?method=REQUEST/, ''), 'another charset': replaced(mail, /text\/calendar; charset=utf-8/i, 'text/calendar; charset=iso-8859-1'),
  }))

  test('rule 24: encoded, not an attachment, and both copies the same', async () => asked(24, {
    eight: replaced(mail, /(text\/calendar[^]*?Content-Transfer-Encoding: )(?:base64|quoted-printable)/, '$18bit'),
    attached: replaced(mail, /(Content-Type: text\/calendar[^\r]*\r\n)/, '$1Content-Disposition: attachment\r\n'),
    'another copy': await mailOf(file.replace('SEQUENCE:5', 'SEQUENCE:6'), 'REQUEST'),
  }))

  test('rule 24: a file of ASCII alone is encoded too', async () => {
    const ascii = invitation(invited({ event: eventAt('2027-06-24T18:00', '2027-06-24T20:00', { title: 'Coffee', summary: 'x' }), attendee: { name: 'Zoe', address: 'zoe@people.example' }, locale: 'en' }))
    expect(ascii).toMatch(/^[\x20-\x7e\r\n]*$/)
    expect(holdsInMail(24, await mailOf(ascii, 'REQUEST'), ascii)).toBe(true)
  })

  test('rule 31: a machine says that it is one; ASCII headers, none of a list', async () => {
    expect(await mailOf(file, 'REQUEST', { subject: 'Été à Montréal : 🎭' })).toMatch(/^Subject: =\?UTF-8\?/m)
    asked(31, {
      silent: replaced(mail, 'Auto-Submitted: auto-generated\r\n', ''), answered: replaced(mail, 'X-Auto-Response-Suppress: OOF, AutoReply\r\n', ''), list: `List-Id: <a.example>\r\n${mail}`, bulk: `Precedence: bulk\r\n${mail}`,
      eight: replaced(mail, /^Subject: .*$/m, 'Subject: Été'), 'no date': replaced(mail, /^Date: .*\r\n/m, ''), 'two subjects': `Subject: x\r\n${mail}`,
    })
  })

  test('rule 32: what travels is the file itself, not what a service makes of it', () => asked(32, {
    flattened: replaced(mail, /Content-Type: text\/calendar/, 'Content-Type: text/plain'), rewritten: mail.replaceAll('BEGIN:VEVENT', 'BEGIN:VTODO').replace(/Content-Type: text\/calendar[^]*?(?=\r\n--)/, 'Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR'),
  }))

  test('rule 33: the letter says that Gmail may wait for a yes, in both languages', async () => {
    const says = /Gmail (?:attend parfois votre accord|sometimes waits for your consent)/
    for (const locale of ['fr', 'en']) {
      for (const letter of letters.filter(({ kind }) => kind === 'seat-confirmed')) expect((await render(letter, locale)).text.replace(/\s+/g, ' ')).toMatch(says)
    }
    expect(says.test((await render(letters.find(({ kind }) => kind === 'log-in') ?? letters[0], 'fr')).text)).toBe(false)
  })
})

describe('one person’s invitation', () => {
  test('rule 25: one VCALENDAR and one entry', () => {
    expect([file, cancel, withdrawal].map((one) => holds(25, one))).toEqual([true, true, true])
    const two = broken(file, (lines) => [...lines.slice(0, -1), 'BEGIN:VEVENT', 'UID:b', 'END:VEVENT', 'END:VCALENDAR'])
    expect([file + file, two, broken(file, (lines) => lines.filter((line) => !line.startsWith('METHOD')))].map((one) => holds(25, one))).toEqual([false, false, false])
  })

  test('rule 26: one ATTENDEE, who is the recipient, stands as the seat does, and is asked where an answer can reach us', () => {
    const attendee = (parameters: string) => withLine(file, 'ATTENDEE', `ATTENDEE;${parameters}:mailto:zoe@people.example`)
    const waiting = invitation(invited({ event: cafe, state: 'waitlisted' }))
    expect([file, waiting, cancel, withdrawal].map((one) => holds(26, one, { answersRead: true }))).toEqual([true, true, true, true])
    expect(holds(26, invitation(invited({ asksAnswer: false })), { answersRead: false })).toBe(true)
    for (const sample of [
      attendee('ROLE=REQ-PARTICIPANT;CUTYPE=INDIVIDUAL;PARTSTAT=TENTATIVE;RSVP=TRUE'), attendee('CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;RSVP=TRUE'), attendee('ROLE=REQ-PARTICIPANT;CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED'),
      attendee('ROLE=REQ-PARTICIPANT;CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;RSVP=FALSE'), withLine(file, 'ATTENDEE', null), andLine(file, 'ATTENDEE:mailto:max@people.example'),
      withLine(waiting, 'STATUS', 'STATUS:CONFIRMED'),
    ]) expect(holds(26, sample, { answersRead: true })).toBe(false)
    expect(holds(26, file, { answersRead: false })).toBe(false)
    asked(26, { 'to another': replaced(mail, /^To: .*$/m, 'To: max@people.example'), 'to two': replaced(mail, /^To: .*$/m, 'To: zoe@people.example, max@people.example'), copied: `Cc: max@people.example\r\n${mail}` })
  })

  test('rule 26: where no answer can reach us, the entry says so; where one can, it does not', () => {
    const text = (asksAnswer: boolean) => invitation(invited({ asksAnswer })).replace(/\r\n /g, '')
    expect(text(false)).toMatch(/RSVP=FALSE[^]*Une réponse donnée dans votre agenda ne nous parvient pas|Une réponse donnée dans votre agenda ne nous parvient pas[^]*RSVP=FALSE/)
    expect(text(true)).toContain('RSVP=TRUE')
    expect(text(true)).not.toContain('ne nous parvient pas')
  })

  test('rule 27: ORGANIZER is a bare mailto: in small letters, not the attendee, and From', () => {
    const organiser = (value: string) => withLine(file, 'ORGANIZER', `ORGANIZER;CN="TMNlab":${value}`)
    expect([file, cancel].map((one) => holds(27, one))).toEqual([true, true])
    for (const value of ['mailto:TMNlab <rsvp+a@parlons.example>', 'MAILTO:rsvp+a@parlons.example', 'mailto:RSVP+A@parlons.example', 'rsvp+a@parlons.example', 'mailto:zoe@people.example', `mailto:${'x'.repeat(65)}@parlons.example`]) {
      expect(holds(27, organiser(value)), value).toBe(false)
    }
    expect(holds(27, withLine(file, 'ORGANIZER', null))).toBe(false)
    asked(27, { 'from another': replaced(mail, /^From: .*$/m, 'From: TMNlab <bonjour@parlons.example>') })
  })

  test('rule 29: what is called off is CANCEL and STATUS:CANCELLED, with everything that finds the entry, and asks nothing', () => {
    expect(holds(29, cancel)).toBe(true)
    for (const sample of [
      withLine(cancel, 'STATUS', 'STATUS:CONFIRMED'), ...['UID', 'SEQUENCE', 'ORGANIZER', 'ATTENDEE', 'DTSTART'].map((name) => withLine(cancel, name, null)),
      andLine(cancel, 'BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT1H\r\nDESCRIPTION:x\r\nEND:VALARM'), withLine(cancel, 'ATTENDEE', 'ATTENDEE;RSVP=TRUE:mailto:zoe@people.example'),
    ]) expect(holds(29, sample)).toBe(false)
    expect(holdsAfter(8, file, cancel)).toBe(true)
    expect(holdsAfter(8, file, withLine(cancel, 'SEQUENCE', 'SEQUENCE:5'))).toBe(false)
  })

  test('rule 30: a withdrawn registration has no STATUS and says that the registration is withdrawn, not that the event is cancelled', () => {
    expect(holds(30, withdrawal)).toBe(true)
    expect(withdrawal.replace(/\r\n /g, '')).toMatch(/^DESCRIPTION:Votre inscription à ce rendez-vous est retirée\./m)
    for (const sample of [withLine(cancel, 'STATUS', null), withLine(withdrawal, 'DESCRIPTION', 'DESCRIPTION:Ce rendez-vous est annulé.'), withLine(withdrawal, 'ORGANIZER', null)]) expect(holds(30, sample)).toBe(false)
  })
})

describe('what follows', () => {
  const next = (sequence: number, over: Parameters<typeof invited>[0] = {}) => invitation(invited({ event: cafe, sequence, stamp: new Date('2026-11-02T10:00:00Z'), ...over }))
  const moved = eventAt('2027-06-25T18:00', '2027-06-25T20:00')

  test('rule 8: SEQUENCE rises with every change that a calendar can see, and never falls', () => {
    expect([holdsAfter(8, file, next(6, { event: moved })), holdsAfter(8, file, next(6, { state: 'waitlisted' })), holdsAfter(8, file, next(5))]).toEqual([true, true, true])
    for (const over of [{ event: moved }, { state: 'waitlisted' as const }, { event: { ...cafe, title: 'Autre' } }, { event: { ...cafe, place: 'online' as const } }, { method: 'CANCEL' as const }]) {
      expect(holdsAfter(8, file, next(5, over)), JSON.stringify(over).slice(0, 60)).toBe(false)
    }
    expect(holdsAfter(8, file, next(4))).toBe(false)
  })

  test('rule 10: receivers order by SEQUENCE, then by DTSTAMP', () => {
    expect([holdsAfter(10, file, next(6)), holdsAfter(10, file, next(5))]).toEqual([true, true])
    expect([holdsAfter(10, file, next(4)), holdsAfter(10, file, next(5, { stamp: new Date('2026-10-31T10:00:00Z') })), holdsAfter(10, file, file)]).toEqual([false, false, false])
  })

  test('rule 28: an update has the same UID and ORGANIZER, a higher SEQUENCE and no older DTSTAMP', () => {
    expect(holdsAfter(28, file, next(6, { event: moved }))).toBe(true)
    for (const sample of [
      next(5, { event: moved }), next(6, { event: { ...cafe, uid: 'other@parlons.example' } }), next(6, { organiser: { name: 'TMNlab', address: 'rsvp+other@parlons.example' } }), next(6, { stamp: new Date('2026-10-31T10:00:00Z') }),
    ]) expect(holdsAfter(28, file, sample)).toBe(false)
  })
})

describe('links that open a calendar of the web', () => {
  const links = calendarLinks(cafe, 'fr')
  const has = (address: string, base: string, names: string[], forbidden = /\+/) => {
    const { searchParams } = new URL(address)
    return address.startsWith(base) && names.every((name) => Boolean(searchParams.get(name))) && !forbidden.test(address)
  }
  const holdsFor: Record<number, (address: string) => boolean> = {
    52: (address) => has(address, 'https://calendar.google.com/calendar/render?', ['text', 'dates', 'details']) && /action=TEMPLATE/.test(address) && /[?&]dates=(?:\d{8}T\d{6}Z%2F\d{8}T\d{6}Z|\d{8}%2F\d{8})(?:&|$)/.test(address),
    53: (address) => /^https:\/\/outlook\.(?:live|office)\.com\//.test(address) && new URL(address).pathname === '/calendar/deeplink/compose' && has(address, 'https://', ['startdt', 'enddt', 'subject', 'body'])
      && /rru=addevent/.test(address) && /startdt=\d{4}-\d\d-\d\d(?:T\d\d%3A\d\d%3A\d\dZ)?(?:&|$)/.test(address),
    54: (address) => has(address, 'https://calendar.yahoo.com/?', ['v', 'TITLE', 'ST', 'ET', 'DESC']) && /[?&]ST=\d{8}(?:T\d{6}Z)?(?:&|$)/.test(address),
  }

  test.each([['rule 52: Google', 52, links.google], ['rule 53: Outlook.com', 53, links.outlook], ['rule 53: Microsoft 365', 53, links.microsoft365], ['rule 54: Yahoo', 54, links.yahoo]] as const)('%s gets what it reads, and would miss any of it', (_, rule, address) => {
    expect(holdsFor[rule](address)).toBe(true)
    const kept = unsigned(address)
    const names = { 52: ['dates', 'text', 'action'], 53: ['startdt', 'enddt', 'rru', 'subject'], 54: ['ST', 'ET', 'TITLE', 'v'] }[rule]
    for (const name of names) expect(holdsFor[rule](kept.replace(new RegExp(`([?&])${name}=[^&]*`), '$1x=1')), name).toBe(false)
    expect(holdsFor[rule](kept.replaceAll('%20', '+'))).toBe(false)
    expect(holdsFor[rule](kept.replace(/Z(?=%2F|&|$)/, ''))).toBe(false)
  })
})
