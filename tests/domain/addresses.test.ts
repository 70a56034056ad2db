import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { guest, type PersonActor } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { callOff } from '@/lib/events/call-off'
import { capability } from '@/lib/ids'
import { appoint } from '@/lib/people/appoint'
import { enter } from '@/lib/people/enter'
import { startSession } from '@/lib/people/keep-session'
import { openLogin } from '@/lib/people/open-login'
import { proofHash } from '@/lib/people/proof'
import { actorOf, columns, personByFold, personBySession } from '@/lib/people/queries'
import { removeAddress } from '@/lib/people/remove-address'
import { addCompanion } from '@/lib/registrations/add-companion'
import { cancel } from '@/lib/registrations/cancel'
import { changeAddress } from '@/lib/registrations/change-address'
import { confirmAddress } from '@/lib/registrations/confirm-address'
import { correctAddress } from '@/lib/registrations/correct-address'
import { lapseDue } from '@/lib/registrations/lapse'
import { findAddressChange, findHeld, registrationsOfPerson, seatOf } from '@/lib/registrations/queries'
import { register } from '@/lib/registrations/register'
import { renewFeed } from '@/lib/registrations/renew-feed'
import { stand } from '@/lib/registrations/stand'
import { createSeries } from '@/lib/series/create'
import { check } from '@/lib/worker/check'
import { anEvent, house, linkOf, must, signUp } from '@/tests/support/events'

const start = new Date('2026-11-23T08:00:00Z')
const hour = 3_600_000

beforeEach(() => setClock(start))
afterEach(async () => {
  setClock(new Date('2026-11-23T09:00:00Z'))
  await lapseDue()
  expect(await check()).toEqual([])
  setClock(null)
})

const letters = async (toAddress: string) => (await db.letter.findMany({ where: { toAddress }, orderBy: { createdAt: 'asc' } })).map(({ kind }) => kind)
const row = (id: string) => db.registration.findUniqueOrThrow({ where: { id }, include: { companions: true } })
const seating = (eventId: string) => db.seating.findFirstOrThrow({ where: { eventId } })

/** The link in the newest letter that asks an address to be confirmed. */
async function linkTo(address: string) {
  const letter = await db.letter.findFirstOrThrow({ where: { toAddress: address, kind: 'address-change' }, orderBy: { createdAt: 'desc' } })
  return capability('address-change', letter.about.slice('address-change/'.length))
}

/** Asks for a change and confirms it, as one who has both mailboxes would. */
async function change(actor: Parameters<typeof changeAddress>[0], of: Parameters<typeof changeAddress>[1], to: string, means?: 'replace' | 'add') {
  must(await changeAddress(actor, of, to, means))
  return confirmAddress(actor, await linkTo(to))
}

async function loggedIn(address: string): Promise<PersonActor> {
  const addressFold = address.toLowerCase()
  const person = await db.person.upsert({ where: { addressFold }, create: { address, addressFold, provenAt: start }, update: { provenAt: start }, select: columns })
  return actorOf(person, 'browser')
}

/** The same person, as they are now. */
const again = async ({ id }: PersonActor) => actorOf(await db.person.findUniqueOrThrow({ where: { id }, select: columns }), 'browser')

