import { beforeEach, describe, expect, test, vi } from 'vitest'
import { db, inTransaction } from '@/lib/db'
import { enqueue } from '@/lib/jobs/enqueue'
import { work } from '@/lib/jobs/work'
import { claim } from '@/lib/mail/claim'
import { deliverDue, startDelivery } from '@/lib/mail/deliver'
import { lettersAboutEach } from '@/lib/mail/queries'
import { pauseAfter } from '@/lib/mail/rules'
import { allow, cleanUps, compose, deafPort, useServer, write } from '@/tests/support/mail'
import { type Play, scripted } from '@/tests/support/smtp-script'

/** So many people of a theatre, each with a letter of their own. */
async function writeTo(count: number, more: string[] = []) {
  const addresses = [...Array.from({ length: count }, (_, n) => `p${n}@theatre.example`), ...more]
  for (const address of addresses) await write({ about: `registration/${address}`, to: { name: 'Zoé', address } })
  return addresses
}

/**
 * So much time goes by. The outbox goes by the database's clock, which no test may turn: so everything that it holds is
 * moved as far into the past instead.
 */
const goesBy = (seconds: number) => db.$executeRaw`
  UPDATE "Letter" SET "dueAt" = "dueAt" - make_interval(secs => ${seconds}::int), "createdAt" = "createdAt" - make_interval(secs => ${seconds}::int),
    "leaseUntil" = "leaseUntil" - make_interval(secs => ${seconds}::int)`

const letterTo = (toAddress: string) => db.letter.findFirstOrThrow({ where: { toAddress } })
const counted = async () => Object.fromEntries((await db.letter.groupBy({ by: ['status'], _count: true })).map(({ status, _count }) => [status, _count]))
const bad = 'bad@theatre.example'

beforeEach(() => {
  allow('warn')
})

describe('4xx', () => {
  test.each<[string, Play]>([['at RCPT', { rcpt: 450 }], ['at DATA', { data: 451 }]])('%s is tried again after 10 s, 30 s, 1, 5 and 15 minutes, with the same bytes, and leaves', async (_, play) => {
    const server = await scripted({ [bad]: Array<Play>(5).fill(play) })
    await writeTo(0, [bad])
    const pauses = []
    for (const pause of [10, 30, 60, 300, 900]) {
      await deliverDue(compose)
      const { status, dueAt, lastError, attempts } = await letterTo(bad)
      expect([status, attempts, lastError]).toEqual(['queued', pauses.length + 1, expect.stringContaining('as the script says')])
      pauses.push((dueAt.getTime() - Date.now()) / 1000 / pause)
      await goesBy(pause - 3)
      expect(await deliverDue(compose)).toBe(0)
      await goesBy(pause * 0.1 + 3)
    }
    // Never before its time, and at most a tenth later.
    for (const pause of pauses) expect(pause).toBeGreaterThan(0.8)
    for (const pause of pauses) expect(pause).toBeLessThan(1.11)
    await deliverDue(compose)
    expect([await counted(), server.taken.length, server.tries.get(bad)]).toEqual([{ sent: 1 }, 1, 6])
    expect(new Set(server.heard.map(({ raw }) => raw)).size).toBe(1)
  })

  test('pauses are spread, so that letters that failed together do not come back together', () => {
    expect([pauseAfter(1, 0), pauseAfter(1, 1), pauseAfter(5, 0), pauseAfter(6, 0), pauseAfter(29, 0), pauseAfter(30, 0)]).toEqual([10_000, 11_000, 900_000, 3_600_000, 3_600_000, null])
  })
})

