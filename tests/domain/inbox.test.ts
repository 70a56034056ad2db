import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { guest } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { callOff } from '@/lib/events/call-off'
import type { CalendarReply } from '@/lib/inbox/reading'
import { deliverDue } from '@/lib/mail/deliver'
import { acceptOffer } from '@/lib/registrations/answer-offer'
import { cancel } from '@/lib/registrations/cancel'
import { comeBack, takeBack } from '@/lib/registrations/come-back'
import { storyOf } from '@/lib/registrations/queries'
import { check } from '@/lib/worker/check'
import { compose } from '@/lib/worker/compose'
import { anEvent, house, linkOf, must } from '@/tests/support/events'
import { answers, invited, kindsTo, lastLetter, mailById, move, reply, rsvpOf, standing, told } from '@/tests/support/inbox'

const at = (instant: string) => setClock(new Date(instant))
beforeEach(() => at('2026-11-23T08:00:00Z'))
afterEach(() => setClock(null))

describe('a No from the calendar', () => {
  test('gives the seat to the next in line at once, and a letter says so with a way back', async () => {
    const { slug } = await anEvent({ capacity: 1, waitlist: true })
    const zoe = await invited(slug)
    const max = await invited(slug, 'max@x.example')
    const { outcome, again, id } = await reply(zoe, 'declined', { comment: 'Je suis en tournée' }).file()
    expect([outcome, again, await standing(zoe.id), await standing(max.id)]).toEqual(['declined', false, 'cancelled', 'confirmed'])
    expect(await mailById(id)).toMatchObject({ kind: 'calendar', outcome: 'declined', awaits: false, registrationId: zoe.id, way: 'smtp', toAddress: rsvpOf(zoe.id) })
    expect(await db.calendarAnswer.findMany()).toMatchObject([{ registrationId: zoe.id, incomingId: id, word: 'declined', sequence: 0, old: false, comment: 'Je suis en tournée', sentBy: null }])
    expect((await storyOf(zoe.id)).at(-1)).toMatchObject({ status: 'cancelled', actor: 'themselves', reason: 'declined-in-calendar' })
    const letter = await lastLetter('registration-cancelled')
    expect(told(letter.text)).toMatch(/votre agenda nous a répondu « Non ».*Revenir à ce rendez-vous.*Pendant dix minutes/)
    expect(letter).toMatchObject({ calendarMethod: 'CANCEL', calendarSequence: 1 })
    expect((await db.letter.findFirstOrThrow({ where: { about: `registration/${max.id}`, kind: 'seat-promoted' } })).calendar).toMatch(/STATUS:CONFIRMED[^]*SEQUENCE:1|SEQUENCE:1[^]*STATUS:CONFIRMED/)
    expect(await check()).toEqual([])
  })

  test('is taken back within ten minutes as it was, if nobody has the seat, and afterwards one comes back like anybody', async () => {
    const { slug } = await anEvent({ capacity: 1 })
    const zoe = await invited(slug)
    await reply(zoe, 'declined').file()
    at('2026-11-23T08:09:00Z')
    expect(must(await takeBack(guest, linkOf(zoe.id))).status).toBe('confirmed')
    await deliverDue(compose)
    expect((await reply(zoe, 'declined', { sequence: 2 }).file()).outcome).toBe('declined')
    at('2026-11-23T08:20:00Z')
    expect(await takeBack(guest, linkOf(zoe.id))).toMatchObject({ ok: false, reason: 'too-late' })
    expect(must(await comeBack(guest, linkOf(zoe.id))).status).toBe('confirmed')
    expect(await check()).toEqual([])
  })

  test('from somebody who waits takes them out of the line, and from somebody with an offer passes it on', async () => {
    const { slug } = await anEvent({ capacity: 1, waitlist: true, offerHours: 4 })
    const [anne, zoe, max, ida] = [await invited(slug, 'anne@x.example'), await invited(slug), await invited(slug, 'max@x.example'), await invited(slug, 'ida@x.example')]
    expect((await reply(max, 'declined').file()).outcome).toBe('declined')
    must(await cancel(guest, linkOf(anne.id)))
    await deliverDue(compose)
    expect(await standing(zoe.id)).toBe('offered')
    expect((await reply(zoe, 'declined', { sequence: 1 }).file()).outcome).toBe('declined')
    expect([await standing(zoe.id), await standing(max.id), await standing(ida.id)]).toEqual(['cancelled', 'cancelled', 'offered'])
    expect(told((await db.letter.findFirstOrThrow({ where: { about: `registration/${max.id}`, kind: 'registration-cancelled' } })).text)).toContain('Vous n’êtes plus en liste d’attente')
    expect(await check()).toEqual([])
  })

  test.each([
    ['after the start', async () => at('2027-01-14T08:00:00Z')],
    ['once it is called off', async (slug: string) => must(await callOff(house, slug, 'Grève'))],
    ['once they gave it back themselves', async (_: string, id: string) => must(await cancel(guest, linkOf(id)))],
  ])('%s is kept and changes nothing', async (_when, happens: (slug: string, id: string) => Promise<unknown> | unknown) => {
    const { slug } = await anEvent({ capacity: 1 })
    const zoe = await invited(slug)
    await happens(slug, zoe.id)
    await deliverDue(compose)
    const before = [await standing(zoe.id), await db.letter.count()]
    for (const sequence of [0, 1]) expect((await reply(zoe, 'declined', { sequence }).file()).outcome).toBe('too-late')
    expect([await standing(zoe.id), await db.letter.count()]).toEqual(before)
    expect(await answers(zoe.id)).toEqual(['declined, old', 'declined, old'])
  })

  test('counts from an alias, a delegate or no sender at all, as calendar servers send it', async () => {
    const { slug } = await anEvent()
    const [zoe, max] = [await invited(slug), await invited(slug, 'max@x.example')]
    expect((await reply(zoe, 'declined', { from: 'assistante@x.example' }).file()).outcome).toBe('declined')
    expect((await db.calendarAnswer.findFirstOrThrow({ where: { registrationId: zoe.id } })).sentBy).toBe('assistante@x.example')
    expect((await reply(max, 'declined', { sender: '' }).file()).outcome).toBe('declined')
  })

  test('counts for whoever answers with another address that they proved, and in whatever capitals', async () => {
    const { slug } = await anEvent()
    const [zoe, max] = [await invited(slug), await invited(slug, 'max@x.example')]
    const person = await db.person.create({ data: { address: 'zoe@x.example', addressFold: 'zoe@x.example', provenAt: new Date(), locale: 'fr' } })
    await db.otherAddress.create({ data: { personId: person.id, address: 'Zoe@Perso.example', addressFold: 'zoe@perso.example', provenAt: new Date() } })
    expect((await reply(zoe, 'declined', { attendee: 'ZOE@perso.example' }).file()).outcome).toBe('declined')
    expect((await reply(max, 'declined', { attendee: 'MAX@X.example' }).file()).outcome).toBe('declined')
  })
})

