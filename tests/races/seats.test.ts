import { expect, test } from 'vitest'
import { guest } from '@/lib/actor'
import { db, inTransaction } from '@/lib/db'
import { edit } from '@/lib/events/edit'
import { keepAside } from '@/lib/events/keep-aside'
import { lockSeating } from '@/lib/events/take-seats'
import { newId } from '@/lib/ids'
import { cancel } from '@/lib/registrations/cancel'
import { addCompanion } from '@/lib/registrations/add-companion'
import { register } from '@/lib/registrations/register'
import { releaseAside } from '@/lib/registrations/release-aside'
import { registrationInput } from '@/lib/registrations/schema'
import { check } from '@/lib/worker/check'
import { aDraft, anEvent, house, linkOf, must, signUp } from '@/tests/support/events'

const tally = (statuses: string[]) => Object.fromEntries([...new Set(statuses)].sort().map((one) => [one, statuses.filter((other) => other === one).length]))

/** How many statements wait for a row that another transaction holds. */
async function waitingForLocks() {
  const [{ count }] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  return count
}

/**
 * How seats are sold without the guard: look, then write. Everybody has looked before anybody writes: the moment that
 * a busy day brings by chance is brought here each time.
 */
async function lookThenWrite(eventId: string, n: number, everybodyLooked: () => Promise<void>) {
  return inTransaction(async (tx) => {
    const { capacity } = await tx.seating.findFirstOrThrow({ where: { eventId } })
    const taken = await tx.registration.count({ where: { eventId, status: 'confirmed' } })
    await everybodyLooked()
    if (taken >= capacity!) return 'full'
    const id = newId()
    await tx.registration.create({
      data: { id, eventId, place: 'screen', status: 'confirmed', name: 'x', address: `r${n}@x.example`, addressFold: `r${n}@x.example`, locale: 'fr', timeZone: 'Europe/Paris', line: n, manageHash: id, replyHash: id },
    })
    return 'confirmed'
  })
}

/** Resolves for all once as many have come. */
function meeting(people: number) {
  let arrived = 0
  let open = () => {}
  const all = new Promise<void>((resolve) => (open = resolve))
  return () => {
    if (++arrived === people) open()
    return all
  }
}

test('without the guard, the race sells more seats than there are', async () => {
  const { id } = await anEvent({ capacity: 2 })
  const everybodyLooked = meeting(6)
  await Promise.all(Array.from({ length: 6 }, (_, n) => lookThenWrite(id, n, everybodyLooked)))
  expect(await db.registration.count({ where: { eventId: id, status: 'confirmed' } })).toBeGreaterThan(2)
})

test('300 people at 40 seats: 40 are seated, 260 wait, in the order they came', async () => {
  const { id, slug } = await anEvent({ capacity: 40, waitlist: true })
  const answers = await Promise.all(Array.from({ length: 300 }, (_, n) => signUp(slug, `p${n}@x.example`)))
  expect(tally(answers.map((one) => (one.ok ? one.value.status : one.reason)))).toEqual({ confirmed: 40, waitlisted: 260 })
  expect(await db.registration.count({ where: { eventId: id, status: 'confirmed', line: { lte: 40 } } })).toBe(40)
  expect(await db.letter.count({ where: { eventId: id } })).toBe(300)
  expect(await check()).toEqual([])
})

test('without a line, the last seats go to as many people as there are seats', async () => {
  const { slug } = await anEvent({ capacity: 7 })
  const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => signUp(slug, `q${n}@x.example`)))
  expect(tally(answers.map((one) => (one.ok ? one.value.status : one.reason)))).toEqual({ confirmed: 7, full: 93 })
  expect(await check()).toEqual([])
})

