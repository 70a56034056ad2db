import { get } from 'node:http'
import * as Y from 'yjs'
import { completeConfig } from '@/lib/config'
import { db } from '@/lib/db'
import type { Writer } from '@/lib/notes/ticket'
import { runningPostgres } from '@/server/postgres'
import { startApp } from '@/tests/support/app'
import { addTo, openBrowser, until } from '@/tests/support/live'
import { table } from './table'

const secret = 'what a bench signs is never looked at again'
const pages = 200

/**
 * What the page of somebody who only reads costs (the agenda, asked one after the other) while notes are written in the
 * same process: an import of two hundred pages stored, opened and published, ten people typing, hostile frames; how long
 * a key takes to another tab, and how long the restitution of two hundred pages takes. Prints a table; resolves to the
 * exit code.
 */
export async function printNotes() {
  const app = await startApp({ RATE_LIMITS: 'off', AUTH_SECRET: secret })
  try {
    completeConfig({ databaseUrl: (await runningPostgres(app.dataDir)) ?? '', authSecret: secret })
    await app.admin('organiser', 'bench@example.org')
    const { lastLine: token } = await app.admin('token', 'bench@example.org', 'bench')
    const { id } = await db.person.findFirstOrThrow({ where: { address: 'bench@example.org' } })
    const events = await db.event.findMany({ where: { status: 'published', notes: null }, select: { id: true, slug: true }, take: 2, orderBy: { startsAt: 'asc' } })
    const writer: Writer = `person/${id}`
    await readWhile(app.port, () => pause(2_000))

    const rows = [
      row('nothing else', await readWhile(app.port, () => pause(4_000))),
      row(`an import of ${pages} pages, stored`, await readWhile(app.port, () => put(app.port, token, events[0], text))),
      row('opened by five', await readWhile(app.port, () => openFive(app.port, events[0], writer))),
      row('changed all over, while it is open', await readWhile(app.port, () => changeOpen(app.port, token, events[0], writer))),
    ]
    const restitution: number[] = []
    rows.push(row('published, and its restitution made', await readWhile(app.port, () => publishAndRead(app.port, token, events[0], restitution))))
    const keys: number[] = []
    rows.push(row('ten people type in one document', await readWhile(app.port, () => tenType(app.port, events[1].id, writer, keys))))
    rows.push(row(`ten people type in those ${pages} pages`, await readWhile(app.port, () => tenType(app.port, events[0].id, writer, []))))
    rows.push(row('hostile frames arrive', await readWhile(app.port, () => hostile(app.port, events[1].id, writer))))
    console.log(table(['The agenda, while', 'answers', 'median', '95 of 100', 'worst'], rows))
    console.log(`\nThe restitution of ${pages} pages: made in ${ms(restitution[0])}, kept in ${ms(restitution[1])}.`)
    console.log(`From a key to another tab: median ${ms(at(keys, 0.5))}, 95 of 100 within ${ms(at(keys, 0.95))}.`)
    return 0
  } finally {
    await db.$disconnect()
    await app.stop()
  }
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
const at = (all: number[], share: number) => all.toSorted((a, b) => a - b)[Math.floor((all.length - 1) * share)] ?? Number.NaN
const ms = (value: number) => `${value.toFixed(1)} ms`
const row = (what: string, all: number[]) => [what, String(all.length), ms(at(all, 0.5)), ms(at(all, 0.95)), ms(at(all, 1))]

/** Milliseconds of each answer, until `work` is done; each on a connection of its own, which nobody has closed meanwhile. */
async function readWhile(port: number, work: () => Promise<unknown>) {
  const all: number[] = []
  let isOver = false
  const working = work().finally(() => (isOver = true))
  while (!isOver) {
    const begun = performance.now()
    await new Promise<void>((resolve, reject) => get({ port, host: '127.0.0.1', path: '/', agent: false, headers: { host: `localhost:${port}` } }, (answer) => answer.resume().on('end', resolve)).on('error', reject))
    all.push(performance.now() - begun)
    await pause(5)
  }
  await working
  return all
}

type Session = { id: string; slug: string }

const text = Array.from({ length: pages * 15 }, (_, i) => `Paragraphe ${i} ${'un mot de plus '.repeat(13)}`).join('\n\n')

async function put(port: number, token: string, { slug }: Session, markdown: string) {
  await send(port, token, 'PUT', `/events/${slug}/notes`, 'text/markdown; charset=utf-8', markdown)
}

async function send(port: number, token: string, method: string, path: string, type: string, body: string) {
  const answer = await fetch(`http://localhost:${port}/api/v1${path}`, { method, headers: { Authorization: `Bearer ${token}`, 'Content-Type': type }, body })
  const said = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path} was refused: ${answer.status} ${said}`)
}

async function openFive(port: number, { id }: Session, writer: Writer) {
  const browsers = Array.from({ length: 5 }, () => openBrowser(port, id, { writer }))
  await until(() => browsers.every((one) => one.provider.synced), { within: 60_000 })
  for (const one of browsers) one.close()
  await pause(500)
}

async function changeOpen(port: number, token: string, event: Session, writer: Writer) {
  const browser = openBrowser(port, event.id, { writer })
  await until(() => browser.provider.synced, { within: 60_000 })
  await put(port, token, event, text.replaceAll('Paragraphe', 'Alinéa'))
  await until(() => browser.fragment.get(browser.fragment.length - 1)?.toString().includes(`Alinéa ${pages * 15 - 1} `) ?? false, { within: 60_000 })
  browser.close()
}

async function publishAndRead(port: number, token: string, { slug }: Session, took: number[]) {
  await send(port, token, 'POST', `/events/${slug}/notes/publish`, 'application/json', JSON.stringify({ authors: 'Le banc', licence: 'CC-BY-4.0', visibility: 'all' }))
  for (let i = 0; i < 2; i++) {
    const begun = performance.now()
    const page = await fetch(`http://localhost:${port}/rendez-vous/${slug}/restitution`)
    if (!(await page.text()).includes(`${pages * 15 - 1} `)) throw new Error(`The restitution is not there: ${page.status}`)
    took.push(performance.now() - begun)
  }
}