describe('a Yes or a Perhaps', () => {
  test('is noted beside whoever has a seat and changes nothing', async () => {
    const { slug } = await anEvent({ capacity: 1 })
    const zoe = await invited(slug)
    const before = await db.registration.findUniqueOrThrow({ where: { id: zoe.id } })
    expect((await reply(zoe, 'tentative').file()).outcome).toBe('tentative')
    at('2026-11-23T08:01:00Z')
    expect((await reply(zoe, 'accepted').file()).outcome).toBe('accepted')
    expect(await answers(zoe.id)).toEqual(['tentative', 'accepted'])
    expect(await db.registration.findUniqueOrThrow({ where: { id: zoe.id } })).toEqual(before)
    expect(await kindsTo(zoe.address)).toEqual(['seat-confirmed'])
  })

  test('from somebody who waits or has an offer gives them no seat', async () => {
    const { slug } = await anEvent({ capacity: 1, waitlist: true, offerHours: 4 })
    const [anne, zoe] = [await invited(slug, 'anne@x.example'), await invited(slug)]
    expect((await reply(zoe, 'accepted').file()).outcome).toBe('accepted')
    expect(await standing(zoe.id)).toBe('waitlisted')
    must(await cancel(guest, linkOf(anne.id)))
    await deliverDue(compose)
    at('2026-11-23T08:01:00Z')
    expect((await reply(zoe, 'accepted', { sequence: 1 }).file()).outcome).toBe('accepted')
    expect(await standing(zoe.id)).toBe('offered')
    expect(must(await acceptOffer(guest, linkOf(zoe.id))).id).toBe(zoe.id)
  })

  test('after a cancellation brings a letter that says how to come back', async () => {
    const { slug } = await anEvent({ capacity: 1 })
    const zoe = await invited(slug)
    must(await cancel(guest, linkOf(zoe.id)))
    await deliverDue(compose)
    expect((await reply(zoe, 'accepted').file()).outcome).toBe('asked-again')
    const letter = await lastLetter('answer-again')
    expect(told(letter.text)).toMatch(/votre agenda nous a répondu « Oui », mais votre inscription avait déjà été retirée.*Revenir à ce rendez-vous/)
    expect([letter.calendar, await standing(zoe.id)]).toEqual([null, 'cancelled'])
    expect(await check()).toEqual([])
  })
})

