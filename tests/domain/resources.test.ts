import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { guest } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { config } from '@/lib/config'
import { db, inTransaction } from '@/lib/db'
import { edit } from '@/lib/events/edit'
import { giveHandout } from '@/lib/events/give-handout'
import { addFile, addLink, handIn } from '@/lib/notes/add-resource'
import { moveResource, removeResource, renameResource, showResource } from '@/lib/notes/arrange-resource'
import { findHandout, resourcesAwaiting, resourcesOf } from '@/lib/notes/queries'
import { renewHandout } from '@/lib/notes/renew-handout'
import { sweepFiles } from '@/lib/notes/sweep-files'
import { readMultipart } from '@/lib/multipart'
import { anEvent, house, must } from '@/tests/support/events'
import { paper, slides } from '@/tests/support/sent-files'

let dataDir = ''
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'parlons-en-files-'))
  Object.assign(config(), { dataDir })
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))
const at = (instant: string) => setClock(new Date(instant))
beforeEach(() => at('2027-01-15T09:00:00Z'))
afterEach(() => setClock(null))

const placeOf = (digest: string) => join(dataDir, 'files', digest.slice(0, 2), digest)

async function sent(bytes: Uint8Array, name = 'Support.pdf', title: string | null = null) {
  const path = join(dataDir, `sent-${Math.random()}`)
  await writeFile(path, bytes)
  return { title, name, path }
}

/** An event that is over, with somebody who speaks there and their link. */
async function spoken() {
  const event = await anEvent({ speakers: [{ name: 'Hélène Aubertin' }, { name: 'Omar Diop' }] })
  return { ...event, ...must(await renewHandout(house, event.slug, 'helene-aubertin')) }
}

describe('a file', () => {
  test('of an organiser is kept clean under its digest, shown, once, and tells the journal', async () => {
    const { id: eventId, slug } = await anEvent()
    const bytes = await paper({ hostile: true })
    const first = must(await addFile(house, slug, await sent(bytes, 'a\r\nb/../Mon exposé.PDF.exe', 'L’exposé')))
    expect(must(await addFile(house, slug, await sent(bytes)))).toEqual(first)
    const [row] = await resourcesOf(eventId, { shown: true })
    expect(row).toMatchObject({ id: first.id, title: 'L’exposé', fileName: 'Mon exposé.pdf', mediaType: 'application/pdf', kind: 'file' })
    const kept = await readFile(placeOf(row.digest!))
    expect(kept.length).toBe(row.bytes)
    expect(kept.toString('latin1')).not.toMatch(/JavaScript|Secret/)
    expect(await readdir(join(dataDir, 'files/.coming'))).toEqual([])
    expect((await db.activity.findMany({ where: { eventId, verb: { startsWith: 'resource.' } } })).map(({ verb }) => verb)).toEqual(['resource.add'])
  })

  test('that is not what it is called, of nobody’s, for no event, leaves nothing behind', async () => {
    const { id, slug } = await anEvent()
    expect(await addFile(guest, slug, await sent(await paper()))).toEqual({ ok: false, reason: 'forbidden' })
    expect(await addFile(house, 'nowhere', await sent(await paper()))).toEqual({ ok: false, reason: 'not-found' })
    expect(await addFile(house, slug, await sent(Buffer.from('<script>'), 'a.pdf'))).toEqual({ ok: false, reason: 'unknown-kind' })
    expect(await addFile(house, slug, await sent(slides({ 'ppt/vbaProject.bin': new Uint8Array(1) }), 'a.pptx'))).toEqual({ ok: false, reason: 'macros' })
    expect(await addFile(house, slug, await sent(await paper(), 'a.pdf', 'x'.repeat(201)))).toMatchObject({ reason: 'invalid', fields: [{ field: 'title', reason: 'too-long' }] })
    expect(await resourcesOf(id)).toEqual([])
    expect(await readdir(join(dataDir, 'files/.coming'))).toEqual([])
  })

  test('the twenty-first is one too many, of ten at once too', async () => {
    const { id, slug } = await anEvent()
    const link = (n: number) => addLink(house, slug, { kind: 'link', title: `Lien ${n}`, url: 'https://x.example/' })
    for (let n = 0; n < 15; n++) must(await link(n))
    const at = await Promise.all(Array.from({ length: 10 }, (_, n) => link(n)))
    expect(at.filter(({ ok }) => ok)).toHaveLength(5)
    expect(await addFile(house, slug, await sent(await paper()))).toEqual({ ok: false, reason: 'full' })
    expect(new Set((await resourcesOf(id)).map(({ position }) => position)).size).toBe(20)
  })

  test('goes a day after nothing names it any more, and not while another event does', async () => {
    // What the tests before have left is nobody's now.
    await sweepFiles()
    const [one, two] = [await anEvent(), await anEvent()]
    const bytes = await paper({ text: 'Partagé' })
    const [a, b] = [must(await addFile(house, one.slug, await sent(bytes))), must(await addFile(house, two.slug, await sent(bytes)))]
    const [{ digest }] = await resourcesOf(one.id)
    const old = new Date('2027-01-13T09:00:00Z')
    await utimes(placeOf(digest!), old, old)
    must(await removeResource(house, a.id))
    expect([await sweepFiles(), existsSync(placeOf(digest!))]).toEqual([0, true])
    must(await removeResource(house, b.id))
    await utimes(placeOf(digest!), new Date('2027-01-15T08:00:00Z'), new Date('2027-01-15T08:00:00Z'))
    expect([await sweepFiles(), existsSync(placeOf(digest!))]).toEqual([0, true])
    await utimes(placeOf(digest!), old, old)
    expect([await sweepFiles(), existsSync(placeOf(digest!))]).toEqual([1, false])
  })
})

