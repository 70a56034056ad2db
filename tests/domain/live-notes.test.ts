import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { system } from '@/lib/actor'
import { db } from '@/lib/db'
import { log } from '@/lib/log'
import { fromMarkdown } from '@/lib/notes/markdown'
import { notesOf } from '@/lib/notes/queries'
import { saveNotes } from '@/lib/notes/save'
import type { Writer } from '@/lib/notes/ticket'
import { liveLimits } from '@/server/live-limits'
import { type Browser, liveHouse, openBrowser, until } from '@/tests/support/live'

const actor = system('test')
let eventId = ''
let anne: Writer
let personId = ''
const houses: Awaited<ReturnType<typeof liveHouse>>[] = []
const browsers: Browser[] = []

beforeEach(async () => {
  const event = await db.event.create({
    data: { slug: 'cafe', uid: 'cafe', title: 'Café', startDate: '2026-11-19', timeZone: 'Europe/Paris', startsAt: new Date('2026-11-19T08:00Z'), overAt: new Date('2026-11-19T22:00Z'), mode: 'online', status: 'published', publishedAt: new Date() },
  })
  eventId = event.id
  personId = (await db.person.create({ data: { name: 'Anne Le Gall', address: 'anne@example.org', addressFold: 'anne@example.org', role: 'organiser' } })).id
  anne = `person/${personId}`
})
afterEach(async () => {
  for (const browser of browsers.splice(0)) browser.close()
  await Promise.all(houses.splice(0).map((house) => house.stop()))
})

const house = async (...given: Parameters<typeof liveHouse>) => {
  const one = await liveHouse(...given)
  houses.push(one)
  return one
}
const browse = async (port: number | (() => number), more: Partial<Parameters<typeof openBrowser>[2]> = {}) => {
  const one = openBrowser(port, eventId, { writer: anne, ...more })
  browsers.push(one)
  await until(() => one.provider.synced, { what: 'it is open' })
  return one
}
/** The lines of the database, without the empty ones. */
const stored = async () =>
  ((await notesOf(eventId))?.document.content ?? []).flatMap((block) => ('content' in block && block.content ? [block.content.map((one) => ('text' in one ? one.text : '')).join('')] : [])).filter(Boolean)
const isStored = (lines: string[]) => until(async () => JSON.stringify((await stored()).toSorted()) === JSON.stringify(lines.toSorted()), { what: `stored: ${lines}` })

describe('notes that several people write at once', () => {
  it('reach everybody and the database, with an id for each paragraph, and whoever wrote is told', async () => {
    const { port } = await house()
    const [one, other] = [await browse(port), await browse(port)]
    one.add('Bonjour')
    await until(() => other.text().includes('Bonjour'))
    await until(() => one.said.some(({ kind, revision }) => kind === 'stored' && revision === 1))
    expect(await stored()).toEqual(['Bonjour'])
    expect((await notesOf(eventId))!.document).toEqual(other.document())
    expect(await db.notesWriter.findMany({ select: { writer: true, name: true } })).toEqual([{ writer: anne, name: 'Anne Le Gall' }])
    other.add('Encore')
    await isStored(['Bonjour', 'Encore'])
    expect(await db.activity.findMany({ select: { verb: true, actorName: true } })).toEqual([{ verb: 'notes.write', actorName: 'Anne Le Gall' }])
  })

  it('carry on notes of before, with their ids and passages, and are made once, however many open them first', async () => {
    await db.notes.create({ data: { eventId, document: fromMarkdown('## Dit\n\nLe dépôt. {#ia/16}') as never, revision: 3 } })
    const before = (await notesOf(eventId))!.document
    const [a, b] = [await house(), await house()]
    const all = await Promise.all([a, b, a, b].map(({ port }) => browse(port)))
    for (const one of all) expect(one.document()).toEqual(before)
    all[0].add('Suite')
    await isStored(['Dit', 'Le dépôt.', 'Suite'])
    expect((await notesOf(eventId))!.document.content.slice(0, 2)).toEqual(before.content)
  })

  it('say who is there by the database, whatever a browser says', async () => {
    const { port } = await house()
    const [one, other] = [await browse(port), await browse(port)]
    one.provider.awareness!.setLocalState({ user: { name: 'Le Président', colour: 99, writer: 'x' }, cursor: { anchor: 1 }, more: 1 })
    const seen = () => other.provider.awareness!.getStates().get(one.doc.clientID)
    await until(() => seen() !== undefined)
    expect(seen()).toEqual({ user: { name: 'Anne Le Gall', colour: expect.any(Number) as number, writer: anne }, cursor: null })
    expect([...other.provider.awareness!.getStates().keys()].toSorted()).toEqual([one.doc.clientID, other.doc.clientID].toSorted())
  })

  it('take what was saved by other ways, at once, and what was typed meanwhile stays', async () => {
    const { port } = await house()
    const one = await browse(port)
    one.add('Premier')
    await isStored(['Premier'])
    const { document, revision } = (await notesOf(eventId))!
    one.add('Tapé')
    const more = fromMarkdown('Ajouté').content
    expect(await saveNotes(actor, 'cafe', { document: { ...document, content: [...document.content, ...more] }, revision })).toMatchObject({ ok: true })
    await until(() => one.text().includes('Ajouté'))
    await isStored(['Premier', 'Ajouté', 'Tapé'])
  })
})

