import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { guest, system } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { canRead } from '@/lib/notes/access'
import { citedBlocks, type NotesDocument } from '@/lib/notes/document'
import { fromMarkdown } from '@/lib/notes/markdown'
import { publishNotes } from '@/lib/notes/publish'
import { currentEdition, editionsOf, notesOf, passagesAbout, restitutions } from '@/lib/notes/queries'
import { saveNotes } from '@/lib/notes/save'
import { withdrawEdition } from '@/lib/notes/withdraw'

const actor = system('test')
const today = new Date('2026-11-22T12:00:00Z')
const authors = 'Anne Le Gall'

let eventId = ''
let recommendationId = ''
let themeId = ''

beforeEach(async () => {
  setClock(today)
  eventId = (await addEvent('cafe', '2026-11-19')).id
  const report = await db.report.create({ data: { slug: 'ia', title: 'IA', publisher: 'X', publishedOn: today, url: 'https://x.fr' } })
  recommendationId = (await db.recommendation.create({ data: { reportId: report.id, number: 16 } })).id
  themeId = (await db.theme.create({ data: { slug: 'donnees', nameFr: 'D', nameEn: 'D', shortFr: 'D', shortEn: 'D' } })).id
})
afterEach(() => setClock(null))

const addEvent = (slug: string, startDate: string, more: object = {}) =>
  db.event.create({
    data: { slug, uid: slug, title: slug, startDate, timeZone: 'Europe/Paris', startsAt: new Date(startDate), overAt: new Date(`${startDate}T22:00Z`), mode: 'online', status: 'published', publishedAt: today, ...more },
  })

const write = async (markdown: string, revision = 0, slug = 'cafe') => saveNotes(actor, slug, { document: fromMarkdown(markdown), revision })

describe('notes while they are written', () => {
  it('are kept with their revision, and each paragraph keeps its id from save to save', async () => {
    const document = fromMarkdown('## Titre\n\nUn. {#ia/16}')
    expect(await saveNotes(actor, 'cafe', { document, revision: 0 })).toEqual({ ok: true, value: { revision: 1, updatedAt: today } })
    const first = await notesOf(eventId)
    expect(first).toMatchObject({ document, revision: 1 })
    await saveNotes(actor, 'cafe', { document: first!.document, revision: 1 })
    expect(await notesOf(eventId)).toMatchObject({ document, revision: 2 })
    expect(await db.activity.findMany({ select: { verb: true, eventId: true } })).toEqual([{ verb: 'notes.write', eventId }])
  })

  it('refuse whoever started from something older, and show them the newest', async () => {
    await write('Un')
    await write('Deux', 1)
    expect(await write('Trois', 1)).toMatchObject({ ok: false, reason: 'stale', newest: { revision: 2, document: { content: [{ content: [{ text: 'Deux' }] }] } } })
    expect(await write('Trois', 0)).toMatchObject({ reason: 'stale' })
    expect(await write('Trois', 7)).toMatchObject({ reason: 'stale', newest: { revision: 2 } })
    expect(await write('Trois', 2)).toMatchObject({ ok: true })
  })

  it('take one of many saves at once, the first included, and tell the others', async () => {
    for (const revision of [0, 1]) {
      const outcomes = await Promise.all(Array.from({ length: 12 }, (_, i) => write(`Version ${i}`, revision)))
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
      const winner = outcomes.findIndex(({ ok }) => ok)
      for (const outcome of outcomes.filter(({ ok }) => !ok)) expect(outcome).toMatchObject({ reason: 'stale', newest: { revision: revision + 1 } })
      expect((await notesOf(eventId))!.document).toMatchObject({ content: [{ content: [{ text: `Version ${winner}` }] }] })
    }
    expect(await db.notes.count()).toBe(1)
  })

  it('refuse what is no document, with the reason, and keep what stood there', async () => {
    await write('Un')
    const paragraph = (text: string) => ({ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] })
    let deep: unknown = { type: 'paragraph' }
    for (let i = 0; i < 10_000; i++) deep = { type: 'blockquote', content: [deep] }
    for (const [document, reason] of [
      [{ type: 'doc', content: [{ type: 'script' }] }, 'malformed'],
      [paragraph('x'.repeat(2_200_000)), 'too-long'],
      [{ type: 'doc', content: [deep] }, 'too-deep'],
      [paragraph('\uD800'), 'not-text'],
      [paragraph('\0'), 'not-text'],
    ]) expect(await saveNotes(actor, 'cafe', { document, revision: 1 })).toEqual({ ok: false, reason: 'invalid', fields: [{ field: 'document', reason }] })
    expect(await notesOf(eventId)).toMatchObject({ revision: 1 })
  })

  it('are for organisers', async () => {
    expect(await saveNotes(guest, 'cafe', { document: fromMarkdown('x'), revision: 0 })).toEqual({ ok: false, reason: 'forbidden' })
    expect(await publishNotes(guest, 'cafe', { authors })).toEqual({ ok: false, reason: 'forbidden' })
    expect(await withdrawEdition(guest, 'cafe', 1)).toEqual({ ok: false, reason: 'forbidden' })
    expect(await write('x', 0, 'nulle-part')).toEqual({ ok: false, reason: 'not-found' })
  })
})

