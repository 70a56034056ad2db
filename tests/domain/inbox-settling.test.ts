import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { guest, type PersonActor } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { callOff } from '@/lib/events/call-off'
import { newId } from '@/lib/ids'
import { forgetMail } from '@/lib/inbox/forget'
import { putAside } from '@/lib/inbox/put-aside'
import { tie } from '@/lib/inbox/tie'
import { cancel } from '@/lib/registrations/cancel'
import { takeBack } from '@/lib/registrations/come-back'
import { storyOf } from '@/lib/registrations/queries'
import { check } from '@/lib/worker/check'
import { anEvent, house, linkOf, must } from '@/tests/support/events'
import { answers, invited, kindsTo, mailById, reply, rsvpOf, standing, words } from '@/tests/support/inbox'

// What an organiser makes of a message by hand, and what the program forgets of it by itself.

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
    const [line] = await db.activity.findMany({ where: { verb: 'mail.tie' } })
    expect(line).toMatchObject({ subject: `registration/${zoe.id}`, after: { as: 'declined' } })
    expect(JSON.stringify(line)).not.toMatch(/@|zoe|Zoé|Anne/)
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

  test('a No of somebody who had left already frees no seat a second time, and writes no letter', async () => {
    const { slug } = await anEvent({ capacity: 1, waitlist: true })
    const { zoe, id } = await unmatched(slug)
    await invited(slug, 'max@x.example')
    must(await cancel(guest, linkOf(zoe.id)))
    const letters = await db.letter.count()
    expect(must(await tie(camille, id, { registrationId: zoe.id, as: 'declined' })).promoted).toBe(0)
    expect(await db.letter.count()).toBe(letters)
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
