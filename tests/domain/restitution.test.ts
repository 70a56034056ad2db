import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import * as notesDoor from '@/app/api/v1/events/[slug]/notes/route'
import * as publishDoor from '@/app/api/v1/events/[slug]/notes/publish/route'
import { notes as notesShape } from '@/app/api/v1/shapes'
import { guest, system } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { completeConfig, config } from '@/lib/config'
import { db } from '@/lib/db'
import { citedBlocks, type NotesDocument } from '@/lib/notes/document'
import { composeAboutRestitution } from '@/lib/notes/letters'
import { fromMarkdown } from '@/lib/notes/markdown'
import { editionPdf, type EditionFacts } from '@/lib/notes/pdf'
import { publishNotes } from '@/lib/notes/publish'
import { editionPage, reviewPage } from '@/lib/notes/queries'
import { remindDue } from '@/lib/notes/remind-due'
import { saveNotes } from '@/lib/notes/save'
import { tellEdition } from '@/lib/notes/tell-edition'
import { withdrawEdition } from '@/lib/notes/withdraw'
import { bytesOf } from '@/lib/pdf'
import { composeAboutRegistration } from '@/lib/registrations/letters'
import { aToken, knock } from '@/tests/support/doors'
import { anEvent, must, signUp } from '@/tests/support/events'

const actor = system('test')
const authors = 'Anne Le Gall'
let slug = ''
let eventId = ''

beforeEach(async () => {
  completeConfig(config())
  setClock(new Date('2026-11-20T08:00:00Z'))
  const event = await anEvent({ startsAt: '2026-11-21T09:00', endsAt: '2026-11-21T10:00' })
  ;[slug, eventId] = [event.slug, event.id]
})
afterEach(() => setClock(null))

const over = () => setClock(new Date('2026-11-22T12:00:00Z'))
const paragraph = (id: string, text: string, about: object[] = []) => ({ type: 'paragraph', attrs: { id, about }, content: [{ type: 'text', text }] })
const write = async (...content: object[]) => {
  const row = await db.notes.findUnique({ where: { eventId } })
  return must(await saveNotes(actor, slug, { document: { type: 'doc', content }, revision: row?.revision ?? 0 }))
}
const edition = (number: number) => db.edition.findUniqueOrThrow({ where: { eventId_number: { eventId, number } } })
const idsOf = (page: Awaited<ReturnType<typeof editionPage>>) => citedBlocks(page!.edition!.document as NotesDocument).map(({ attrs }) => attrs.id)