describe('one registration moves to another address', () => {
  test('once the new one is proven: a withdrawal to the old, an invitation to the new, the old link dies', async () => {
    const { id: eventId, slug } = await anEvent({ capacity: 1 })
    const { registrationId: id } = must(await signUp(slug, 'old@theatre.example'))
    expect(await changeAddress(guest, linkOf(id), 'New@theatre.example')).toEqual({ ok: true, value: { address: 'New@theatre.example' } })
    expect(await letters('New@theatre.example')).toEqual(['address-change'])
    expect(await row(id)).toMatchObject({ address: 'old@theatre.example' })

    const confirmed = must(await confirmAddress(guest, await linkTo('New@theatre.example')))
    expect(confirmed).toEqual({ address: 'New@theatre.example', means: 'replace', manageToken: capability('manage', id, 1) })
    expect(await row(id)).toMatchObject({ address: 'New@theatre.example', addressFold: 'new@theatre.example', status: 'confirmed', generation: 1, provenAt: start })
    expect(await letters('old@theatre.example')).toEqual(['seat-confirmed', 'address-changed', 'registration-cancelled'])
    expect(await letters('New@theatre.example')).toEqual(['address-change', 'seat-confirmed'])
    expect(await findHeld(linkOf(id))).toBe('gone')
    expect(await findHeld(linkOf(id, 1))).toMatchObject({ id })
    expect(await seating(eventId)).toMatchObject({ taken: 1 })
  })

  test('a link works once, for 24 hours, and not after another change was made', async () => {
    const { slug } = await anEvent()
    const { registrationId: id } = must(await signUp(slug, 'old@theatre.example'))
    must(await changeAddress(guest, linkOf(id), 'one@theatre.example'))
    must(await changeAddress(guest, linkOf(id), 'two@theatre.example'))
    const [one, two] = [await linkTo('one@theatre.example'), await linkTo('two@theatre.example')]
    expect((await confirmAddress(guest, one)).ok).toBe(true)
    expect(await confirmAddress(guest, one)).toEqual({ ok: false, reason: 'gone' })
    expect(await confirmAddress(guest, two)).toEqual({ ok: false, reason: 'gone' })
    expect(await row(id)).toMatchObject({ address: 'one@theatre.example' })

    must(await changeAddress(guest, linkOf(id, 1), 'three@theatre.example'))
    setClock(new Date(start.getTime() + 24 * hour))
    expect(await findAddressChange(await linkTo('three@theatre.example'))).toBe('gone')
    expect(await confirmAddress(guest, await linkTo('three@theatre.example'))).toEqual({ ok: false, reason: 'gone' })
    expect(await confirmAddress(guest, 'a'.repeat(32))).toEqual({ ok: false, reason: 'not-found' })
  })

  test('of two confirmed at once one is made', async () => {
    const { slug } = await anEvent()
    const { registrationId: id } = must(await signUp(slug, 'old@theatre.example'))
    for (const to of ['one', 'two']) must(await changeAddress(guest, linkOf(id), `${to}@theatre.example`))
    const outcomes = await Promise.all(['one', 'two'].map(async (to) => confirmAddress(guest, await linkTo(`${to}@theatre.example`))))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect((await row(id)).generation).toBe(1)
  })

  test('the holder of the old link, or a correction meanwhile, leaves no change open behind it', async () => {
    const { slug } = await anEvent()
    const { registrationId } = must(await signUp(slug, 'old@theatre.example'))
    must(await changeAddress(guest, linkOf(registrationId), 'mallory@theatre.example'))
    must(await correctAddress(guest, { slug, registrationId, name: 'Anne Martin', locale: 'fr' }, 'right@theatre.example'))
    expect(await confirmAddress(guest, await linkTo('mallory@theatre.example'))).toEqual({ ok: false, reason: 'gone' })
  })

  test('the answer is the same whoever is registered there, and organisers move nobody', async () => {
    const { slug } = await anEvent()
    const { registrationId: id } = must(await signUp(slug, 'old@theatre.example'))
    must(await signUp(slug, 'known@theatre.example'))
    const ask = async (to: string) => JSON.stringify(await changeAddress(guest, linkOf(id), to)).replace(to, '…')
    expect(await ask('known@theatre.example')).toBe(await ask('fresh@theatre.example'))
    expect(await changeAddress(guest, linkOf(id), 'OLD@theatre.example')).toMatchObject({ reason: 'invalid', fields: [{ field: 'email', reason: 'same' }] })
    expect(await changeAddress(guest, linkOf(id), 'a@b.fr\r\nBcc: c@d.fr')).toMatchObject({ reason: 'invalid', fields: [{ field: 'email', reason: 'address-control' }] })
    must(await appoint(house, { email: 'team@theatre.example', role: 'organiser' }))
    expect(await changeAddress(await loggedIn('team@theatre.example'), { id }, 'elsewhere@theatre.example')).toEqual({ ok: false, reason: 'forbidden' })
    expect(await changeAddress(await loggedIn('mallory@theatre.example'), { id }, 'mallory@theatre.example')).toEqual({ ok: false, reason: 'forbidden' })
    expect((await changeAddress(await loggedIn('old@theatre.example'), { id }, 'elsewhere@theatre.example')).ok).toBe(true)
  })

  test('ten an hour are asked for', async () => {
    const { slug } = await anEvent()
    const { registrationId: id } = must(await signUp(slug, 'old@theatre.example'))
    for (let n = 0; n < 10; n++) must(await changeAddress(guest, linkOf(id), `n${n}@theatre.example`))
    expect(await changeAddress(guest, linkOf(id), 'n10@theatre.example')).toEqual({ ok: false, reason: 'too-many-letters' })
  })

  test('nothing moves at an event that is called off or has begun', async () => {
    const { slug } = await anEvent()
    const { registrationId: id } = must(await signUp(slug, 'old@theatre.example'))
    must(await changeAddress(guest, linkOf(id), 'new@theatre.example'))
    must(await callOff(house, slug))
    expect(await confirmAddress(guest, await linkTo('new@theatre.example'))).toEqual({ ok: false, reason: 'called-off' })
  })

  test('what waited for its proof has it', async () => {
    const { id: eventId, slug } = await anEvent({ provesAddress: true, capacity: 3 })
    const { registrationId: id } = must(await signUp(slug, 'old@theatre.example'))
    expect((await change(guest, linkOf(id), 'new@theatre.example')).ok).toBe(true)
    expect(await row(id)).toMatchObject({ status: 'confirmed', pendingFor: null, heldUntil: null })
    expect(await seating(eventId)).toMatchObject({ taken: 1 })
    expect((await letters('new@theatre.example')).at(-1)).toBe('seat-confirmed')
  })

  test('a correction of a proven seat to an address that nobody proved does not carry the proof along', async () => {
    const { slug } = await anEvent({ provesAddress: true })
    const anne = await loggedIn('anne@theatre.example')
    const { registrationId, status } = must(await register(anne, slug, { name: 'Anne', email: 'anne@theatre.example' }))
    expect(status).toBe('confirmed')
    const corrected = must(await correctAddress(guest, { slug, registrationId, name: 'Anne', locale: 'fr' }, 'victim@theatre.example'))
    expect(corrected.status).toBe('pending')
    expect(await db.registration.findFirst({ where: { addressFold: 'victim@theatre.example' } })).toMatchObject({ status: 'pending', pendingFor: 'proof', provenAt: null })
  })
})

