import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { guesses } from '@/app/[locale]/(host)/organise/inbox/guesses'
import { sayProposed } from '@/app/[locale]/(host)/organise/inbox/say-mail'
import { guest } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { edit } from '@/lib/events/edit'
import { putAside } from '@/lib/inbox/put-aside'
import { answersOf, countAnswers, countAwaiting, inboxList, incomingById, tieCandidates } from '@/lib/inbox/queries'
import { tie } from '@/lib/inbox/tie'
import { mendAddress } from '@/lib/mail/mend-address'
import { lettersAboutEach, unreachableAmong } from '@/lib/mail/queries'
import { cancel } from '@/lib/registrations/cancel'
import { anEvent, house, linkOf, must } from '@/tests/support/events'
import { bounce, invited, message, reply, rsvpOf, standing, words } from '@/tests/support/inbox'

// What the organisers' rooms read about what came in, and what is done there by hand.

const at = (instant: string) => setClock(new Date(instant))
beforeEach(() => at('2026-11-23T08:00:00Z'))
afterEach(() => setClock(null))

const opened = async (id: string) => (await incomingById(id)) ?? (() => { throw new Error('No such message') })()

describe('the list of what came in', () => {
  test('has what waits for a person, the one who has waited longest first, and all of it, the newest first', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    const ids = []
    for (const [minute, one] of [reply(zoe, 'accepted'), words('Où est-ce ?', { to: [rsvpOf(zoe.id)], from: zoe.address }), words('Et quand ?', { to: [rsvpOf(zoe.id)], from: zoe.address })].entries()) {
      at(`2026-11-23T08:0${minute}:00Z`)
      ids.push((await one.file()).id)
    }
    expect((await inboxList({ filter: 'awaiting' })).rows.map(({ id }) => id)).toEqual([ids[1], ids[2]])
    expect((await inboxList({ filter: 'all' })).rows.map(({ id }) => id)).toEqual(ids.toReversed())
    expect((await inboxList({ filter: 'all', kind: 'calendar' })).rows.map(({ id, outcome, registration, event }) => [id, outcome, registration?.name, event?.slug])).toEqual([[ids[0], 'accepted', 'Anne Martin', slug]])
    expect(await countAwaiting()).toBe(2)
    must(await putAside(house, ids[1]))
    expect(await countAwaiting()).toBe(1)
    expect(await putAside(guest, ids[2])).toMatchObject({ ok: false, reason: 'forbidden' })
  })

  test('comes fifty at a time, each message on one page', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    for (let n = 0; n < 53; n++) await words(`Message ${n}`, { to: [rsvpOf(zoe.id)], from: zoe.address }).file()
    const first = await inboxList({ filter: 'all' })
    const rest = await inboxList({ filter: 'all', cursor: first.next ?? undefined })
    expect([first.rows.length, rest.rows.length, rest.next]).toEqual([50, 3, null])
    expect(new Set([...first.rows, ...rest.rows].map(({ id }) => id)).size).toBe(53)
    expect((await inboxList({ filter: 'all', cursor: 'no such page' })).rows.length).toBe(50)
    expect(first.rows.some((row) => 'raw' in row)).toBe(false)
  })
})

