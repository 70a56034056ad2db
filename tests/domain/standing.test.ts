import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { guest, type PersonActor } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { edit } from '@/lib/events/edit'
import { invite } from '@/lib/events/invite'
import { capability } from '@/lib/ids'
import { addMembers } from '@/lib/people/add-members'
import { cancel } from '@/lib/registrations/cancel'
import { endStanding } from '@/lib/registrations/end-standing'
import { pauseStanding, resumeStanding } from '@/lib/registrations/pause-standing'
import { findStanding, standingDates } from '@/lib/registrations/queries'
import { registerStandingAt, registerStandingOf } from '@/lib/registrations/register-standing'
import { stand } from '@/lib/registrations/stand'
import { createSeries } from '@/lib/series/create'
import { check } from '@/lib/worker/check'
import { anEvent, house, linkOf, must, signUp } from '@/tests/support/events'

beforeEach(async () => {
  setClock(new Date('2026-11-23T08:00:00Z'))
  must(await createSeries(house, { slug: 'cafe', nature: 'format', nameFr: 'Café TMNlab', nameEn: 'TMNlab Café' }))
})
afterEach(async () => {
  setClock(new Date('2026-11-23T09:00:00Z'))
  expect(await check()).toEqual([])
  setClock(null)
})

const anne = { name: 'Anne Martin', email: 'Anne@theatre.example', locale: 'fr' as const, timeZone: 'Europe/Paris' }
const aCafe = (said: Parameters<typeof anEvent>[0] = {}) => anEvent({ format: 'cafe', ...said })
const letters = async (toAddress: string) => (await db.letter.findMany({ where: { toAddress }, orderBy: { createdAt: 'asc' } })).map(({ kind }) => kind)
const only = () => db.standingRegistration.findFirstOrThrow()
const link = async () => ({ token: capability('standing', (await only()).id, (await only()).generation) })
const jobs = async () => (await db.$queryRaw<{ name: string }[]>`SELECT name FROM pgboss.job WHERE name LIKE 'standing%' ORDER BY created_on, id`).map(({ name }) => name)
const at = async (eventId: string) => (await db.registration.findMany({ where: { eventId }, orderBy: { line: 'asc' } })).map(({ address, status, via }) => [address, status, via])

async function loggedIn(address: string): Promise<PersonActor> {
  const addressFold = address.toLowerCase()
  const { id, role, name, locale } = await db.person.create({ data: { address, addressFold, provenAt: new Date() } })
  return { kind: 'person', id, role, name, address, addressFold, addressFolds: [addressFold], locale, via: 'browser' }
}

/** Somebody who stands, proven, and whose job has run. */
async function stands(email: string) {
  must(await stand(guest, 'cafe', { ...anne, email }))
  const { id } = await db.standingRegistration.findFirstOrThrow({ where: { address: email } })
  must(await resumeStanding(guest, { token: capability('standing', id) }))
  await registerStandingOf(id)
  return id
}

