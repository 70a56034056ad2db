import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { guest, system } from '@/lib/actor'
import { db } from '@/lib/db'
import { importReport } from '@/lib/reports/import-report'
import { pickerOptions, recommendation, report, reports, theme, themes } from '@/lib/reports/queries'
import { primaryTheme, quotedWording } from '@/lib/reports/rules'
import { createSeries } from '@/lib/series/create'
import { allSeries, seriesBySlug } from '@/lib/series/queries'

const actor = system('test')
const file = () => JSON.parse(readFileSync('prisma/data/reports/ia-notre-ambition-pour-la-france.json', 'utf8'))
const slug = 'ia-notre-ambition-pour-la-france'

describe('importing a report', () => {
  it('brings its 25 recommendations in their official wording, with number, pilots and budget', async () => {
    expect(await importReport(actor, file())).toEqual({ ok: true, value: { slug, recommendations: 25 } })
    const whole = (await report(slug))!
    expect(whole.recommendations.map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_, i) => i + 1))
    expect(whole).toMatchObject({ publishedTo: 'day', totalBudgetMEur: 27401, pages: 130 })
    expect(whole.pdf).toMatch(/^https:\/\/www\.info\.gouv\.fr\/.*\.pdf$/)

    const sixteen = (await recommendation(slug, 16))!
    expect(quotedWording(sixteen, 'en')).toMatchObject({
      quoted: {
        language: 'fr',
        official: true,
        source: 'Rapport, tableau final, p. 124-127',
        text: 'Mettre en place une infrastructure technique favorisant la mise en relation entre les développeurs d’IA et les détenteurs de données culturelles patrimoniales',
      },
      translation: { language: 'en', official: false, source: 'traduction non officielle' },
    })
    expect(sixteen).toMatchObject({ budgetMEur: 35, pilots: ['ministère de la Culture et ses opérateurs'], cultural: true, previous: { number: 15 }, next: { number: 17 } })
    expect(whole.recommendations.filter(({ cultural }) => cultural).map(({ number }) => number)).toEqual([8, 16, 17, 21, 22])
  })

  it('keeps the reading of TMNlab: six themes in their order, each with its pigment, its links marked as ours', async () => {
    await importReport(actor, file())
    const [reading] = (await report(slug))!.readings
    expect(reading).toMatchObject({ author: 'Anne Le Gall, TMNlab', on: new Date('2024-03-13') })
    expect(reading.themes.map(({ theme: { slug: name, pigment, glyph } }) => [name, pigment, glyph])).toEqual([
      ['creation-artistique', 'vermilion', 'spark'],
      ['donnees-culturelles', 'blue', 'grid'],
      ['formation-acteurs-culturels', 'green', 'book'],
      ['diversite-culturelle', 'violet', 'wave'],
      ['gouvernance-territoires', 'ochre', 'compass'],
      ['ecosysteme-ouvert', 'teal', 'key'],
    ])
    expect(reading.themes.flatMap(({ links }) => links).every(({ inferred }) => inferred)).toBe(true)
    expect(primaryTheme((await recommendation(slug, 17))!)?.slug).toBe('creation-artistique')
    expect(primaryTheme((await recommendation(slug, 16))!)?.slug).toBe('donnees-culturelles')
    expect(primaryTheme((await recommendation(slug, 13))!)).toBeNull()
    expect((await theme('donnees-culturelles'))!.readings[0].links.map((link) => link.recommendation.number)).toEqual([15, 16, 17])
    expect((await themes()).map(({ slug: name }) => name)).toHaveLength(6)
    expect((await pickerOptions()).reports[0].recommendations).toHaveLength(25)
  })

  it('changes nothing when done twice, and keeps what points at a recommendation', async () => {
    await importReport(actor, file())
    const { id } = (await recommendation(slug, 16))!
    const changed = file()
    changed.title = 'Un autre titre'
    changed.recommendations[15].wordings[0].text = 'Autrement dit'
    expect(await importReport(actor, changed)).toMatchObject({ ok: true })
    const after = (await recommendation(slug, 16))!
    expect(after).toMatchObject({ id, report: { title: 'Un autre titre' } })
    expect(quotedWording(after, 'fr')?.quoted.text).toBe('Autrement dit')
    expect(await db.recommendation.count()).toBe(25)
    expect(await db.reading.count()).toBe(1)
    expect(await db.activity.count({ where: { verb: 'report.import' } })).toBe(2)
  })

  it('refuses to lose a recommendation that a session discussed, and lets an untouched one go', async () => {
    await importReport(actor, file())
    const { id } = (await recommendation(slug, 16))!
    const event = await db.event.create({
      data: { slug: 'e', uid: 'e', title: 'E', startDate: '2024-03-21', timeZone: 'Europe/Paris', startsAt: new Date('2024-03-21'), overAt: new Date('2024-03-22'), mode: 'online' },
    })
    await db.eventRecommendation.create({ data: { eventId: event.id, recommendationId: id, position: 0 } })
    const shorter = { ...file(), readings: [] }
    shorter.recommendations = shorter.recommendations.slice(0, 15)
    expect(await importReport(actor, shorter)).toEqual({ ok: false, reason: 'invalid', fields: [{ field: 'recommendations.number-16', reason: 'still-discussed' }] })
    expect(await db.recommendation.count()).toBe(25)
    shorter.recommendations = file().recommendations.slice(0, 16)
    expect(await importReport(actor, shorter)).toMatchObject({ ok: true, value: { recommendations: 16 } })
    expect(await db.recommendation.count()).toBe(16)
  })

  it('loads nothing of a file with a mistake, and says each', async () => {
    const wrong = file()
    wrong.recommendations[3].number = 'quatre'
    wrong.recommendations[9].wordings[0].text = 7
    wrong.publishedOn = 'mars'
    expect(await importReport(actor, wrong)).toEqual({
      ok: false,
      reason: 'invalid',
      fields: [
        { field: 'publishedOn', reason: 'not-a-date' },
        { field: 'recommendations.3.number', reason: 'wrong-kind' },
        { field: 'recommendations.9.wordings.0.text', reason: 'wrong-kind' },
      ],
    })
    expect(await db.report.count()).toBe(0)
  })

  it('needs the names of a theme that nobody has named yet', async () => {
    const unnamed = { ...file(), readings: [{ author: 'X', themes: [{ slug: 'neuf' }] }] }
    expect(await importReport(actor, unnamed)).toMatchObject({ fields: [{ field: 'readings.0.themes.0.names', reason: 'required' }] })
    expect(await db.theme.count()).toBe(0)
  })

  it('is for admins', async () => {
    expect(await importReport(guest, file())).toEqual({ ok: false, reason: 'forbidden' })
    expect(await reports()).toEqual([])
  })
})

describe('a series', () => {
  const input = { nature: 'format' as const, slug: 'cafe-tmnlab', nameFr: 'Café TMNlab', nameEn: 'Café TMNlab', startTime: '09:00', durationMinutes: 60 }

  it('is made once under one address', async () => {
    expect(await createSeries(actor, input)).toEqual({ ok: true, value: { slug: 'cafe-tmnlab' } })
    expect(await createSeries(actor, input)).toEqual({ ok: false, reason: 'invalid', fields: [{ field: 'slug', reason: 'taken' }] })
    expect(await seriesBySlug('cafe-tmnlab')).toMatchObject({ startTime: '09:00', durationMinutes: 60 })
    expect(await allSeries()).toHaveLength(1)
  })

  it('is made by organisers', async () => {
    expect(await createSeries(guest, input)).toEqual({ ok: false, reason: 'forbidden' })
  })
})
