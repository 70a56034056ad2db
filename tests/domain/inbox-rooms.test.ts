import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { guesses } from '@/app/[locale]/(host)/organise/inbox/guesses'
import { sayProposed } from '@/app/[locale]/(host)/organise/inbox/say-mail'
import { guest } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { edit } from '@/lib/events/edit'
import { putAside } from '@/lib/inbox/put-aside'
import { answersOf, countAnswers, countAwaiting, inboxList, incomingById, tieCandidates } from '@/lib/inbox/queries'
import { mendAddress } from '@/lib/mail/mend-address'
import { lettersAboutEach, unreachableAmong } from '@/lib/mail/queries'
import { anEvent, house, must } from '@/tests/support/events'
import { bounce, invited, message, reply, rsvpOf, words } from '@/tests/support/inbox'

// What the organisers' rooms read about what came in.

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
  })

  test('comes fifty at a time and kind by kind, each message on one page, without its source', async () => {
    const { slug } = await anEvent()
    const people = [await invited(slug), await invited(slug, 'max@x.example'), await invited(slug, 'eve@x.example')]
    for (let n = 0; n < 55; n++) {
      at(new Date(Date.UTC(2026, 10, 23, 8, n)).toISOString())
      // Of one registration twenty wait at most.
      await words(`${n}`, { to: [rsvpOf(people[n % 3].id)] }).file()
    }
    await message({ is: 'automatic', why: 'vacation' }, { to: [rsvpOf(people[0].id)] }).file()
    const awaiting = await inboxList({ filter: 'awaiting' })
    expect([awaiting.rows[0].words, awaiting.rows.at(-1)?.words, awaiting.rows.length]).toEqual(['0', '49', 50])
    expect((await inboxList({ filter: 'awaiting', cursor: awaiting.next ?? '' })).rows.map((row) => row.words)).toEqual(['50', '51', '52', '53', '54'])
    const all = await inboxList({ filter: 'all' })
    const rest = await inboxList({ filter: 'all', cursor: all.next ?? '' })
    expect([rest.rows.length, rest.rows.at(-1)?.words, rest.next]).toEqual([6, '0', null])
    expect(new Set([...all.rows, ...rest.rows].map(({ id }) => id)).size).toBe(56)
    expect((await inboxList({ filter: 'all', kind: 'other' })).rows.map(({ outcome }) => outcome)).toEqual(['automatic'])
    expect((await inboxList({ filter: 'all', cursor: 'no such page' })).rows).toHaveLength(50)
    expect(all.rows.some((row) => 'raw' in row)).toBe(false)
  })

  test('leads to each message, with its source and the answers that it gave', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    const { id } = await reply(zoe, 'accepted').file()
    const { raw, answers, event } = await opened(id)
    expect([Buffer.from(raw ?? []).toString(), answers.map(({ word }) => word), event?.slug]).toEqual(['as it came', ['accepted'], slug])
    expect(await incomingById('nonsense')).toBeNull()
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
    expect(await answersOf([])).toEqual(new Map())
  })

  test('is not what they had said before and came only now', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    await reply(zoe, 'accepted', { stamp: new Date('2026-11-22T08:00:00Z') }).file()
    await reply(zoe, 'declined', { stamp: new Date('2026-11-19T08:00:00Z') }).file()
    expect((await answersOf([zoe.id])).get(zoe.id)).toMatchObject({ said: { word: 'accepted' }, outdated: { word: 'declined' } })
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

  test('is found at each of the events of an address, or at the one whose title is said too', async () => {
    const [{ slug }, { slug: other }] = [await anEvent(), await anEvent({ title: 'Œuvres et écrans' })]
    const [here, there] = [await invited(slug), await invited(other)]
    const found = async (q: string) => (await tieCandidates(q)).rows.map(({ id }) => id).toSorted()
    expect(await found(' Zoe@X.example ')).toEqual([here.id, there.id].toSorted())
    expect(await found('ZOE oeuvres')).toEqual([there.id])
  })

  test('is one of twenty, where there are more it says so', async () => {
    const { slug } = await anEvent()
    for (let n = 0; n < 23; n++) await invited(slug, `zoe${n}@x.example`)
    const { rows, more } = await tieCandidates('martin')
    expect([rows.length, more]).toEqual([20, true])
  })
})