describe('asking for a seat at every session of a format', () => {
  test('does nothing before the letter’s link is pressed, then registers at what is on the agenda', async () => {
    const event = await aCafe()
    expect(await stand(guest, 'cafe', anne)).toEqual({ ok: true, value: { status: 'to-prove', address: 'Anne@theatre.example' } })
    expect(await letters('Anne@theatre.example')).toEqual(['standing-started'])
    await registerStandingAt(event.id)
    await registerStandingOf((await only()).id)
    expect(await at(event.id)).toEqual([])

    must(await resumeStanding(guest, await link()))
    expect(await jobs()).toContain('standing-begun')
    await registerStandingOf((await only()).id)
    expect(await at(event.id)).toEqual([['Anne@theatre.example', 'confirmed', 'standing']])
    expect(await letters('Anne@theatre.example')).toEqual(['standing-started', 'seat-confirmed'])
    expect(await db.registration.findFirstOrThrow()).toMatchObject({ standingId: (await only()).id, provenAt: new Date('2026-11-23T08:00:00Z') })
  })

  test('begins at once for whoever is logged in with the address, and for nobody else’s', async () => {
    const actor = await loggedIn('anne@theatre.example')
    expect(must(await stand(actor, 'cafe', anne)).status).toBe('standing')
    expect(await jobs()).toEqual(['standing-begun'])
    expect(must(await stand(actor, 'cafe', { ...anne, email: 'victim@theatre.example' })).status).toBe('to-prove')
    expect(await db.standingRegistration.findMany({ where: { provenAt: null } })).toMatchObject([{ address: 'victim@theatre.example' }])
  })

  test('is answered alike for an address that stands already, whose name stays; its owner is written to', async () => {
    await stands('anne@theatre.example')
    const again = await stand(guest, 'cafe', { ...anne, name: 'Mallory', email: 'ANNE@theatre.example' })
    const fresh = await stand(guest, 'cafe', { ...anne, email: 'nobody@theatre.example' })
    expect(JSON.stringify(again).replace('ANNE', '…')).toBe(JSON.stringify(fresh).replace('nobody', '…'))
    expect(await db.standingRegistration.findFirst({ where: { addressFold: 'anne@theatre.example' } })).toMatchObject({ name: 'Anne Martin', provenAt: expect.any(Date) as Date })
    expect(await letters('anne@theatre.example')).toEqual(['standing-started', 'standing-started'])
  })

  test('is for formats alone', async () => {
    must(await createSeries(house, { slug: 'ia', nature: 'cycle', nameFr: 'IA', nameEn: 'AI' }))
    expect(await stand(guest, 'ia', anne)).toEqual({ ok: false, reason: 'not-found' })
    expect(await stand(guest, 'nothing', anne)).toEqual({ ok: false, reason: 'not-found' })
    expect(await stand(guest, 'cafe', { ...anne, email: 'a@b.fr,c@d.fr' })).toMatchObject({ reason: 'invalid', fields: [{ field: 'email', reason: 'address-list' }] })
  })

  test('two at once are one', async () => {
    await Promise.all([1, 2, 3].map(() => stand(guest, 'cafe', anne)))
    expect(await db.standingRegistration.count()).toBe(1)
  })
})

describe('a published session', () => {
  test('seats those who stand in the order in which they stood, then puts them in line; running twice changes nothing', async () => {
    for (const [minute, name] of ['un', 'deux', 'trois'].entries()) {
      setClock(new Date(Date.UTC(2026, 10, 23, 8, minute)))
      await stands(`${name}@theatre.example`)
    }
    const { id } = await aCafe({ capacity: 2, waitlist: true })
    expect(await jobs()).toContain('standing-event')
    await registerStandingAt(id)
    await registerStandingAt(id)
    expect(await at(id)).toEqual([
      ['un@theatre.example', 'confirmed', 'standing'],
      ['deux@theatre.example', 'confirmed', 'standing'],
      ['trois@theatre.example', 'waitlisted', 'standing'],
    ])
    expect(await letters('un@theatre.example')).toEqual(['standing-started', 'seat-confirmed'])
  })

  test('of another format, a draft, or full without a line, is nobody’s', async () => {
    await stands('anne@theatre.example')
    const other = await anEvent()
    const full = await aCafe({ capacity: 0 })
    for (const { id } of [other, full]) {
      await registerStandingAt(id)
      expect(await at(id)).toEqual([])
    }
  })

  test('put into the format later takes them too', async () => {
    await stands('anne@theatre.example')
    const { id, slug } = await anEvent()
    must(await edit(house, slug, { format: 'cafe' }))
    expect(await jobs()).toContain('standing-event')
    await registerStandingAt(id)
    expect(await at(id)).toEqual([['anne@theatre.example', 'confirmed', 'standing']])
  })

  test('of a closed circle is theirs if they are in it, and says nothing to the others', async () => {
    await stands('anne@theatre.example')
    await stands('bo@elsewhere.example')
    must(await addMembers(house, { entries: ['theatre.example'] }))
    const members = await aCafe({ audience: 'members' })
    await registerStandingAt(members.id)
    expect(await at(members.id)).toEqual([['anne@theatre.example', 'confirmed', 'standing']])
    const invited = await aCafe({ audience: 'invited' })
    must(await invite(house, invited.slug, { addresses: 'bo@elsewhere.example' }))
    await registerStandingAt(invited.id)
    expect(await at(invited.id)).toEqual([['bo@elsewhere.example', 'confirmed', 'standing']])
    expect(await letters('bo@elsewhere.example')).toEqual(['standing-started', 'seat-confirmed'])
  })

  test('that opens later takes them when it opens', async () => {
    await stands('anne@theatre.example')
    // The queue takes no date that has gone by its own clock.
    const { id } = await aCafe({ opensAt: '2037-12-01T09:00', startsAt: '2038-01-14T09:00', endsAt: '2038-01-14T10:00' })
    await registerStandingAt(id)
    expect(await at(id)).toEqual([])
    const [waits] = await db.$queryRaw<{ start: Date }[]>`SELECT start_after AS start FROM pgboss.job WHERE name = 'standing-event' ORDER BY start_after DESC LIMIT 1`
    expect(waits.start).toEqual(new Date('2037-12-01T08:00:00Z'))
    setClock(waits.start)
    await registerStandingAt(id)
    expect(await at(id)).toEqual([['anne@theatre.example', 'confirmed', 'standing']])
  })

  test('leaves alone whoever is there by another address of theirs', async () => {
    const person = await loggedIn('anne@theatre.example')
    await db.otherAddress.create({ data: { addressFold: 'anne@home.example', address: 'anne@home.example', personId: person.id, provenAt: new Date() } })
    await stands('anne@theatre.example')
    const event = await aCafe()
    must(await signUp(event.slug, 'anne@home.example'))
    await registerStandingAt(event.id)
    expect(await at(event.id)).toMatchObject([['anne@home.example', 'confirmed', 'form']])
  })

  test('takes a room or a screen as was wished, where there are both', async () => {
    must(await stand(await loggedIn('anne@theatre.example'), 'cafe', { ...anne, place: 'screen' }))
    const hybrid = await aCafe({ mode: 'hybrid' })
    const inPerson = await aCafe({ mode: 'in-person' })
    for (const { id } of [hybrid, inPerson]) await registerStandingAt(id)
    const placeAt = async (eventId: string) => (await db.registration.findFirstOrThrow({ where: { eventId } })).place
    expect([await placeAt(hybrid.id), await placeAt(inPerson.id)]).toEqual(['screen', 'room'])
  })
})