describe('5xx', () => {
  test.each<[string, Play]>([['at RCPT', { rcpt: 550 }], ['at DATA', { data: 554 }]])('%s is final, is shown in the server’s words, and is never tried again', async (_, play) => {
    const server = await scripted({ [bad]: [play] })
    await writeTo(0, [bad])
    await deliverDue(compose)
    await goesBy(86_400)
    await deliverDue(compose)
    const shown = (await lettersAboutEach([`registration/${bad}`])).get(`registration/${bad}`)
    expect(shown).toMatchObject([{ state: 'failed', lastError: expect.stringContaining('as the script says') }])
    expect([server.tries.get(bad), server.taken.length]).toEqual([1, 0])
  })

  test('to our log-in waits until it is mended: no letter is lost to a wrong password', async () => {
    const server = await scripted()
    useServer(`smtp://somebody:wrong@127.0.0.1:${server.port}/`)
    await writeTo(3)
    await deliverDue(compose)
    expect(await counted()).toEqual({ queued: 3 })
    useServer(`smtp://127.0.0.1:${server.port}/`)
    await goesBy(10)
    await deliverDue(compose)
    expect([await counted(), server.taken.length]).toEqual([{ sent: 3 }, 3])
  })
})

describe('one bad recipient among fifty', () => {
  test.each<[string, Play, string]>([
    ['refused for ever at RCPT', { rcpt: 550 }, 'failed'],
    ['refused for now at RCPT', { rcpt: 451 }, 'queued'],
    ['refused for ever at DATA', { data: 550 }, 'failed'],
    ['never answered', 'stall', 'queued'],
    ['dropped', 'drop', 'queued'],
  ])('%s: the other forty-nine leave at once, each once', async (_, play, state) => {
    const server = await scripted({ [bad]: [play] })
    const good = (await writeTo(49, [bad])).filter((address) => address !== bad)
    await deliverDue(compose)
    expect(server.taken.map(({ to }) => to).toSorted()).toEqual(good.toSorted())
    expect(await counted()).toEqual({ sent: 49, [state]: 1 })
    await goesBy(60)
    await deliverDue(compose)
    expect(good.map((address) => server.tries.get(address))).toEqual(Array(49).fill(1))
    expect((await letterTo(bad)).status).toBe(state === 'failed' ? 'failed' : 'sent')
  })
})

describe('a line that breaks', () => {
  test.each<[string, Play]>([['before the server kept it', 'drop'], ['after the server kept it', 'drop-and-keep'], ['by never answering', 'stall']])('after DATA and before 250, %s: the same letter again, under the same Message-ID', async (_, play) => {
    const server = await scripted({ 'p1@theatre.example': [play] })
    await writeTo(3)
    await deliverDue(compose)
    expect(await counted()).toEqual({ sent: 2, queued: 1 })
    await goesBy(12)
    await deliverDue(compose)
    expect(await counted()).toEqual({ sent: 3 })
    // Repeated is what was in flight, and nothing else.
    expect([0, 1, 2].map((n) => server.tries.get(`p${n}@theatre.example`))).toEqual([1, 2, 1])
    const twice = server.heard.filter(({ to }) => to === 'p1@theatre.example')
    expect([twice.length, new Set(twice.map(({ raw }) => raw)).size]).toEqual([2, 1])
    expect(twice[0].messageId).toBe(`<${(await letterTo('p1@theatre.example')).messageId}>`)
  })
})

