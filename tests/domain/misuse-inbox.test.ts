import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fileOf, shownSource } from '@/app/[locale]/(host)/organise/inbox/shown-source'
import { guest } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { callOff } from '@/lib/events/call-off'
import { edit } from '@/lib/events/edit'
import { putBackOn } from '@/lib/events/put-back-on'
import { fileReading } from '@/lib/inbox/file'
import { readMail } from '@/lib/inbox/read'
import { deliverDue } from '@/lib/mail/deliver'
import { comeBack, takeBack } from '@/lib/registrations/come-back'
import { lapseDue } from '@/lib/registrations/lapse'
import { fillSeats, tellBackOn, tellCalledOff } from '@/lib/registrations/tell-change'
import { check } from '@/lib/worker/check'
import { compose } from '@/lib/worker/compose'
import { anEvent, house, linkOf, must, signUp } from '@/tests/support/events'
import { bounce, invited, type Invited, mailById, reply, rsvpOf, standing, words } from '@/tests/support/inbox'
import { settle } from '@/tests/support/jobs'

// What somebody may do to the house by mail, and what happens at once: each sentence is a promise that was tried.

const at = (instant: string) => setClock(new Date(instant))
beforeEach(() => at('2026-11-23T08:00:00Z'))
afterEach(() => setClock(null))

describe('the source that organisers read', () => {
  const link = 'abcdefghijklmnopqrstuvwxyz234567'
  const quoted = `ORGANIZER:mailto:rsvp+${link}@x.example\r\nhttps://x.example/inscriptions/${link}\r\n`

  test('shows no capability, however it was encoded or folded', () => {
    const base64 = (Buffer.from(quoted.repeat(3)).toString('base64').match(/.{1,76}/g) ?? []).join('\r\n')
    const raw = `Content-Transfer-Encoding: base64\r\n\r\n${base64}\r\n\r\n`
    const file = Buffer.from(fileOf(Buffer.from(raw))).toString()
    expect(file.length).toBe(raw.length)
    const inside = Buffer.from(file.split('\r\n\r\n')[1], 'base64').toString()
    expect(inside).toContain('ORGANIZER:mailto:rsvp+')
    expect(inside).not.toContain(link)
    for (const cut of [`rsvp+${link.toUpperCase()}@x`, `rsvp+${link.slice(0, 12)}\r\n ${link.slice(12)}@x`, `rsvp+${link.slice(0, 12)}=\r\n${link.slice(12)}@x`, `rsvp=2B${link}@x`]) {
      const masked = Buffer.from(fileOf(Buffer.from(cut))).toString()
      expect(masked.toLowerCase()).not.toMatch(/abcdefghijkl|mnopqrstuvwxyz234567/)
      expect(shownSource(Buffer.from(cut)).toLowerCase()).not.toMatch(/mnopqrstuvwxyz234567/)
    }
    expect(shownSource(Buffer.from(raw))).not.toContain(base64.slice(0, 60))
  })
})

describe('whoever sends without end', () => {
  test('calendars within calendars: ten thousand beginnings and ends are read in no time', async () => {
    const deep = `${'BEGIN:A\r\n'.repeat(6500)}${'END:B\r\n'.repeat(7500)}`
    const parts = Array.from({ length: 8 }, () => `Content-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n${deep}`)
    const raw = Buffer.from(`From: z@x.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts.map((part) => `--b\r\n${part}\r\n`).join('')}--b--\r\n`)
    const began = performance.now()
    expect((await readMail(raw)).content).toEqual({ is: 'unreadable', why: 'malformed' })
    expect(performance.now() - began).toBeLessThan(700)
  })

  test('to one address of ours is read and listed, but neither fills the database nor hides what waits for an organiser', async () => {
    const { slug } = await anEvent()
    const [zoe, mallory] = [await invited(slug), await invited(slug, 'mallory@x.example')]
    const raw = Buffer.alloc(1024 * 1024, 'a')
    for (let n = 0; n < 30; n++) {
      const { reading, envelope } = words(`Message ${n}`, { to: [rsvpOf(mallory.id)], from: mallory.address })
      await fileReading(reading, raw, envelope)
    }
    expect(await db.incomingMail.count()).toBe(30)
    expect(await db.incomingMail.count({ where: { awaits: true } })).toBe(20)
    expect(await db.incomingMail.count({ where: { raw: { not: null } } })).toBeLessThan(7)
    const { id } = await words('Je viens avec ma mère', { to: [rsvpOf(zoe.id)], from: zoe.address }).file()
    expect(await mailById(id)).toMatchObject({ awaits: true, raw: expect.anything() as unknown })
    expect((await reply(mallory, 'declined').file()).outcome).toBe('declined')
    expect(await check()).toEqual([])
  })

  test('letters to one address are counted however it is written', async () => {
    const [one, two] = [await anEvent(), await anEvent({ title: 'Un autre jour' })]
    const [zoe, elsewhere] = [await invited(one.slug, 'ZOE@x.example'), await invited(two.slug, 'Zoe@x.example')]
    for (const who of [zoe, elsewhere]) await reply(who, 'declined', { attendee: 'paul@elsewhere.example' }).file()
    expect(await db.letter.count({ where: { kind: { in: ['answer-again', 'answer-unsure'] } } })).toBe(1)
  })

  test('a name that a stranger wrote is no link in the letter that asks about it', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    await reply(zoe, 'declined', { attendee: '<a/href=https://evil.example>x</a>https://evil.example/?@evil.example' }).file()
    await deliverDue(compose)
    const letter = await db.letter.findFirstOrThrow({ where: { kind: 'answer-unsure' } })
    expect(letter.html).not.toMatch(/<a[^>]+evil/)
    expect(`${letter.text} ${letter.html}`).not.toMatch(/https?:\/\/evil|evil\.example\//)
  })
})

