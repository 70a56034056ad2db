import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { guest, type PersonActor } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { callOff } from '@/lib/events/call-off'
import { newId } from '@/lib/ids'
import { forgetMail } from '@/lib/inbox/forget'
import { putAside } from '@/lib/inbox/put-aside'
import { answersOf, countAwaiting, inboxList, incomingById, tieCandidates } from '@/lib/inbox/queries'
import { tie } from '@/lib/inbox/tie'
import { takeBack } from '@/lib/registrations/come-back'
import { storyOf } from '@/lib/registrations/queries'
import { check } from '@/lib/worker/check'
import { anEvent, house, linkOf, must } from '@/tests/support/events'
import { answers, invited, kindsTo, mailById, message, reply, rsvpOf, standing, words } from '@/tests/support/inbox'

const at = (instant: string) => setClock(new Date(instant))
beforeEach(() => at('2026-11-23T08:00:00Z'))
afterEach(() => setClock(null))

const camille: PersonActor = { kind: 'person', id: newId(), role: 'organiser', name: 'Camille', address: 'camille@x.example', addressFold: 'camille@x.example', addressFolds: ['camille@x.example'], locale: 'fr', via: 'browser' }
const participant: PersonActor = { ...camille, role: 'participant' }

async function unmatched(slug: string) {
  const zoe = await invited(slug)
  const { id } = await reply(zoe, 'declined', { attendee: 'zoe@perso.example', from: 'zoe@perso.example', comment: 'en tournée' }).file()
  return { zoe, id }
}

describe('tied by hand', () => {
  test('a No ends the registration as its calendar would have, can be taken back, and is in the journal without names', async () => {
    const { slug } = await anEvent({ capacity: 1 })
    const { zoe, id } = await unmatched(slug)
    expect(must(await tie(camille, id, { registrationId: zoe.id, as: 'declined' })).promoted).toBe(0)
    expect(await mailById(id)).toMatchObject({ outcome: 'tied', awaits: false, settledBy: 'Camille', detail: { was: 'attendee-differs', as: 'declined' }, registrationId: zoe.id })
    expect((await storyOf(zoe.id)).at(-1)).toMatchObject({ status: 'cancelled', actor: 'Camille', reason: 'declined-in-calendar' })
    expect(await db.calendarAnswer.findMany()).toMatchObject([{ word: 'declined', comment: 'en tournée', sentBy: 'zoe@perso.example', incomingId: id, sequence: 0 }])
    expect(await kindsTo(zoe.address)).toEqual(['seat-confirmed', 'answer-unsure', 'registration-cancelled'])
    expect(JSON.stringify(await db.activity.findMany({ where: { verb: 'mail.tie' } }))).not.toMatch(/zoe|Zoé|Anne/)
    expect(must(await takeBack(guest, linkOf(zoe.id))).status).toBe('confirmed')
    expect(await check()).toEqual([])
  })

  test('a No gives the seat to the next in line', async () => {
    const { slug } = await anEvent({ capacity: 1, waitlist: true })
    const { zoe, id } = await unmatched(slug)
    const max = await invited(slug, 'max@x.example')
    expect(must(await tie(camille, id, { registrationId: zoe.id, as: 'declined' })).promoted).toBe(1)
    expect(await standing(max.id)).toBe('confirmed')
  })

  test('a Yes, a Perhaps or words change no registration, whoever’s they are', async () => {
    const { slug } = await anEvent()
    const { id } = await unmatched(slug)
    const max = await invited(slug, 'max@x.example')
    must(await tie(camille, id, { registrationId: max.id, as: 'accepted' }))
    const { id: said } = await words('Bonjour', { to: ['postmaster@parlons-en.localhost'] }).file()
    must(await tie(camille, said, { registrationId: max.id, as: 'words' }))
    expect([await standing(max.id), await answers(max.id), (await mailById(said)).registrationId]).toEqual(['confirmed', ['accepted'], max.id])
    expect(await check()).toEqual([])
  })

  test('a proposal that turns out to be somebody else’s leaves the one whose address it came to', async () => {
    const { slug } = await anEvent()
    const [zoe, max] = [await invited(slug), await invited(slug, 'max@x.example')]
    const { id } = await reply(zoe, 'tentative', { method: 'COUNTER' }).file()
    must(await tie(camille, id, { registrationId: max.id, as: 'tentative' }))
    expect([await answers(zoe.id), await answers(max.id)]).toEqual([[], ['tentative']])
    expect(await check()).toEqual([])
  })

  test('is refused to whoever is no organiser, where there is nothing, where it led to something, and a No once it is too late', async () => {
    const { slug } = await anEvent()
    const { zoe, id } = await unmatched(slug)
    const as = 'declined' as const
    for (const actor of [guest, participant]) expect(await tie(actor, id, { registrationId: zoe.id, as })).toEqual({ ok: false, reason: 'forbidden' })
    for (const nobody of ['x', newId()]) {
      expect(await tie(camille, nobody, { registrationId: zoe.id, as })).toEqual({ ok: false, reason: 'not-found' })
      expect(await tie(camille, id, { registrationId: nobody, as })).toEqual({ ok: false, reason: 'not-found' })
    }
    const { id: done } = await reply(zoe, 'accepted').file()
    expect(await tie(camille, done, { registrationId: zoe.id, as })).toEqual({ ok: false, reason: 'already-settled' })
    at('2027-01-14T08:00:00Z')
    expect(await tie(camille, id, { registrationId: zoe.id, as })).toEqual({ ok: false, reason: 'already-over' })
    must(await callOff(house, slug))
    expect(await tie(camille, id, { registrationId: zoe.id, as })).toMatchObject({ ok: false })
    expect([await standing(zoe.id), (await mailById(id)).awaits]).toEqual(['confirmed', true])
    must(await tie(camille, id, { registrationId: zoe.id, as: 'words' }))
    expect(await tie(camille, id, { registrationId: zoe.id, as: 'words' })).toEqual({ ok: false, reason: 'already-settled' })
  })
})

