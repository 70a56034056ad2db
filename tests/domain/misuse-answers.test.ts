import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { guest } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { callOff } from '@/lib/events/call-off'
import { edit } from '@/lib/events/edit'
import { putBackOn } from '@/lib/events/put-back-on'
import { fileReading } from '@/lib/inbox/file'
import { readMail } from '@/lib/inbox/read'
import { deliverDue } from '@/lib/mail/deliver'
import { messageOf } from '@/lib/mail/mime'
import { mendAddress } from '@/lib/mail/mend-address'
import { cancel } from '@/lib/registrations/cancel'
import { comeBack, takeBack } from '@/lib/registrations/come-back'
import { tellBackOn, tellCalledOff, tellChange } from '@/lib/registrations/tell-change'
import { check } from '@/lib/worker/check'
import { compose } from '@/lib/worker/compose'
import { anEvent, house, linkOf, must } from '@/tests/support/events'
import { answers, bounce, invited, type Invited, kindsTo, mailById, reply, rsvpOf, standing, words } from '@/tests/support/inbox'

// What somebody may do who wants to harm, or whose program is wrong: each sentence is a promise that was tried.

const at = (instant: string) => setClock(new Date(instant))
beforeEach(() => at('2026-11-23T08:00:00Z'))
afterEach(() => setClock(null))

const calendar = (who: Invited, word: string, more = '') =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'METHOD:REPLY', 'BEGIN:VEVENT', `UID:${who.uid}`, 'DTSTAMP:20261123T080000Z', 'SEQUENCE:0', `ATTENDEE;PARTSTAT=${word}:mailto:${who.address}`, ...(more ? [more] : []), 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n')

const head = (who: Invited, more: string[] = []) =>
  [`From: ${who.address}`, `To: ${rsvpOf(who.id)}`, 'Date: Mon, 23 Nov 2026 08:00:00 +0000', `Message-ID: <${Math.random()}@x.example>`, 'Subject: Re', 'MIME-Version: 1.0', ...more].join('\r\n')

/** As octets through the reader, at the door. */
async function handed(raw: string, recipients: string[], sender = 'somebody@x.example') {
  const octets = Buffer.from(raw)
  return fileReading(await readMail(octets), octets, { way: 'smtp', sender, recipients })
}

const multipart = (who: Invited, type: string, parts: string[]) =>
  `${head(who, [`Content-Type: ${type}; boundary=b`])}\r\n\r\n${parts.map((part) => `--b\r\n${part}\r\n`).join('')}--b--\r\n`

const said = (who: Invited, word = 'DECLINED') => `Content-Type: text/calendar; method=REPLY; charset=utf-8\r\n\r\n${calendar(who, word)}`

