import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { guest } from '@/lib/actor'
import { config } from '@/lib/config'
import { db, inTransaction } from '@/lib/db'
import { edit } from '@/lib/events/edit'
import { lockSeating } from '@/lib/events/take-seats'
import { tie } from '@/lib/inbox/tie'
import { deliverDue } from '@/lib/mail/deliver'
import { cancel } from '@/lib/registrations/cancel'
import { check } from '@/lib/worker/check'
import { compose } from '@/lib/worker/compose'
import { anEvent, house, linkOf, must, signUp } from '@/tests/support/events'
import { answers, bounce, invited, kindsTo, reply, standing } from '@/tests/support/inbox'

// Its own connection: those of the program are all waiting.
const watcher = new pg.Client({ connectionString: config().databaseUrl })
beforeAll(() => watcher.connect())
afterAll(() => watcher.end())

/** How many statements wait for a row that another transaction holds. */
async function waitingForLocks() {
  const { rows } = await watcher.query<{ count: number }>(`
    SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`)
  return rows[0].count
}

/** All of these wait behind the counter of a place, and then find one another's work. */
async function atOnce(eventId: string, acts: (() => Promise<unknown>)[]) {
  let ended: Promise<unknown>[] = []
  await inTransaction(async (tx) => {
    await lockSeating(tx, eventId, 'screen')
    ended = acts.map((act) => act())
    while ((await waitingForLocks()) < Math.min(acts.length, 8)) await new Promise((resolve) => setTimeout(resolve, 5))
  })
  return Promise.all(ended)
}

test('twenty people decline at once: their seats go to the line in its order', async () => {
  const { slug, id } = await anEvent({ capacity: 20, waitlist: true })
  const seated = await Promise.all(Array.from({ length: 20 }, (_, n) => signUp(slug, `s${n}@x.example`).then(must)))
  const line: string[] = []
  for (let n = 0; n < 25; n++) line.push(must(await signUp(slug, `w${n}@x.example`)).registrationId)
  await deliverDue(compose)
  const { uid, startsAt, endsAt } = await db.event.findUniqueOrThrow({ where: { slug } })
  const said = await atOnce(id, seated.map(({ registrationId }, n) => reply({ id: registrationId, address: `s${n}@x.example`, uid, startsAt, endsAt }, 'declined').file))
  expect(said.map((one) => (one as { outcome: string }).outcome)).toEqual(Array<string>(20).fill('declined'))
  const states = await Promise.all(line.map(standing))
  expect(states).toEqual([...Array<string>(20).fill('confirmed'), ...Array<string>(5).fill('waitlisted')])
  expect(await db.seating.findFirstOrThrow({ where: { eventId: id } })).toMatchObject({ taken: 20, waiting: 5 })
  await deliverDue(compose)
  expect(await check()).toEqual([])
})

test('the same message filed by many at once is done once', async () => {
  for (let round = 0; round < 5; round++) {
    const { slug } = await anEvent({ title: `Café ${round}`, capacity: 1, waitlist: true })
    const [zoe, max] = [await invited(slug), await invited(slug, 'max@x.example')]
    const filed = await Promise.all(Array.from({ length: 8 }, (_, n) => reply(zoe, 'declined', { id: `${round}`, stamp: new Date('2026-11-01T08:00:00Z'), way: n % 2 ? 'imap' : 'smtp' }).file()))
    expect(new Set(filed.map(({ id }) => id)).size).toBe(1)
    expect(filed.filter(({ again }) => !again)).toHaveLength(1)
    expect(filed.every(({ outcome }) => outcome === 'declined')).toBe(true)
    expect([await standing(zoe.id), await standing(max.id), await answers(zoe.id)]).toEqual(['cancelled', 'confirmed', ['declined']])
    expect((await kindsTo(zoe.address)).filter((kind) => kind === 'registration-cancelled')).toHaveLength(round + 1)
  }
  expect(await check()).toEqual([])
})

test('a No that comes while the event moves ends the registration before, or asks again after, never half of both', async () => {
  const outcomes = new Set<string>()
  for (let round = 0; round < 12; round++) {
    const { slug } = await anEvent({ title: `Café ${round}` })
    const zoe = await invited(slug, `zoe${round}@x.example`)
    const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
    const [filed] = await Promise.all([
      wait(round % 3 === 0 ? 0 : round * 2).then(reply(zoe, 'declined').file),
      wait(round % 3 === 0 ? round : 0).then(async () => must(await edit(house, slug, { startsAt: '2027-01-21T09:00', endsAt: '2027-01-21T10:00' }))),
    ])
    outcomes.add(filed.outcome)
    const asked = (await kindsTo(zoe.address)).includes('answer-again')
    expect([filed.outcome, await standing(zoe.id), asked]).toEqual(filed.outcome === 'declined' ? ['declined', 'cancelled', false] : ['asked-again', 'confirmed', true])
    expect(await answers(zoe.id)).toEqual([filed.outcome === 'declined' ? 'declined' : 'declined, old'])
  }
  expect([...outcomes].every((one) => one === 'declined' || one === 'asked-again')).toBe(true)
  await deliverDue(compose)
  expect(await check()).toEqual([])
})