describe('a server that is away', () => {
  test('for two hours, and then for two days: nothing is lost, nothing is repeated, no letter used up its attempts, and all leave when it is back', async () => {
    const server = await scripted()
    await writeTo(10)
    await deliverDue(compose)
    await server.close()
    await db.letter.deleteMany({})
    await writeTo(40)
    for (const seconds of [30, 3600, 3600, 86_400, 86_400]) {
      await deliverDue(compose)
      await goesBy(seconds)
    }
    expect(await counted()).toEqual({ queued: 40 })
    expect((await db.letter.aggregate({ _max: { attempts: true } }))._max.attempts).toBe(0)
    const back = await scripted({}, { port: server.port })
    await deliverDue(compose)
    expect(await counted()).toEqual({ sent: 40 })
    expect([back.heard.length, new Set(back.taken.map(({ messageId }) => messageId)).size]).toEqual([40, 40])
    const letters = await db.letter.findMany({ select: { messageId: true } })
    expect(back.taken.map(({ messageId }) => messageId).toSorted()).toEqual(letters.map(({ messageId }) => `<${messageId}>`).toSorted())
  })

  test('is not asked for each letter: a few find out, and the others are left alone', async () => {
    useServer(`smtp://127.0.0.1:${await deafPort()}`)
    await writeTo(60)
    const handled = await deliverDue(compose)
    expect(handled).toBeLessThanOrEqual(5)
    expect(await db.letter.count({ where: { lastError: { not: null } } })).toBeLessThanOrEqual(5)
    expect(await counted()).toEqual({ queued: 60 })
  })

  test('is looked for, and its letters leave by themselves soon after it is back, in the order of what they are about', async () => {
    const port = await deafPort()
    useServer(`smtp://127.0.0.1:${port}`)
    for (const [revision, kind] of ['seat-confirmed', 'companion-changed', 'registration-cancelled'].entries()) await write({ about: 'registration/1', kind, revision })
    const delivery = startDelivery(compose)
    cleanUps.push(delivery.stop)
    await vi.waitFor(() => expect(delivery.healthy()).toBe(false), { timeout: 5_000 })
    const server = await scripted({}, { port, patienceMs: 2_000 })
    await vi.waitFor(() => expect(server.taken).toHaveLength(3), { timeout: 15_000 })
    expect(delivery.healthy()).toBe(true)
    const kinds = await db.letter.findMany({ orderBy: { revision: 'asc' }, select: { messageId: true } })
    expect(server.taken.map(({ messageId }) => messageId)).toEqual(kinds.map(({ messageId }) => `<${messageId}>`))
    await delivery.stop()
  })
})

describe('while the server stalls', () => {
  test('jobs run all the same, while not one letter leaves', async () => {
    const server = await scripted({}, { patienceMs: 5_000 })
    server.stall(true)
    await writeTo(20)
    const delivery = startDelivery(compose)
    cleanUps.push(delivery.stop)
    await vi.waitFor(() => expect(server.heard).toHaveLength(5), { timeout: 8_000 })

    const done: string[] = []
    const note = async (payload: object) => void done.push(JSON.stringify(payload))
    const jobs = await work(new Proxy({}, { get: () => note }) as Parameters<typeof work>[0])
    cleanUps.push(jobs.stop)
    await inTransaction((tx) => enqueue(tx, 'seats-added', { eventId: '018f0000-0000-7000-8000-000000000001' }))
    await vi.waitFor(() => expect(done).toHaveLength(1), { timeout: 10_000 })
    expect(await db.letter.count({ where: { status: 'sent' } })).toBe(0)
    server.stall(false)
    await Promise.all([delivery.stop(), jobs.stop()])
    await goesBy(60)
    await deliverDue(compose)
    expect(await counted()).toEqual({ sent: 20 })
  })

  test('the lease is longer than the longest try: nobody else sends what is being sent', async () => {
    const server = await scripted({ 'p0@theatre.example': ['stall'] }, { patienceMs: 1_500 })
    await writeTo(1)
    const [first] = await Promise.all([deliverDue(compose), new Promise((resolve) => setTimeout(resolve, 500)).then(() => deliverDue(compose))])
    expect([first, server.tries.get('p0@theatre.example')]).toEqual([1, 1])
  })

  test('a worker that died in the middle leaves its letters to others after a minute, under the same Message-ID', async () => {
    const server = await scripted()
    await writeTo(5)
    const held = await claim(5)
    expect(await deliverDue(compose)).toBe(0)
    await goesBy(61)
    await deliverDue(compose)
    expect(server.taken.map(({ messageId }) => messageId).toSorted()).toEqual(held.map(({ messageId }) => `<${messageId}>`).toSorted())
  })
})
