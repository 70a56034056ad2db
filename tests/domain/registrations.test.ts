import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { guest } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { callOff } from '@/lib/events/call-off'
import { edit } from '@/lib/events/edit'
import { addMembers } from '@/lib/people/add-members'
import { addCompanion, removeCompanion } from '@/lib/registrations/add-companion'
import { prove } from '@/lib/registrations/prove'
import { lapseDue } from '@/lib/registrations/lapse'
import { cancel } from '@/lib/registrations/cancel'
import { correctAddress, sendAgain } from '@/lib/registrations/correct-address'
import { findHeld } from '@/lib/registrations/queries'
import { fillSeats, tellCalledOff, tellChange } from '@/lib/registrations/tell-change'
import { check } from '@/lib/worker/check'
import { aDraft, anEvent, house, linkOf, must, signUp } from '@/tests/support/events'

beforeEach(() => setClock(new Date('2026-11-23T08:00:00Z')))
afterEach(async () => {
  setClock(new Date('2026-11-23T09:00:00Z'))
  await lapseDue()
  expect(await check()).toEqual([])
  setClock(null)
})

const letters = async (toAddress: string) =>
  (await db.letter.findMany({ where: { toAddress }, orderBy: { createdAt: 'asc' } })).map(({ kind }) => kind)
const status = async (id: string) => (await db.registration.findUniqueOrThrow({ where: { id } })).status
const seating = (eventId: string) => db.seating.findFirstOrThrow({ where: { eventId } })

describe('taking a seat', () => {
  test('a seat, its story and its letter are written together', async () => {
    const { id, slug } = await anEvent({ capacity: 1 })
    const { registrationId, status: said } = must(await signUp(slug, 'anne@theatre.example'))
    expect(said).toBe('confirmed')
    expect(await seating(id)).toMatchObject({ taken: 1, waiting: 0 })
    expect(await db.registrationStep.findMany({ where: { registrationId } })).toMatchObject([{ status: 'confirmed', reason: 'form' }])
    expect(await letters('anne@theatre.example')).toEqual(['seat-confirmed'])
  })

  test('without seats: in line where there is one, refused where there is none', async () => {
    const lined = await anEvent({ capacity: 0, waitlist: true })
    expect(must(await signUp(lined.slug, 'anne@theatre.example')).status).toBe('waitlisted')
    expect(await letters('anne@theatre.example')).toEqual(['seat-waitlisted'])
    const full = await anEvent({ capacity: 0 })
    expect(await signUp(full.slug, 'anne@theatre.example')).toEqual({ ok: false, reason: 'full' })
  })

  test('no capacity is no limit', async () => {
    const { slug } = await anEvent()
    for (const n of [1, 2, 3]) expect(must(await signUp(slug, `a${n}@theatre.example`)).status).toBe('confirmed')
  })

  test('a draft is not there, a called-off, begun or closed event says so', async () => {
    const draft = await aDraft()
    expect(await signUp(draft.slug, 'a@theatre.example')).toEqual({ ok: false, reason: 'not-found' })
    const off = await anEvent()
    must(await callOff(house, off.slug))
    expect(await signUp(off.slug, 'a@theatre.example')).toEqual({ ok: false, reason: 'called-off' })
    const early = await anEvent({ closesAt: '2026-11-23T08:59' })
    expect(await signUp(early.slug, 'a@theatre.example')).toEqual({ ok: false, reason: 'closed' })
    const { slug } = await anEvent()
    setClock(new Date('2027-01-14T08:30:00Z'))
    expect(await signUp(slug, 'a@theatre.example')).toEqual({ ok: false, reason: 'closed' })
    setClock(new Date('2027-01-14T09:00:00Z'))
    expect(await signUp(slug, 'a@theatre.example')).toEqual({ ok: false, reason: 'already-over' })
  })

  test.each([
    ['a@x.example, b@x.example', 'address-list'],
    ['friends:a@x.example;', 'address-list'],
    ['a＠x.example', 'address-homoglyph'],
    ['a@x.example\r\nBcc: b@x.example', 'address-control'],
    ['a\0@x.example', 'address-control'],
    ['a@@x.example', 'address-malformed'],
    ['', 'address-empty'],
  ])('the address %j is refused by its field', async (email, reason) => {
    const { slug } = await anEvent()
    expect(await signUp(slug, email)).toEqual({ ok: false, reason: 'invalid', fields: [{ field: 'email', reason }] })
  })

  test('a hybrid event counts the room and the screen apart', async () => {
    const { slug, id } = await anEvent({ mode: 'hybrid', capacity: 1, screenCapacity: 2 })
    expect(must(await signUp(slug, 'a@x.example', { place: 'room' })).status).toBe('confirmed')
    expect(await signUp(slug, 'b@x.example', { place: 'room' })).toEqual({ ok: false, reason: 'full' })
    expect(must(await signUp(slug, 'b@x.example', { place: 'screen' })).status).toBe('confirmed')
    expect(await db.seating.findMany({ where: { eventId: id }, orderBy: { place: 'asc' } })).toMatchObject([{ place: 'room', taken: 1 }, { place: 'screen', taken: 1 }])
  })
})

