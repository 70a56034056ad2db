import { describe, expect, test } from 'vitest'
import { readMail } from '@/lib/inbox/read'
import { largestMail } from '@/lib/inbox/reading'
import { readings } from '@/tests/corpus/readings'
import { corpus, corpusNames, defaults } from '@/tests/support/corpus'

const { attendee, token, domain } = defaults
const usually = (name: string) => ({
  messageId: `${name}@theatre.example`,
  from: { name: 'Zoé Martin', address: attendee },
  subject: 'Réponse',
  sentAt: new Date('2026-11-23T10:15:00Z'),
  addressedTo: [`rsvp+${token}@${domain}`],
  inReplyTo: [],
  authentication: null,
})
const said = async (raw: Buffer) => (await readMail(raw)).content
const edited = (name: string, change: (raw: string) => string) => Buffer.from(change(corpus(name).toString('latin1')), 'latin1')
const withHead = (lines: string, name = 'gmail-declined') => edited(name, (raw) => lines + raw)

describe('every message of the corpus', () => {
  test('is expected to say something', () => {
    expect(Object.keys(readings).sort()).toEqual(corpusNames())
    expect(corpusNames().length).toBeGreaterThanOrEqual(45)
  })

  test.each(Object.entries(readings))('%s', async (name, { content, head }) => {
    expect(await readMail(corpus(name))).toEqual({ ...usually(name), ...head, digest: expect.stringMatching(/^[0-9a-f]{64}$/), content })
  })

  test('says of another registration what it says of this one', async () => {
    const other = { token: 'a'.repeat(32), uid: 'other@x.example', attendee: 'Idris.Moreau+cafe@Scène.example', sequence: 7, stamp: '20261124T080000Z' }
    for (const name of corpusNames().filter((one) => readings[one].content.is === 'calendar')) {
      const reading = await readMail(corpus(name, other))
      const hasNumber = !['refresh', 'floating-stamp'].includes(name)
      expect({ name, ...reading.content }).toMatchObject({ name, is: 'calendar', answer: { uid: other.uid, sequence: hasNumber ? 7 : 0 } })
      if (name !== 'two-attendees') expect(reading.content).toMatchObject({ answer: { attendee: 'idris.moreau+cafe@xn--scne-6oa.example' } })
      expect(reading.addressedTo).toContain(`rsvp+${other.token}@${domain}`)
    }
  })
})

describe('the digest of a message', () => {
  const digest = async (raw: Buffer) => (await readMail(raw)).digest

  test('is the same by two ways', async () => {
    const once = await digest(corpus('thunderbird-declined'))
    expect(await digest(withHead('Delivered-To: elsewhere@x.example\r\nReceived: by mx.example\r\n', 'thunderbird-declined'))).toBe(once)
    expect(await digest(edited('thunderbird-declined', (raw) => raw.replaceAll('\r\n', '\n')))).toBe(once)
  })

  test('differs with the sender, the subject, the date and every part', async () => {
    const changes = [['Martin?= <', 'Martin?= <x'], ['Subject: ', 'Subject: Re '], ['11:15:00', '11:15:01'], ['PARTSTAT=DECLINED', 'PARTSTAT=ACCEPTED'], ['a refus', 'a accept']]
    const digests = await Promise.all(changes.map(([was, is]) => digest(edited('thunderbird-declined', (raw) => raw.replace(was, is)))))
    expect(new Set([...digests, await digest(corpus('thunderbird-declined'))]).size).toBe(changes.length + 1)
  })
})