describe('a restitution that is corrected', () => {
  it('keeps the anchors that still exist, and says which edition had the others', async () => {
    over()
    await write(paragraph('aaaaaaaa', 'Ce qui reste.'), paragraph('bbbbbbbb', 'Ce qui s’en va.'), paragraph('cccccccc', 'Ce qui est corigé.'))
    must(await publishNotes(actor, slug, { authors }))
    await write(paragraph('cccccccc', 'Ce qui est corrigé.'), paragraph('aaaaaaaa', 'Ce qui reste.'), paragraph('dddddddd', 'Ce qui vient.'))
    must(await publishNotes(actor, slug, { changes: 'Une faute en moins.' }))

    const current = await editionPage(eventId)
    expect(idsOf(current)).toEqual(['cccccccc', 'aaaaaaaa', 'dddddddd'])
    expect(current).toMatchObject({ number: 2, current: 2, edition: { authors, changes: 'Une faute en moins.' } })
    expect(current!.gone).toEqual([{ id: 'bbbbbbbb', edition: 1, publishedAt: new Date('2026-11-22T12:00:00Z'), excerpt: 'Ce qui s’en va.' }])
    expect(current!.editions).toMatchObject([{ number: 2, since: 1, count: { added: 1, removed: 1, changed: 1 } }, { number: 1, since: null, count: null }])
    expect(idsOf(await editionPage(eventId, 1))).toEqual(['aaaaaaaa', 'bbbbbbbb', 'cccccccc'])
    expect((await editionPage(eventId, 1))!.gone).toEqual([])
    expect(await editionPage(eventId, 3)).toBeNull()
  })

  it('says nothing of what a withdrawn edition said, only that it had the passage', async () => {
    over()
    await write(paragraph('aaaaaaaa', 'Ce qui reste.'), paragraph('bbbbbbbb', 'Un mot de trop.'))
    must(await publishNotes(actor, slug, { authors }))
    await write(paragraph('aaaaaaaa', 'Ce qui reste.'))
    must(await publishNotes(actor, slug, { changes: 'Sans le secret.' }))
    must(await withdrawEdition(actor, slug, 1, { why: 'Un nom y figurait.' }))
    const page = await editionPage(eventId)
    expect(page!.gone).toEqual([{ id: 'bbbbbbbb', edition: 1, publishedAt: expect.any(Date), excerpt: null }])
    expect(page!.editions).toMatchObject([{ number: 2, since: null, count: null }, { number: 1, changes: null, why: 'Un nom y figurait.' }])
    expect(await editionPage(eventId, 1)).toMatchObject({ edition: null, changes: [], gone: [], why: 'Un nom y figurait.', current: 2 })
    expect(JSON.stringify([page, await editionPage(eventId, 1)])).not.toContain('mot de trop')
    must(await withdrawEdition(actor, slug, 2))
    expect(await editionPage(eventId)).toMatchObject({ number: 2, edition: null, current: null })
    expect(await withdrawEdition(actor, slug, 2, { why: 'x'.repeat(301) })).toMatchObject({ reason: 'invalid', fields: [{ field: 'why', reason: 'too-long' }] })
  })

  it('is published once by two who read the same, and what they read is what leaves', async () => {
    over()
    const { revision } = await write(paragraph('aaaaaaaa', 'Un.'))
    const outcomes = await Promise.all([1, 2, 3].map(() => publishNotes(actor, slug, { authors, revision, after: 0 })))
    expect(outcomes.map((one) => (one.ok ? one.value.number : one.reason)).toSorted()).toEqual([1, 'stale', 'stale'])
    await write(paragraph('aaaaaaaa', 'Deux.'))
    expect(await publishNotes(actor, slug, { authors, revision, after: 1 })).toMatchObject({ reason: 'stale' })
  })

  it('is signed by those who wrote, where nobody says who signs', async () => {
    over()
    await write(paragraph('aaaaaaaa', 'Un.'))
    await db.notesWriter.createMany({ data: ['Zoé', 'Anne'].map((name, i) => ({ eventId, writer: `person/${i}`, name, lastAt: new Date(2026, 10, 21, 9, i) })) })
    expect(await reviewPage(eventId)).toMatchObject({ authors: 'Zoé, Anne', since: null, isEmpty: false, blocks: 1 })
    must(await publishNotes(actor, slug, {}))
    expect(await edition(1)).toMatchObject({ authors: 'Zoé, Anne', licence: 'CC-BY-SA-4.0', isTold: true, changes: null })
  })
})

describe('who asked is told', () => {
  const told = () => db.letter.findMany({ where: { kind: 'notes-out' }, orderBy: [{ toAddress: 'asc' }, { revision: 'asc' }] })

  beforeEach(async () => {
    for (const name of ['anne', 'zoe', 'paul', 'lea']) must(await signUp(slug, `${name}@theatre.example`, { name }))
    await db.registration.updateMany({ where: { address: { startsWith: 'anne' } }, data: { wantsNotes: true } })
    await db.registration.updateMany({ where: { address: { startsWith: 'zoe' } }, data: { wantsNotes: true } })
    await db.registration.updateMany({ where: { address: { startsWith: 'paul' } }, data: { wantsNotes: true, status: 'cancelled' } })
    over()
    await write(paragraph('aaaaaaaa', 'Un.'))
  })

  it('once for each edition, whoever had a seat and asked, of the first without a word and of a correction on request', async () => {
    must(await publishNotes(actor, slug, { authors }))
    const first = await edition(1)
    expect(await Promise.all([1, 2, 3].map(() => tellEdition(first.id))).then((all) => all.reduce((a, b) => a + b))).toBe(2)
    expect((await told()).map(({ toAddress }) => toAddress)).toEqual(['anne@theatre.example', 'zoe@theatre.example'])
    must(await publishNotes(actor, slug, {}))
    expect(await tellEdition((await edition(2)).id)).toBe(0)
    must(await publishNotes(actor, slug, { told: true, changes: 'Deux noms corrigés.' }))
    expect(await tellEdition((await edition(3)).id)).toBe(2)
    const letters = await told()
    expect(letters.map(({ revision }) => revision)).toEqual([1, 3, 1, 3])
    expect(await composeAboutRegistration(letters[1])).toMatchObject({ letter: { kind: 'notes-out', edition: 3, changes: 'Deux noms corrigés.', readers: 'all' } })
  })

  it('not where the edition was withdrawn, is for organisers, or is wanted no more', async () => {
    must(await publishNotes(actor, slug, { authors }))
    const first = await edition(1)
    await db.event.update({ where: { id: eventId }, data: { notesVisibility: 'organisers' } })
    expect(await tellEdition(first.id)).toBe(0)
    await db.event.update({ where: { id: eventId }, data: { notesVisibility: 'registered' } })
    expect(await tellEdition(first.id)).toBe(2)
    const [anne, zoe] = await told()
    expect(await composeAboutRegistration(anne)).toMatchObject({ letter: { readers: 'registered' } })
    await db.registration.updateMany({ where: { address: zoe.toAddress }, data: { wantsNotes: false } })
    expect(await composeAboutRegistration(zoe)).toBeNull()
    must(await withdrawEdition(actor, slug, 1))
    expect(await composeAboutRegistration(anne)).toBeNull()
    await db.letter.deleteMany({ where: { kind: 'notes-out' } })
    expect(await tellEdition(first.id)).toBe(0)
  })
})

