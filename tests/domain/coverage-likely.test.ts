import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { guest } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { confirmDiscussed } from '@/lib/coverage/confirm-discussed'
import { drawMap, drawRecommendation } from '@/lib/coverage/draw-map'
import { drawPoster } from '@/lib/coverage/draw-poster'
import { findLikely } from '@/lib/coverage/find-likely'
import { coverageOf, missing, touchesOf } from '@/lib/coverage/queries'
import type { Sheet, SheetTile } from '@/lib/coverage/sheet'
import { db } from '@/lib/db'
import { importReport } from '@/lib/reports/import-report'
import { createSeries } from '@/lib/series/create'
import { seriesInput } from '@/lib/series/schema'
import { anEvent, house, must } from '@/tests/support/events'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

const report = 'ia-notre-ambition-pour-la-france'

describe('of the report', () => {
  beforeEach(async () => {
    setClock(new Date('2026-11-23T08:00:00Z'))
    must(await importReport(house, JSON.parse(readFileSync(`prisma/data/reports/${report}.json`, 'utf8'))))
  })
  afterEach(() => setClock(null))

  it('recommendations are proposed that a text speaks of, accents and endings aside, with the words that say so', async () => {
    const found = must(await findLikely(house, { title: 'FORMER les professions creatives a l’IA', summary: 'Cursus et données.', description: '', language: 'fr' }))
    expect(found[0]).toMatchObject({ report, number: 8 })
    expect(found[0].words).toEqual(expect.arrayContaining(['creatives']))
    expect(must(await findLikely(house, { title: 'Semiconducteurs et puissance de calcul', summary: '', description: '', language: 'fr' }))[0].number).toBe(14)
    expect(must(await findLikely(house, { title: 'Réunion de rentrée', summary: 'Bonjour à toutes et tous', description: '', language: 'fr' }))).toEqual([])
    // Nothing of it is a query of anybody's.
    expect(must(await findLikely(house, { title: `'; DROP TABLE "Event" -- & | ! \0 :*`, summary: '', description: '', language: 'fr' }))).toEqual([])
    expect(await findLikely(guest, { title: 'Former', summary: '', description: '', language: 'fr' })).toMatchObject({ reason: 'forbidden' })
  })

  it('what is missing is ranked by reasons that can be said; what is on the programme is not missing', async () => {
    const before = (await missing(report, '2026-11-23'))!.missing
    expect(before).toHaveLength(25)
    // Never discussed, about culture, and read by the most themes: 17 (three), then 21 and 8.
    expect(before[0]).toMatchObject({ number: 17, wants: ['never', 'culture', 'themes'], untouched: { since: 'published', days: 985 } })
    await anEvent({ recommendations: [{ report, number: 17 }] })
    expect((await missing(report, '2026-11-23'))!.missing.some(({ number }) => number === 17)).toBe(false)

    const event = await anEvent({ title: 'Jadis', recommendations: [{ report, number: 9 }] })
    setClock(new Date('2027-02-01T08:00:00Z'))
    expect((await missing(report, '2027-02-01'))!.missing.find(({ number }) => number === 9)).toMatchObject({ wants: ['toConfirm'] })
    must(await confirmDiscussed(house, event.slug, [{ report, number: 9 }]))
    expect((await missing(report, '2027-02-01'))!.missing.some(({ number }) => number === 9)).toBe(false)
    expect((await missing(report, '2027-09-01'))!.missing.find(({ number }) => number === 9)).toMatchObject({ wants: ['untouched'], untouched: { since: 'discussed', days: 230 } })
  })

  it('a filter reckons the depths of its own sessions, by days and by series', async () => {
    must(await createSeries(house, seriesInput.parse({ slug: 'cafe', nature: 'format', nameFr: 'Café', nameEn: 'Café' })))
    const one = await anEvent({ title: 'Un', format: 'cafe', recommendations: [{ report, number: 3 }] })
    await anEvent({ title: 'Deux', recommendations: [{ report, number: 4 }] })
    const { startDate } = await db.event.findUniqueOrThrow({ where: { slug: one.slug } })
    const depths = async (filter: object) => (await coverageOf(report, filter))!.recommendations.filter(({ depth }) => depth !== 'never').map(({ number }) => number)
    expect(await depths({})).toEqual([3, 4])
    expect(await depths({ series: 'cafe' })).toEqual([3])
    expect(await depths({ from: startDate, to: startDate })).toEqual([3, 4])
    expect(await depths({ from: '2030-01-01' })).toEqual([])
    expect((await touchesOf(report, { series: 'cafe' })).map(({ slug }) => slug)).toEqual([one.slug])
    expect(await depths({ series: "x' OR true --" })).toEqual([])
  })
})

