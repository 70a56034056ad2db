import { afterEach, describe, expect, it } from 'vitest'
import { setClock } from '@/lib/clock'
import { coverageOf } from '@/lib/coverage/queries'
import { awaitsConfirmation } from '@/lib/coverage/rules'
import { db } from '@/lib/db'
import { tellCalledOff } from '@/lib/registrations/tell-change'
import { check } from '@/lib/worker/check'
import { isQuiet } from '@/prisma/seed/days'
import { seed } from '@/prisma/seed/seed'
import { reckoned } from '@/tests/support/coverage-table'

const report = 'ia-notre-ambition-pour-la-france'

afterEach(() => setClock(null))

describe('the demonstration season', () => {
  it('shows everything that the product does, and sends nothing to anybody', async () => {
    await seed('demo')

    const now = new Date()
    const season = await db.event.findMany({ where: { demonstration: true }, include: { seatings: true, editions: { include: { passages: true } }, discussions: true } })
    const upcoming = season.filter(({ startsAt, status }) => startsAt > now && status === 'published')
    const past = season.filter(({ startsAt }) => startsAt < now)
    expect([season.length, upcoming.length, past.length]).toEqual([17, 9, 6])
    expect(season.filter(({ startDate }) => isQuiet(startDate))).toEqual([])
    expect(season.filter(({ status }) => status === 'draft')).toHaveLength(1)
    expect(season.filter(({ status }) => status === 'called_off')).toHaveLength(1)
    expect(season.some(({ title }) => title.length === 140)).toBe(true)
    expect(new Set(upcoming.map(({ mode }) => mode))).toEqual(new Set(['online', 'in_person', 'hybrid']))
    expect(upcoming.some(({ audience }) => audience === 'members')).toBe(true)
    expect(upcoming.some(({ language }) => language === 'en')).toBe(true)

    const seats = (title: string) => season.find((one) => one.title.startsWith(title))!.seatings.map(({ taken, capacity, waiting }) => [taken, capacity, waiting])
    expect(seats('Qui entraîne')).toEqual([[29, 40, 0]])
    expect(seats('L’auteur')).toEqual([[24, 24, 4]])
    expect(season.filter(({ editions, discussions }) => editions.length === 1 && discussions.length > 0)).toHaveLength(5)
    expect(season.flatMap(({ editions }) => editions).every(({ passages }) => passages.length >= 4)).toBe(true)

    expect(await db.proposedPassage.groupBy({ by: ['status'], orderBy: { status: 'asc' }, _count: true })).toEqual([{ status: 'open', _count: 2 }, { status: 'approved', _count: 1 }])
    expect(await db.passage.count({ where: { text: { startsWith: 'On m’a demandé' }, edition: { event: { demonstration: true } } } })).toBe(2)

    expect(await db.question.count()).toBe(5)
    expect(await db.answer.count()).toBeGreaterThan(10)

    expect(await db.letter.groupBy({ by: ['status'], _count: true })).toEqual([{ status: 'delivered', _count: expect.any(Number) }])
    const addresses = await db.registration.findMany({ select: { address: true } })
    expect(addresses.length).toBeGreaterThan(200)
    expect(addresses.every(({ address }) => address.endsWith('.example'))).toBe(true)
    expect(await db.person.findMany({ select: { address: true, role: true }, orderBy: { role: 'asc' } })).toEqual([
      { address: 'organisatrice@tmnlab.example', role: 'organiser' },
      { address: 'admin@tmnlab.example', role: 'admin' },
    ])
    expect(await check()).toEqual([])

    const { id, sequence } = season.find(({ status }) => status === 'called_off')!
    await tellCalledOff(id, sequence)
    expect(await db.letter.count({ where: { kind: 'event-called-off', status: 'delivered' } })).toBe(9)
    expect(await db.letter.count({ where: { status: { not: 'delivered' } } })).toBe(0)
    expect(await db.installation.findUnique({ where: { id: 1 } })).toMatchObject({ networkName: 'TMNlab', seed: 'demo' })

    // Recommendations of all four depths.
    const { recommendations } = (await coverageOf(report))!
    const told = recommendations.map((one) => [one.number, one.depth, awaitsConfirmation(one), one.events, one.passages])
    expect(told).toEqual(reckoned.map((one) => [one.number, one.depth, Boolean(one.toConfirm), one.events.length, one.passages]))

    // Nothing invented is attributed to a real person.
    const speakers = await db.speaker.findMany({ where: { events: { some: { event: { demonstration: true } } } }, include: { events: { include: { event: true } } } })
    expect(speakers.length).toBeGreaterThan(10)
    expect(speakers.flatMap(({ events }) => events).every(({ event }) => event.demonstration)).toBe(true)
    expect(speakers.every(({ source }) => source === null)).toBe(true)
  }, 60_000)
})
