import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { guest } from '@/lib/actor'
import { db } from '@/lib/db'
import { addRecommendation, editRecommendation, removeRecommendation } from '@/lib/reports/edit-recommendation'
import { editReading } from '@/lib/reports/edit-reading'
import { createReport, editReport } from '@/lib/reports/edit-report'
import { importReport, previewReport } from '@/lib/reports/import-report'
import { asFile, factsOfReading, factsPrint, readingPrint, recommendationForEditor, reportToEdit } from '@/lib/reports/queries'
import { overlaid } from '@/lib/reports/report-list'
import { anEvent, house, must } from '@/tests/support/events'

const ia = 'ia-notre-ambition-pour-la-france'
const file = () => JSON.parse(readFileSync(`prisma/data/reports/${ia}.json`, 'utf8'))
const facts = { title: 'Un rapport', publisher: 'Un service', publishedOn: '2025', language: 'fr', url: 'https://rapport.example/' }
const words = (text: string, more = {}) => ({ number: 1, wordings: [{ language: 'fr', text, official: true, source: 'p. 1', ...more }] })
const edit = async (number: number) => (await recommendationForEditor('un-rapport', number))!
const aReport = async () => {
  must(await createReport(house, facts))
  must(await addRecommendation(house, 'un-rapport', words('Parler.')))
}

describe('a report in the browser', () => {
  test('is made once under its address, and is organisers’ to change', async () => {
    expect(await createReport(guest, facts)).toMatchObject({ reason: 'forbidden' })
    await aReport()
    expect(await createReport(house, facts)).toMatchObject({ fields: [{ field: 'slug', reason: 'taken' }] })
    expect(await addRecommendation(house, 'un-rapport', words('Encore.'))).toMatchObject({ fields: [{ field: 'number', reason: 'taken' }] })
    expect(await editRecommendation(guest, 'un-rapport', 1, words('x'), '')).toMatchObject({ reason: 'forbidden' })
    expect(await removeRecommendation(guest, 'un-rapport', 1)).toMatchObject({ reason: 'forbidden' })
  })

  test('loses nothing to two who change it at once: the second is told', async () => {
    await aReport()
    const known = factsPrint((await reportToEdit('un-rapport'))!)
    const both = await Promise.all(['A', 'B'].map((title) => editReport(house, 'un-rapport', { ...facts, title }, known)))
    expect(both.map((one) => (one.ok ? 'done' : one.reason)).toSorted()).toEqual(['done', 'stale'])
    const saw = (await edit(1)).known
    const wordings = await Promise.all(['A', 'B'].map((text) => editRecommendation(house, 'un-rapport', 1, words(text), saw)))
    expect(wordings.map((one) => (one.ok ? 'done' : one.reason)).toSorted()).toEqual(['done', 'stale'])
    expect(await db.activity.count({ where: { verb: { in: ['report.edit', 'recommendation.edit'] } } })).toBe(2)
    const line = await db.activity.findFirstOrThrow({ where: { verb: 'recommendation.edit' } })
    expect(line.before).toMatchObject({ wordings: [{ text: 'Parler.' }] })
  })

  test('holds wordings in the order that was said; an emptied one goes, one at least stays', async () => {
    await aReport()
    const one = (text: string, place: number) => ({ language: 'fr', text, official: false, place: String(place) })
    const change = async (wordings: object[]) => editRecommendation(house, 'un-rapport', 1, { number: 1, wordings }, (await edit(1)).known)
    must(await change([one('B', 2), one('', 3), one('A', 1)]))
    expect((await edit(1)).facts.wordings.map(({ text }) => text)).toEqual(['A', 'B'])
    expect(await change([one('', 1)])).toMatchObject({ fields: [{ field: 'wordings', reason: 'required' }] })
    must(await change([one('A', 1), one('B', 2), one('C', 1)]))
    expect((await edit(1)).facts.wordings.map(({ text }) => text)).toEqual(['C', 'A', 'B'])
  })

  test('holds pilots and budget; who says nothing of them leaves them as they are', async () => {
    await aReport()
    const change = async (more: object) => must(await editRecommendation(house, 'un-rapport', 1, { ...words('Parler.'), ...more }, (await edit(1)).known))
    await change({ pilots: ' Ministère de la Culture \r\n\r\nCentre national', budgetMEur: '35' })
    await change({ section: '2.1' })
    expect((await edit(1)).facts).toMatchObject({ pilots: ['Ministère de la Culture', 'Centre national'], budgetMEur: 35, section: '2.1' })
    await change({ pilots: '', budgetMEur: '' })
    expect((await edit(1)).facts).toMatchObject({ pilots: [], budgetMEur: null })
  })

  test('says who read it and in which order; a theme that takes a rank pushes the others, and colours what it points at first', async () => {
    must(await importReport(house, file()))
    const reading = async () => (await reportToEdit(ia))!.readings[0]
    const before = await reading()
    const [{ themes, ...said }, known] = [factsOfReading(before), readingPrint(before)]
    const order = Object.fromEntries(themes.map((slug, i) => [slug, i + 1]))
    expect(await editReading(guest, ia, before.id, said, known)).toMatchObject({ reason: 'forbidden' })
    expect(await editReading(house, ia, before.id, { ...said, order: { 'aucun-theme': 1 } }, known)).toMatchObject({ fields: [{ field: 'order.aucun-theme', reason: 'unknown' }] })
    expect(await editReading(house, 'un-autre', before.id, said, known)).toMatchObject({ reason: 'not-found' })
    must(await editReading(house, ia, before.id, { ...said, author: 'Quelqu’un', url: '', order: { ...order, [themes[4]]: '1' } }, known))
    expect(factsOfReading(await reading())).toEqual({ ...said, author: 'Quelqu’un', url: null, themes: [themes[4], ...themes.slice(0, 4), ...themes.slice(5)] })
    expect(await editReading(house, ia, before.id, said, known)).toMatchObject({ reason: 'stale' })
    expect(await db.activity.count({ where: { verb: 'reading.edit' } })).toBe(1)

    // Who says nothing of themes leaves the reading's links as they are.
    const one = async () => (await recommendationForEditor(ia, 16))!
    const { facts: { themes: linked, ...kept }, known: saw } = await one()
    must(await editRecommendation(house, ia, 16, { ...kept, shortFr: 'Autrement' }, saw))
    expect([linked.length, (await one()).facts.themes]).toEqual([2, linked])
    must(await editRecommendation(house, ia, 16, { ...kept, themes: [] }, (await one()).known))
    expect((await one()).facts.themes).toEqual([])
  })

  test('keeps the number of what is spoken of, and the recommendation too', async () => {
    await aReport()
    must(await editRecommendation(house, 'un-rapport', 1, { ...words('Parler.'), number: 2 }, (await edit(1)).known))
    await anEvent({ recommendations: [{ report: 'un-rapport', number: 2 }] })
    expect(await editRecommendation(house, 'un-rapport', 2, { ...words('Parler.'), number: 3 }, (await edit(2)).known)).toMatchObject({ reason: 'linked' })
    expect(await removeRecommendation(house, 'un-rapport', 2)).toEqual({ ok: false, reason: 'linked', fields: [{ field: 'events', reason: '1' }] })
    must(await addRecommendation(house, 'un-rapport', { ...words('Autre.'), number: 9 }))
    must(await removeRecommendation(house, 'un-rapport', 9))
    expect(await edit(2)).toMatchObject({ links: { events: 1 } })
  })
})

