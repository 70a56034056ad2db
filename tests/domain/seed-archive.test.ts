import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { check } from '@/lib/worker/check'
import { seed } from '@/prisma/seed/seed'

describe('the archive', () => {
  it('tells the past of the network, and invents nothing of it', async () => {
    await seed('archive')

    expect(await db.report.count()).toBe(15)
    expect(await db.event.count({ where: { status: 'published' } })).toBe(13)
    expect(await db.event.count({ where: { demonstration: true } })).toBe(0)
    expect(await db.registration.count()).toBe(0)
    expect(await db.letter.count()).toBe(0)
    expect(await check()).toEqual([])

    const cafe = await db.event.findFirstOrThrow({
      where: { startDate: '2024-03-21' },
      include: { speakers: { include: { speaker: true } }, format: true, recommendations: { include: { recommendation: true }, orderBy: { position: 'asc' } }, themes: { include: { theme: true } } },
    })
    expect(cafe).toMatchObject({ startTime: '09:00', endTime: '10:00', timeZone: 'Europe/Paris', startsAt: new Date('2024-03-21T08:00:00Z'), mode: 'online', format: { slug: 'cafe-tmnlab' } })
    expect(cafe.speakers.map(({ speaker }) => [speaker.name, speaker.organisation])).toEqual([['Jean-Robert Bisaillon', 'UQAM']])
    expect(cafe.recommendations.map(({ origin, recommendation }) => [recommendation.number, origin])).toEqual([[16, 'inferred'], [17, 'inferred'], [21, 'inferred']])
    expect(cafe.restitutionOn).toEqual(new Date('2024-04-11'))

    const unknownHours = await db.event.findMany({ where: { startTime: null }, orderBy: { startDate: 'asc' } })
    expect(unknownHours.map(({ startDate }) => startDate)).toEqual(['2015-06-15', '2016-11-21', '2021-11-15', '2024-02-15', '2025-06-20', '2025-09-22', '2025-10-16', '2025-12-02', '2025-12-18'])
    expect(unknownHours.every(({ endsAt, sourceNote }) => endsAt === null && sourceNote?.startsWith('Heure inconnue'))).toBe(true)

    const days = await db.event.findFirstOrThrow({ where: { startDate: '2025-02-13' }, include: { programme: true, venue: true } })
    expect(days).toMatchObject({ endDate: '2025-02-14', endTime: null, endsAt: null, venue: { city: 'Paris' } })
    expect(days.programme).toHaveLength(4)

    expect(await db.installation.findUnique({ where: { id: 1 } })).toMatchObject({ networkName: 'TMNlab', seed: 'archive', seededAt: expect.any(Date) })
  })

  it('is told once', async () => {
    await seed('archive')
    await seed('archive')
    expect(await db.event.count()).toBe(13)
  })
})