describe('a restitution', () => {
  it('is an edition of the notes as they stood, with its passages', async () => {
    await write('## Dit\n\nLe dépôt des données. {#ia/16 #donnees}\n\n- Autre chose {#ia/16}')
    expect(await publishNotes(actor, 'cafe', { authors, visibility: 'all' })).toEqual({ ok: true, value: { number: 1 } })
    await write('Changé depuis', 1)
    const edition = (await currentEdition(eventId))!
    expect(edition).toMatchObject({ number: 1, authors, licence: 'CC-BY-SA-4.0', publishedAt: today, headings: [{ text: 'Dit', level: 2 }] })
    expect([...edition.targets.recommendations.keys(), ...edition.targets.themes.keys()]).toEqual(['ia/16', 'donnees'])
    const ids = citedBlocks(edition.document).map((block) => block.attrs.id)
    expect(await passagesAbout({ recommendationId })).toMatchObject([
      { paragraphId: ids[1], text: 'Le dépôt des données.', edition: { number: 1 }, event: { slug: 'cafe' } },
      { paragraphId: ids[2], text: 'Autre chose' },
    ])
    expect(await passagesAbout({ themeId })).toHaveLength(1)
    expect(await db.activity.count({ where: { verb: 'notes.publish' } })).toBe(1)
  })

  it('is followed by the next edition, and comes back when that one is withdrawn', async () => {
    await write('Un {#ia/16}')
    await publishNotes(actor, 'cafe', { authors })
    await write('Deux {#ia/16}', 1)
    expect(await publishNotes(actor, 'cafe', { authors, revision: 2 })).toMatchObject({ value: { number: 2 } })
    expect((await passagesAbout({ recommendationId })).map(({ text }) => text)).toEqual(['Deux'])
    await withdrawEdition(actor, 'cafe', 2)
    await withdrawEdition(actor, 'cafe', 2)
    expect((await currentEdition(eventId))!.number).toBe(1)
    expect((await passagesAbout({ recommendationId })).map(({ text }) => text)).toEqual(['Un'])
    expect(await publishNotes(actor, 'cafe', { authors })).toMatchObject({ value: { number: 3 } })
    expect((await editionsOf(eventId)).map(({ number, withdrawnAt }) => [number, withdrawnAt !== null])).toEqual([[3, false], [2, true], [1, false]])
    for (const number of [3, 1]) await withdrawEdition(actor, 'cafe', number)
    expect(await currentEdition(eventId)).toBeNull()
    expect(await db.activity.count({ where: { verb: 'notes.withdraw' } })).toBe(3)
  })

  it('gets one number each, when two publish at once', async () => {
    await write('Un')
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => publishNotes(actor, 'cafe', { authors })))
    expect(outcomes.map((one) => (one.ok ? one.value.number : 0)).sort()).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('is refused with the reason: nothing written, another text than was read, ties to what does not exist, too early', async () => {
    expect(await publishNotes(actor, 'cafe', { authors })).toEqual({ ok: false, reason: 'nothing-written' })
    await write('Un {#ia/17}')
    expect(await publishNotes(actor, 'cafe', { authors, revision: 9 })).toEqual({ ok: false, reason: 'stale' })
    const [{ attrs }] = citedBlocks((await notesOf(eventId))!.document as NotesDocument)
    expect(await publishNotes(actor, 'cafe', { authors })).toEqual({ ok: false, reason: 'unknown-reference', fields: [{ field: `p-${attrs.id}`, reason: 'unknown-reference' }] })
    expect(await publishNotes(actor, 'cafe', { authors: ' ' })).toMatchObject({ reason: 'invalid', fields: [{ field: 'authors', reason: 'required' }] })
    expect(await publishNotes(actor, 'cafe', { authors, licence: 'MIT' as never })).toMatchObject({ fields: [{ field: 'licence', reason: 'not-among' }] })
    for (const [slug, more, reason] of [['demain', {}, 'not-started'], ['brouillon', { status: 'draft' }, 'not-published'], ['annule', { status: 'called_off' }, 'called-off']] as const) {
      await addEvent(slug, '2026-11-23', more)
      await write('Un', 0, slug)
      expect(await publishNotes(actor, slug, { authors })).toEqual({ ok: false, reason })
    }
    expect(await db.edition.count()).toBe(0)
    expect(await db.passage.count()).toBe(0)
  })

  it('carries the day that the program says, and today whatever a person says', async () => {
    await write('Un')
    const at = new Date('2024-03-25T08:00:00Z')
    await publishNotes(actor, 'cafe', { authors }, { at })
    expect((await currentEdition(eventId))!.publishedAt).toEqual(at)
    const person = { kind: 'person' as const, id: '00000000-0000-4000-8000-000000000000', role: 'organiser' as const, name: 'A', address: 'a@b.fr', addressFold: 'a@b.fr', addressFolds: ['a@b.fr'], locale: 'fr', via: 'browser' as const }
    await publishNotes(person, 'cafe', { authors }, { at })
    expect((await currentEdition(eventId))!.publishedAt).toEqual(today)
  })

  it('is listed and quoted only where everybody may read it, or where it stands elsewhere', async () => {
    await write('Un {#ia/16}')
    await publishNotes(actor, 'cafe', { authors })
    await addEvent('ailleurs', '2024-03-21', { restitutionUrl: 'https://tmnlab.com/cafe', restitutionOn: new Date('2024-03-25') })
    await addEvent('rien', '2024-02-01')
    const listed = async () => (await restitutions()).restitutions.map(({ event, edition, outside }) => [event.slug, edition?.number ?? null, outside?.url ?? null])
    expect(await listed()).toEqual([['cafe', 1, null], ['ailleurs', null, 'https://tmnlab.com/cafe']])
    await publishNotes(actor, 'cafe', { authors, visibility: 'registered' })
    expect(await db.event.findUnique({ where: { slug: 'cafe' } })).toMatchObject({ notesVisibility: 'registered' })
    expect(await listed()).toEqual([['ailleurs', null, 'https://tmnlab.com/cafe']])
    expect(await passagesAbout({ recommendationId })).toEqual([])
  })
})

describe('who reads', () => {
  const event = (notesVisibility: 'all' | 'registered' | 'organisers', status = 'published') => ({ status, notesVisibility })
  it('is everybody, those with a seat, or organisers', () => {
    expect(canRead(guest, event('all'))).toBe(true)
    expect(canRead(guest, event('all', 'draft'))).toBe(false)
    expect(canRead(guest, event('registered'))).toBe(false)
    expect(canRead(guest, event('registered'), { status: 'confirmed' })).toBe(true)
    for (const status of ['waitlisted', 'cancelled', 'pending', 'offered']) expect(canRead(guest, event('registered'), { status })).toBe(false)
    expect(canRead(guest, event('organisers'), { status: 'confirmed' })).toBe(false)
    expect(canRead(actor, event('organisers', 'draft'))).toBe(true)
  })
})