describe('what stands beside a person', () => {
  test('is what their calendar said last; an old answer is told apart, and so is the last proposal', async () => {
    const { slug } = await anEvent()
    const [zoe, max, eve] = [await invited(slug), await invited(slug, 'max@x.example'), await invited(slug, 'eve@x.example')]
    await reply(zoe, 'accepted').file()
    await reply(max, 'tentative').file()
    at('2026-11-23T09:00:00Z')
    await reply(zoe, 'tentative', { comment: 'Train à 8h' }).file()
    await reply(max, null, { method: 'COUNTER', start: new Date('2027-01-14T09:30:00Z'), end: new Date('2027-01-14T10:30:00Z') }).file()
    must(await edit(house, slug, { startsAt: '2027-01-21T09:00', endsAt: '2027-01-21T10:00' }))
    at('2026-11-23T10:00:00Z')
    await reply(zoe, 'accepted').file()
    const said = await answersOf([zoe.id, max.id, eve.id])
    expect(said.get(zoe.id)).toMatchObject({ said: { word: 'tentative', comment: 'Train à 8h' }, countered: null, outdated: { word: 'accepted', old: true } })
    expect(said.get(max.id)).toMatchObject({ said: { word: 'tentative' }, countered: { word: 'countered', proposedStart: new Date('2027-01-14T09:30:00Z') }, outdated: null })
    expect(said.has(eve.id)).toBe(false)
  })

  test('a time that is proposed is said on the event’s own clock', () => {
    const [start, end] = [new Date('2027-01-14T09:30:00Z'), new Date('2027-01-14T10:30:00Z')]
    expect(sayProposed({ start, end }, 'Europe/Paris', 'fr')).toMatch(/^jeudi 14 janvier( 2027)? de 10h30 à 11h30, heure de Paris$/)
    expect(sayProposed({ start, end: start }, 'America/Montreal', 'en')).toMatch(/4:30am/)
    expect(sayProposed({ start: null, end }, 'Europe/Paris', 'fr')).toBeNull()
    expect(sayProposed({ start: new Date(NaN), end: null }, 'Europe/Paris', 'fr')).toBeNull()
  })

  test('is that letters come back, until somebody says that the address works again', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    const letter = await db.letter.findFirstOrThrow({ where: { about: `registration/${zoe.id}` } })
    await bounce({ letterMessageId: letter.messageId, diagnosis: '550 5.1.1 User unknown' }, { to: [rsvpOf(zoe.id)] }).file()
    expect((await unreachableAmong(['zoe@x.example', 'max@x.example'])).get('zoe@x.example')).toMatchObject({ diagnosis: '550 5.1.1 User unknown' })
    expect((await lettersAboutEach([`registration/${zoe.id}`])).get(`registration/${zoe.id}`)?.map(({ state }) => state)).toEqual(['bounced'])
    expect(await mendAddress(guest, zoe.address)).toMatchObject({ ok: false, reason: 'forbidden' })
    must(await mendAddress(house, ' ZOE@x.example'))
    expect((await unreachableAmong(['zoe@x.example'])).size).toBe(0)
  })
})

test('an event counts the answers of those who have a seat, and the proposals that somebody still has to look at', async () => {
  const { id, slug } = await anEvent({ capacity: 4, waitlist: true })
  const people = []
  for (const name of ['oui', 'peut-etre', 'silence', 'non', 'attend']) people.push(await invited(slug, `${name}@x.example`))
  const [yes, maybe, silent, no, waits] = people
  await reply(yes, 'accepted').file()
  await reply(maybe, 'tentative').file()
  await reply(waits, 'accepted').file()
  expect(await countAnswers(id)).toEqual({ seated: 4, accepted: 1, tentative: 1, declined: 0, silent: 2, countered: 0 })

  // A No frees the seat: the answer of whoever gets it counts from then on.
  await reply(no, 'declined').file()
  expect(await countAnswers(id)).toMatchObject({ seated: 4, accepted: 2, declined: 0, silent: 1 })

  at('2026-11-23T09:00:00Z')
  const { id: mail } = await reply(yes, null, { method: 'COUNTER' }).file()
  expect(await countAnswers(id)).toMatchObject({ accepted: 2, countered: 1 })
  must(await putAside(house, mail))
  expect(await countAnswers(id)).toMatchObject({ countered: 0 })

  // What was said of another date says nothing of this one, whether it was said before the date changed or after.
  must(await edit(house, slug, { startsAt: '2027-01-21T09:00', endsAt: '2027-01-21T10:00' }))
  expect(await countAnswers(id)).toEqual({ seated: 4, accepted: 0, tentative: 0, declined: 0, silent: 4, countered: 0 })
  expect((await answersOf([maybe.id])).get(maybe.id)).toMatchObject({ said: { word: 'tentative', moved: true } })
  await reply(silent, 'accepted').file()
  const { sequence } = await db.event.findUniqueOrThrow({ where: { id } })
  await reply(maybe, 'accepted', { sequence }).file()
  await reply(maybe, 'tentative', { stamp: new Date('2026-11-22T08:00:00Z'), sequence }).file()
  expect(await countAnswers(id)).toMatchObject({ accepted: 1, tentative: 0, silent: 3 })
  expect((await answersOf([maybe.id])).get(maybe.id)).toMatchObject({ said: { word: 'accepted', moved: false } })
  expect(await countAnswers((await anEvent({ title: 'Un autre' })).id)).toEqual({ seated: 0, accepted: 0, tentative: 0, declined: 0, silent: 0, countered: 0 })
})