describe('a message too large, too deep or too broken to be opened', () => {
  const head = `From: Zoé <${attendee}>\r\nTo: rsvp+${token}@${domain}\r\nSubject: Long\r\nMessage-ID: <long@theatre.example>\r\nDate: Mon, 23 Nov 2026 11:15:00 +0100\r\n`

  test('over one megabyte is not opened, and its head is read nevertheless', async () => {
    const reading = await readMail(Buffer.from(`${head}\r\n${'mot '.repeat(largestMail / 4)}`))
    expect(reading).toMatchObject({ subject: 'Long', messageId: 'long@theatre.example', from: { address: attendee }, content: { is: 'unreadable', why: 'too-large' } })
  })

  test('with a head over 64 kB is not opened', async () => {
    expect(await said(Buffer.from(`${head}${'X-Long: header\r\n'.repeat(5000)}\r\nBonjour`))).toEqual({ is: 'unreadable', why: 'too-large' })
    expect(await said(Buffer.from(`${head}X-Long: ${'a'.repeat(100_000)}\r\n\r\nBonjour`))).toEqual({ is: 'unreadable', why: 'too-large' })
  })

  test('with more than sixty parts is not opened', async () => {
    const parts = '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n'.repeat(70)
    expect(await said(Buffer.from(`${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${parts}--b--\r\n`))).toEqual({ is: 'unreadable', why: 'too-deep' })
  })

  test('with a calendar over 128 kB is not read, though it declines', async () => {
    const filled = corpus('calendar-alone').toString().replace('SUMMARY:', `${'X-FILLED:a long line\r\n'.repeat(7000)}SUMMARY:`)
    expect(await said(Buffer.from(filled))).toEqual({ is: 'unreadable', why: 'too-large' })
  })

  test('that is empty says nothing', async () => {
    for (const raw of ['', '\r\n', '\r\n\r\n', '\0', ':']) expect(await said(Buffer.from(raw))).toEqual({ is: 'unreadable', why: 'malformed' })
  })
})

describe('an answer of a calendar', () => {
  test('is read where it is generated, and not where it answers whatever comes', async () => {
    for (const line of ['Auto-Submitted: auto-generated', 'Auto-Submitted: no', 'X-Auto-Response-Suppress: All', 'Return-Path: <>', 'List-Unsubscribe: <https://x.example>']) {
      expect([line, (await said(withHead(`${line}\r\n`, 'outlook-com-declined'))).is]).toEqual([line, 'calendar'])
    }
    for (const line of ['Auto-Submitted: auto-replied', 'auto-submitted: Auto-Replied; x=y', 'List-Id: <a.b>', 'List-Post: NO', 'Precedence: Bulk', 'Precedence: junk', 'Precedence: list', 'X-Autoreply: yes']) {
      expect([line, (await said(withHead(`${line}\r\n`, 'outlook-com-declined'))).is]).toEqual([line, 'automatic'])
    }
  })

  test('is none within a report of any kind', async () => {
    for (const type of ['delivery-status', 'disposition-notification', 'feedback-report']) {
      const raw = edited('copies-differ', (text) => text.replace('multipart/mixed', `multipart/report; report-type=${type}`).replaceAll('=ACCEPTED', '=DECLINED'))
      expect((await said(raw)).is).not.toBe('calendar')
    }
  })

  test('has the number 0 where none can be read, and no number that a column cannot hold', async () => {
    for (const [written, number] of [['-3', 0], ['', 0], ['soon', 0], ['12', 12], ['99999999999', 2_147_483_647]] as const) {
      expect(await said(corpus('calendar-alone', { sequence: written }))).toMatchObject({ answer: { sequence: number } })
    }
  })

  test('without UID is none, and with two is none', async () => {
    expect(await said(edited('calendar-alone', (raw) => raw.replace(/UID:/, 'X-UID:')))).toEqual({ is: 'unreadable', why: 'malformed' })
    expect(await said(edited('calendar-alone', (raw) => raw.replace(/UID:/, 'UID:another\r\nUID:')))).toEqual({ is: 'unreadable', why: 'malformed' })
  })
})

