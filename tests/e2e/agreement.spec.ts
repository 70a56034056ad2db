import type { Page } from '@playwright/test'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { readCsv } from '@/lib/csv'
import { reckoned, type Reckoned, sentence, words } from '@/tests/support/coverage-table'
import { expect, test } from '@/tests/support/e2e'
import { inDays } from '@/tests/support/house'
import { theApi } from '@/tests/support/rooms'

// The page, its sentence, the poster, the pictures, the list, the API: all say what was reckoned by hand, before a change and after it.

const REPORT = 'ia-notre-ambition-pour-la-france'
const PAGE = `/rapports/${REPORT}`

test.describe.configure({ timeout: 120_000 })

test('all that speaks of coverage agrees with the table written by hand, and changes at once', async ({ page, admin }) => {
  expect(await told(page)).toEqual(expected(reckoned, sentence.fr))

  // Two more are said to have been discussed at a session of yesterday: one that nobody had touched, one that waited for this.
  admin('organiser', 'accord.organise@example.org')
  const api = theApi(admin('token', 'accord.organise@example.org', 'accord').split('\n').at(-1) ?? '')
  const { slug } = await api('POST', '/events', { title: 'Accord des figures', startsAt: `${inDays(-1)}T09:00`, endsAt: `${inDays(-1)}T10:00`, timeZone: 'Europe/Paris', mode: 'online', recommendations: [{ report: REPORT, number: 25 }] })
  await api('POST', `/events/${slug}/publish`, {})
  // Its date has passed: that proves nothing.
  expect((await told(page)).json[24]).toMatchObject({ depth: 'planned', toConfirm: true })
  await api('POST', `/events/${slug}/discussed`, { recommendations: [{ report: REPORT, number: 25 }, { report: REPORT, number: 24 }] })
  const after = reckoned.map((one): Reckoned =>
    one.number === 25 ? { ...one, depth: 'discussed', events: ['accord-des-figures'] } : one.number === 24 ? { number: 24, depth: 'discussed', events: [...one.events, 'accord-des-figures'], passages: 0 } : one,
  )
  const saying = 'Vingt-cinq recommandations. Nous en avons discuté douze, dont sept ont une restitution. Trois sont au programme. Dix n’ont jamais été abordées.'
  expect(await told(page)).toEqual(expected(after, saying))

  // A paragraph about 25 in published notes, and one about 6, which nobody had planned.
  await api('PUT', `/events/${slug}/notes`, { markdown: `Dit de la concurrence. {#${REPORT}/25}\n\nDit de l’école. {#${REPORT}/6}` })
  await api('POST', `/events/${slug}/notes/publish`, { authors: 'L’équipe', visibility: 'all' })
  const published = after.map((one): Reckoned => (one.number === 25 ? { ...one, depth: 'minuted', passages: 1 } : one.number === 6 ? { ...one, depth: 'minuted', passages: 1 } : one))
  expect(await told(page)).toEqual(expected(published, 'Vingt-cinq recommandations. Nous en avons discuté treize, dont neuf ont une restitution. Trois sont au programme. Neuf n’ont jamais été abordées.'))

  // A second edition is about none of it, and the host says that nothing was discussed: all is as it was.
  await api('PUT', `/events/${slug}/notes`, { markdown: 'Rien de tout cela.' })
  await api('POST', `/events/${slug}/notes/publish`, { authors: 'L’équipe', visibility: 'all' })
  await api('POST', `/events/${slug}/discussed`, { recommendations: [] })
  expect(await told(page)).toEqual(expected(reckoned, sentence.fr))
  const { recommendations } = (await api('GET', `/reports/${REPORT}/coverage`)) as { recommendations: { notCounted: { slug: string; state: string }[] }[] }
  expect(recommendations[24].notCounted).toMatchObject([{ slug, state: 'not-discussed' }])
})

type Figures = { number: number; depth: string; toConfirm: boolean; events: number; passages: number }

const figuresOf = ({ number, depth, toConfirm, events, passages }: Reckoned): Figures => ({ number, depth, toConfirm: Boolean(toConfirm), events: events.length, passages })
const wordOf = ({ depth, toConfirm }: Pick<Figures, 'depth' | 'toConfirm'>) => words[toConfirm ? 'toConfirm' : (depth as keyof typeof words)]

function expected(table: Reckoned[], saying: string) {
  const inWords = table.map((one) => `${one.number} ${wordOf(figuresOf(one))}`)
  const bySlug = table.map(({ number, events }) => [number, events])
  return { json: table.map(figuresOf), slugs: bySlug, csv: table.map(figuresOf), page: inWords, map: inWords, cards: inWords, poster: inWords, sentences: { page: saying, json: saying, map: saying, poster: true } }
}

