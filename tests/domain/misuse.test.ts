import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { guest } from '@/lib/actor'
import { now, setClock } from '@/lib/clock'
import { db, inTransaction } from '@/lib/db'
import { callOff } from '@/lib/events/call-off'
import { keepAside } from '@/lib/events/keep-aside'
import { makeCode } from '@/lib/events/make-code'
import { log } from '@/lib/log'
import { lettersAboutEach } from '@/lib/mail/queries'
import { writeLetter } from '@/lib/mail/write-letter'
import { passOffer } from '@/lib/registrations/answer-offer'
import { composeAboutRegistration } from '@/lib/registrations/letters'
import { cancel } from '@/lib/registrations/cancel'
import { comeBack } from '@/lib/registrations/come-back'
import { correctAddress } from '@/lib/registrations/correct-address'
import { admit } from '@/lib/registrations/decide'
import { lapseDue } from '@/lib/registrations/lapse'
import { prove } from '@/lib/registrations/prove'
import { rearrange } from '@/lib/registrations/rearrange'
import { register } from '@/lib/registrations/register'
import { registrationInput } from '@/lib/registrations/schema'
import { fillSeats, tellCalledOff } from '@/lib/registrations/tell-change'
import { check } from '@/lib/worker/check'
import { handlers } from '@/lib/worker/handlers'
import { anEvent, house, linkOf, must, signUp } from '@/tests/support/events'

const start = new Date('2026-11-23T09:00:00Z')

beforeEach(() => setClock(start))
afterEach(async () => {
  expect(await check()).toEqual([])
  setClock(null)
})

const minutesLater = (minutes: number) => setClock(new Date(now().getTime() + minutes * 60_000))
const rowOf = (email: string, slug: string) => db.registration.findFirstOrThrow({ where: { addressFold: email, event: { slug } } })
const withCode = (slug: string, email: string, code: string) => register(guest, slug, registrationInput.parse({ name: 'Anne Martin', email, code }))
const correct = (slug: string, registrationId: string, to: string) => correctAddress(guest, { slug, registrationId, name: 'Eve', locale: 'fr' }, to)

describe('whoever typed an address that is not theirs', () => {
  test('takes nothing away from its owner, once the owner has used the link', async () => {
    for (const said of [{ provesAddress: true }, {}, { audience: 'members' as const }]) {
      const { slug } = await anEvent({ capacity: 3, ...said })
      await db.member.createMany({ data: [{ kind: 'address', value: 'victim@x.example', createdAt: now() }], skipDuplicates: true })
      const { registrationId } = must(await signUp(slug, 'victim@x.example'))
      minutesLater(1)
      must(await prove(guest, linkOf(registrationId)))
      must(await correct(slug, registrationId, 'eve@x.example'))
      expect(await rowOf('victim@x.example', slug)).toMatchObject({ status: 'confirmed', generation: 0 })
    }
  })

  test('does not carry off what an organiser said yes to', async () => {
    const { slug } = await anEvent({ approves: true, capacity: 3 })
    const { registrationId } = must(await signUp(slug, 'minister@x.example'))
    minutesLater(1)
    must(await admit(house, registrationId))
    must(await correct(slug, registrationId, 'eve@x.example'))
    expect(await rowOf('eve@x.example', slug)).toMatchObject({ status: 'pending', pendingFor: 'approval' })
  })

  test('fills no mailbox by to and fro: what is withdrawn waits for its turn, too', async () => {
    // Whether a letter waits is told by the database's clock.
    setClock(null)
    const { slug } = await anEvent()
    const { registrationId } = must(await signUp(slug, 'victim@x.example'))
    for (const to of ['eve@x.example', 'victim@x.example', 'eve@x.example', 'victim@x.example']) must(await correct(slug, registrationId, to))
    const letters = await db.letter.findMany({ where: { about: `registration/${registrationId}`, toAddress: 'victim@x.example' } })
    expect(letters).toHaveLength(5)
    expect(letters.filter(({ heldFor }) => heldFor === null)).toHaveLength(3)
  })

  test('gives nothing up where the right address would be refused', async () => {
    const { slug } = await anEvent({ audience: 'members', closesAt: '2026-11-23T10:10' })
    await db.member.createMany({ data: [{ kind: 'address', value: 'ane@x.example', createdAt: now() }] })
    const { registrationId } = must(await signUp(slug, 'ane@x.example'))
    minutesLater(15)
    expect(await correct(slug, registrationId, 'anne@x.example')).toMatchObject({ ok: false, reason: 'closed' })
    expect(await rowOf('ane@x.example', slug)).toMatchObject({ status: 'pending', pendingFor: 'proof' })
  })
})

test('a mistake in the address loses nothing of what an entry code opened', async () => {
  const { slug } = await anEvent({ audience: 'invited', capacity: 3 })
  const { code } = must(await makeCode(house, slug, { most: 1 }))
  const { registrationId } = must(await withCode(slug, 'ane@x.example', code))
  must(await correct(slug, registrationId, 'anne@x.example'))
  expect(await rowOf('anne@x.example', slug)).toMatchObject({ id: registrationId, status: 'confirmed' })
})

