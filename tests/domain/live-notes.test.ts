import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { system } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { fromMarkdown } from '@/lib/notes/markdown'
import { notesOf } from '@/lib/notes/queries'
import { saveNotes } from '@/lib/notes/save'
import type { Writer } from '@/lib/notes/ticket'
import { type Browser, liveHouse, openBrowser, until } from '@/tests/support/live'

let eventId = ''
let anne: Writer
const houses: Awaited<ReturnType<typeof liveHouse>>[] = []
const browsers: Browser[] = []

beforeEach(async () => {
  const event = await db.event.create({
    data: { slug: 'cafe', uid: 'cafe', title: 'Café', startDate: '2026-11-19', timeZone: 'Europe/Paris', startsAt: new Date('2026-11-19T08:00Z'), overAt: new Date('2026-11-19T22:00Z'), mode: 'online', status: 'published', publishedAt: new Date() },
  })
  eventId = event.id
  const person = await db.person.create({ data: { name: 'Anne Le Gall', address: 'anne@example.org', addressFold: 'anne@example.org', role: 'organiser' } })
  anne = `person/${person.id}`
})
afterEach(async () => {
  setClock(null)
  for (const browser of browsers.splice(0)) browser.close()
  await Promise.all(houses.splice(0).map((house) => house.stop()))
})

const house = async (...given: Parameters<typeof liveHouse>) => {
  const one = await liveHouse(...given)
  houses.push(one)
  return one
}
const browse = (port: number | (() => number), more: Partial<Parameters<typeof openBrowser>[2]> = {}) => {
  const one = openBrowser(port, eventId, { writer: anne, ...more })
  browsers.push(one)
  return one
}
const stored = async () => (await notesOf(eventId))?.document.content.map((block) => ('content' in block && block.content ? block.content.map((one) => ('text' in one ? one.text : '')).join('') : ''))

describe('notes that several people write at once', () => {
  it('reach everybody and the database, with an id for each paragraph, and whoever wrote is told', async () => {
    const { port } = await house()
    const [one, other] = [browse(port), browse(port)]
    await until(() => one.provider.synced && other.provider.synced)
    one.add('Bonjour')
    await until(() => other.text().includes('Bonjour'))
    await until(() => one.said.some(({ kind }) => kind === 'stored'))
    expect(await stored()).toEqual(['', 'Bonjour'])
    expect((await notesOf(eventId))!.document).toEqual(other.document())
  })
})
void [saveNotes, fromMarkdown, system]
