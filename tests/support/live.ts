import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BlockList } from 'node:net'
import { HocuspocusProvider } from '@hocuspocus/provider'
import * as Y from 'yjs'
import { config } from '@/lib/config'
import { documentOf } from '@/lib/notes/live-document'
import { type Writer, writeTicket } from '@/lib/notes/ticket'
import { isLive, startLiveNotes } from '@/server/live-notes'
import { type LiveLimits, liveLimits } from '@/server/live-limits'

/** A process of the house, as far as live notes go: a server on a port of its own, with the same database. It stores sooner than a real one, for tests to wait less. */
export async function liveHouse(limits: Partial<LiveLimits> = {}) {
  const server = createServer((_request, response) => response.end('a page'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const live = await startLiveNotes({ databaseUrl: config().databaseUrl, address: `127.0.0.1:${port}`, trusted: new BlockList(), limits: { ...liveLimits, stored: { after: 40, atTheLatest: 150 }, ...limits } })
  server.on('upgrade', (request, socket, head) => (isLive(request) ? live.upgrade(request, socket, head) : socket.destroy()))
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return {
    port,
    holder: live.holder,
    async stop() {
      await live.stop()
      await close()
    },
    /** As `kill -9` does. */
    async kill() {
      await live.abandon()
      await close()
    },
  }
}

export type Said = { kind: string; at?: string; revision?: number; reason?: string }
export type Browser = ReturnType<typeof openBrowser>

/** A tab of somebody who writes: its own document of Yjs, behind a real socket. */
export function openBrowser(port: number | (() => number), eventId: string, { writer, doc = new Y.Doc(), token, delay = 50 }: { writer: Writer; doc?: Y.Doc; token?: string; delay?: number }) {
  const said: Said[] = []
  const closes: { code: number; reason: string }[] = []
  const where = () => (typeof port === 'number' ? port : port())
  class FromOurPage extends WebSocket {
    constructor() {
      super(`ws://127.0.0.1:${where()}/collab/${eventId}`, { headers: { Origin: `http://127.0.0.1:${where()}` } } as never)
    }
  }
  const provider = new HocuspocusProvider({
    url: `ws://127.0.0.1/collab/${eventId}`,
    name: eventId,
    document: doc,
    token: () => token ?? writeTicket({ eventId, writer, locale: 'fr' }),
    WebSocketPolyfill: FromOurPage,
    delay,
    minDelay: delay,
    jitter: false,
    factor: 1,
    messageReconnectTimeout: 60_000,
    onStateless: ({ payload }: { payload: string }) => said.push(JSON.parse(payload) as Said),
    onDisconnect: ({ event }: { event: { code: number; reason: string } }) => closes.push({ code: event.code, reason: event.reason }),
  } as ConstructorParameters<typeof HocuspocusProvider>[0])
  return {
    doc,
    provider,
    said,
    closes,
    fragment: doc.getXmlFragment('default'),
    document: () => documentOf(doc),
    text: () => textOf(doc),
    /** Adds a paragraph at the end. */
    add: (text: string, attrs: Record<string, string> = {}) => addTo(doc, text, attrs),
    lines: () => documentOf(doc).content.map((block) => JSON.stringify(block)),
    close: () => provider.destroy(),
  }
}

export function addTo(doc: Y.Doc, text: string, attrs: Record<string, string> = {}) {
  const paragraph = new Y.XmlElement('paragraph')
  for (const [key, value] of Object.entries(attrs)) paragraph.setAttribute(key, value)
  paragraph.insert(0, [new Y.XmlText(text)])
  const root = doc.getXmlFragment('default')
  root.insert(root.length, [paragraph])
}

export const textOf = (doc: Y.Doc) => doc.getXmlFragment('default').toString().replaceAll(/<[^>]+>/g, '|').replaceAll(/\|+/g, '|')

/** Waits until it is so. */
export async function until(isSo: () => boolean | Promise<boolean>, { within = 8_000, what = isSo.toString() } = {}) {
  for (const end = Date.now() + within; Date.now() < end; ) {
    if (await isSo()) return
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
  throw new Error(`It did not come to this: ${what}`)
}