describe('put aside', () => {
  test('it waits for nobody any more, and can be taken up again', async () => {
    const { slug } = await anEvent()
    const { zoe, id } = await unmatched(slug)
    expect(await putAside(participant, id)).toEqual({ ok: false, reason: 'forbidden' })
    expect(await putAside(camille, newId())).toEqual({ ok: false, reason: 'not-found' })
    must(await putAside(camille, id))
    must(await putAside(camille, id))
    expect(await mailById(id)).toMatchObject({ outcome: 'put-aside', awaits: false, settledBy: 'Camille', detail: { was: 'attendee-differs' } })
    expect(await db.activity.count({ where: { verb: 'mail.put-aside' } })).toBe(1)
    must(await tie(camille, id, { registrationId: zoe.id, as: 'accepted' }))
    expect(await putAside(camille, id)).toEqual({ ok: false, reason: 'already-settled' })
    expect(await check()).toEqual([])
  })
})

describe('the lists', () => {
  test('what awaits comes oldest first, all of it newest first, page by page and kind by kind', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    for (let n = 0; n < 55; n++) {
      at(new Date(Date.UTC(2026, 10, 23, 8, n)).toISOString())
      await words(`${n}`, { to: [rsvpOf(zoe.id)] }).file()
    }
    await message({ is: 'automatic', why: 'vacation' }, { to: [rsvpOf(zoe.id)] }).file()
    expect(await countAwaiting()).toBe(55)
    const awaiting = await inboxList({ filter: 'awaiting' })
    expect([awaiting.rows[0].words, awaiting.rows.at(-1)?.words, awaiting.rows.length]).toEqual(['0', '49', 50])
    expect((await inboxList({ filter: 'awaiting', cursor: awaiting.next ?? '' })).rows.map((row) => row.words)).toEqual(['50', '51', '52', '53', '54'])
    const all = await inboxList({ filter: 'all' })
    expect(all.rows[0].registration?.id).toBe(zoe.id)
    const rest = await inboxList({ filter: 'all', cursor: all.next ?? '' })
    expect([rest.rows.length, rest.rows.at(-1)?.words, rest.next]).toEqual([6, '0', null])
    expect((await inboxList({ filter: 'all', kind: 'other' })).rows.map(({ outcome }) => outcome)).toEqual(['automatic'])
    expect((await inboxList({ filter: 'all', cursor: 'nonsense' })).rows).toHaveLength(50)
  })

  test('one message shows its source and the answers that it gave', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    const { id } = await reply(zoe, 'accepted').file()
    const opened = await incomingById(id)
    expect([Buffer.from(opened?.raw ?? []).toString(), opened?.answers.map(({ word }) => word), opened?.event?.slug]).toEqual(['as it came', ['accepted'], slug])
    expect(await incomingById('nonsense')).toBeNull()
  })

  test('of each registration stands what was said last, and what was proposed', async () => {
    const { slug } = await anEvent()
    const [zoe, max] = [await invited(slug), await invited(slug, 'max@x.example')]
    await reply(zoe, 'tentative', { stamp: new Date('2026-11-20T08:00:00Z') }).file()
    await reply(zoe, 'tentative', { method: 'COUNTER', stamp: new Date('2026-11-21T08:00:00Z'), start: new Date('2027-01-14T13:00:00Z') }).file()
    await reply(zoe, 'accepted', { stamp: new Date('2026-11-22T08:00:00Z') }).file()
    await reply(zoe, 'declined', { stamp: new Date('2026-11-19T08:00:00Z') }).file()
    const found = await answersOf([zoe.id, max.id])
    expect([found.get(zoe.id)?.said?.word, found.get(zoe.id)?.countered?.proposedStart, found.has(max.id)]).toEqual(['accepted', new Date('2027-01-14T13:00:00Z'), false])
    expect(await answersOf([])).toEqual(new Map())
  })

  test('whose a message may be is found by name, title or address, without accents', async () => {
    const [{ slug }, { slug: other }] = [await anEvent(), await anEvent({ title: 'Œuvres et écrans' })]
    const zoe = await invited(slug, 'zoe@x.example', { name: 'Zoé Léger' })
    const there = await invited(other, 'zoe@x.example', { name: 'Zoé Léger' })
    await invited(slug, 'max@x.example', { name: 'Max Roy' })
    const ids = async (text: string) => (await tieCandidates(text)).rows.map(({ id }) => id)
    expect((await ids('leger')).toSorted()).toEqual([zoe.id, there.id].toSorted())
    expect(await ids('ZOE oeuvres')).toEqual([there.id])
    expect((await ids(' Zoe@X.example ')).toSorted()).toEqual([zoe.id, there.id].toSorted())
    expect([await ids(''), await ids('personne')]).toEqual([[], []])
  })

  test('of many people twenty are shown, and it says that there are more', async () => {
    const { slug } = await anEvent()
    for (let n = 0; n < 23; n++) await invited(slug, `zoe${n}@x.example`)
    const { rows, more } = await tieCandidates('martin')
    expect([rows.length, more]).toEqual([20, true])
  })
})