describe('an import', () => {
  test('does what was shown before, and nothing the second time', async () => {
    const fates = async (data: unknown) => must(await previewReport(house, data)).fates.filter(({ fate }) => fate !== 'same')
    expect(await fates(file())).toHaveLength(27)
    expect(await db.report.count()).toBe(0)
    must(await importReport(house, file()))
    expect(await fates(file())).toEqual([])
    expect(await fates(asFile((await reportToEdit(ia))!))).toEqual([])
    const changed = file()
    changed.recommendations[15].wordings[0].text = 'Autrement dit'
    changed.recommendations.splice(24)
    changed.readings = []
    expect(await fates(changed)).toEqual([{ what: 'recommendation', number: 16, fate: 'changed' }, { what: 'recommendation', number: 25, fate: 'removed' }, { what: 'readings', number: null, fate: 'removed' }])
    const { print } = must(await previewReport(house, changed))
    await db.report.update({ where: { slug: ia }, data: { title: 'Entre-temps' } })
    expect(await importReport(house, changed, { known: print })).toMatchObject({ reason: 'stale' })
  })

  test('reads a list of wordings as a spreadsheet saves it, and says which lines are wrong', async () => {
    must(await importReport(house, file()))
    const held = asFile((await reportToEdit(ia))!)
    const list = '\uFEFFNuméro;Langue;Texte;Officielle;Source\r\n16;fr;"=SOMME(1)\nsur deux lignes";oui;p. 1\r\n16;en;Two;non;\r\n26;fr;Neuve;x;\r\n'
    const read = must(overlaid(held, list))
    expect(read.recommendations.find(({ number }) => number === 16)?.wordings).toEqual([
      { language: 'fr', text: '=SOMME(1)\nsur deux lignes', official: true, source: 'p. 1' }, { language: 'en', text: 'Two', official: false, source: null },
    ])
    expect(read.recommendations).toHaveLength(26)
    expect(must(overlaid(held, list.replaceAll(';', ','))).recommendations).toEqual(read.recommendations)
    expect(overlaid(held, 'number,text,official\nx,Un,oui\n2,,oui\n3,Trois,peut-être')).toMatchObject({
      reason: 'lines-wrong', fields: [{ field: 'line.2.number' }, { field: 'line.3.text' }, { field: 'line.4.official' }],
    })
    expect(overlaid(held, 'a;b\n1;2')).toMatchObject({ reason: 'no-columns' })
    expect(overlaid(held, `number;text\n${'1;x\n'.repeat(10_001)}`)).toMatchObject({ reason: 'too-many-lines' })
    must(await importReport(house, read))
  })
})