describe('what does not fit together', () => {
  test('an answer for another address waits for an organiser, and the registered address is asked', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    const { id, outcome } = await reply(zoe, 'declined', { attendee: 'paul@elsewhere.example', from: 'paul@elsewhere.example' }).file()
    expect([outcome, await standing(zoe.id), await answers(zoe.id)]).toEqual(['attendee-differs', 'confirmed', []])
    expect(await mailById(id)).toMatchObject({ awaits: true, registrationId: zoe.id, detail: { attendee: 'paul@elsewhere.example', word: 'declined', asked: true } })
    const letter = await lastLetter('answer-unsure')
    expect(letter).toMatchObject({ toAddress: zoe.address, calendar: null })
    expect(told(letter.text)).toMatch(/pour une autre adresse que la vôtre \(paul @ ?elsewhere.*Gérer votre inscription/)
    expect(await kindsTo('paul@elsewhere.example')).toEqual([])
    expect(await check()).toEqual([])
  })

  test('so do several attendees, or none', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    expect((await reply(zoe, 'declined', { attendee: null }).file()).outcome).toBe('attendee-differs')
    expect(told((await lastLetter('answer-unsure')).text)).toContain('sans dire pour qui')
  })

  test('an answer about another event, or to one date of a series, waits and asks nobody', async () => {
    const { slug } = await anEvent()
    const { slug: other } = await anEvent({ title: 'Un autre jour' })
    const [zoe, elsewhere] = [await invited(slug), await invited(other)]
    const before = await db.letter.count()
    const { id } = await reply(zoe, 'declined', { uid: elsewhere.uid }).file()
    expect(await mailById(id)).toMatchObject({ outcome: 'uid-differs', awaits: true, registrationId: zoe.id })
    expect((await reply(zoe, 'declined', { recurrenceId: '20270114T080000Z' }).file()).outcome).toBe('uid-differs')
    expect([await standing(zoe.id), await standing(elsewhere.id), await db.letter.count()]).toEqual(['confirmed', 'confirmed', before])
  })

  test('of two registrations addressed at once it is the one whose event is spoken of', async () => {
    const { slug } = await anEvent()
    const { slug: other } = await anEvent({ title: 'Un autre jour' })
    const [zoe, elsewhere] = [await invited(slug), await invited(other)]
    expect((await reply(elsewhere, 'declined', { to: [rsvpOf(zoe.id), rsvpOf(elsewhere.id)] }).file()).outcome).toBe('declined')
    expect([await standing(zoe.id), await standing(elsewhere.id)]).toEqual(['confirmed', 'cancelled'])
  })

  test('an address that is nobody’s, or none of ours, only waits', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    const before = await db.letter.count()
    const unknown = await reply(zoe, 'declined', { to: [`rsvp+${'a'.repeat(32)}@parlons-en.localhost`] }).file()
    const none = await reply(zoe, 'declined', { to: ['camille@elsewhere.example'], way: 'imap' }).file()
    expect([await mailById(unknown.id), await mailById(none.id)]).toMatchObject([{ outcome: 'unknown-address', awaits: true, registrationId: null }, { outcome: 'no-address', awaits: true }])
    expect([await standing(zoe.id), await db.letter.count()]).toEqual(['confirmed', before])
  })

  test('in a mailbox the headers tell whose it is; at our door they do not', async () => {
    const { slug } = await anEvent()
    const [zoe, max] = [await invited(slug), await invited(slug, 'max@x.example')]
    expect((await reply(zoe, 'declined', { way: 'imap', to: ['camille@house.example', rsvpOf(zoe.id).toUpperCase()] }).file()).outcome).toBe('declined')
    const { reading, envelope } = reply(max, 'declined')
    const { fileReading } = await import('@/lib/inbox/file')
    expect((await fileReading(reading, Buffer.from(''), { ...envelope, recipients: ['postmaster@parlons-en.localhost'] })).outcome).toBe('no-address')
  })
})

