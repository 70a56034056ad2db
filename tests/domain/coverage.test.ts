import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { guest, system } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { confirmDiscussed } from '@/lib/coverage/confirm-discussed'
import { coverageOf, coverageOfRecommendation, discussedAt, themeCoverage } from '@/lib/coverage/queries'
import { type Counts, coverageSentence, spell } from '@/lib/coverage/rules'
import { db } from '@/lib/db'
import { fromMarkdown } from '@/lib/notes/markdown'
import { publishNotes } from '@/lib/notes/publish'
import { saveNotes } from '@/lib/notes/save'
import { withdrawEdition } from '@/lib/notes/withdraw'

const actor = system('test')
const today = new Date('2026-11-22T12:00:00Z')
const ids = new Map<number, string>()
let themeId = ''

beforeEach(async () => {
  setClock(today)
  const report = await db.report.create({ data: { slug: 'ia', title: 'IA', publisher: 'X', publishedOn: today, url: 'https://x.fr' } })
  const theme = await db.theme.create({ data: { slug: 'donnees', nameFr: 'Données', nameEn: 'Data', shortFr: 'D', shortEn: 'D' } })
  themeId = theme.id
  await db.reading.create({ data: { reportId: report.id, author: 'A', themes: { create: { themeId, position: 0 } } } })
  for (let number = 1; number <= 12; number++) ids.set(number, (await db.recommendation.create({ data: { reportId: report.id, number } })).id)
})
afterEach(() => setClock(null))

async function addEvent(slug: string, startDate: string, numbers: number[], more: object = {}, origin: 'chosen' | 'inferred' = 'chosen') {
  const event = await db.event.create({
    data: { slug, uid: slug, title: slug, startDate, timeZone: 'Europe/Paris', startsAt: new Date(startDate), overAt: new Date(`${startDate}T22:00Z`), mode: 'online', status: 'published', publishedAt: today, themes: { create: { themeId, position: 0 } }, ...more },
  })
  await db.eventRecommendation.createMany({ data: numbers.map((number, position) => ({ eventId: event.id, recommendationId: ids.get(number)!, position, origin })) })
  return event
}

const confirm = (slug: string, ...numbers: number[]) => confirmDiscussed(actor, slug, numbers.map((number) => ({ report: 'ia', number })))

async function publish(slug: string, markdown: string, visibility: 'all' | 'registered' = 'all') {
  const { revision } = (await db.notes.findFirst({ where: { event: { slug } } })) ?? { revision: 0 }
  await saveNotes(actor, slug, { document: fromMarkdown(markdown), revision })
  const outcome = await publishNotes(actor, slug, { authors: 'A', visibility })
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value.number
}