describe('nobody ends somebody else’s registration', () => {
  test('whose invitation was forwarded: who answers for themselves is no one here', async () => {
    const { slug } = await anEvent()
    const [zoe, max] = [await invited(slug), await invited(slug, 'max@x.example')]
    for (const attendee of ['paul@elsewhere.example', 'max@x.example', 'zoe+max@x.example', 'zoe@x.example.evil.example', 'zoé@x.example', 'zoe@x.example(max)', '"zoe"@x.example']) {
      expect((await reply(zoe, 'declined', { attendee }).file()).outcome).toBe('attendee-differs')
    }
    expect([await standing(zoe.id), await standing(max.id), await answers(zoe.id), await answers(max.id)]).toEqual(['confirmed', 'confirmed', [], []])
  })

  test('with their own token and another’s name, or two tokens in one envelope: the one whose three marks agree is meant', async () => {
    const { slug } = await anEvent()
    const [zoe, max] = [await invited(slug), await invited(slug, 'max@x.example')]
    expect((await reply(zoe, 'declined', { to: [rsvpOf(max.id)] }).file()).outcome).toBe('attendee-differs')
    expect((await reply(max, 'declined', { to: [rsvpOf(zoe.id), rsvpOf(max.id)] }).file()).outcome).toBe('declined')
    expect([await standing(zoe.id), await standing(max.id)]).toEqual(['confirmed', 'cancelled'])
    expect(await kindsTo(zoe.address)).not.toContain('answer-unsure')
  })

  test('by an answer that lies in a message, of whatever wrapping', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    const inner = `${head(zoe, ['Content-Type: text/calendar; method=REPLY'])}\r\n\r\n${calendar(zoe, 'DECLINED')}`
    const wrapped = [
      multipart(zoe, 'multipart/mixed', ['Content-Type: text/plain\r\n\r\nVoir ci-joint', `Content-Type: message/rfc822\r\n\r\n${inner}`]),
      multipart(zoe, 'multipart/mixed', ['Content-Type: text/plain\r\n\r\nVoir ci-joint', `Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(inner).toString('base64')}`]),
      multipart(zoe, 'multipart/digest', [`\r\n${inner}`]),
      multipart(zoe, 'multipart/mixed', [`Content-Type: message/rfc822; name=invite.ics\r\nContent-Disposition: inline; filename=invite.ics\r\n\r\n${inner}`]),
      multipart(zoe, 'multipart/report; report-type=delivery-status', ['Content-Type: text/plain\r\n\r\nnon', said(zoe)]),
      multipart(zoe, 'multipart/report; report-type=disposition-notification', ['Content-Type: text/plain\r\n\r\nlu', said(zoe)]),
      multipart(zoe, 'multipart/report; report-type=feedback-report', ['Content-Type: text/plain\r\n\r\nspam', said(zoe)]),
      `${head(zoe, ['Auto-Submitted: auto-replied (vacation)', 'Content-Type: text/calendar; method=REPLY'])}\r\n\r\n${calendar(zoe, 'DECLINED')}`,
      `${head(zoe, ['List-Id: <l.x.example>', 'Content-Type: text/calendar; method=REPLY'])}\r\n\r\n${calendar(zoe, 'DECLINED')}`,
    ]
    for (const raw of wrapped) expect((await handed(raw, [rsvpOf(zoe.id)])).outcome, raw).not.toBe('declined')
    expect([await standing(zoe.id), await answers(zoe.id)]).toEqual(['confirmed', []])
    expect(await check()).toEqual([])
  })

  test('by saying Yes and No at once, twice for one person, or for another event beside it', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    const both = [
      multipart(zoe, 'multipart/mixed', [said(zoe, 'ACCEPTED'), said(zoe, 'DECLINED')]),
      `${head(zoe, ['Content-Type: text/calendar; method=REPLY'])}\r\n\r\n${calendar(zoe, 'DECLINED', `ATTENDEE;PARTSTAT=ACCEPTED:mailto:${zoe.address}`)}`,
      `${head(zoe, ['Content-Type: text/calendar; method=REPLY'])}\r\n\r\n${calendar(zoe, 'DECLINED', 'UID:another@x.example')}`,
      `${head(zoe, ['Content-Type: text/calendar; method=REQUEST'])}\r\n\r\n${calendar(zoe, 'DECLINED')}`,
    ]
    for (const raw of both) expect((await handed(raw, [rsvpOf(zoe.id)])).outcome).not.toBe('declined')
    expect(await standing(zoe.id)).toBe('confirmed')
  })
})