describe('letters that nobody asked for by hand', () => {
  test('are one a day to an address, whatever comes in and about however many events', async () => {
    const [one, two] = [await anEvent(), await anEvent({ title: 'Un autre jour' })]
    const [zoe, elsewhere] = [await invited(one.slug), await invited(two.slug)]
    const differs = (who: typeof zoe) => reply(who, 'declined', { attendee: 'paul@elsewhere.example' }).file()
    const asked = async () => db.letter.count({ where: { kind: { in: ['answer-again', 'answer-unsure'] } } })
    await Promise.all([differs(zoe), differs(elsewhere), differs(zoe), differs(elsewhere)])
    await move(one.slug)
    expect((await reply(zoe, 'declined', { stamp: new Date('2026-11-23T07:00:00Z') }).file()).outcome).toBe('old')
    expect(await asked()).toBe(1)
    at('2026-11-24T07:59:00Z')
    await differs(zoe)
    expect(await asked()).toBe(1)
    at('2026-11-24T08:00:01Z')
    await differs(elsewhere)
    expect(await asked()).toBe(2)
  })

  test('are not written about what is over, called off or cancelled', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    must(await cancel(guest, linkOf(zoe.id)))
    await reply(zoe, 'declined', { attendee: 'paul@elsewhere.example' }).file()
    expect(await db.letter.count({ where: { kind: 'answer-unsure' } })).toBe(0)
  })
})

describe('other words of a calendar', () => {
  test.each([
    ['a counter-proposal', { method: 'COUNTER', start: new Date('2027-01-14T13:00:00Z'), end: new Date('2027-01-14T14:00:00Z') }, 'tentative', 'countered', ['countered'], true],
    ['a delegation', { delegatedTo: 'paul@elsewhere.example' }, 'delegated', 'delegated', ['delegated'], true],
    ['a request for the invitation', { method: 'REFRESH' }, null, 'refresh', [], false],
    ['an answer that is none', {}, 'needs-action', 'unreadable', [], false],
    ['a word that nobody knows', {}, null, 'unreadable', [], true],
  ] as const)('%s changes no registration', async (_what, over, word, outcome, kept, awaits) => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    const filed = await reply(zoe, word as CalendarReply['word'], over as Partial<CalendarReply>).file()
    expect(filed.outcome).toBe(outcome)
    expect([await standing(zoe.id), await answers(zoe.id), (await mailById(filed.id)).awaits, await kindsTo(zoe.address)]).toEqual(['confirmed', kept, awaits, ['seat-confirmed']])
  })

  test('a proposed time is kept with the answer', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    const start = new Date('2027-01-14T13:00:00Z')
    await reply(zoe, 'tentative', { method: 'COUNTER', start, end: null }).file()
    expect(await db.calendarAnswer.findFirstOrThrow()).toMatchObject({ word: 'countered', proposedStart: start, proposedEnd: null })
  })
})

test('a message takes few statements, whatever the table holds', async () => {
  const { slug } = await anEvent()
  const zoe = await invited(slug)
  const asked = vi.spyOn(pg.Client.prototype, 'query')
  await reply(zoe, 'accepted').file()
  const textOf = (query: unknown) => String(typeof query === 'object' && query !== null && 'text' in query ? query.text : query)
  const statements = asked.mock.calls.map((call) => textOf(call[0])).filter((text) => !/^(BEGIN|COMMIT)/.test(text))
  expect(statements.length).toBeLessThanOrEqual(9)
  asked.mockRestore()
})