describe('what is kept', () => {
  test('the source for a week, a month where somebody has to look; what concerned nobody for three', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    const settled = (await reply(zoe, 'accepted').file()).id
    const waits = (await words('Bonjour', { to: [rsvpOf(zoe.id)] }).file()).id
    const nobodys = (await words('Bonjour', { to: ['postmaster@parlons-en.localhost'] }).file()).id
    const kept = async (id: string) => {
      const row = await db.incomingMail.findUnique({ where: { id } })
      return row ? (row.raw ? 'whole' : 'without its source') : 'gone'
    }
    const all = () => Promise.all([settled, waits, nobodys].map(kept))
    at('2026-11-30T07:59:00Z')
    expect(await forgetMail()).toEqual({ sources: 0, messages: 0 })
    at('2026-11-30T08:01:00Z')
    expect([await forgetMail(), await all()]).toEqual([{ sources: 1, messages: 0 }, ['without its source', 'whole', 'whole']])
    must(await putAside(camille, waits))
    at('2026-12-07T08:02:00Z')
    await forgetMail()
    expect(await all()).toEqual(['without its source', 'without its source', 'whole'])
    at('2026-12-23T08:01:00Z')
    await forgetMail()
    expect(await all()).toEqual(['without its source', 'without its source', 'without its source'])
    at('2027-02-21T08:01:00Z')
    expect([await forgetMail(), await all()]).toEqual([{ sources: 0, messages: 1 }, ['without its source', 'without its source', 'gone']])
    expect(await answers(zoe.id)).toEqual(['accepted'])
  })
})