test('the place that was chosen is kept when the address is put right', async () => {
  const { slug } = await anEvent({ mode: 'hybrid', audience: 'invited', capacity: 5, screenCapacity: 5 })
  const { registrationId } = must(await signUp(slug, 'ane@x.example', { place: 'screen' }))
  must(await correctAddress(guest, { slug, registrationId, name: 'Anne', locale: 'fr', place: 'screen' }, 'anne@x.example'))
  expect(await rowOf('anne@x.example', slug)).toMatchObject({ place: 'screen' })
})

describe('an entry code', () => {
  test('is not used up by those for whom there was no seat', async () => {
    const { slug } = await anEvent({ capacity: 1 })
    const { id, code } = must(await makeCode(house, slug, { most: 2 }))
    const { registrationId } = must(await signUp(slug, 'anne@x.example'))
    for (const name of ['bob', 'cleo', 'dora']) expect(await withCode(slug, `${name}@x.example`, code)).toMatchObject({ ok: false, reason: 'full' })
    expect(await db.entryCode.findUniqueOrThrow({ where: { id } })).toMatchObject({ used: 0 })
    must(await cancel(guest, linkOf(registrationId)))
    expect(must(await withCode(slug, 'bob@x.example', code)).status).toBe('confirmed')
    // Somebody who had cancelled, too.
    expect(await withCode(slug, 'anne@x.example', code)).toMatchObject({ ok: false, reason: 'full' })
    expect(await db.entryCode.findUniqueOrThrow({ where: { id } })).toMatchObject({ used: 1 })
  })

  test('leads to the seats kept aside where addresses are proven, and what nobody proves is kept aside again', async () => {
    const { slug } = await anEvent({ provesAddress: true, capacity: 2 })
    const { id, code } = must(await keepAside(house, slug, { organisation: 'Théâtre de la Ville', seats: 2 }))
    const anne = must(await withCode(slug, 'anne@x.example', code))
    const bob = must(await withCode(slug, 'bob@x.example', code))
    expect([anne.status, bob.status]).toEqual(['pending', 'pending'])
    expect(await withCode(slug, 'cleo@x.example', code)).toMatchObject({ ok: false, reason: 'full' })
    expect(await check()).toEqual([])
    expect(must(await prove(guest, linkOf(anne.registrationId))).status).toBe('confirmed')
    minutesLater(30)
    expect(await lapseDue()).toBe(1)
    expect(await db.allotment.findUniqueOrThrow({ where: { id } })).toMatchObject({ used: 1 })
    expect(must(await withCode(slug, 'cleo@x.example', code)).status).toBe('pending')
  })

  test('seats whoever waits or asks already on what is kept for them', async () => {
    const { slug, id: eventId } = await anEvent({ capacity: 3, waitlist: true })
    const { code } = must(await keepAside(house, slug, { organisation: 'Théâtre de la Ville', seats: 2 }))
    must(await signUp(slug, 'anne@x.example'))
    expect(must(await signUp(slug, 'bob@x.example')).status).toBe('waitlisted')
    expect(must(await withCode(slug, 'bob@x.example', code)).status).toBe('confirmed')
    expect(await rowOf('bob@x.example', slug)).toMatchObject({ status: 'confirmed' })
    expect(await db.seating.findFirstOrThrow({ where: { eventId } })).toMatchObject({ taken: 3, waiting: 0 })
    must(await cancel(guest, linkOf((await rowOf('bob@x.example', slug)).id)))

    const closed = await anEvent({ audience: 'invited', mode: 'hybrid', capacity: 1, screenCapacity: 1 })
    const aside = must(await keepAside(house, closed.slug, { organisation: 'Théâtre de la Ville', place: 'screen', seats: 1 }))
    must(await signUp(closed.slug, 'eve@x.example'))
    expect(must(await withCode(closed.slug, 'eve@x.example', aside.code)).status).toBe('confirmed')
    expect(await rowOf('eve@x.example', closed.slug)).toMatchObject({ status: 'confirmed', place: 'screen', pendingFor: null })
  })
})

describe('an event that is moved nearer while seats are held', () => {
  test('holds nothing beyond its start, and tells nobody of an offer that is over when it has begun', async () => {
    const { slug, id } = await anEvent({ capacity: 1, waitlist: true, offerHours: 48 })
    const anne = must(await signUp(slug, 'anne@x.example')).registrationId
    must(await signUp(slug, 'bob@x.example'))
    must(await cancel(guest, linkOf(anne)))
    must(await rearrange(house, slug, { startsAt: '2026-11-23T16:00', endsAt: '2026-11-23T17:00' }))
    await fillSeats(id)
    minutesLater(5)
    expect(await check()).toEqual([])
    setClock(new Date('2026-11-23T15:00:00Z'))
    expect(await lapseDue()).toBe(1)
    const letter = await db.letter.findFirstOrThrow({ where: { eventId: id, kind: 'offer-passed' } })
    expect(await composeAboutRegistration(letter)).toBeNull()
  })
})