test('2,000 people at 100 seats, by each door, members and guests of the same moment: 100 are seated', async () => {
  const { id, slug } = await anEvent({ capacity: 100 })
  const answers = await Promise.all(
    Array.from({ length: 2000 }, (_, n) => register(n % 3 === 0 ? house : guest, slug, registrationInput.parse({ name: 'Anne', email: `t${n}@x.example` }), n % 3 === 0 ? 'organiser' : n % 3 === 1 ? 'api' : 'form')),
  )
  expect(tally(answers.map((one) => (one.ok ? one.value.status : one.reason)))).toEqual({ confirmed: 100, full: 1900 })
  expect([await db.registration.count({ where: { eventId: id } }), await db.letter.count({ where: { eventId: id } })]).toEqual([100, 100])
  expect(await check()).toEqual([])
})

test('one address sent fifty times at once is one registration', async () => {
  const { id, slug } = await anEvent({ capacity: 10, waitlist: true })
  const answers = await Promise.all(Array.from({ length: 50 }, () => signUp(slug, 'same@x.example')))
  expect(answers.every((one) => one.ok)).toBe(true)
  expect(await db.registration.count({ where: { eventId: id } })).toBe(1)
  expect(await db.seating.findFirst({ where: { eventId: id } })).toMatchObject({ taken: 1, waiting: 0 })
  expect(await check()).toEqual([])
})

test('people who come, leave, come back and bring colleagues at once leave the counters true', async () => {
  const { slug } = await anEvent({ capacity: 15, waitlist: true })
  const people = await Promise.all(Array.from({ length: 60 }, async (_, n) => must(await signUp(slug, `r${n}@x.example`)).registrationId))
  await Promise.all(
    people.flatMap((id, n) => [
      n % 3 === 0 ? cancel(guest, linkOf(id)) : addCompanion(guest, linkOf(id), 'Colleague'),
      n % 6 === 0 ? register(guest, slug, { name: 'Back', email: `r${n}@x.example` }) : signUp(slug, `late${n}@x.example`),
    ]),
  )
  expect(await check()).toEqual([])
})

test('an organiser who changes the event while people register makes nobody wait in a circle', async () => {
  const { id, slug } = await anEvent({ capacity: 100 })
  const all = await Promise.allSettled([
    ...Array.from({ length: 120 }, (_, n) => signUp(slug, `s${n % 60}@x.example`)),
    ...Array.from({ length: 12 }, (_, n) => edit(house, slug, { capacity: 100 + n, summary: `${n}` })),
  ])
  expect(all.filter((one) => one.status === 'rejected')).toEqual([])
  expect(await db.registration.count({ where: { eventId: id } })).toBe(60)
  expect(await check()).toEqual([])
})

test('a seat that comes free while somebody is at the door is theirs', async () => {
  const { id, slug } = await anEvent({ capacity: 1, waitlist: true })
  must(await signUp(slug, 'first@x.example'))
  const [answer] = await inTransaction(async (tx) => {
    await lockSeating(tx, id, 'screen')
    const atTheDoor = signUp(slug, 'second@x.example')
    await expect.poll(waitingForLocks, { timeout: 5000 }).toBeGreaterThan(0)
    await tx.seating.updateMany({ where: { eventId: id }, data: { capacity: 2 } })
    return [atTheDoor] as const
  })
  expect(must(await answer).status).toBe('confirmed')
  expect(await check()).toEqual([])
})

test('seats kept aside are let go once, by whoever was first of several', async () => {
  const { slug } = await anEvent({ capacity: 3, waitlist: true })
  const { id } = must(await keepAside(house, slug, { organisation: 'Un théâtre', seats: 2 }))
  await Promise.all([1, 2, 3].map((n) => signUp(slug, `w${n}@x.example`)))
  const answers = await Promise.all(Array.from({ length: 6 }, () => releaseAside(house, id)))
  expect(tally(answers.map((one) => (one.ok ? `freed ${one.value.freed}` : one.reason)))).toEqual({ 'freed 2': 1, 'not-found': 5 })
  expect(await db.registration.count({ where: { status: 'confirmed' } })).toBe(3)
  expect(await check()).toEqual([])
})

test('two who give their events the same name at once both have one', async () => {
  const made = await Promise.all(Array.from({ length: 8 }, () => aDraft({ title: 'Le même nom' })))
  expect(new Set(made.map(({ slug }) => slug)).size).toBe(8)
})