test('links are shown, arranged, renamed, hidden and removed by organisers alone', async () => {
  const { id: eventId, slug } = await anEvent()
  expect(await addLink(guest, slug, { kind: 'link', title: 'a', url: 'https://x.example' })).toEqual({ ok: false, reason: 'forbidden' })
  expect(await addLink(house, slug, { kind: 'replay', title: ' ', url: 'javascript:alert(1)' })).toMatchObject({ reason: 'invalid', fields: [{ field: 'title', reason: 'required' }, { field: 'url', reason: 'not-a-web-address' }] })
  const ids = []
  for (const title of ['a', 'b', 'c']) ids.push(must(await addLink(house, slug, { kind: 'link', title, url: 'https://x.example/' })).id)
  for (const act of [moveResource(guest, ids[0], { by: 1 }), removeResource(guest, ids[0]), renameResource(guest, ids[0], { title: 'x' }), showResource(guest, ids[0], { shown: false })]) expect(await act).toEqual({ ok: false, reason: 'forbidden' })
  must(await moveResource(house, ids[2], { by: -1 }))
  must(await moveResource(house, ids[0], { by: -1 }))
  must(await renameResource(house, ids[1], { title: 'B' }))
  must(await showResource(house, ids[0], { shown: false }))
  expect((await resourcesOf(eventId)).map(({ title }) => title)).toEqual(['a', 'c', 'B'])
  expect((await resourcesOf(eventId, { shown: true })).map(({ title }) => title)).toEqual(['c', 'B'])
  must(await removeResource(house, ids[1]))
  expect(await removeResource(house, ids[1])).toEqual({ ok: false, reason: 'not-found' })
})