describe('no No is lost', () => {
  test('because somebody else handed the same message to their own address before', async () => {
    const { slug } = await anEvent()
    const [zoe, mallory] = [await invited(slug), await invited(slug, 'mallory@x.example')]
    const raw = `${head(zoe, ['Content-Type: text/calendar; method=REPLY'])}\r\n\r\n${calendar(zoe, 'DECLINED')}`
    expect((await handed(raw, [rsvpOf(mallory.id)])).outcome).toBe('attendee-differs')
    expect((await handed(raw, ['postmaster@parlons-en.localhost'])).outcome).toBe('no-address')
    expect(await handed(raw, [rsvpOf(zoe.id)])).toMatchObject({ outcome: 'declined', again: false })
    expect(await handed(raw, [rsvpOf(zoe.id).toUpperCase()])).toMatchObject({ outcome: 'declined', again: true })
    expect(await standing(zoe.id)).toBe('cancelled')
    expect(await check()).toEqual([])
  })

  test('nor are words, because somebody else used their Message-ID and name before', async () => {
    const { slug } = await anEvent()
    const [zoe, mallory] = [await invited(slug), await invited(slug, 'mallory@x.example')]
    await words('Je ne viens pas', { to: [rsvpOf(mallory.id)], from: zoe.address, id: 'hers' }).file()
    const { id, again } = await words('Je viens avec ma mère', { to: [rsvpOf(zoe.id)], from: zoe.address, id: 'hers' }).file()
    expect(again).toBe(false)
    expect(await mailById(id)).toMatchObject({ registrationId: zoe.id, words: 'Je viens avec ma mère', awaits: true })
  })

  test('that is said again in the same words after coming back, even under the same Message-ID', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    const no = (stamp: string, date: string, sequence: number) =>
      `${head(zoe, ['Content-Type: text/calendar; method=REPLY'])}\r\n\r\n${calendar(zoe, 'DECLINED')}`
        .replace('DTSTAMP:20261123T080000Z', `DTSTAMP:${stamp}`).replace('SEQUENCE:0', `SEQUENCE:${sequence}`).replace('08:00:00 +0000', `${date} +0000`).replace(/<0\.\d+@/, '<same@')
    expect((await handed(no('20261123T080000Z', '08:00:00', 0), [rsvpOf(zoe.id)])).outcome).toBe('declined')
    at('2026-11-23T08:01:00Z')
    must(await takeBack(guest, linkOf(zoe.id)))
    await deliverDue(compose)
    at('2026-11-23T08:02:00Z')
    expect((await handed(no('20261123T080200Z', '08:02:00', 2), [rsvpOf(zoe.id)])).outcome).toBe('declined')
    must(await comeBack(guest, linkOf(zoe.id)))
    await deliverDue(compose)
    at('2026-11-23T08:20:00Z')
    // Its Date is all that tells it from the one before.
    expect((await handed(no('20261123T081900Z', '08:19:00', 4), [rsvpOf(zoe.id)])).outcome).toBe('declined')
    expect(await check()).toEqual([])
  })

  test('because another device’s clock goes ahead of the true one', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    expect((await reply(zoe, 'accepted', { stamp: new Date('2026-11-23T09:00:00Z') }).file()).outcome).toBe('accepted')
    at('2026-11-23T08:10:00Z')
    expect((await reply(zoe, 'declined', { stamp: new Date('2026-11-23T08:09:58Z') }).file()).outcome).toBe('declined')
  })

  test('because the number rose without a word to them: it answers the newest that they ever got', async () => {
    const { slug } = await anEvent({ capacity: 1 })
    const zoe = await invited(slug)
    const { id } = await db.event.findUniqueOrThrow({ where: { slug } })
    must(await callOff(house, slug, 'Grève'))
    must(await putBackOn(house, slug))
    await tellCalledOff(id, 1)
    await tellBackOn(id, 2)
    await deliverDue(compose)
    expect(await kindsTo(zoe.address)).toEqual(['seat-confirmed', 'event-called-off', 'event-back-on'])
    expect(await db.letter.count({ where: { toAddress: zoe.address, status: 'sent' } })).toBe(1)
    expect((await reply(zoe, 'declined').file()).outcome).toBe('declined')
    expect(await check()).toEqual([])
  })

  test('to an old version, though the day’s letter was spent: it waits for an organiser then', async () => {
    const { slug } = await anEvent()
    const { slug: other } = await anEvent({ title: 'Un autre jour' })
    const [zoe, elsewhere] = [await invited(slug), await invited(other)]
    await reply(elsewhere, 'declined', { attendee: 'paul@elsewhere.example' }).file()
    must(await edit(house, slug, { startsAt: '2027-01-21T09:00', endsAt: '2027-01-21T10:00' }))
    const { id: eventId, sequence } = await db.event.findUniqueOrThrow({ where: { slug } })
    await tellChange(eventId, sequence, { title: 'Café du jeudi', startDate: '2027-01-14', startTime: '09:00', endDate: '2027-01-14', endTime: '10:00', timeZone: 'Europe/Paris', place: null })
    await deliverDue(compose)
    const { id } = await reply(zoe, 'declined').file()
    expect(await standing(zoe.id)).toBe('confirmed')
    expect(await mailById(id)).toMatchObject({ outcome: 'old', awaits: true })
  })
})

describe('a forged report', () => {
  test('that knows no letter, or another’s, stops nothing', async () => {
    const { slug } = await anEvent()
    const [zoe, max] = [await invited(slug), await invited(slug, 'max@x.example')]
    const { messageId } = await db.letter.findFirstOrThrow({ where: { toAddress: max.address } })
    for (const over of [{}, { letterMessageId: messageId }, { letterMessageId: `${zoe.id}@parlons-en.localhost` }, { letterMessageId: "' OR 1=1 --" }]) {
      expect((await bounce({ address: zoe.address, ...over }, { to: [rsvpOf(zoe.id)] }).file()).outcome).toBe('bounce-unknown')
    }
    expect(await db.unreachable.count()).toBe(0)
  })

  test('of one person’s letter, come to another’s own address, is nobody’s report', async () => {
    const { slug } = await anEvent()
    const [zoe, mallory] = [await invited(slug), await invited(slug, 'mallory@x.example')]
    const { messageId } = await db.letter.findFirstOrThrow({ where: { toAddress: zoe.address } })
    expect((await bounce({ address: zoe.address, letterMessageId: messageId }, { to: [rsvpOf(mallory.id)] }).file()).outcome).toBe('bounce-unknown')
    expect(await db.unreachable.count()).toBe(0)
    expect((await bounce({ address: zoe.address, letterMessageId: messageId }, { to: [rsvpOf(zoe.id)] }).file()).outcome).toBe('bounce-hard')
  })
})