describe('keeping it', () => {
  test('a date that was given back is never taken again', async () => {
    const standing = await stands('anne@theatre.example')
    const { id } = await aCafe()
    await registerStandingAt(id)
    const registration = await db.registration.findFirstOrThrow()
    must(await cancel(guest, linkOf(registration.id)))
    await registerStandingAt(id)
    await registerStandingOf(standing)
    expect(await at(id)).toEqual([['anne@theatre.example', 'cancelled', 'standing']])
  })

  test('paused it takes nothing; resumed it takes what was published meanwhile', async () => {
    const id = await stands('anne@theatre.example')
    must(await pauseStanding(guest, await link()))
    const event = await aCafe()
    await registerStandingAt(event.id)
    await registerStandingOf(id)
    expect(await at(event.id)).toEqual([])
    must(await resumeStanding(guest, await link()))
    await registerStandingOf(id)
    expect(await at(event.id)).toHaveLength(1)
  })

  test('ended it takes nothing more, and what it took stays; it may begin again', async () => {
    const id = await stands('anne@theatre.example')
    const [first, second] = [await aCafe(), await aCafe()]
    await registerStandingAt(first.id)
    must(await endStanding(guest, await link()))
    await registerStandingAt(second.id)
    expect(await at(first.id)).toMatchObject([['anne@theatre.example', 'confirmed', 'standing']])
    expect(await at(second.id)).toEqual([])

    must(await stand(guest, 'cafe', { ...anne, email: 'anne@theatre.example' }))
    await registerStandingOf(id)
    expect(await at(second.id)).toEqual([])
    must(await resumeStanding(guest, await link()))
    await registerStandingOf(id)
    expect(await at(second.id)).toHaveLength(1)
  })

  test('is for the holder of its link and its person, and nobody else', async () => {
    const id = await stands('anne@theatre.example')
    const mallory = await loggedIn('mallory@theatre.example')
    for (const verb of [pauseStanding, resumeStanding, endStanding]) {
      expect(await verb(mallory, { id })).toEqual({ ok: false, reason: 'forbidden' })
      expect(await verb(guest, { id })).toEqual({ ok: false, reason: 'forbidden' })
      expect(await verb(guest, { token: 'a'.repeat(32) })).toEqual({ ok: false, reason: 'not-found' })
    }
    const actor = await loggedIn('anne2@theatre.example')
    expect((await pauseStanding({ ...actor, addressFolds: ['anne@theatre.example'] }, { id })).ok).toBe(true)
  })

  test('shows each coming date and where one stands there', async () => {
    await stands('anne@theatre.example')
    const [first, second] = [await aCafe(), await aCafe({ startsAt: '2027-02-14T09:00', endsAt: '2027-02-14T10:00' })]
    await registerStandingAt(first.id)
    const found = await findStanding(await link())
    if (!found || found === 'gone') throw new Error('not found')
    expect((await standingDates(found)).map(({ event, registration }) => [event.id, registration?.status])).toEqual([[first.id, 'confirmed'], [second.id, undefined]])
  })
})