const tile = (number: number, more: Partial<SheetTile> = {}): SheetTile => ({
  number, title: `Recommandation au titre ${'assez long '.repeat(number % 4)}pour être vraie`, depth: (['never', 'planned', 'discussed', 'minuted'] as const)[number % 4], word: 'mot', untouched: 'jamais discutée depuis 985 jours', figures: null,
  pigment: 'blue', glyph: { path: 'M0 0h24v24z', evenOdd: false }, mark: number % 5 ? null : 'culture', url: `https://example.org/rapports/x/recommandations/${number}`, ...more,
})
const sheet = (count: number, more: Partial<Sheet> = {}): Sheet => ({
  locale: 'fr', title: 'Un rapport', over: 'Quelqu’un, 2024', sentence: 'Tant de recommandations.', house: 'Réseau', asOf: 'état au 23 novembre 2026', legend: [{ depth: 'never', word: 'jamais abordée', count }],
  tiles: Array.from({ length: count }, (_, i) => tile(i + 1)), url: 'https://example.org/rapports/x', words: { recommendation: 'Recommandation', scan: '', all: 'Toute la carte', host: 'example.org', note: 'Une note.' }, ...more,
})

describe('a drawing', () => {
  it.each([1, 3, 25, 60])('on paper holds %i recommendations on one page, each with its number and its word, within the margins', async (count) => {
    const pdf = await getDocument({ data: new Uint8Array(await drawPoster(sheet(count))), verbosity: 0 }).promise
    expect(pdf.numPages).toBe(1)
    const items = (await (await pdf.getPage(1)).getTextContent()).items.flatMap((item) => ('str' in item && item.str.trim() ? [item] : []))
    for (const { str, transform, width } of items) {
      expect(transform[4], str).toBeGreaterThan(40)
      expect(transform[4] + width, str).toBeLessThan(1191 - 40)
      expect(transform[5], str).toBeGreaterThan(40)
      expect(transform[5], str).toBeLessThan(1684 - 40)
    }
    const said = items.map(({ str }) => str.trim())
    expect(said.filter((one) => /^mot( · culture)?$/.test(one))).toHaveLength(count)
    for (let number = 1; number <= count; number++) expect(said).toContain(String(number))
    await pdf.destroy()
  })

  it('for other sites is a document by itself: nothing to fetch, nothing to run, whatever a title says', () => {
    const hostile = sheet(3, { title: '</title><script>alert(1)</script>', tiles: [tile(1, { title: '"><image href="https://evil.example/x"/>' }), tile(2, { title: '\u0000 & < >' }), tile(3)] })
    for (const svg of [drawMap(hostile), drawRecommendation(hostile, hostile.tiles[0])]) {
      // Its tags alone, without the words between them.
      const tags = svg.replace(/<style>.*?<\/style>/s, '').replace(/>[^<]*/g, '>')
      expect(svg).not.toMatch(/@import|@font-face/)
      expect(tags).not.toMatch(/<(script|image|foreignObject|use|link)|href=|url\((?!#)|\son\w+=/i)
      expect(svg).toContain('role="img"')
      expect(svg).toContain('prefers-color-scheme:dark')
      expect([...svg.matchAll(/<(\w+)[\s>]/g)].length).toBe([...svg.matchAll(/<\/\w+>|\/>/g)].length)
    }
  })
})