test('a Yes and a No of one person at once end as the later of the two says', async () => {
  for (let round = 0; round < 6; round++) {
    const { slug, id } = await anEvent({ title: `Café ${round}` })
    const zoe = await invited(slug, `zoe${round}@x.example`)
    const [earlier, later] = [new Date('2026-11-01T08:00:00Z'), new Date('2026-11-01T08:00:01Z')]
    await atOnce(id, [reply(zoe, 'accepted', { stamp: round % 2 ? earlier : later }).file, reply(zoe, 'declined', { stamp: round % 2 ? later : earlier }).file])
    const said = (await answers(zoe.id)).filter((one) => !one.includes('old'))
    if (round % 2) expect(await standing(zoe.id)).toBe('cancelled')
    else expect([await standing(zoe.id), said]).toEqual(said.includes('declined') ? ['cancelled', ['declined']] : ['confirmed', ['accepted']])
  }
  expect(await check()).toEqual([])
})

test('two different Nos of one person at once cancel once and are told once', async () => {
  const { slug, id } = await anEvent({ capacity: 1, waitlist: true })
  const [zoe, max, ida] = [await invited(slug), await invited(slug, 'max@x.example'), await invited(slug, 'ida@x.example')]
  const said = await atOnce(id, [1, 2, 3, 4].map((n) => reply(zoe, 'declined', { stamp: new Date(Date.UTC(2026, 10, 1, 8, 0, n)) }).file))
  expect(said.filter((one) => (one as { outcome: string }).outcome === 'declined')).toHaveLength(1)
  expect([await standing(zoe.id), await standing(max.id), await standing(ida.id)]).toEqual(['cancelled', 'confirmed', 'waitlisted'])
  expect(await kindsTo(zoe.address)).toEqual(['seat-confirmed', 'registration-cancelled'])
  expect(await check()).toEqual([])
})

test('a No of the first in line that meets their promotion never empties the seat that they were just given', async () => {
  const ends = new Set<string>()
  for (let round = 0; round < 6; round++) {
    const { slug, id } = await anEvent({ title: `Café ${round}`, capacity: 1, waitlist: true })
    const people = [await invited(slug, `anne${round}@x.example`), await invited(slug, `zoe${round}@x.example`), await invited(slug, `max${round}@x.example`)]
    const acts = [() => cancel(guest, linkOf(people[0].id)), reply(people[1], 'declined').file]
    await atOnce(id, round % 2 ? acts : acts.toReversed())
    const [, zoe, max] = await Promise.all(people.map((one) => standing(one.id)))
    ends.add(`${zoe} ${max}`)
    expect(['cancelled confirmed', 'confirmed waitlisted']).toContain(`${zoe} ${max}`)
    const asked = (await kindsTo(people[1].address)).includes('answer-again')
    expect(asked).toBe(zoe === 'confirmed')
  }
  expect(ends.size).toBeGreaterThan(0)
  await deliverDue(compose)
  expect(await check()).toEqual([])
})

test('of two organisers who settle one message at once, one does', async () => {
  const { slug, id } = await anEvent({ capacity: 1, waitlist: true })
  const [zoe, max] = [await invited(slug), await invited(slug, 'max@x.example')]
  const { id: mail } = await reply(zoe, 'declined', { attendee: 'paul@x.example' }).file()
  const ended = (await atOnce(id, [() => tie(house, mail, { registrationId: zoe.id, as: 'declined' }), () => tie(house, mail, { registrationId: max.id, as: 'declined' }), () => tie(house, mail, { registrationId: zoe.id, as: 'words' })])) as { ok: boolean }[]
  expect(ended.filter(({ ok }) => ok)).toHaveLength(1)
  const cancelled = [await standing(zoe.id), await standing(max.id)].filter((one) => one === 'cancelled')
  expect(cancelled.length).toBeLessThanOrEqual(1)
  expect(await check()).toEqual([])
})

test('reports of one letter at once stop its address once', async () => {
  const { slug } = await anEvent()
  const zoe = await invited(slug)
  const { messageId } = await db.letter.findFirstOrThrow({ where: { about: `registration/${zoe.id}` } })
  const said = await Promise.all([1, 2, 3, 4, 5].map((n) => bounce({ letterMessageId: messageId, diagnosis: `550 ${n}` }).file()))
  expect(said.map(({ outcome }) => outcome)).toEqual(Array<string>(5).fill('bounce-hard'))
  expect(await db.unreachable.count()).toBe(1)
})