type Covered = { number: number; short: { fr: string }; depth: string; toConfirm: boolean; eventCount: number; passageCount: number; events: { slug: string }[]; passages: unknown[] }

async function told(page: Page) {
  const { report, recommendations } = (await (await page.request.get(`/api/v1/reports/${REPORT}/coverage`)).json()) as { report: { sentence: { fr: string } }; recommendations: Covered[] }
  const rows = readCsv(await (await page.request.get(`/api/v1/reports/${REPORT}/coverage.csv`)).text())
  if (!rows.ok) throw new Error(rows.reason)
  const [head, ...lines] = rows.value.map(({ cells }) => cells)
  const cell = (line: string[], name: string) => line[head.indexOf(name)]
  const titles = recommendations.map(({ short }) => tight(short.fr))
  await page.goto(PAGE)
  const tiles = await page.locator('#map ul[aria-label] > li > a').allTextContents()
  const map = await (await page.request.get(`${PAGE}/carte.svg`)).text()
  const cards = await Promise.all(recommendations.map(async ({ number }) => (await page.request.get(`${PAGE}/recommandations/${number}/carte.svg`)).text()))
  const poster = await textOf(await (await page.request.get(`${PAGE}/affiche.pdf`)).body())
  return {
    json: recommendations.map(({ number, depth, toConfirm, eventCount, passageCount }) => ({ number, depth, toConfirm, events: eventCount, passages: passageCount })),
    // Each list is as long as its figure says, and holds just the sessions that were reckoned.
    slugs: recommendations.map(({ number, events, passages, passageCount }) => [number, passages.length === passageCount ? events.map(({ slug }) => starts(number, slug)) : 'passages are missing']),
    csv: lines.map((line) => ({ number: Number(cell(line, 'number')), depth: cell(line, 'depth'), toConfirm: cell(line, 'to_confirm') === 'true', events: Number(cell(line, 'events')), passages: Number(cell(line, 'passages')) })),
    page: tiles.map((text, i) => said(i, text, titles[i])),
    map: recommendations.map(({ number }, i) => said(i, visible(new RegExp(`<g id="r${number}">.*?<title>.*?</title>(.*?)\\n</g>`, 's').exec(map)?.[1] ?? ''), titles[i], /<title>(\d+), /.exec(map.slice(map.indexOf(`<g id="r${number}">`)))?.[1])),
    cards: cards.map((card, i) => said(i, visible(card.slice(card.indexOf('</style>'))), titles[i], /<title id="name">(\d+), /.exec(card)?.[1])),
    poster: titles.map((title, i) => said(i, poster.slice(poster.indexOf(`${i + 1}${title}`)), title)),
    sentences: { page: (await page.locator('#map p').filter({ hasText: 'Vingt-cinq recommandations' }).first().textContent()) ?? '', json: report.sentence.fr, map: /<desc id="says">.*<\/desc>/.test(map) ? (/<title id="name">[^<]*?(Vingt-cinq [^<]*)<\/title>/.exec(map)?.[1] ?? '') : '', poster: poster.includes(tight(report.sentence.fr)) },
  }
}

/** The slug as the table writes it. */
function starts(number: number, slug: string) {
  const known = [...(reckoned.find((one) => one.number === number)?.events ?? []), 'accord-des-figures']
  return known.find((one) => slug.startsWith(one)) ?? slug
}

/** « 16 restitution publiée », where the text says so: number, title, then the word for how far it has come. */
function said(place: number, text: string, title: string, number = String(place + 1)) {
  const all = tight(text)
  const at = all.indexOf(title)
  if (at === -1) return `${number} without its title: ${all.slice(0, 80)}`
  if (number !== String(place + 1) || !(text.includes(number) || number)) return `${place + 1} has another number: ${number}`
  const rest = all.slice(at + title.length, at + title.length + 30).replace(/^,/, '')
  const word = [words.toConfirm, words.minuted, words.planned, words.discussed, words.never].find((one) => rest.startsWith(tight(one)))
  return `${place + 1} ${word ?? rest}`
}

const visible = (svg: string) => [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, text]) => text).join('')
const tight = (text: string) => text.replaceAll('&amp;', '&').replace(/[\s\u00A0\u202F]+/g, '')

async function textOf(octets: Buffer) {
  const document = await getDocument({ data: new Uint8Array(octets), useSystemFonts: false, verbosity: 0 }).promise
  const pages = await Promise.all(Array.from({ length: document.numPages }, async (_, i) => (await (await document.getPage(i + 1)).getTextContent()).items))
  await document.destroy()
  return tight(pages.flat().map((item) => ('str' in item ? item.str : '')).join(''))
}