describe('a speaker’s own link', () => {
  test('takes a file that waits until an organiser shows it', async () => {
    const { id, slug, token } = await spoken()
    const { id: file } = must(await handIn(token, await sent(slides(), 'diapos.pptx')))
    expect(await resourcesOf(id, { shown: true })).toEqual([])
    expect(await resourcesAwaiting(house)).toMatchObject([{ slug, open: 1 }])
    expect(await resourcesAwaiting(guest)).toEqual([])
    expect(await findHandout(token)).toMatchObject({ speaker: { name: 'Hélène Aubertin' }, sent: [{ title: 'diapos', givenBy: 'Hélène Aubertin' }] })
    must(await showResource(house, file, { shown: true }))
    expect(await resourcesOf(id, { shown: true })).toHaveLength(1)
    expect(await resourcesAwaiting(house)).toEqual([])
  })

  test('ends when a new one is made, thirty days after the event, and with a false one nothing begins', async () => {
    const { slug, token } = await spoken()
    expect(await renewHandout(guest, slug, 'helene-aubertin')).toEqual({ ok: false, reason: 'forbidden' })
    expect(await renewHandout(house, slug, 'somebody')).toEqual({ ok: false, reason: 'not-found' })
    const { token: next } = must(await renewHandout(house, slug, 'helene-aubertin'))
    expect([await findHandout(token), await findHandout('a'.repeat(32)), await findHandout('../x')]).toEqual(['gone', null, null])
    expect(await handIn(token, await sent(await paper()))).toEqual({ ok: false, reason: 'gone' })
    at('2027-02-13T08:59:00Z')
    must(await handIn(next, await sent(await paper())))
    at('2027-02-13T09:01:00Z')
    expect(await handIn(next, await sent(await paper()))).toEqual({ ok: false, reason: 'over' })
    expect(await renewHandout(house, slug, 'helene-aubertin')).toEqual({ ok: false, reason: 'over' })
  })

  test('takes no file that was on its way when a new one was made', async () => {
    const { id, slug, token } = await spoken()
    const { speakerId } = await db.eventSpeaker.findFirstOrThrow({ where: { eventId: id, handoutHash: { not: null } } })
    const path = await sent(await paper())
    const arriving = await inTransaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "Event" WHERE slug = ${slug} FOR NO KEY UPDATE`
      const coming = handIn(token, path)
      await new Promise((resolve) => setTimeout(resolve, 300))
      await giveHandout(tx, id, speakerId)
      return { coming }
    })
    expect(await arriving.coming).toEqual({ ok: false, reason: 'gone' })
    expect(await resourcesOf(id)).toEqual([])
  })

  test('outlives a change of the event, and does not come back to life with its speaker', async () => {
    const { slug, token } = await spoken()
    must(await edit(house, slug, { speakers: [{ name: 'Omar Diop' }, { name: 'Hélène Aubertin' }] }))
    expect(await findHandout(token)).toMatchObject({ position: 1 })
    const { token: next } = must(await renewHandout(house, slug, 'helene-aubertin'))
    must(await edit(house, slug, { speakers: [{ name: 'Omar Diop' }] }))
    expect(await findHandout(next)).toBeNull()
    must(await edit(house, slug, { speakers: [{ name: 'Hélène Aubertin' }] }))
    expect(must(await renewHandout(house, slug, 'helene-aubertin')).token).not.toBe(token)
    expect(await findHandout(token)).toBe('gone')
  })
})

describe('a form with a file', () => {
  const form = (parts: [string, string | Uint8Array, string?][], boundary = '----x') =>
    Buffer.concat([...parts.flatMap(([name, body, fileName]) => [Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${fileName === undefined ? '' : `; filename="${fileName}"`}\r\n\r\n`), Buffer.from(body), Buffer.from('\r\n')]), Buffer.from(`--${boundary}--\r\n`)])
  const read = (body: Uint8Array, { step = 65_536, cut = body.length, largest = 1000 } = {}) =>
    readMultipart('multipart/form-data; boundary=----x', new ReadableStream({ start(controller) {
      for (let i = 0; i < cut; i += step) controller.enqueue(new Uint8Array(body.subarray(i, Math.min(cut, i + step))))
      controller.close()
    } }), { largest, patience: 40_000_000 })

  test('is read whole, however its bytes arrive', async () => {
    const tricky = Buffer.from('\r\n--\r\n----x\r\n--\r\n----\r\n--%')
    const body = form([['title', 'Été'], ['empty', ''], ['file', tricky, 'a "b".pdf'.replaceAll('"', '%22')], ['other', 'x', 'second.pdf']])
    for (const step of [1, 2, 3, 7, 65_536]) {
      const sent = await read(body, { step })
      if (!sent.ok || !sent.file) throw new Error('not read')
      expect([sent.fields.get('title'), sent.fields.get('empty'), sent.file.name, await readFile(sent.file.path)]).toEqual(['Été', '', 'a "b".pdf', tricky])
      await rm(sent.file.path)
    }
  })

  test.each([
    ['too large a file', () => read(form([['title', 'T'], ['file', new Uint8Array(1001), 'a']])), 'too-big'],
    ['an end that never came', () => read(form([['file', 'abc', 'a']]), { cut: 75 }), 'interrupted'],
    ['a field like a book', () => read(form([['title', 'x'.repeat(5000)]])), 'cut'],
    ['a head without end', () => read(Buffer.from(`------x\r\n${'x'.repeat(9000)}`)), 'cut'],
    ['no form at all', () => readMultipart('text/plain', new Blob(['x']).stream(), { largest: 10, patience: 100 }), 'cut'],
  ])('%s leaves nothing', async (_, act, reason) => {
    expect(await act()).toMatchObject({ ok: false, reason })
    expect(await readdir(join(dataDir, 'files/.coming'))).toEqual([])
  })

  test('26 MB are read to their end, and not kept', async () => {
    expect(await read(form([['title', 'Long'], ['file', new Uint8Array(26 * 1024 * 1024), 'a']]), { largest: 25 * 1024 * 1024 })).toMatchObject({ ok: false, reason: 'too-big' })
  })
})