describe('who answers', () => {
  const attended = (...lines: string[]) => said(Buffer.from(`From: x@y.example\r\nContent-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:u\r\n${lines.join('\r\n')}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`))

  test.each([
    ['ATTENDEE;PARTSTAT=DECLINED:mailto:Zoe@Theatre.Example', 'zoe@theatre.example'],
    ['ATTENDEE;PARTSTAT=DECLINED:MAILTO:zoe%2Bcafe@theatre.example', 'zoe+cafe@theatre.example'],
    ['ATTENDEE;PARTSTAT=DECLINED:zoe@theatre.example', 'zoe@theatre.example'],
    ['ATTENDEE;EMAIL=zoe@theatre.example;PARTSTAT=DECLINED:urn:uuid:4d2e', 'zoe@theatre.example'],
    ['ATTENDEE;CN="a;b:c,mailto:idris@x.example";PARTSTAT=DECLINED:mailto:zoe@theatre.example', 'zoe@theatre.example'],
    ['ATTENDEE;PARTSTAT=DECLINED:mailto:zoe%40theatre.example@x.example', 'zoe%40theatre.example@x.example'],
    ['ATTENDEE;PARTSTAT=DECLINED:mailto:zoe@theatre.example\r\nATTENDEE;PARTSTAT=DECLINED:MAILTO:ZOE@theatre.example', 'zoe@theatre.example'],
    ['ATTENDEE;PARTSTAT=DECLINED:mailto:', null],
    ['ATTENDEE;PARTSTAT=DECLINED:mailto:zoe@theatre.example,idris@x.example', null],
  ])('%s', async (line, address) => {
    const content = await attended(line)
    expect(content).toMatchObject({ is: 'calendar', answer: { attendee: address, word: 'declined' } })
  })

  test('is nobody where two say different things, or where there is none', async () => {
    const two = ['ATTENDEE;PARTSTAT=DECLINED:mailto:zoe@theatre.example', 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:zoe@theatre.example']
    expect(await attended(...two)).toMatchObject({ answer: { attendee: null, word: null } })
    expect(await attended('ORGANIZER:mailto:x@y.example')).toMatchObject({ answer: { attendee: null, word: null } })
  })
})

describe('the head of a message', () => {
  const read = (lines: string) => readMail(Buffer.from(`${lines}\r\n\r\nBonjour.\r\n`))

  test('names every address to which it came, wherever in a field, those of the delivery first, each once, in lower case', async () => {
    const reading = await read('To: "rsvp+x@elsewhere.example" <RSVP+ONE@parlons-en.example>, b@x.example\r\nCc: c@x.example\r\nDelivered-To: rsvp+one@parlons-en.example\r\nX-Original-To: two@x.example\r\nEnvelope-To: three@x.example')
    expect(reading.addressedTo).toEqual(['rsvp+one@parlons-en.example', 'two@x.example', 'three@x.example', 'rsvp+x@elsewhere.example', 'b@x.example', 'c@x.example'])
  })

  test('names what it answers, the latest first', async () => {
    expect((await read('From: a@b.example\r\nReferences: <1@x> <2@x>\r\n <3@x>\r\nIn-Reply-To: <3@x>')).inReplyTo).toEqual(['3@x', '2@x', '1@x'])
  })

  test('says of its sender what the topmost server found, whatever stands below', async () => {
    const results = 'Authentication-Results: mx.x.example 1;\r\n dkim=fail (dkim=pass) header.d=x;\r\n spf=softfail smtp.mailfrom=x; arc=pass\r\nAuthentication-Results: evil; dkim=pass; spf=pass; dmarc=pass'
    expect((await read(results)).authentication).toBe('dkim=fail spf=softfail')
    expect((await read('Authentication-Results: mx.x.example; none\r\nFrom: a@b.example')).authentication).toBeNull()
  })

  test('has a date only where it is one', async () => {
    for (const [date, instant] of [['Mon, 23 Nov 2026 11:15:00 +0100 (CET)', '2026-11-23T10:15:00.000Z'], ['Demain', undefined], ['', undefined], ['Mon, 1 Jan 12026 00:00:00 +0000', undefined]] as const) {
      expect((await read(`From: a@b.example\r\nDate: ${date}`)).sentAt?.toISOString()).toBe(instant)
    }
  })

  test('has a sender whose name cannot turn a page around', async () => {
    expect((await read('From: =?utf-8?B?4oCuWm/DqQ==?= =?utf-8?Q?=0D=0AMartin?= <Zoe@X.example>')).from).toEqual({ name: 'Zoé Martin', address: 'zoe@x.example' })
    expect((await read('From: Equipe: zoe@x.example, idris@x.example;')).from.address).toBe('zoe@x.example')
    expect((await read('From: personne')).from.address).toBeNull()
  })
})