describe('an address that is known', () => {
  test('gets the answer that an unknown one would get, and its letter tells the truth', async () => {
    const { slug, id } = await anEvent({ capacity: 1, waitlist: true })
    const first = must(await signUp(slug, 'Anne@Theatre.example'))
    const again = must(await signUp(slug, 'anne@theatre.example', { name: 'Somebody else' }))
    expect(again.status).toBe('waitlisted')
    expect(again.registrationId).not.toBe(first.registrationId)
    expect(await db.registration.findMany({ where: { eventId: id } })).toMatchObject([{ name: 'Anne Martin', status: 'confirmed' }])
    expect(await db.letter.findMany({ where: { kind: 'registration-again' } })).toMatchObject([{ toAddress: 'anne@theatre.example', toName: 'Anne Martin' }])
  })

  test('is written to once in twenty minutes, however often the form is sent', async () => {
    const { slug } = await anEvent()
    for (let i = 0; i < 5; i++) await signUp(slug, 'anne@theatre.example')
    expect(await letters('anne@theatre.example')).toEqual(['seat-confirmed', 'registration-again'])
  })

  test('whoever cancelled comes back under the same row, behind those who wait', async () => {
    const { slug } = await anEvent({ capacity: 1, waitlist: true })
    const anne = must(await signUp(slug, 'anne@theatre.example'))
    const zoe = must(await signUp(slug, 'zoe@theatre.example'))
    must(await cancel(guest, linkOf(anne.registrationId)))
    expect(await status(zoe.registrationId)).toBe('confirmed')
    const back = must(await signUp(slug, 'anne@theatre.example'))
    expect(back).toMatchObject({ status: 'waitlisted', registrationId: anne.registrationId })
    expect(await letters('anne@theatre.example')).toEqual(['seat-confirmed', 'registration-cancelled', 'seat-waitlisted'])
  })
})

describe('giving back', () => {
  test('the first in line gets the seat in the same moment, and is told', async () => {
    const { slug, id } = await anEvent({ capacity: 1, waitlist: true })
    const [anne, zoe, max] = [must(await signUp(slug, 'anne@x.example')), must(await signUp(slug, 'zoe@x.example')), must(await signUp(slug, 'max@x.example'))]
    expect(must(await cancel(guest, linkOf(anne.registrationId))).promoted).toBe(1)
    expect([await status(zoe.registrationId), await status(max.registrationId)]).toEqual(['confirmed', 'waitlisted'])
    expect(await letters('zoe@x.example')).toEqual(['seat-waitlisted', 'seat-promoted'])
    expect(await seating(id)).toMatchObject({ taken: 1, waiting: 1 })
    expect(must(await cancel(guest, linkOf(anne.registrationId))).promoted).toBe(0)
  })

  test('nothing moves once it has begun', async () => {
    const { slug } = await anEvent({ capacity: 1, waitlist: true })
    const anne = must(await signUp(slug, 'anne@x.example'))
    setClock(new Date('2027-01-14T08:00:00Z'))
    expect(await cancel(guest, linkOf(anne.registrationId))).toEqual({ ok: false, reason: 'already-over' })
  })

  test('an unknown link, a stranger and an old link are told apart', async () => {
    const { slug } = await anEvent()
    const anne = must(await signUp(slug, 'anne@x.example'))
    expect(await cancel(guest, { token: 'a'.repeat(32) })).toEqual({ ok: false, reason: 'not-found' })
    expect(await cancel(guest, { id: anne.registrationId })).toEqual({ ok: false, reason: 'forbidden' })
    must(await correctAddress(guest, { slug, registrationId: anne.registrationId, name: 'Anne', locale: 'fr' }, 'anna@x.example'))
    expect(await cancel(guest, linkOf(anne.registrationId))).toEqual({ ok: false, reason: 'gone' })
    expect(must(await cancel(guest, linkOf(anne.registrationId, 1)))).toMatchObject({ id: anne.registrationId })
  })
})