async function tenType(port: number, eventId: string, writer: Writer, keys: number[]) {
  const browsers = Array.from({ length: 10 }, () => openBrowser(port, eventId, { writer }))
  await until(() => browsers.every((one) => one.provider.synced), { within: 30_000 })
  const sent = new Map<string, number>()
  browsers[0].doc.on('update', () => {
    const now = performance.now()
    for (const [word, begun] of sent) {
      if (!browsers[0].fragment.get(browsers[0].fragment.length - 1)?.toString().includes(word)) continue
      keys.push(now - begun)
      sent.delete(word)
    }
  })
  for (let round = 0; round < 60; round++) {
    for (const [i, one] of browsers.entries()) {
      const word = `k${round}-${i}.`
      if (i === 9) sent.set(word, performance.now())
      if (i === 9 || round === 0) addTo(one.doc, word)
      else (one.fragment.get(0) as Y.XmlElement).insert(0, [new Y.XmlText(word)])
    }
    await pause(100)
  }
  for (const one of browsers) one.close()
}

async function hostile(port: number, eventId: string, writer: Writer) {
  const nested = new Y.Doc()
  let inner: Y.XmlFragment = nested.getXmlFragment('default')
  for (let i = 0; i < 5_000; i++) {
    const deeper = new Y.XmlElement('blockquote')
    inner.insert(0, [deeper])
    inner = deeper
  }
  const update = Y.encodeStateAsUpdate(nested)
  for (let i = 0; i < 60; i++) {
    const one = openBrowser(port, eventId, { writer, delay: 60_000 })
    await until(() => one.provider.synced || one.closes.length > 0)
    if (i % 3 === 0) Y.applyUpdate(one.doc, update)
    else if (i % 3 === 1) one.provider.configuration.websocketProvider.webSocket?.send(crypto.getRandomValues(new Uint8Array(60_000)))
    else one.add('x'.repeat(2_200_000))
    await until(() => one.closes.length > 0)
    one.close()
  }
}