describe('whose a message may be', () => {
  test('is first the registration that its address named, then those of whoever it speaks for or comes from', async () => {
    const [{ slug }, other] = [await anEvent(), await anEvent({ title: 'Un autre' })]
    const zoe = await invited(slug)
    await invited(other.slug, 'alias@y.example', { name: 'Zoé Martin' })
    const { id, outcome } = await reply(zoe, 'declined', { attendee: 'alias@y.example', from: 'bureau@y.example' }).file()
    expect(outcome).toBe('attendee-differs')
    expect((await guesses(await opened(id))).rows.map(({ address, event }) => [address, event.slug])).toEqual([['zoe@x.example', slug], ['alias@y.example', other.slug]])
  })

  test('is somebody of the sender’s name where no address helps, and nobody where nothing does', async () => {
    const { slug } = await anEvent()
    await invited(slug, 'zoe@x.example', { name: 'Zoé Œuvrard' })
    const lost = message({ is: 'words', words: 'Je ne viendrai pas', signature: null }, { to: ['rsvp@x.example'], from: 'zoe@ailleurs.example' })
    lost.reading.from.name = 'Zoe OEUVRARD'
    const { id } = await lost.file()
    expect((await guesses(await opened(id))).rows.map(({ name }) => name)).toEqual(['Zoé Œuvrard'])
    const { id: other } = await message({ is: 'words', words: 'Bonjour', signature: null }, { to: ['rsvp@x.example'], from: 'inconnu@ailleurs.example' }).file()
    expect((await guesses(await opened(other))).rows).toEqual([])
  })

  test('is found by a name without its accents, a part of an address, or the event, of sessions that are not long over', async () => {
    const { slug } = await anEvent({ title: 'Écouter les machines' })
    await invited(slug, 'zoe@x.example', { name: 'Zoé Œuvrard' })
    await invited(slug, 'max@x.example', { name: 'Max Noir' })
    const found = async (q: string) => (await tieCandidates(q)).rows.map(({ name }) => name).toSorted()
    expect(await found('oeuvrard')).toEqual(['Zoé Œuvrard'])
    expect(await found('ecouter max')).toEqual(['Max Noir'])
    expect(await found('machines')).toEqual(['Max Noir', 'Zoé Œuvrard'])
    expect(await found('MAX@x.example')).toEqual(['Max Noir'])
    expect([await found(''), await found('personne'), await found('% _')]).toEqual([[], [], []])
    at('2027-06-01T08:00:00Z')
    expect(await found('oeuvrard')).toEqual([])
  })
})

describe('tying by hand', () => {
  test('as a No gives the seat to the next in line, and the message waits for nobody any more', async () => {
    const { slug } = await anEvent({ capacity: 1, waitlist: true })
    const [zoe, max] = [await invited(slug), await invited(slug, 'max@x.example')]
    const { id } = await reply(zoe, 'declined', { attendee: 'alias@y.example' }).file()
    expect(await tie(guest, id, { registrationId: zoe.id, as: 'declined' })).toMatchObject({ ok: false, reason: 'forbidden' })
    expect(must(await tie(house, id, { registrationId: zoe.id, as: 'declined' }))).toMatchObject({ promoted: 1 })
    expect([await standing(zoe.id), await standing(max.id), await countAwaiting()]).toEqual(['cancelled', 'confirmed', 0])
    expect(await opened(id)).toMatchObject({ outcome: 'tied', detail: { was: 'attendee-differs', as: 'declined' }, settledBy: 'test' })
    expect((await answersOf([zoe.id])).get(zoe.id)).toMatchObject({ said: { word: 'declined', incomingId: id } })
    expect(await tie(house, id, { registrationId: max.id, as: 'declined' })).toMatchObject({ ok: false, reason: 'already-settled' })
  })

  test('as anything else changes no seat, nor does a No for whoever had left already', async () => {
    const { slug } = await anEvent({ capacity: 1, waitlist: true })
    const [zoe, max] = [await invited(slug), await invited(slug, 'max@x.example')]
    const write = async () => (await words('Un mot', { to: [rsvpOf(zoe.id)], from: zoe.address }).file()).id
    for (const as of ['words', 'accepted', 'tentative'] as const) must(await tie(house, await write(), { registrationId: zoe.id, as }))
    expect([await standing(zoe.id), await standing(max.id)]).toEqual(['confirmed', 'waitlisted'])
    must(await cancel(guest, linkOf(zoe.id)))
    const letters = await db.letter.count()
    expect(must(await tie(house, await write(), { registrationId: zoe.id, as: 'declined' }))).toMatchObject({ promoted: 0 })
    expect(await db.letter.count()).toBe(letters)
  })

  test('stands in the journal without an address of anybody', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    const { id } = await reply(zoe, 'declined', { attendee: 'alias@y.example' }).file()
    must(await tie(house, id, { registrationId: zoe.id, as: 'declined' }))
    const [line] = await db.activity.findMany({ where: { verb: 'mail.tie' } })
    expect(line).toMatchObject({ subject: `registration/${zoe.id}`, after: { as: 'declined' } })
    expect(JSON.stringify(line)).not.toContain('@')
  })
})