describe('companions', () => {
  test('take a seat each and give it to the first in line when they leave', async () => {
    const { slug, id } = await anEvent({ capacity: 2, waitlist: true })
    const anne = must(await signUp(slug, 'anne@x.example'))
    const { id: companion } = must(await addCompanion(guest, linkOf(anne.registrationId), 'Paul Petit'))
    const zoe = must(await signUp(slug, 'zoe@x.example'))
    expect(await seating(id)).toMatchObject({ taken: 2, waiting: 1 })
    expect(await addCompanion(guest, linkOf(anne.registrationId), 'Une de trop')).toEqual({ ok: false, reason: 'full' })
    expect(await addCompanion(guest, linkOf(zoe.registrationId), 'Trop tôt')).toEqual({ ok: false, reason: 'waiting' })
    must(await removeCompanion(guest, linkOf(anne.registrationId), companion))
    expect(await status(zoe.registrationId)).toBe('confirmed')
  })

  test('leave with whoever brought them', async () => {
    const { slug, id } = await anEvent({ capacity: 3, waitlist: true })
    const anne = must(await signUp(slug, 'anne@x.example'))
    must(await addCompanion(guest, linkOf(anne.registrationId), 'Paul Petit'))
    const [zoe, max] = [must(await signUp(slug, 'zoe@x.example')), must(await signUp(slug, 'max@x.example'))]
    must(await cancel(guest, linkOf(anne.registrationId)))
    expect(await seating(id)).toMatchObject({ taken: 2, waiting: 0 })
    expect([await status(zoe.registrationId), await status(max.registrationId)]).toEqual(['confirmed', 'confirmed'])
  })
})

describe('a mistake in the address', () => {
  test('is put right on the same row: seat kept, old link dead, both told', async () => {
    const { slug, id } = await anEvent({ capacity: 1 })
    const { registrationId } = must(await signUp(slug, 'ane@x.example'))
    must(await correctAddress(guest, { slug, registrationId, name: 'Anne', locale: 'fr' }, 'anne@x.example'))
    expect(await letters('ane@x.example')).toEqual(['seat-confirmed', 'registration-cancelled'])
    expect(await letters('anne@x.example')).toEqual(['seat-confirmed'])
    expect(await findHeld(linkOf(registrationId))).toBe('gone')
    expect(await seating(id)).toMatchObject({ taken: 1 })
  })

  test('a decoy corrects nothing of anybody: it registers', async () => {
    const { slug } = await anEvent()
    must(await signUp(slug, 'victim@x.example'))
    const decoy = must(await signUp(slug, 'victim@x.example'))
    must(await correctAddress(guest, { slug, registrationId: decoy.registrationId, name: 'Eve', locale: 'fr' }, 'eve@x.example'))
    expect(await db.registration.count({ where: { addressFold: 'victim@x.example', status: 'confirmed' } })).toBe(1)
    expect(await db.registration.count({ where: { addressFold: 'eve@x.example', status: 'confirmed' } })).toBe(1)
  })

  test('half an hour later the page corrects nothing any more', async () => {
    const { slug } = await anEvent()
    const { registrationId } = must(await signUp(slug, 'ane@x.example'))
    setClock(new Date('2026-11-23T08:31:00Z'))
    must(await correctAddress(guest, { slug, registrationId, name: 'Anne', locale: 'fr' }, 'anne@x.example'))
    expect(await db.registration.count({ where: { status: 'confirmed' } })).toBe(2)
  })

  test('"send again" says it once more, once in twenty minutes', async () => {
    const { slug } = await anEvent()
    const { registrationId } = must(await signUp(slug, 'anne@x.example'))
    await sendAgain({ slug, registrationId })
    await sendAgain({ slug, registrationId })
    expect(await letters('anne@x.example')).toEqual(['seat-confirmed', 'seat-confirmed'])
  })
})

