import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { guest } from '@/lib/actor'
import { now, setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { edit } from '@/lib/events/edit'
import { keepAside } from '@/lib/events/keep-aside'
import { makeCode, revokeCode } from '@/lib/events/make-code'
import { addCompanion } from '@/lib/registrations/add-companion'
import { acceptOffer, passOffer } from '@/lib/registrations/answer-offer'
import { rearrange } from '@/lib/registrations/rearrange'
import { cancel } from '@/lib/registrations/cancel'
import { comeBack, takeBack } from '@/lib/registrations/come-back'
import { admit, askAccess, decline } from '@/lib/registrations/decide'
import { lapseDue } from '@/lib/registrations/lapse'
import { prove } from '@/lib/registrations/prove'
import { register } from '@/lib/registrations/register'
import { releaseAside } from '@/lib/registrations/release-aside'
import { registrationInput } from '@/lib/registrations/schema'
import { offerByHand, seatByHand } from '@/lib/registrations/seat-by-hand'
import { switchPlace } from '@/lib/registrations/switch-place'
import { fillSeats } from '@/lib/registrations/tell-change'
import { check } from '@/lib/worker/check'
import { anEvent, house, linkOf, must, signUp } from '@/tests/support/events'

const start = '2026-11-23T09:00:00Z'

beforeEach(() => setClock(new Date(start)))
afterEach(async () => {
  expect(await check()).toEqual([])
  setClock(null)
})

const minutesLater = (minutes: number) => setClock(new Date(now().getTime() + minutes * 60_000))
const rowOf = (id: string) => db.registration.findUniqueOrThrow({ where: { id } })
const statuses = async (...ids: string[]) => Promise.all(ids.map(async (id) => (await rowOf(id)).status))
const seated = async (slug: string, name: string) => must(await signUp(slug, `${name}@x.example`)).registrationId
const counters = (eventId: string) => db.seating.findFirstOrThrow({ where: { eventId }, select: { taken: true, waiting: true } })
const story = async (registrationId: string) => (await db.registrationStep.findMany({ where: { registrationId }, orderBy: { id: 'asc' } })).map(({ reason }) => reason)
const lettersOf = async (id: string) => (await db.letter.findMany({ where: { about: `registration/${id}` }, orderBy: { createdAt: 'asc' } })).map(({ kind }) => kind)

describe('proving the address', () => {
  test('holds a seat for thirty minutes, and the seat counts once the link is used', async () => {
    const { slug, id } = await anEvent({ provesAddress: true, capacity: 1, waitlist: true })
    const answer = must(await signUp(slug, 'anne@x.example'))
    expect(answer).toMatchObject({ status: 'pending', pending: 'proof', heldUntil: new Date('2026-11-23T09:30:00Z') })
    expect(await counters(id)).toEqual({ taken: 1, waiting: 0 })
    expect(must(await prove(guest, linkOf(answer.registrationId))).status).toBe('confirmed')
    expect(must(await prove(guest, linkOf(answer.registrationId))).status).toBe('confirmed')
    expect(await lettersOf(answer.registrationId)).toEqual(['address-to-prove', 'seat-confirmed'])
  })

  test('a seat that nobody proves goes to the next, and its link still leads back into line', async () => {
    const { slug, id } = await anEvent({ provesAddress: true, capacity: 1, waitlist: true })
    const anne = await seated(slug, 'anne')
    const bob = await seated(slug, 'bob')
    expect(must(await prove(guest, linkOf(bob))).status).toBe('waitlisted')
    minutesLater(29)
    expect(await lapseDue()).toBe(0)
    minutesLater(1)
    expect(await lapseDue()).toBe(1)
    expect(await statuses(anne, bob)).toEqual(['cancelled', 'confirmed'])
    expect(must(await comeBack(guest, linkOf(anne))).status).toBe('waitlisted')
    expect(await counters(id)).toEqual({ taken: 1, waiting: 1 })
  })

  test('whoever proves first late keeps the place they came with', async () => {
    const { slug } = await anEvent({ provesAddress: true, capacity: 1, waitlist: true })
    const [anne, bob, cleo] = [await seated(slug, 'anne'), await seated(slug, 'bob'), await seated(slug, 'cleo')]
    for (const id of [anne, cleo, bob]) must(await prove(guest, linkOf(id)))
    must(await cancel(guest, linkOf(anne)))
    expect(await statuses(bob, cleo)).toEqual(['confirmed', 'waitlisted'])
  })
})

describe('an organiser who says yes to each', () => {
  test('admits, declines with words, and nobody holds a seat before', async () => {
    const { slug, id } = await anEvent({ approves: true, capacity: 1, waitlist: true })
    const [anne, bob, cleo] = [await seated(slug, 'anne'), await seated(slug, 'bob'), await seated(slug, 'cleo')]
    expect(await counters(id)).toEqual({ taken: 0, waiting: 0 })
    expect(must(await admit(house, cleo)).status).toBe('confirmed')
    expect(must(await admit(house, anne)).status).toBe('waitlisted')
    must(await decline(house, bob, 'Le rendez-vous est pour les équipes techniques.'))
    expect(await admit(house, bob)).toMatchObject({ reason: 'not-pending' })
    expect(await admit(guest, anne)).toMatchObject({ reason: 'forbidden' })
    expect(await lettersOf(bob)).toEqual(['approval-awaited', 'registration-declined'])
    expect(await lettersOf(anne)).toEqual(['approval-awaited', 'seat-waitlisted'])
  })

  test('an outsider of a closed circle asks by the link, is let in, and may be made a member', async () => {
    const { slug } = await anEvent({ audience: 'members', capacity: 5 })
    const eve = await seated(slug, 'eve')
    must(await askAccess(guest, linkOf(eve), 'Je dirige le théâtre d’à côté.'))
    expect(must(await admit(house, eve, { asMember: true })).status).toBe('confirmed')
    expect(await db.member.count({ where: { value: 'eve@x.example' } })).toBe(1)
    must(await cancel(guest, linkOf(eve)))
    expect(must(await comeBack(guest, linkOf(eve))).status).toBe('confirmed')
    must(await cancel(guest, linkOf(eve)))
    // By the form anybody could type that address: it is proven anew.
    expect(must(await signUp(slug, 'eve@x.example')).status).toBe('pending')
    expect(await rowOf(eve)).toMatchObject({ status: 'pending', pendingFor: 'proof' })
  })
})

describe('offers', () => {
  const offering = () => anEvent({ capacity: 1, waitlist: true, offerHours: 24 })

  test('a freed seat is offered to the first in line, accepted, and counts all the while', async () => {
    const { slug, id } = await offering()
    const [anne, bob] = [await seated(slug, 'anne'), await seated(slug, 'bob')]
    must(await cancel(guest, linkOf(anne)))
    expect(await rowOf(bob)).toMatchObject({ status: 'offered', heldUntil: new Date('2026-11-25T09:00:00Z') })
    expect(await counters(id)).toEqual({ taken: 1, waiting: 0 })
    must(await acceptOffer(guest, linkOf(bob)))
    must(await acceptOffer(guest, linkOf(bob)))
    expect(await lettersOf(bob)).toEqual(['seat-waitlisted', 'seat-offered', 'seat-confirmed'])
  })

  test('who refuses lets this seat go on and is asked again for the next one', async () => {
    const { slug, id } = await offering()
    const [anne, bob, cleo] = [await seated(slug, 'anne'), await seated(slug, 'bob'), await seated(slug, 'cleo')]
    must(await cancel(guest, linkOf(anne)))
    must(await passOffer(guest, linkOf(bob)))
    expect(await statuses(bob, cleo)).toEqual(['waitlisted', 'offered'])
    must(await cancel(guest, linkOf(cleo)))
    expect(await statuses(bob, cleo)).toEqual(['offered', 'cancelled'])
    must(await passOffer(guest, linkOf(bob)))
    expect(await counters(id)).toEqual({ taken: 0, waiting: 0 })
    // Nobody else wants it: the seat is for whoever comes, and bob waits for the next.
    expect(await statuses(await seated(slug, 'dora'))).toEqual(['confirmed'])
  })

  test('an offer that nobody answers lapses and moves on; who leaves for good is asked no more', async () => {
    const { slug } = await offering()
    const [anne, bob, cleo, dora] = [await seated(slug, 'anne'), await seated(slug, 'bob'), await seated(slug, 'cleo'), await seated(slug, 'dora')]
    must(await cancel(guest, linkOf(anne)))
    minutesLater(48 * 60)
    await lapseDue()
    expect(await statuses(bob, cleo)).toEqual(['waitlisted', 'offered'])
    expect(await acceptOffer(guest, linkOf(bob))).toMatchObject({ reason: 'offer-over' })
    must(await cancel(guest, linkOf(cleo)))
    must(await cancel(guest, linkOf(bob)))
    expect(await statuses(bob, cleo, dora)).toEqual(['cancelled', 'cancelled', 'offered'])
  })

  test('too near the start nothing is offered, the story says why once, and the organiser offers by hand', async () => {
    const { slug } = await offering()
    const [anne, bob, cleo] = [await seated(slug, 'anne'), await seated(slug, 'bob'), await seated(slug, 'cleo')]
    setClock(new Date('2027-01-14T07:20:00Z'))
    must(await cancel(guest, linkOf(anne)))
    await fillSeats((await rowOf(bob)).eventId)
    const steps = await db.registrationStep.findMany({ where: { registrationId: bob, reason: 'not-offered' } })
    expect(steps.map(({ detail }) => detail)).toEqual([{ minutes: 40 }])
    expect(must(await offerByHand(house, cleo)).until).toEqual(new Date('2027-01-14T08:00:00Z'))
    expect(await seatByHand(house, bob)).toMatchObject({ reason: 'full' })
    must(await passOffer(guest, linkOf(cleo)))
    must(await seatByHand(house, bob))
    expect(await statuses(bob, cleo)).toEqual(['confirmed', 'waitlisted'])
  })
})

describe('a seat given back', () => {
  test('is taken back within ten minutes as it was, companions too', async () => {
    const { slug, id } = await anEvent({ capacity: 3 })
    const anne = await seated(slug, 'anne')
    must(await addCompanion(guest, linkOf(anne), 'Bob'))
    must(await cancel(guest, linkOf(anne)))
    expect(await counters(id)).toEqual({ taken: 0, waiting: 0 })
    minutesLater(9)
    must(await takeBack(guest, linkOf(anne)))
    expect(await counters(id)).toEqual({ taken: 2, waiting: 0 })
    expect(await story(anne)).toEqual(['form', 'companion-added', 'cancelled', 'taken-back'])
  })

  test('is not taken back later, nor when somebody has it', async () => {
    const { slug } = await anEvent({ capacity: 1, waitlist: true })
    const [anne, bob] = [await seated(slug, 'anne'), await seated(slug, 'bob')]
    must(await cancel(guest, linkOf(anne)))
    expect(await takeBack(guest, linkOf(anne))).toMatchObject({ reason: 'taken' })
    must(await cancel(guest, linkOf(bob)))
    minutesLater(11)
    expect(await takeBack(guest, linkOf(bob))).toMatchObject({ reason: 'too-late' })
    expect(must(await comeBack(guest, linkOf(bob))).status).toBe('confirmed')
  })

  test('by an organiser is not for the person to take back', async () => {
    const { slug } = await anEvent({ capacity: 2 })
    const anne = await seated(slug, 'anne')
    must(await cancel(house, { id: anne }))
    expect(await takeBack(guest, linkOf(anne))).toMatchObject({ reason: 'too-late' })
  })
})

describe('codes and seats kept aside', () => {
  const byCode = (slug: string, name: string, code: string) => register(guest, slug, registrationInput.parse({ name, email: `${name}@x.example`, code }))

  test('a code lets in whom no list names, as often as was said', async () => {
    const { slug } = await anEvent({ audience: 'invited', capacity: 5 })
    const { code, id } = must(await makeCode(house, slug, { most: 2 }))
    expect(must(await byCode(slug, 'anne', code.toUpperCase())).status).toBe('confirmed')
    expect(must(await byCode(slug, 'bob', ` ${code.slice(0, 4)}-${code.slice(4)}`)).status).toBe('confirmed')
    expect(await byCode(slug, 'cleo', code)).toMatchObject({ reason: 'invalid', fields: [{ field: 'code', reason: 'unknown' }] })
    must(await revokeCode(house, id))
    expect(await byCode(slug, 'dora', 'zzzz-zzzz')).toMatchObject({ reason: 'invalid' })
  })

  test('of two at the last use of a code one comes in', async () => {
    const { slug } = await anEvent({ audience: 'invited', capacity: 50 })
    const { code } = must(await makeCode(house, slug, { most: 3 }))
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => byCode(slug, `p${n}`, code)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(3)
  })

  test('seats kept aside count as taken, are for those with the code, and go to the line when they are released', async () => {
    const { slug, id } = await anEvent({ capacity: 3, waitlist: true })
    const { id: aside, code } = must(await keepAside(house, slug, { organisation: 'Théâtre de la Ville', seats: 2 }))
    expect(await keepAside(house, slug, { organisation: 'Autre', seats: 2 })).toMatchObject({ reason: 'invalid', fields: [{ field: 'seats', reason: 'more-than-free' }] })
    const [anne, bob] = [await seated(slug, 'anne'), await seated(slug, 'bob')]
    expect(await statuses(anne, bob)).toEqual(['confirmed', 'waitlisted'])
    const cleo = must(await byCode(slug, 'cleo', code))
    expect(cleo.status).toBe('confirmed')
    expect(await counters(id)).toEqual({ taken: 3, waiting: 1 })
    must(await cancel(guest, linkOf(cleo.registrationId)))
    expect(await statuses(bob)).toEqual(['waitlisted'])
    must(await takeBack(guest, linkOf(cleo.registrationId)))
    expect(must(await releaseAside(house, aside)).freed).toBe(1)
    expect(await statuses(bob, cleo.registrationId)).toEqual(['confirmed', 'confirmed'])
    expect(await counters(id)).toEqual({ taken: 3, waiting: 0 })
  })

  test('when the seats kept aside are used up, the code seats like everybody', async () => {
    const { slug } = await anEvent({ capacity: 2, waitlist: true })
    const { code } = must(await keepAside(house, slug, { organisation: 'Le Lieu', seats: 1 }))
    const answers = [must(await byCode(slug, 'anne', code)), must(await byCode(slug, 'bob', code)), must(await byCode(slug, 'cleo', code))]
    expect(answers.map(({ status }) => status)).toEqual(['confirmed', 'confirmed', 'waitlisted'])
  })
})

describe('the doors', () => {
  test('open when they are said to, for everybody but the organiser', async () => {
    const { slug } = await anEvent({ opensAt: '2026-12-01T09:00', capacity: 5 })
    expect(await signUp(slug, 'anne@x.example')).toMatchObject({ reason: 'closed' })
    const byHand = registrationInput.parse({ name: 'Bob', email: 'bob@x.example' })
    expect(must(await register(house, slug, byHand, 'organiser')).status).toBe('confirmed')
    setClock(new Date('2026-12-01T08:00:00Z'))
    expect(must(await signUp(slug, 'anne@x.example')).status).toBe('confirmed')
  })

  test('from the room to the screen with a companion; the seats left go to the line', async () => {
    const { slug, id } = await anEvent({ mode: 'hybrid', capacity: 2, screenCapacity: 2, waitlist: true })
    const anne = must(await signUp(slug, 'anne@x.example', { place: 'room' })).registrationId
    must(await addCompanion(guest, linkOf(anne), 'Bob'))
    const cleo = must(await signUp(slug, 'cleo@x.example', { place: 'room' })).registrationId
    expect(await statuses(cleo)).toEqual(['waitlisted'])
    must(await switchPlace(guest, linkOf(anne), 'screen'))
    expect(await statuses(anne, cleo)).toEqual(['confirmed', 'confirmed'])
    expect(await switchPlace(guest, linkOf(cleo), 'screen')).toMatchObject({ reason: 'full' })
    expect(await db.seating.findMany({ where: { eventId: id }, orderBy: { place: 'asc' }, select: { place: true, taken: true, waiting: true } })).toEqual([
      { place: 'room', taken: 1, waiting: 0 }, { place: 'screen', taken: 2, waiting: 0 },
    ])
  })

  test('when the room closes and the session goes online, everybody follows, in line too', async () => {
    const { slug, id } = await anEvent({ mode: 'in-person', capacity: 2, waitlist: true })
    const [anne, bob, cleo] = [await seated(slug, 'anne'), await seated(slug, 'bob'), await seated(slug, 'cleo')]
    expect(await rearrange(house, slug, { mode: 'online', capacity: 1 })).toMatchObject({ reason: 'invalid', fields: [{ field: 'capacity', reason: 'below-seats-taken' }] })
    must(await rearrange(house, slug, { mode: 'online' }))
    expect(await db.seating.findMany({ where: { eventId: id }, select: { place: true, capacity: true, taken: true, waiting: true } })).toEqual([{ place: 'screen', capacity: 2, taken: 2, waiting: 1 }])
    must(await cancel(guest, linkOf(anne)))
    expect(await statuses(bob, cleo)).toEqual(['confirmed', 'confirmed'])
    expect(await rowOf(cleo)).toMatchObject({ place: 'screen' })
  })

  test('as many companions as the event allows, and none where it allows none', async () => {
    const { slug } = await anEvent({ companionsMost: 0, capacity: 5 })
    const anne = await seated(slug, 'anne')
    expect(await addCompanion(guest, linkOf(anne), 'Bob')).toMatchObject({ reason: 'too-many' })
  })

  test('once registering is over nobody brings somebody by the link, an organiser still may', async () => {
    const { slug } = await anEvent({ closesAt: '2026-12-01T09:00', capacity: 5 })
    const anne = await seated(slug, 'anne')
    setClock(new Date('2026-12-01T08:00:00Z'))
    expect(await addCompanion(guest, linkOf(anne), 'Bob')).toMatchObject({ reason: 'closed' })
    must(await addCompanion(house, { id: anne }, 'Bob'))
  })

  test('raising the capacity moves the line by offers where the event makes offers', async () => {
    const { slug, id } = await anEvent({ capacity: 1, waitlist: true, offerHours: 2 })
    const [, bob, cleo] = [await seated(slug, 'anne'), await seated(slug, 'bob'), await seated(slug, 'cleo')]
    must(await edit(house, slug, { capacity: 3 }))
    await fillSeats(id)
    expect(await statuses(bob, cleo)).toEqual(['offered', 'offered'])
    expect(await edit(house, slug, { capacity: 2 })).toMatchObject({ reason: 'invalid' })
  })
})