describe('an organiser’s yes', () => {
  test('is not kept by a registration for which there was no seat', async () => {
    const { slug } = await anEvent({ approves: true, capacity: 1 })
    const [anne, eve] = [must(await signUp(slug, 'anne@x.example')), must(await signUp(slug, 'eve@x.example'))]
    must(await admit(house, anne.registrationId))
    expect(await admit(house, eve.registrationId)).toMatchObject({ reason: 'full' })
    expect(await rowOf('eve@x.example', slug)).toMatchObject({ status: 'pending', approvedAt: null })
  })

  test('ends with the seat that an organiser takes away: the old link asks again', async () => {
    const { slug } = await anEvent({ approves: true, capacity: 2 })
    const { registrationId } = must(await signUp(slug, 'eve@x.example'))
    must(await admit(house, registrationId))
    must(await cancel(house, { id: registrationId }))
    expect(must(await comeBack(guest, linkOf(registrationId))).status).toBe('pending')
    must(await admit(house, registrationId))
    must(await cancel(guest, linkOf(registrationId)))
    expect(must(await comeBack(guest, linkOf(registrationId))).status).toBe('confirmed')
  })
})

test('whoever waits for an organiser’s word is told when there is nothing to wait for any more', async () => {
  const { slug, id } = await anEvent({ approves: true })
  must(await signUp(slug, 'anne@x.example'))
  must(await callOff(house, slug))
  await tellCalledOff(id, 1)
  const letters = await db.letter.findMany({ where: { toAddress: 'anne@x.example' }, orderBy: { createdAt: 'asc' } })
  expect(letters.map(({ kind }) => kind)).toEqual(['approval-awaited', 'event-called-off'])
  expect(await composeAboutRegistration(letters[1])).toMatchObject({ letter: { kind: 'event-called-off' } })
})

test('an edit that adds no seat asks nobody again for the one they passed', async () => {
  const { slug, id } = await anEvent({ capacity: 1, waitlist: true, offerHours: 24 })
  const anne = must(await signUp(slug, 'anne@x.example')).registrationId
  const bob = must(await signUp(slug, 'bob@x.example')).registrationId
  must(await cancel(guest, linkOf(anne)))
  must(await passOffer(guest, linkOf(bob)))
  const edited = async (patch: Parameters<typeof rearrange>[2]) => {
    await db.$executeRaw`DELETE FROM pgboss.job WHERE name = 'seats-added'`
    must(await rearrange(house, slug, patch))
    const [{ data }] = await db.$queryRaw<{ data: { eventId: string; more?: boolean } }[]>`SELECT data FROM pgboss.job WHERE name = 'seats-added'`
    await handlers['seats-added'](data)
    return (await rowOf('bob@x.example', slug)).status
  }
  expect(await edited({ summary: 'Une coquille de moins.' })).toBe('waitlisted')
  expect(await edited({ capacity: 1 })).toBe('waitlisted')
  expect(await edited({ capacity: 2 })).toBe('offered')
  expect(await db.seating.findFirstOrThrow({ where: { eventId: id } })).toMatchObject({ taken: 1, waiting: 0 })
})

test('that somebody said a need is known from no list of letters but their keepers’', async () => {
  const { slug } = await anEvent()
  const { registrationId } = must(await signUp(slug, 'anne@x.example'))
  await inTransaction((tx) => writeLetter(tx, { about: `registration/${registrationId}`, kind: 'access-answered', revision: 1, locale: 'fr', to: { address: 'anne@x.example' } }))
  const kinds = async (needs: boolean) => [...(await lettersAboutEach([`registration/${registrationId}`], { needs })).values()].flat().map(({ kind }) => kind)
  expect(await kinds(false)).toEqual(['seat-confirmed'])
  expect(await kinds(true)).toContain('access-answered')
  await db.letter.deleteMany({ where: { kind: 'access-answered' } })
})

test('one hold that cannot be ended keeps nobody else from the line', async () => {
  vi.spyOn(log, 'warn').mockImplementation(() => {})
  const [broken, sound] = [await anEvent({ provesAddress: true, capacity: 1 }), await anEvent({ provesAddress: true, capacity: 1 })]
  must(await signUp(broken.slug, 'anne@x.example'))
  minutesLater(1)
  must(await signUp(sound.slug, 'bob@x.example'))
  await db.seating.updateMany({ where: { eventId: broken.id }, data: { taken: 0 } })
  minutesLater(30)
  expect(await lapseDue()).toBe(1)
  expect(await rowOf('bob@x.example', sound.slug)).toMatchObject({ status: 'cancelled' })
  await db.seating.updateMany({ where: { eventId: broken.id }, data: { taken: 1 } })
  expect(await lapseDue()).toBe(1)
})