describe('words in somebody else’s place', () => {
  test('bear no name where they come from another address, though it holds their letter', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    at('2027-01-15T10:00:00Z')
    const { id: eventId } = await db.event.findUniqueOrThrow({ where: { slug } })
    const { messageId } = await db.letter.create({ data: { id: crypto.randomUUID(), about: `registration/${zoe.id}`, kind: 'takeaway', eventId, locale: 'fr', toAddress: zoe.address, messageId: 'takeaway@parlons-en.localhost', status: 'sent' } })
    for (const [from, text] of [['paul@elsewhere.example', 'Tout était mauvais.'], ['ZOE@x.example', 'Une charte ne vaut que si quelqu’un la tient.']]) {
      expect((await words(text, { to: [rsvpOf(zoe.id)], from, inReplyTo: [messageId] }, 'Zoé Martin').file()).outcome).toBe('proposed')
    }
    expect(await db.proposedPassage.findMany({ orderBy: { createdAt: 'asc' }, select: { signature: true } })).toEqual([{ signature: null }, { signature: 'Zoé Martin' }])
  })
})

describe('at once', () => {
  test('a No meets a calling off, a return to the agenda, a move, seats that lapse and people who come: all still adds up', async () => {
    for (let round = 0; round < 6; round++) {
      setClock(null)
      const { slug, id } = await anEvent({ title: `Café ${round}`, capacity: 2, waitlist: true, offerHours: round % 2 ? 4 : undefined })
      const people: Invited[] = []
      for (const name of ['zoe', 'max', 'ida', 'tom', 'lea']) people.push(await invited(slug, `${name}@x.example`))
      const later = <Value>(work: () => Promise<Value>) => new Promise<Value>((resolve, reject) => setTimeout(() => work().then(resolve, reject), Math.random() * 60))
      const [zoe, max, ida, tom] = people
      await Promise.all([
        later(reply(zoe, 'declined').file), later(reply(zoe, 'declined', { stamp: new Date(Date.now() + 5000) }).file), later(reply(max, 'declined').file), later(reply(ida, 'declined').file),
        later(reply(tom, 'declined', { attendee: 'paul@elsewhere.example' }).file), later(reply(tom, 'accepted', { sequence: -1, start: null }).file),
        later(() => callOff(house, slug, 'Grève')), later(() => putBackOn(house, slug)), later(() => lapseDue()), later(() => fillSeats(id)),
        later(() => edit(house, slug, { startsAt: '2038-01-21T09:00', endsAt: '2038-01-21T10:00' })), later(() => comeBack(guest, linkOf(zoe.id))), later(() => takeBack(guest, linkOf(max.id))), later(() => signUp(slug, 'new@x.example')),
        later(() => deliverDue(compose)), later(() => bounce({ address: zoe.address, letterMessageId: null }, { to: [rsvpOf(zoe.id)] }).file()),
      ])
      await putBackOn(house, slug)
      await fillSeats(id)
      await deliverDue(compose)
      expect(await check()).toEqual([])
    }
  }, 60_000)
})

describe('an event put back on', () => {
  test('asks again whoever could not answer an offer while it was called off', async () => {
    const { slug } = await anEvent({ capacity: 1, waitlist: true, offerHours: 4 })
    const [zoe, max] = [await invited(slug), await invited(slug, 'max@x.example')]
    await reply(zoe, 'declined').file()
    expect(await standing(max.id)).toBe('offered')
    must(await callOff(house, slug, 'Grève'))
    at('2026-11-24T20:00:00Z')
    await lapseDue()
    expect(await standing(max.id)).toBe('waitlisted')
    must(await putBackOn(house, slug))
    await settle()
    expect(await standing(max.id)).toBe('offered')
    expect(await check()).toEqual([])
  })

  test('finds each as they were: who left meanwhile stays away, who waits gets what came free', async () => {
    const { slug, id } = await anEvent({ capacity: 1, waitlist: true })
    const [zoe, max, ida] = [await invited(slug), await invited(slug, 'max@x.example'), await invited(slug, 'ida@x.example')]
    must(await callOff(house, slug, 'Grève'))
    await tellCalledOff(id, 1)
    await deliverDue(compose)
    for (const who of [zoe, max, ida]) expect((await reply(who, 'declined', { sequence: 1 }).file()).outcome).toBe('too-late')
    must(await putBackOn(house, slug))
    must(await putBackOn(house, slug))
    for (let twice = 0; twice < 2; twice++) await tellBackOn(id, 2)
    await fillSeats(id, false)
    await deliverDue(compose)
    expect([await standing(zoe.id), await standing(max.id), await standing(ida.id)]).toEqual(['confirmed', 'waitlisted', 'waitlisted'])
    expect(await db.letter.count({ where: { kind: 'event-back-on', status: 'sent' } })).toBe(3)
    at('2026-11-23T08:00:01Z')
    expect((await reply(zoe, 'declined', { sequence: 2 }).file()).outcome).toBe('declined')
    expect([await standing(zoe.id), await standing(max.id)]).toEqual(['cancelled', 'confirmed'])
    expect(await check()).toEqual([])
  })
})