describe('a closed circle', () => {
  test('members get a seat once they prove their address, others a letter that says how to ask; the form answers all alike', async () => {
    must(await addMembers(house, { entries: ['zoe@x.example', 'scene.example'] }))
    const { slug, id } = await anEvent({ audience: 'members', capacity: 5 })
    const answers = [await signUp(slug, 'zoe@x.example'), await signUp(slug, 'max@scene.example'), await signUp(slug, 'eve@y.example')]
    expect(answers.map((one) => one.ok && one.value.status)).toEqual(['pending', 'pending', 'pending'])
    expect(await seating(id)).toMatchObject({ taken: 2 })
    expect([await letters('zoe@x.example'), await letters('eve@y.example')]).toEqual([['address-to-prove'], ['registration-pending']])
    expect(must(await signUp(slug, 'zoe@x.example')).status).toBe('pending')
    const zoe = await db.registration.findFirstOrThrow({ where: { eventId: id, addressFold: 'zoe@x.example' } })
    expect(must(await prove(guest, linkOf(zoe.id))).status).toBe('confirmed')
    expect(await seating(id)).toMatchObject({ taken: 2 })
  })

  test('where it is full, an outsider is told so just as a member is', async () => {
    must(await addMembers(house, { entries: ['scene.example'] }))
    const { slug } = await anEvent({ audience: 'members', capacity: 1 })
    must(await signUp(slug, 'max@scene.example'))
    const answers = [await signUp(slug, 'lea@scene.example'), await signUp(slug, 'max@scene.example'), await signUp(slug, 'eve@y.example')]
    expect(answers.map((one) => !one.ok && one.reason)).toEqual(['full', 'full', 'full'])
  })

  test('who became a member since gets the seat on asking again', async () => {
    const { slug } = await anEvent({ audience: 'members' })
    const { registrationId } = must(await signUp(slug, 'eve@y.example'))
    must(await addMembers(house, { entries: ['eve@y.example'] }))
    must(await signUp(slug, 'eve@y.example'))
    must(await prove(guest, linkOf(registrationId)))
    expect(await status(registrationId)).toBe('confirmed')
  })
})

describe('when the event changes', () => {
  test('everybody who has or awaits a seat is told once per change, however often the job runs', async () => {
    const { slug, id } = await anEvent({ capacity: 1, waitlist: true })
    await signUp(slug, 'anne@x.example')
    await signUp(slug, 'zoe@x.example')
    const gone = must(await signUp(slug, 'max@x.example'))
    must(await cancel(guest, linkOf(gone.registrationId)))
    expect(must(await edit(house, slug, { startsAt: '2027-01-15T09:00', endsAt: '2027-01-15T10:00' })).told).toBe(true)
    const was = { title: 'x', startDate: '2027-01-14', startTime: '09:00', endDate: null, endTime: null, timeZone: 'Europe/Paris', place: null }
    await tellChange(id, 1, was)
    await tellChange(id, 1, was)
    expect((await db.letter.findMany({ where: { kind: 'event-changed' } })).map(({ toAddress }) => toAddress).sort()).toEqual(['anne@x.example', 'zoe@x.example'])
    must(await callOff(house, slug))
    await tellCalledOff(id, 2)
    expect(await db.letter.count({ where: { kind: 'event-called-off' } })).toBe(2)
  })

  test('more seats go to the first in line; fewer than are taken cannot be', async () => {
    const { slug, id } = await anEvent({ capacity: 1, waitlist: true })
    for (const n of [1, 2, 3]) await signUp(slug, `a${n}@x.example`)
    must(await edit(house, slug, { capacity: 2 }))
    await fillSeats(id)
    expect(await seating(id)).toMatchObject({ taken: 2, waiting: 1 })
    expect(await edit(house, slug, { capacity: 1 })).toMatchObject({ ok: false, fields: [{ field: 'capacity', reason: 'below-seats-taken' }] })
    expect(await edit(house, slug, { mode: 'in-person' })).toMatchObject({ ok: false, fields: [{ field: 'mode', reason: 'seats-taken-there' }] })
  })
})