describe('where the new address has a registration already', () => {
  test('the better standing stays: a seat with its companions goes to the row in line, whose place goes to the next', async () => {
    const { id: eventId, slug } = await anEvent({ capacity: 2, waitlist: true })
    const { registrationId: seated } = must(await signUp(slug, 'old@theatre.example', { name: 'Ancienne' }))
    must(await addCompanion(guest, linkOf(seated), 'Aïcha'))
    const { registrationId: waiting } = must(await signUp(slug, 'new@theatre.example', { name: 'Nouvelle' }))
    expect((await change(guest, linkOf(seated), 'new@theatre.example')).ok).toBe(true)
    expect(await row(seated)).toMatchObject({ status: 'cancelled', seats: 1, companions: [] })
    expect(await row(waiting)).toMatchObject({ status: 'confirmed', seats: 2, name: 'Nouvelle', companions: [{ name: 'Aïcha' }] })
    expect(await seating(eventId)).toMatchObject({ taken: 2, waiting: 0 })
    expect(await letters('old@theatre.example')).toEqual(['seat-confirmed', 'companion-changed', 'address-changed', 'registration-cancelled'])
    expect((await letters('new@theatre.example')).at(-1)).toBe('seat-confirmed')
    expect(await findHeld(linkOf(seated))).toBe('gone')
  })

  test('of two seats one goes to the first in line, in the same transaction', async () => {
    const { id: eventId, slug } = await anEvent({ capacity: 2, waitlist: true })
    const { registrationId: old } = must(await signUp(slug, 'old@theatre.example'))
    const { registrationId: there } = must(await signUp(slug, 'new@theatre.example'))
    const { registrationId: next } = must(await signUp(slug, 'next@theatre.example'))
    expect((await change(guest, linkOf(old), 'new@theatre.example')).ok).toBe(true)
    expect([(await row(old)).status, (await row(there)).status, (await row(next)).status]).toEqual(['cancelled', 'confirmed', 'confirmed'])
    expect(await seating(eventId)).toMatchObject({ taken: 2, waiting: 0 })
    expect((await letters('next@theatre.example')).at(-1)).toBe('seat-promoted')
  })

  test('a cancelled one is opened again under its own row, which its calendar knows', async () => {
    const { id: eventId, slug } = await anEvent({ capacity: 1 })
    const { registrationId: before } = must(await signUp(slug, 'new@theatre.example'))
    must(await cancel(guest, linkOf(before)))
    const { registrationId: old } = must(await signUp(slug, 'old@theatre.example', { name: 'Zoé' }))
    expect((await change(guest, linkOf(old), 'new@theatre.example')).ok).toBe(true)
    expect(await row(before)).toMatchObject({ status: 'confirmed', name: 'Zoé', address: 'new@theatre.example' })
    expect(await row(old)).toMatchObject({ status: 'cancelled' })
    expect(await seating(eventId)).toMatchObject({ taken: 1 })
  })
})