describe('coverage', () => {
  it('reads as the table written by hand says', async () => {
    await addEvent('a-venir', '2026-12-01', [2, 3])
    await addEvent('passe', '2026-11-01', [4])
    await addEvent('confirme', '2026-10-01', [3, 5, 6])
    await confirm('confirme', 5, 3, 9)
    await addEvent('devine', '2026-12-02', [7], {}, 'inferred')
    await addEvent('annule', '2026-12-03', [7], { status: 'called_off' })
    await addEvent('brouillon', '2026-12-04', [7], { status: 'draft' })
    await addEvent('restitue', '2026-09-01', [8])
    await confirm('restitue', 8)
    await publish('restitue', 'Dit. {#ia/8}\n\nRedit. {#ia/8 #ia/10}')
    await addEvent('reserve', '2026-08-01', [11])
    await confirm('reserve', 11)
    await publish('reserve', 'Entre nous. {#ia/11}', 'registered')
    await addEvent('repris', '2026-07-01', [12])
    await publish('repris', 'Avant. {#ia/12 #ia/1}')
    await publish('repris', 'Après. {#ia/12}')

    const whole = (await coverageOf('ia'))!
    expect(whole.recommendations.map((one) => [one.number, one.depth, one.awaitsConfirmation, one.coming, one.toConfirm, one.discussed, one.passages, one.lastDiscussed])).toEqual([
      [1, 'never', false, 0, 0, 0, 0, null],
      [2, 'planned', false, 1, 0, 0, 0, null],
      [3, 'discussed', false, 1, 0, 1, 0, '2026-10-01'],
      [4, 'planned', true, 0, 1, 0, 0, null],
      [5, 'discussed', false, 0, 0, 1, 0, '2026-10-01'],
      [6, 'never', false, 0, 0, 0, 0, null],
      [7, 'never', false, 0, 0, 0, 0, null],
      [8, 'minuted', false, 0, 0, 1, 2, '2026-09-01'],
      [9, 'discussed', false, 0, 0, 1, 0, '2026-10-01'],
      [10, 'minuted', false, 0, 0, 0, 1, null],
      [11, 'discussed', false, 0, 0, 1, 0, '2026-08-01'],
      [12, 'minuted', false, 0, 1, 0, 1, null],
    ])
    expect(whole.counts).toEqual({ total: 12, never: 3, planned: 2, discussed: 4, minuted: 3, toConfirm: 1 })
    expect(coverageSentence(whole.counts, 'fr')).toBe('Douze recommandations. Nous en avons discuté sept, dont trois ont une restitution. Deux sont au programme. Trois n’ont jamais été abordées.')
    expect(await themeCoverage('ia')).toMatchObject([{ slug: 'donnees', depth: 'discussed', coming: 2, toConfirm: 2, discussed: 3, passages: 0, lastDiscussed: '2026-10-01' }])

    await withdrawEdition(actor, 'repris', 2)
    expect((await coverageOf('ia'))!.recommendations[0]).toMatchObject({ number: 1, depth: 'minuted' })
    await withdrawEdition(actor, 'repris', 1)
    expect((await coverageOf('ia'))!.recommendations[11]).toMatchObject({ depth: 'planned', awaitsConfirmation: true })
  })

  it('tells one recommendation’s story, the newest event first', async () => {
    await addEvent('a-venir', '2026-12-01', [3])
    await addEvent('annule', '2026-12-02', [3], { status: 'called_off' })
    await addEvent('passe', '2026-11-01', [3])
    await addEvent('confirme', '2026-10-01', [3])
    await confirm('confirme', 3)
    await addEvent('autre-chose', '2026-09-01', [3])
    await confirm('autre-chose')
    await addEvent('devine', '2026-08-01', [3], {}, 'inferred')
    await addEvent('spontane', '2026-07-01', [])
    await confirm('spontane', 3)
    await addEvent('brouillon', '2026-12-04', [3], { status: 'draft' })
    const story = (await coverageOfRecommendation('ia', 3))!
    expect(story.events.map(({ event, state }) => [event.slug, state])).toEqual([
      ['annule', 'called-off'], ['a-venir', 'coming'], ['passe', 'to-confirm'], ['confirme', 'discussed'], ['autre-chose', 'not-discussed'], ['devine', 'inferred'], ['spontane', 'discussed'],
    ])
    expect(story).toMatchObject({ depth: 'discussed', coming: 1, toConfirm: 1, discussed: 2, passages: [] })
    expect(await coverageOfRecommendation('ia', 99)).toBeNull()
    expect(await coverageOfRecommendation('rien', 3)).toBeNull()
  })

  it('of a report without recommendations is empty, of no report is nothing', async () => {
    await db.report.create({ data: { slug: 'vide', title: 'V', publisher: 'X', publishedOn: today, url: 'https://x.fr' } })
    expect(await coverageOf('vide')).toEqual({ recommendations: [], counts: { total: 0, never: 0, planned: 0, discussed: 0, minuted: 0, toConfirm: 0 } })
    expect(await coverageOf('rien')).toBeNull()
    expect(await themeCoverage('vide')).toEqual([])
  })
})