describe('a restitution that is due', () => {
  const due = () => db.letter.findMany({ where: { kind: 'notes-due' } })
  const organiser = (name: string) => db.person.create({ data: { name, address: `${name}@tmnlab.example`, addressFold: `${name}@tmnlab.example`, role: 'organiser', locale: 'fr' } })

  it('is said three days after, at ten on its wall, once, to who made the event or else to all', async () => {
    const [made, other] = [await organiser('camille'), await organiser('dominique')]
    await db.event.update({ where: { id: eventId }, data: { createdById: made.id } })
    setClock(new Date('2026-11-24T08:59:00Z'))
    expect(await remindDue()).toBe(0)
    setClock(new Date('2026-11-24T09:00:00Z'))
    expect((await Promise.all([remindDue(), remindDue()])).reduce((a, b) => a + b)).toBe(1)
    expect(await remindDue()).toBe(0)
    const [letter] = await due()
    expect(letter).toMatchObject({ toAddress: made.address, eventId })
    expect(await composeAboutRestitution(letter)).toMatchObject({ letter: { kind: 'notes-due', isWritten: false } })
    await write(paragraph('aaaaaaaa', 'Un.'))
    expect(await composeAboutRestitution(letter)).toMatchObject({ letter: { isWritten: true } })
    must(await publishNotes(actor, slug, { authors }))
    expect(await composeAboutRestitution(letter)).toBeNull()
    await db.event.update({ where: { id: eventId }, data: { createdById: null, restitutionDueTold: null } })
    must(await withdrawEdition(actor, slug, 1))
    await db.letter.deleteMany()
    expect(await remindDue()).toBe(2)
    expect((await due()).map(({ toAddress }) => toAddress).toSorted()).toEqual([made.address, other.address])
  })

  it.each([
    ['it has an edition', () => write(paragraph('aaaaaaaa', 'Un.')).then(() => publishNotes(actor, slug, { authors }))],
    ['it stands elsewhere', () => db.event.update({ where: { id: eventId }, data: { restitutionUrl: 'https://x.example/r' } })],
    ['it was called off', () => db.event.update({ where: { id: eventId }, data: { status: 'called_off' } })],
    ['it came in from an archive', () => db.event.update({ where: { id: eventId }, data: { source: 'https://x.example' } })],
    ['nobody worked for a week', async () => setClock(new Date('2026-11-30T09:00:00Z'))],
  ])('is not said where %s', async (_, change) => {
    await organiser('camille')
    over()
    await change()
    if (_ !== 'nobody worked for a week') setClock(new Date('2026-11-24T09:00:00Z'))
    expect(await remindDue()).toBe(0)
    expect((await db.event.findUniqueOrThrow({ where: { id: eventId } })).restitutionDueTold).not.toBeNull()
  })
})

describe('machines', () => {
  it('publish with a token, and read every edition with its paragraphs', async () => {
    over()
    const token = await aToken()
    const publish = (body: object, means: { token?: string } = { token }) => knock(publishDoor, `/api/v1/events/${slug}/notes/publish`, { params: { slug }, body, ...means })
    expect((await publish({})).status).toBe(409)
    await write(paragraph('aaaaaaaa', 'Un.'), paragraph('bbbbbbbb', 'Deux.'))
    expect((await publish({}, {})).status).toBe(401)
    expect((await publish({ licence: 'MIT' })).status).toBe(422)
    expect((await publish({ unknown: 1 })).status).toBe(400)
    const first = await publish({ authors })
    expect([first.status, await first.json()]).toEqual([201, { number: 1, url: expect.stringMatching(new RegExp(`/rendez-vous/${slug}/restitution/1$`)) }])
    await write(paragraph('aaaaaaaa', 'Un.'))
    expect((await publish({ authors, revision: 1 })).status).toBe(409)
    expect((await publish({ changes: 'Deux en moins.' })).status).toBe(201)
    must(await withdrawEdition(actor, slug, 1))
    const said = notesShape.parse(await (await knock(notesDoor, `/api/v1/events/${slug}/notes`, { params: { slug } })).json())
    expect(said).toMatchObject({ edition: 2, editions: [{ number: 2, changes: 'Deux en moins.', withdrawn: false, paragraphs: [{ id: 'aaaaaaaa', text: 'Un.', recommendations: [], themes: [] }] }, { number: 1, withdrawn: true, authors: null }] })
    expect(said.editions[1].paragraphs).toBeUndefined()
    expect(await publishNotes(guest, slug, { authors })).toMatchObject({ reason: 'forbidden' })
  })
})