describe('two processes', () => {
  it('lead all sockets of a document to the one that has it', async () => {
    const [a, b] = [await house(), await house()]
    const one = await browse(a.port)
    const other = await browse(b.port)
    expect(await db.notesHolder.findMany({ select: { holder: true, address: true } })).toEqual([{ holder: a.holder, address: `127.0.0.1:${a.port}` }])
    one.add('Par A')
    other.add('Par B')
    await until(() => one.text().includes('Par B') && other.text().includes('Par A'))
    other.provider.awareness!.setLocalStateField('cursor', 1)
    await until(() => one.provider.awareness!.getStates().has(other.doc.clientID))
    await isStored(['Par A', 'Par B'])
  })

  it('take over the documents of the one that was killed, and lose nothing that a tab still has', async () => {
    const [a, b] = [await liveHouse(), await house()]
    let port = a.port
    const one = await browse(() => port)
    const other = await browse(b.port)
    one.add('Avant')
    await isStored(['Avant'])
    one.add('Juste avant')
    port = b.port
    await a.kill()
    other.add('Pendant')
    await until(() => one.text().includes('Pendant') && other.text().includes('Juste avant'))
    await isStored(['Avant', 'Juste avant', 'Pendant'])
    expect((await db.notesHolder.findFirst())?.holder).toBe(b.holder)
  })

  it('merge what they have where both have it by accident', async () => {
    const [a, b] = [await house(), await house()]
    const one = await browse(a.port)
    one.add('Par A')
    await isStored(['Par A'])
    await db.notesHolder.deleteMany()
    const other = await browse(b.port)
    one.add('Encore A')
    other.add('Par B')
    await until(() => one.text().includes('Par B') && other.text().includes('Encore A'))
    await isStored(['Par A', 'Encore A', 'Par B'])
  })

  it('store everything before they end, and give the document back', async () => {
    const [a, b] = [await liveHouse(), await house()]
    let port = a.port
    const one = await browse(() => port)
    one.add('À la dernière seconde')
    await until(() => one.provider.unsyncedChanges === 0)
    port = b.port
    await a.stop()
    expect(await stored()).toEqual(['À la dernière seconde'])
    expect(await db.notesHolder.count({ where: { holder: a.holder } })).toBe(0)
    await until(() => one.provider.synced)
  })

  it('keep what they could not store until they can', async () => {
    const warned = vi.spyOn(log, 'warn').mockImplementation(() => {})
    const { port } = await house()
    const one = await browse(port)
    await db.$executeRaw`ALTER TABLE "Notes" RENAME TO "Elsewhere"`
    try {
      one.add('Pendant la panne')
      await until(() => warned.mock.calls.length > 0)
      one.close()
    } finally {
      await db.$executeRaw`ALTER TABLE "Elsewhere" RENAME TO "Notes"`
    }
    await isStored(['Pendant la panne'])
    expect(one.said.filter(({ revision }) => revision)).toEqual([])
  })
})

describe('whoever may not', () => {
  it('is turned away: from another site, without a ticket of ours, with one for other notes, with a forged hop', async () => {
    const { port } = await house()
    const answer = (head: string) =>
      new Promise<string>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(`GET /collab/${head}\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`))
        socket.once('data', (data) => (resolve(String(data).slice(9, 12)), socket.destroy()))
      })
    const ours = `Origin: http://127.0.0.1:${port}`
    expect(await answer(`${eventId} HTTP/1.1\r\nOrigin: https://evil.example`)).toBe('403')
    expect(await answer(`${eventId} HTTP/1.1`)).toBe('403')
    expect(await answer(`nothing HTTP/1.1\r\n${ours}`)).toBe('404')
    expect(await answer(`${eventId} HTTP/1.1\r\n${ours}\r\nX-Notes-Hop: forged.bb`)).toBe('400')
    expect(await answer(`${eventId} HTTP/1.1\r\n${ours}`)).toBe('101')
    for (const token of ['nothing', '', 'a.b']) {
      const one = openBrowser(port, eventId, { writer: anne, token, delay: 5_000 })
      await until(() => one.closes.length > 0)
      expect(one.closes[0].code).toBe(4401)
      one.close()
    }
    const stranger = openBrowser(port, eventId, { writer: `registration/${personId}`, delay: 5_000 })
    await until(() => stranger.closes.length > 0)
    expect(stranger.closes[0].code).toBe(4403)
    stranger.close()
    expect(await db.notesHolder.count()).toBe(0)
  })

  it('is sent away as soon as their right ends; the others stay', async () => {
    const { port } = await house()
    const other = await db.person.create({ data: { address: 'b@example.org', addressFold: 'b@example.org', role: 'organiser' } })
    const [one, two] = [await browse(port, { delay: 5_000 }), await browse(port, { writer: `person/${other.id}` })]
    await db.person.update({ where: { id: personId }, data: { role: 'participant' } })
    await until(() => one.closes.length > 0)
    expect(one.closes[0].code).toBe(4403)
    two.add('Encore là')
    await isStored(['Encore là'])
    expect(two.closes).toEqual([])
  })

  it('keeps out nobody who is registered: they write while the event lets them', async () => {
    const { port } = await house()
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000)
    await db.event.update({ where: { id: eventId }, data: { notesWriters: 'registered', startsAt: at(-60), endsAt: at(-30), overAt: at(-30) } })
    const registration = await db.registration.create({ data: { id: crypto.randomUUID(), eventId, place: 'room', status: 'confirmed', name: 'Karim B.', address: 'k@example.org', addressFold: 'k@example.org', locale: 'fr', timeZone: 'Europe/Paris', line: 1, manageHash: 'm', replyHash: 'r' } })
    const one = await browse(port, { writer: `registration/${registration.id}`, delay: 5_000 })
    one.add('De Karim')
    await isStored(['De Karim'])
    expect(await db.notesWriter.findMany({ select: { name: true, registrationId: true } })).toEqual([{ name: 'Karim B.', registrationId: registration.id }])
    expect(await db.activity.findMany({ select: { actorName: true } })).toEqual([{ actorName: 'guest' }])
    await db.registration.update({ where: { id: registration.id }, data: { status: 'cancelled' } })
    await until(() => one.closes.length > 0)
    expect(one.closes[0].code).toBe(4403)
  })
})