describe('saying what was discussed', () => {
  it('replaces what was said before, and stands in the journal', async () => {
    const { id } = await addEvent('passe', '2026-11-01', [1])
    expect(await discussedAt(id)).toBeNull()
    expect(await confirm('passe', 1, 2, 2)).toEqual({ ok: true, value: { discussed: 2 } })
    expect(await confirm('passe', 2, 3)).toEqual({ ok: true, value: { discussed: 2 } })
    expect((await discussedAt(id))!.recommendations.map(({ number }) => number).sort()).toEqual([2, 3])
    expect(await confirm('passe')).toEqual({ ok: true, value: { discussed: 0 } })
    expect(await discussedAt(id)).toMatchObject({ recommendations: [], confirmedBy: 'test' })
    expect(await db.activity.count({ where: { verb: 'coverage.confirm', eventId: id } })).toBe(3)
  })

  it('is done by organisers, once a published event has begun, about what exists', async () => {
    await addEvent('demain', '2026-11-23', [1])
    await addEvent('passe', '2026-11-01', [1])
    await addEvent('brouillon', '2026-11-01', [1], { status: 'draft' })
    await addEvent('annule', '2026-11-01', [1], { status: 'called_off' })
    expect(await confirmDiscussed(guest, 'passe', [])).toEqual({ ok: false, reason: 'forbidden' })
    expect(await confirm('demain', 1)).toEqual({ ok: false, reason: 'not-started' })
    expect(await confirm('brouillon', 1)).toEqual({ ok: false, reason: 'not-published' })
    expect(await confirm('annule', 1)).toEqual({ ok: false, reason: 'called-off' })
    expect(await confirm('nulle-part', 1)).toEqual({ ok: false, reason: 'not-found' })
    expect(await confirm('passe', 1, 13)).toEqual({ ok: false, reason: 'invalid', fields: [{ field: 'recommendations.1', reason: 'unknown' }] })
    expect(await confirmDiscussed(actor, 'passe', [{ report: '../x', number: 1 }])).toMatchObject({ reason: 'invalid', fields: [{ field: 'recommendations.0.report' }] })
    expect(await db.discussion.count()).toBe(0)
    expect(await db.confirmation.count()).toBe(0)
  })

  it('leaves one answer when two say it at once', async () => {
    const { id } = await addEvent('passe', '2026-11-01', [1])
    const outcomes = await Promise.all([confirm('passe', 1, 2), confirm('passe', 3), confirm('passe', 1, 2), confirm('passe', 3)])
    expect(outcomes.every(({ ok }) => ok)).toBe(true)
    expect([[1, 2], [3]]).toContainEqual((await discussedAt(id))!.recommendations.map(({ number }) => number).sort())
  })
})

describe('the sentence', () => {
  const counts = (given: Partial<Counts>): Counts => ({ total: 25, never: 0, planned: 0, discussed: 0, minuted: 0, toConfirm: 0, ...given })
  it.each([
    [counts({ never: 16, discussed: 5, minuted: 4 }), 'Vingt-cinq recommandations. Nous en avons discuté neuf, dont quatre ont une restitution. Seize n’ont jamais été abordées.', 'Twenty-five recommendations. We have discussed nine, four of them with published notes. Sixteen have never come up.'],
    [counts({ never: 25 }), 'Vingt-cinq recommandations. Nous n’en avons encore discuté aucune. Aucune n’est encore au programme.', 'Twenty-five recommendations. None has been discussed yet. None is on the programme yet.'],
    [counts({ never: 24, minuted: 1 }), 'Vingt-cinq recommandations. Nous en avons discuté une, et elle a une restitution. Vingt-quatre n’ont jamais été abordées.', 'Twenty-five recommendations. We have discussed one, with published notes. Twenty-four have never come up.'],
    [counts({ discussed: 24, minuted: 1 }), 'Vingt-cinq recommandations. Nous les avons toutes discutées, dont une a une restitution.', 'Twenty-five recommendations. We have discussed all of them, one of them with published notes.'],
    [counts({ total: 21, never: 1, planned: 1, discussed: 19 }), 'Vingt et une recommandations. Nous en avons discuté dix-neuf. Une est au programme. Une n’a jamais été abordée.', 'Twenty-one recommendations. We have discussed nineteen. One is on the programme. One has never come up.'],
    [counts({ total: 1, planned: 1 }), 'Une recommandation. Elle est au programme.', 'One recommendation. It is on the programme.'],
    [counts({ total: 0 }), 'Aucune recommandation.', 'No recommendations.'],
  ])('%j', (given, french, english) => {
    expect(coverageSentence(given, 'fr')).toBe(french)
    expect(coverageSentence(given, 'en')).toBe(english)
  })

  it('counts in French as French people do', () => {
    expect([1, 17, 21, 22, 61, 70, 71, 77, 80, 81, 91, 99, 100, 1200].map((n) => spell(n, 'fr'))).toEqual([
      'une', 'dix-sept', 'vingt et une', 'vingt-deux', 'soixante et une', 'soixante-dix', 'soixante et onze', 'soixante-dix-sept', 'quatre-vingts', 'quatre-vingt-une', 'quatre-vingt-onze', 'quatre-vingt-dix-neuf', '100', '1200',
    ])
  })
})