describe('on paper', () => {
  it('an edition is read in its order, with its parts, its language and every letter', async () => {
    const document = fromMarkdown('## Les données\n\nŻółć et « l’œuvre » : 9 h 30 ? 漢 **gras** et [un lien](https://x.example/a). {#ia/16}\n\n- Un\n- Deux\n\n> Cité\n\n| Tête | Pied |\n| --- | --- |\n| Un | Deux |\n\n- [x] Fait')
    const facts: EditionFacts = {
      document, title: 'Café : les données', language: 'fr', locale: 'fr', day: '21 novembre 2026', authors, number: 2, publishedOn: '22 novembre 2026', changes: 'Deux noms.', licence: { name: 'CC BY 4.0', href: 'https://x.example/by' },
      address: 'https://x.example/restitution/2', marks: new Map([['ia/16', { says: 'Recommandation 16', href: 'https://x.example/16' }]]), editions: [{ number: 2, on: '22', withdrawn: false, href: 'https://x.example/2' }, { number: 1, on: '21', withdrawn: true, href: 'https://x.example/1' }], demonstration: false, house: 'Parlons-en',
    }
    const pdf = await getDocument({ data: new Uint8Array(await bytesOf(await editionPdf(facts))), useSystemFonts: false, verbosity: 0 }).promise
    const { info } = await pdf.getMetadata()
    expect(info).toMatchObject({ Title: 'Café : les données', Language: 'fr', Author: authors })
    const page = await pdf.getPage(1)
    const text = (await page.getTextContent()).items.map((one) => ('str' in one ? one.str : '')).join('').replace(/\s+/g, ' ')
    const inOrder = ['Café\u00A0: les données', 'Anne', 'nº 2', 'CC BY', 'nº 1, 21', 'Deux noms', 'Les données ¶', 'Żółć et «\u00A0l’œuvre\u00A0»', '9\u00A0h\u00A030', 'gras', 'un lien', 'Recommandation 16', 'Cité', 'Tête', 'Fait', 'Page 1']
    const places = inOrder.map((words) => text.indexOf(words.replace(/\s+/g, ' ')))
    expect(places, text).toEqual(places.toSorted((a, b) => a - b))
    expect(places, text).not.toContain(-1)
    const roles: string[] = []
    const walk = (node: { role?: string; children?: unknown[] }) => {
      if (node.role) roles.push(node.role)
      for (const child of node.children ?? []) walk(child as typeof node)
    }
    walk((await page.getStructTree()) as { children: unknown[] })
    for (const role of ['Document', 'H1', 'H2', 'P', 'L', 'LI', 'Lbl', 'LBody', 'BlockQuote', 'Table', 'TR', 'TH', 'TD', 'Link', 'Span']) expect(roles, role).toContain(role)
    expect((await pdf.getOutline()).map(({ title }) => title)).toEqual(['Les données'])
    expect(Object.keys(await pdf.getDestinations())).toContain(`p-${citedBlocks(document)[0].attrs.id}`)
    expect((await page.getAnnotations()).map(({ url }) => url)).toEqual(expect.arrayContaining(['https://x.example/a', 'https://x.example/16', `https://x.example/restitution/2#p-${citedBlocks(document)[1].attrs.id}`]))
  })

  it('a long one leaves others their turn between two pages', async () => {
    const document = fromMarkdown(Array.from({ length: 150 }, (_, i) => `## Titre ${i}\n\n${'Une phrase de la séance, assez longue. '.repeat(12)}`).join('\n\n'))
    const facts: EditionFacts = { document, title: 'Long', language: 'fr', locale: 'fr', day: '', authors, number: 1, publishedOn: '', changes: null, licence: { name: 'x', href: null }, address: 'https://x.example/1', marks: new Map(), editions: [], demonstration: false, house: 'x' }
    let turns = 0
    const clock = setInterval(() => turns++, 0)
    const pdf = await getDocument({ data: new Uint8Array(await bytesOf(await editionPdf(facts))), verbosity: 0 }).promise
    clearInterval(clock)
    expect(pdf.numPages).toBeGreaterThan(15)
    expect(turns).toBeGreaterThan(pdf.numPages / 2)
  })
})