describe('a person who is logged in moves with everything', () => {
  test('what is to come with letters, what is over without, standing registrations too; the old address is told', async () => {
    must(await createSeries(house, { slug: 'cafe', nature: 'format', nameFr: 'Café', nameEn: 'Café' }))
    const [coming, past] = [await anEvent(), await anEvent({ startsAt: '2026-11-24T09:00', endsAt: '2026-11-24T10:00' })]
    const { registrationId: kept } = must(await signUp(coming.slug, 'old@theatre.example'))
    const { registrationId: over } = must(await signUp(past.slug, 'old@theatre.example'))
    const anne = await loggedIn('old@theatre.example')
    must(await stand(anne, 'cafe', { name: 'Anne', email: 'old@theatre.example' }))
    setClock(new Date('2026-11-25T08:00:00Z'))
    const before = (await letters('old@theatre.example')).length

    expect(await change(anne, 'me', 'new@theatre.example')).toMatchObject({ ok: true, value: { manageToken: null } })
    expect(await again(anne)).toMatchObject({ address: 'new@theatre.example', addressFolds: ['new@theatre.example'] })
    expect(await row(kept)).toMatchObject({ address: 'new@theatre.example', status: 'confirmed' })
    expect(await row(over)).toMatchObject({ address: 'new@theatre.example', status: 'confirmed' })
    expect((await letters('old@theatre.example')).slice(before)).toEqual(['address-changed', 'registration-cancelled'])
    expect(await letters('new@theatre.example')).toEqual(['address-change', 'seat-confirmed'])
    expect(await db.standingRegistration.findFirstOrThrow()).toMatchObject({ address: 'new@theatre.example', generation: 1 })
    expect((await registrationsOfPerson((await again(anne)).addressFolds)).map(({ id }) => id).toSorted()).toEqual([kept, over].toSorted())
  })

  test('the link is good only where that person is logged in: nobody gives their registrations away by pressing it', async () => {
    const mallory = await loggedIn('mallory@theatre.example')
    must(await changeAddress(mallory, 'me', 'victim@theatre.example', 'add'))
    const token = await linkTo('victim@theatre.example')
    expect(await confirmAddress(guest, token)).toEqual({ ok: false, reason: 'forbidden' })
    expect(await confirmAddress(await loggedIn('victim@theatre.example'), token)).toEqual({ ok: false, reason: 'forbidden' })
    expect(await confirmAddress({ ...mallory, via: 'token' }, token)).toEqual({ ok: false, reason: 'forbidden' })
    expect(await db.otherAddress.count()).toBe(0)
  })

  test('an address of somebody who may do more is not taken over, and their role never raised', async () => {
    must(await appoint(house, { email: 'team@theatre.example', role: 'organiser' }))
    const anne = await loggedIn('anne@theatre.example')
    for (const means of ['add', 'replace'] as const) {
      expect(await change(anne, 'me', 'team@theatre.example', means)).toEqual({ ok: false, reason: 'outranked' })
    }
    expect(await personByFold('team@theatre.example')).toMatchObject({ role: 'organiser' })
    expect(await again(anne)).toMatchObject({ role: 'participant', addressFolds: ['anne@theatre.example'] })
    // The other way round it is theirs to decide.
    expect((await change(await loggedIn('team@theatre.example'), 'me', 'anne@theatre.example', 'add')).ok).toBe(true)
    expect(await personByFold('anne@theatre.example')).toMatchObject({ role: 'organiser', address: 'team@theatre.example' })
  })

  test('tokens of the API change no address', async () => {
    expect(await changeAddress({ ...(await loggedIn('anne@theatre.example')), via: 'token' }, 'me', 'x@theatre.example')).toEqual({ ok: false, reason: 'forbidden' })
    expect(await changeAddress(guest, 'me', 'x@theatre.example')).toEqual({ ok: false, reason: 'forbidden' })
  })
})

