import { strFromU8, unzipSync } from 'fflate'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { kitFiles } from '@/app/[locale]/(public)/events/[slug]/relay/kit-files'
import { guest } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { confirmDiscussed } from '@/lib/coverage/confirm-discussed'
import { decideRelay } from '@/lib/coverage/decide-relay'
import { countRelays, coverageOf, relaysAt, relaysOf } from '@/lib/coverage/queries'
import { tellRelay } from '@/lib/coverage/tell-relay'
import { db } from '@/lib/db'
import { callOff } from '@/lib/events/call-off'
import { eventBySlug } from '@/lib/events/queries'
import { importReport } from '@/lib/reports/import-report'
import { aDraft, anEvent, house, must } from '@/tests/support/events'

beforeEach(() => setClock(new Date('2027-02-20T09:00:00Z')))
afterEach(() => setClock(null))

const told = { house: 'La Criée, Marseille', heldOn: '2027-02-10', text: 'Quatorze personnes, une décision.' }
const report = 'rapport-essai'
const recommendations = [1, 2, 3].map((number) => ({ number, wordings: [{ language: 'fr', text: `Ouvrir <les> *données* ${number}`, official: true, source: 'Rapport, p. 3' }] }))

async function discussedEvent() {
  must(await importReport(house, { slug: report, title: 'Rapport d’essai', publisher: 'Essai', language: 'fr', publishedOn: '2026-01-01', url: 'https://x.example/', recommendations }))
  return anEvent({ recommendations: [1, 2].map((number) => ({ report, number })) })
}

test('What a house tells waits, is shown by an organiser’s yes, mended, and taken back', async () => {
  const { id: eventId, slug } = await anEvent()
  const { id } = must(await tellRelay(guest, slug, told, 'fr'))
  expect(must(await tellRelay(guest, slug, told, 'fr'))).toEqual({ id })
  expect([await countRelays(), await relaysAt(eventId)]).toEqual([1, []])
  expect(await decideRelay(guest, id, { decision: 'approve', was: 'open' })).toEqual({ ok: false, reason: 'forbidden' })
  expect(await decideRelay(house, id, { decision: 'approve', was: 'open', text: 'Voir https://evil.example' })).toMatchObject({ reason: 'invalid', fields: [{ field: 'text', reason: 'link' }] })
  must(await decideRelay(house, id, { decision: 'approve', was: 'open', text: 'Quatorze personnes et une décision.' }))
  expect(await decideRelay(house, id, { decision: 'decline', was: 'open' })).toEqual({ ok: false, reason: 'decided' })
  expect(await relaysAt(eventId)).toMatchObject([{ house: told.house, text: 'Quatorze personnes et une décision.', heldOn: new Date('2027-02-10T00:00Z') }])
  must(await decideRelay(house, id, { decision: 'decline', was: 'approved' }))
  expect(await relaysAt(eventId)).toEqual([])
  expect((await db.activity.findMany({ where: { eventId, verb: { startsWith: 'relay.' } }, orderBy: { id: 'asc' } })).map(({ verb }) => verb)).toEqual(['relay.approve', 'relay.decline'])
})

test.each([
  ['without a house', { ...told, house: ' ' }, 'house', 'required'],
  ['with an address for a house', { ...told, house: 'www.evil.example' }, 'house', 'link'],
  ['without a day', { ...told, heldOn: '' }, 'heldOn', 'required'],
  ['on no day', { ...told, heldOn: '2027-02-31' }, 'heldOn', 'not-a-date'],
  ['tomorrow', { ...told, heldOn: '2027-02-21' }, 'heldOn', 'to-come'],
  ['before the session', { ...told, heldOn: '2027-01-13' }, 'heldOn', 'too-early'],
  ['in a book', { ...told, text: 'x'.repeat(1501) }, 'text', 'too-long'],
])('%s nothing is told', async (_, input, field, reason) => {
  const { slug } = await anEvent()
  expect(await tellRelay(guest, slug, input, 'fr')).toEqual({ ok: false, reason: 'invalid', fields: [{ field, reason }] })
})

test('Of drafts, closed circles and what was called off nothing is told; thirty that wait are enough', async () => {
  setClock(new Date('2027-01-02T09:00:00Z'))
  const [draft, members, off, open] = [await aDraft(), await anEvent({ audience: 'members' }), await anEvent(), await anEvent()]
  must(await callOff(house, off.slug))
  setClock(new Date('2027-02-20T09:00:00Z'))
  expect(await tellRelay(guest, draft.slug, told, 'fr')).toEqual({ ok: false, reason: 'not-found' })
  for (const { slug } of [members, off]) expect(await tellRelay(guest, slug, told, 'fr')).toEqual({ ok: false, reason: 'not-public' })
  const all = await Promise.all(Array.from({ length: 33 }, (_, n) => tellRelay(guest, open.slug, { ...told, house: `Maison ${n}` }, 'fr')))
  expect(all.filter(({ ok }) => ok)).toHaveLength(30)
})

test('Houses are credited beside what the session discussed, and change no depth', async () => {
  const { slug } = await discussedEvent()
  const before = await coverageOf(report)
  must(await decideRelay(house, must(await tellRelay(guest, slug, told, 'fr')).id, { decision: 'approve', was: 'open' }))
  expect([...(await relaysOf(report)).keys()].toSorted()).toEqual([1, 2])
  expect(await coverageOf(report)).toEqual(before)
  must(await confirmDiscussed(house, slug, [{ report, number: 2 }, { report, number: 3 }]))
  expect([...(await relaysOf(report)).keys()].toSorted()).toEqual([2, 3])
  expect((await relaysOf(report, 3)).get(3)).toMatchObject([{ house: told.house, event: { slug } }])
})

test('The kit holds poster, quotations, rundown and text, safe to paste', async () => {
  const { slug } = await discussedEvent()
  const event = await eventBySlug(slug)
  const files = unzipSync(await kitFiles(event!, 'en'))
  expect(Object.keys(files).toSorted()).toEqual(['english', 'francais'].flatMap((folder) => Object.keys(files).filter((name) => name.startsWith(folder))).toSorted())
  expect(Object.keys(files)).toHaveLength(16)
  for (const name of Object.keys(files).filter((one) => one.endsWith('.pdf'))) expect(strFromU8(files[name].subarray(0, 5))).toBe('%PDF-')
  expect(strFromU8(files['francais/texte-pour-votre-site.html'])).toContain('Ouvrir &#60;les&#62; *données* 1')
  expect(strFromU8(files['francais/recommandations.md'])).toMatch(/^> «\s\S.*\\<les\\> \\\*données\\\* 1\s»$/m)
  expect(strFromU8(files['english/recommendations.md'])).toContain('Recommendation 1')
})