describe('what is too much', () => {
  it('too many sockets of one document or one person, too many frames: 4429', async () => {
    const { port } = await house({ perDocument: 3, perWriter: 2, frames: { most: 60, perSecond: 1 } })
    const [one] = [await browse(port, { delay: 60_000 }), await browse(port)]
    const third = openBrowser(port, eventId, { writer: anne, delay: 60_000 })
    browsers.push(third)
    await until(() => third.closes.length > 0)
    expect(third.closes[0].code).toBe(4429)
    for (let i = 0; i < 80; i++) one.add(`${i}`)
    await until(() => one.closes.length > 0)
    expect(one.closes[0].code).toBe(4429)
    expect(one.said).toContainEqual({ kind: 'refused', reason: 'too-fast' })
  })

  it('notes that would be too big are refused to whoever makes them so; the others go on, and may shorten them', async () => {
    const { port } = await house()
    const [one, other] = [await browse(port, { delay: 60_000 }), await browse(port)]
    one.add('x'.repeat(1_500_000))
    await until(() => other.text().length > 1_500_000)
    one.add('y'.repeat(700_000))
    await until(() => one.closes.length > 0)
    expect(one.closes[0].code).toBe(4413)
    expect(one.said).toContainEqual({ kind: 'refused', reason: 'too-big' })
    other.add('Un mot')
    other.fragment.delete(1, 1)
    await isStored(['Un mot'])
    other.add('z'.repeat(700_000))
    await until(async () => (await stored()).length === 2)
    expect(other.closes).toEqual([])
  })

  it('whatever no editor sends closes its own socket, and nobody else notices', async () => {
    const { port } = await house({ toShowTicket: 300 })
    const one = await browse(port)
    one.add('Avant')
    const nested = new Y.Doc()
    let at: Y.XmlFragment = nested.getXmlFragment('default')
    for (let i = 0; i < 2_000; i++) {
      const deeper = new Y.XmlElement('blockquote')
      at.insert(0, [deeper])
      at = deeper
    }
    const foreign = new Y.Doc()
    foreign.getText('elsewhere').insert(0, 'x')
    const frames: ((bad: Browser) => unknown)[] = [
      (bad) => bad.provider.configuration.websocketProvider.webSocket!.send(new Uint8Array([1, 2, 3])),
      (bad) => bad.provider.configuration.websocketProvider.webSocket!.send('text'),
      (bad) => bad.provider.configuration.websocketProvider.webSocket!.send(frame([0, 2, 5, 9, 9, 9, 9, 9])),
      (bad) => bad.provider.configuration.websocketProvider.webSocket!.send(frame([6, 1, 65])),
      (bad) => bad.provider.configuration.websocketProvider.webSocket!.send(new Uint8Array(liveLimits.frame + 1)),
      (bad) => Y.applyUpdate(bad.doc, Y.encodeStateAsUpdate(nested)),
      (bad) => Y.applyUpdate(bad.doc, Y.encodeStateAsUpdate(foreign)),
    ]
    for (const send of frames) {
      const bad = await browse(port, { delay: 60_000 })
      send(bad)
      await until(() => bad.closes.length > 0, { what: send.toString() })
      bad.close()
    }
    const silent = new WebSocket(`ws://127.0.0.1:${port}/collab/${eventId}`, { headers: { Origin: `http://127.0.0.1:${port}` } } as never)
    await new Promise((resolve) => silent.addEventListener('close', resolve))
    one.add('Après')
    await isStored(['Avant', 'Après'])
    expect(one.closes).toEqual([])
  })
})

/** A frame of this document, of this kind. */
const frame = (body: number[]) => Uint8Array.from([eventId.length, ...Buffer.from(eventId), ...body])