describe('two addresses of one person', () => {
  async function merged() {
    const anne = await loggedIn('anne@theatre.example')
    must(await change(anne, 'me', 'anne@home.example', 'add'))
    return again(anne)
  }

  test('either leads to the same person, whose registrations stay where they were made', async () => {
    const [work, home] = [await anEvent(), await anEvent()]
    must(await signUp(work.slug, 'anne@theatre.example'))
    const { registrationId } = must(await signUp(home.slug, 'anne@home.example'))
    const anne = await merged()
    expect(anne.addressFolds).toEqual(['anne@theatre.example', 'anne@home.example'])
    expect(await registrationsOfPerson(anne.addressFolds)).toHaveLength(2)
    expect(await seatOf(home.id, anne.addressFolds)).toMatchObject({ id: registrationId, address: 'anne@home.example' })
    expect((await cancel(anne, { id: registrationId })).ok).toBe(true)

    must(await openLogin(house, { address: 'anne@home.example', locale: 'fr' }))
    const { facts } = await db.letter.findFirstOrThrow({ where: { kind: 'log-in' } })
    const token = new URL((facts as { url: string }).url).searchParams.get('token') ?? ''
    expect(must(await enter(guest, { by: 'link', hash: proofHash(token) })).personId).toBe(anne.id)
    expect(await db.person.count()).toBe(1)
    expect(await letters('anne@theatre.example')).toContain('address-changed')
  })

  test('the person of the other address is merged: its sessions, tokens and calendar end', async () => {
    const other = await loggedIn('anne@home.example')
    await startSession({ personId: other.id, token: 'a-session-of-the-other', expires: new Date('2026-12-01') })
    const { token } = must(await renewFeed(other))
    expect(await personBySession('a-session-of-the-other')).not.toBeNull()
    await merged()
    expect(await personBySession('a-session-of-the-other')).toBeNull()
    expect(await db.person.count()).toBe(1)
    expect(await db.retiredCapability.count()).toBe(1)
    expect(token).toHaveLength(32)
  })

  test('where both hold a seat the later one goes to the line', async () => {
    const { id: eventId, slug } = await anEvent({ capacity: 2, waitlist: true })
    const { registrationId: first } = must(await signUp(slug, 'anne@home.example'))
    setClock(new Date(start.getTime() + 1000))
    const { registrationId: later } = must(await signUp(slug, 'anne@theatre.example'))
    const { registrationId: next } = must(await signUp(slug, 'next@theatre.example'))
    await merged()
    expect([(await row(first)).status, (await row(later)).status, (await row(next)).status]).toEqual(['confirmed', 'cancelled', 'confirmed'])
    expect(await seating(eventId)).toMatchObject({ taken: 2, waiting: 0 })
  })

  test('a second address may be taken off, and becomes the first by the same proof', async () => {
    const anne = await merged()
    expect(await removeAddress(anne, 'anne@theatre.example')).toEqual({ ok: false, reason: 'not-found' })
    expect(await removeAddress(await loggedIn('mallory@theatre.example'), 'anne@home.example')).toEqual({ ok: false, reason: 'not-found' })
    expect((await change(anne, 'me', 'anne@home.example')).ok).toBe(true)
    expect(await again(anne)).toMatchObject({ address: 'anne@home.example', addressFolds: ['anne@home.example'] })
    must(await change(await again(anne), 'me', 'anne@theatre.example', 'add'))
    expect((await removeAddress(await again(anne), 'anne@theatre.example')).ok).toBe(true)
    expect(await personByFold('anne@theatre.example')).toBeNull()
  })

  test('an address is never two persons’, whoever appoints or enters meanwhile', async () => {
    const anne = await merged()
    must(await appoint(house, { email: 'anne@home.example', role: 'organiser' }))
    expect(await again(anne)).toMatchObject({ role: 'organiser' })
    expect(await db.person.count()).toBe(1)
  })

  test('two who claim each other’s address at once become one person, not none', async () => {
    const [one, two] = [await loggedIn('one@theatre.example'), await loggedIn('two@theatre.example')]
    must(await changeAddress(one, 'me', 'two@theatre.example', 'add'))
    must(await changeAddress(two, 'me', 'one@theatre.example', 'add'))
    const outcomes = await Promise.all([confirmAddress(one, await linkTo('two@theatre.example')), confirmAddress(two, await linkTo('one@theatre.example'))])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await db.person.findMany({ include: { addresses: true } })).toMatchObject([{ addresses: [{}] }])
  })

  test('whoever registers with the new address in the moment of the change has one seat, not two', async () => {
    for (let round = 0; round < 8; round++) {
      const { id: eventId, slug } = await anEvent({ capacity: 5, waitlist: true })
      const { registrationId: id } = must(await signUp(slug, 'old@theatre.example'))
      must(await changeAddress(guest, linkOf(id), `new${round}@theatre.example`))
      const token = await linkTo(`new${round}@theatre.example`)
      await Promise.all([confirmAddress(guest, token), signUp(slug, `new${round}@theatre.example`)])
      expect(await seating(eventId)).toMatchObject({ taken: 1, waiting: 0 })
      expect(await db.registration.count({ where: { eventId, status: 'confirmed', addressFold: `new${round}@theatre.example` } })).toBe(1)
    }
  })
})