describe('two programs that write to each other', () => {
  test('fall silent: no letter of ours is an answer, wherever it ends up', async () => {
    const { slug, id } = await anEvent({ capacity: 1, waitlist: true })
    const zoe = await invited(slug)
    const loop = await invited(slug, rsvpOf(zoe.id))
    await reply(loop, 'declined', { attendee: 'paul@elsewhere.example' }).file()
    must(await edit(house, slug, { startsAt: '2027-01-21T09:00', endsAt: '2027-01-21T10:00' }))
    await tellChange(id, 1, { title: 'Café du jeudi', startDate: '2027-01-14', startTime: '09:00', endDate: '2027-01-14', endTime: '10:00', timeZone: 'Europe/Paris', place: null })
    at('2026-11-24T09:00:00Z')
    await deliverDue(compose)
    await reply(loop, 'tentative', { sequence: 0 }).file()
    must(await cancel(guest, linkOf(loop.id)))
    must(await callOff(house, slug, 'Grève'))
    await tellCalledOff(id, 2)
    await deliverDue(compose)
    const letters = await db.letter.findMany({ where: { status: 'sent', composedAt: { not: null } } })
    expect(new Set(letters.map(({ kind }) => kind))).toEqual(new Set(['seat-confirmed', 'seat-waitlisted', 'answer-unsure', 'event-changed', 'registration-cancelled', 'event-called-off']))
    const before = await db.letter.count()
    for (const letter of letters) {
      const { node, envelope } = messageOf(letter)
      for (const to of [rsvpOf(zoe.id), envelope.from]) expect((await handed((await node.build()).toString(), [to], envelope.from)).outcome, letter.kind).toBe('automatic')
    }
    expect(await db.letter.count()).toBe(before)
    expect(await standing(zoe.id)).toBe('confirmed')
  })
})

describe('what was stopped', () => {
  test('for an address that is somebody else’s by now tells it nothing and opens nothing', async () => {
    const { slug } = await anEvent({ capacity: 2 })
    const zoe = await invited(slug)
    const { messageId } = await db.letter.findFirstOrThrow({ where: { toAddress: zoe.address } })
    await bounce({ letterMessageId: messageId }, { to: [rsvpOf(zoe.id)] }).file()
    must(await cancel(guest, linkOf(zoe.id)))
    must(await comeBack(guest, linkOf(zoe.id)))
    await deliverDue(compose)
    await db.registration.update({ where: { id: zoe.id }, data: { address: 'max@x.example', addressFold: 'max@x.example' } })
    must(await mendAddress(house, zoe.address))
    await deliverDue(compose)
    await deliverDue(compose)
    const said = await db.letter.findMany({ where: { toAddress: zoe.address, status: 'sent' }, orderBy: { createdAt: 'asc' } })
    expect(said.map(({ kind, calendarMethod }) => [kind, calendarMethod])).toEqual([['seat-confirmed', 'REQUEST'], ['registration-cancelled', 'CANCEL']])
    expect(said[1].text).not.toContain(linkOf(zoe.id).token)
  })

  test('leaves in its order once mended: the withdrawal before the invitation anew, each numbered higher', async () => {
    const { slug } = await anEvent({ capacity: 2 })
    const zoe = await invited(slug)
    const { messageId } = await db.letter.findFirstOrThrow({ where: { toAddress: zoe.address } })
    await bounce({ letterMessageId: messageId }, { to: [rsvpOf(zoe.id)] }).file()
    must(await cancel(guest, linkOf(zoe.id)))
    await deliverDue(compose)
    must(await comeBack(guest, linkOf(zoe.id)))
    await deliverDue(compose)
    expect(await db.letter.count({ where: { toAddress: zoe.address, status: 'stopped' } })).toBe(2)
    must(await mendAddress(house, zoe.address))
    await deliverDue(compose)
    await deliverDue(compose)
    const sent = await db.letter.findMany({ where: { toAddress: zoe.address, calendar: { not: null } }, orderBy: { sentAt: 'asc' } })
    expect(sent.map(({ calendarMethod, calendarSequence }) => [calendarMethod, calendarSequence])).toEqual([['REQUEST', 0], ['CANCEL', 1], ['REQUEST', 2]])
    expect(await check()).toEqual([])
  })
})
