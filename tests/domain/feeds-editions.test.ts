import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { setClock } from '@/lib/clock'
import { db, inTransaction } from '@/lib/db'
import { showNotesTo } from '@/lib/events/show-notes-to'
import { withdrawEdition } from '@/lib/notes/withdraw'
import { anEvent, house, must } from '@/tests/support/events'
import { aSeason, feed } from '@/tests/support/feeds'

beforeEach(() => setClock(new Date('2026-11-23T08:00:00Z')))
afterEach(() => setClock(null))

type Item = { id: string; title: string; url: string; content_text: string; date_published: string; date_modified: string; _edition?: { number: number; event: string }; _event?: object }

const items = async (path: string, query = '') => ((await (await feed(`${path}.json${query}`)).json()) as { items: Item[] }).items
const editionsIn = async (path: string, query = '') => (await items(path, query)).filter((item) => item._edition)

/** The same of the Atom feed, as a parser that is not ours reads it. */
async function entriesIn(path: string) {
  const xml = await (await feed(`${path}.atom`)).text()
  expect(XMLValidator.validate(xml)).toBe(true)
  const { feed: read } = new XMLParser({ ignoreAttributes: false, isArray: (name) => name === 'entry' || name === 'link' }).parse(xml) as { feed: { updated: string; entry?: { id: string; title: string; updated: string; published: string; content: { '#text': string }; link: { '@_rel': string; '@_href': string }[] }[] } }
  return { updated: read.updated, entries: read.entry ?? [] }
}

async function anEdition(eventId: string, number: number, publishedAt: string, passages: { paragraphId: string; text: string; themeId?: string; recommendationId?: string }[]) {
  await db.edition.create({
    data: { eventId, number, document: {}, authors: 'Camille & l’équipe', licence: 'CC BY 4.0', publishedAt: new Date(publishedAt), passages: { create: passages.map((one, position) => ({ ...one, eventId, position })) } },
  })
}

test('A restitution is an entry of its own in Atom and JSON, where it stands and where a passage speaks of it; in no calendar', async () => {
  const { event, theme, paths } = await aSeason()
  const other = await db.theme.findFirstOrThrow({ where: { slug: { not: theme } } })
  const { id: recommendationId } = await db.recommendation.findFirstOrThrow({ where: { number: 16 } })
  await anEdition(event.id, 1, '2026-11-20T10:00:00Z', [{ paragraphId: 'old', text: 'Ancien.', themeId: other.id }])
  await anEdition(event.id, 2, '2026-11-22T10:00:00Z', [
    { paragraphId: 'aaaa', text: 'Le <dépôt> se négocie.', recommendationId },
    { paragraphId: 'bbbb', text: 'Nommer qui décide.', themeId: other.id },
  ])
  for (const path of [...paths, `themes/${other.slug}`]) {
    const [item, ...more] = await editionsIn(path)
    expect([more.length, item.title, item.url, item.date_published, item.date_modified, item._edition?.number]).toEqual([
      0, 'Restitution\u00A0: Théâtre et données', `http://localhost:3000/rendez-vous/${event.slug}/restitution`, '2026-11-20T10:00:00.000Z', '2026-11-22T10:00:00.000Z', 2,
    ])
    expect(item.id).toMatch(/^tag:.*\/edition$/)
    expect(item.id).toBe(`${item._edition?.event}/edition`)
    const { entries } = await entriesIn(path)
    const entry = entries.find(({ id }) => id === item.id)
    expect([entry?.title, entry?.updated, entry?.published, entry?.link[0]['@_href']]).toEqual([item.title, '2026-11-22T10:00:00Z', '2026-11-20T10:00:00Z', item.url])
    expect(entry?.content['#text'].replace(/\s+/g, ' ').replaceAll('&lt;', '<').replaceAll('&gt;', '>')).toBe(item.content_text.replace(/\s+/g, ' '))
    expect(await (await feed(`${path}.ics`)).text()).not.toContain('négocie')
  }
  const about = async (path: string) => (await editionsIn(path))[0].content_text
  expect(await about(`themes/${other.slug}`)).toContain(`«\u00A0Nommer qui décide.\u00A0»\nhttp://localhost:3000/rendez-vous/${event.slug}/restitution#p-bbbb`)
  expect(await about(`themes/${other.slug}`)).not.toMatch(/négocie|Ancien/)
  expect(await about(paths[3])).toMatch(/Le <dépôt> se négocie/)
  expect(await about(`themes/${theme}`)).not.toContain('«')
  expect(await editionsIn('reports/ia-notre-ambition-pour-la-france/2')).toEqual([])
  expect((await editionsIn('events', '?lang=en'))[0].title).toBe('Notes: Théâtre et données')
})

test('What not everybody may read is in no feed, at once; what was withdrawn gives way to the edition before it', async () => {
  const { event, paths } = await aSeason()
  await anEdition(event.id, 1, '2026-11-20T10:00:00Z', [])
  await anEdition(event.id, 2, '2026-11-22T10:00:00Z', [])
  const numbers = async () => Promise.all(paths.map(async (path) => [(await editionsIn(path)).map((item) => item._edition?.number), (await entriesIn(path)).entries.length]))
  const each = (found: number[]) => paths.map(() => [found, found.length + 1])
  expect(await numbers()).toEqual(each([2]))
  must(await withdrawEdition(house, event.slug, 2))
  expect(await numbers()).toEqual(each([1]))
  await inTransaction((tx) => showNotesTo(tx, event.id, 'registered'))
  expect(await numbers()).toEqual(each([]))
  await inTransaction((tx) => showNotesTo(tx, event.id, 'all'))
  expect(await numbers()).toEqual(each([1]))
  must(await withdrawEdition(house, event.slug, 1))
  expect(await numbers()).toEqual(each([]))
})

test('Sessions and restitutions stand together, the latest changed first; a year later a restitution is left to ?all=1', async () => {
  const { event } = await aSeason()
  setClock(new Date('2026-11-25T08:00:00Z'))
  await anEvent({ title: 'Après' })
  await anEdition(event.id, 1, '2026-11-24T10:00:00Z', [])
  expect((await items('events')).map(({ title }) => title)).toEqual(['Après', 'Restitution\u00A0: Théâtre et données', 'Théâtre et données'])
  expect((await entriesIn('events')).updated).toBe('2026-11-25T08:00:00Z')
  setClock(new Date('2027-11-25T08:00:00Z'))
  expect([(await editionsIn('events')).length, (await editionsIn('events', '?all=1')).length, (await editionsIn(`events/${event.slug}`)).length]).toEqual([0, 1, 1])
})
