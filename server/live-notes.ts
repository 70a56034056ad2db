import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { BlockList } from 'node:net'
import type { Duplex } from 'node:stream'
import { type Document, Hocuspocus, type onAuthenticatePayload } from '@hocuspocus/server'
import { applyUpdate } from 'yjs'
import crossws from 'crossws/adapters/node'
import { log } from '@/lib/log'
import { leaveLive, renewLive, takeLive } from '@/lib/notes/hold-live'
import { openLive } from '@/lib/notes/open-live'
import { type KnownWriter, recogniseWriter } from '@/lib/notes/recognise-writer'
import { readTicket } from '@/lib/notes/ticket'
import { liveCaller, type LiveCaller } from './live-caller'
import { type Caller, liveDoor, turnAway } from './live-door'
import { counter, type LiveLimits, liveLimits } from './live-limits'
import { listenToNotes } from './live-listen'
import { type Guest, openRoom, type Room } from './live-room'

export type LiveNotes = Awaited<ReturnType<typeof startLiveNotes>>

/** Does an upgrade ask for notes? */
export const isLive = ({ url = '' }: IncomingMessage) => /^\/collab(\/|\?|$)/.test(url)

/** Why somebody cannot come in, as the socket is closed: 4xxx for who comes, 1xxx for us. */
export type Closing = { code: number; reason: string }
const [noTicket, noRight, tooMany, elsewhere, away] = [
  { code: 4401, reason: 'ticket' },
  { code: 4403, reason: 'right-ended' },
  { code: 4429, reason: 'too-many' },
  { code: 1012, reason: 'elsewhere' },
  { code: 1013, reason: 'away' },
] satisfies Closing[]

/** The request reaches the socket as a copy: what was found out about it travels under a number. */
const ASKED = 'x-notes-asked'
const renewEvery = 4_000
const [drainStores, drainSockets] = [8_000, 1_000]

/**
 * The notes of sessions while several people write them: one document of Yjs for each event that somebody has open, in
 * one process at a time, its sockets on the house's own port. docs/live-notes.md tells the whole of it. `address` is
 * where other processes of the house reach this one.
 */
export async function startLiveNotes({ databaseUrl, address, trusted, isLimited = true, limits = liveLimits }: {
  databaseUrl: string
  address: string
  trusted: BlockList
  isLimited?: boolean
  limits?: LiveLimits
}) {
  const own = { holder: randomUUID(), address }
  const rooms = new Map<string, Promise<Room | Closing>>()
  const open = new Map<string, Room>()
  const callers = new Set<LiveCaller>()
  const perWriter = counter(limits.perWriter)
  const admissions = new Map<string, Caller>()
  const byPeer = new WeakMap<object, LiveCaller>()
  let isEnding = false

  const hocuspocus = new Hocuspocus({
    quiet: true,
    // What is stored, and when, is the room's own business.
    debounce: 60_000,
    maxDebounce: 60_000,
    timeout: 60_000,
    maxUnauthenticatedQueueSize: limits.frameBefore * limits.framesBefore,
    maxUnauthenticatedQueueMessages: limits.framesBefore,
    maxPendingDocuments: 1,
    // Who gets as far as this has shown a ticket: see live-caller.ts.
    onAuthenticate: ({ context }: onAuthenticatePayload) => Promise.resolve(context as object),
    beforeSync({ connection, type }) {
      ;(connection.context as { caller: LiveCaller }).caller.beforeSync(connection, type)
      return Promise.resolve()
    },
    beforeHandleAwareness({ states, connection, context, document }) {
      if (connection) (context as { caller: LiveCaller }).caller.beforeAwareness(states, document)
      return Promise.resolve()
    },
  })

  /** The room of an event, opened where it is not; or why it cannot be, here and now. */
  function roomOf(eventId: string): Promise<Room | Closing> {
    const known = rooms.get(eventId)
    if (known) return known
    const room = openHere(eventId).catch((error: unknown) => {
      log.warn('notes not opened', { error: error instanceof Error ? error.name : 'unknown' })
      return away
    })
    rooms.set(eventId, room)
    void room.then((opened) => 'code' in opened && rooms.delete(eventId))
    return room
  }

  async function openHere(eventId: string): Promise<Room | Closing> {
    const holder = await takeLive(eventId, own)
    if (!holder) return noRight
    if (holder.holder !== own.holder) return elsewhere
    const first = await openLive(eventId)
    if (!first) return noRight
    const document = await load(eventId, first.state)
    const room = openRoom({ eventId, document, hocuspocus, first, limits, onEmpty: () => forget(eventId) })
    open.set(eventId, room)
    // Between our reading and our listening somebody may have stored.
    void room.refresh().catch(() => {})
    return room
  }

  async function load(eventId: string, state: Uint8Array): Promise<Document> {
    const document = await hocuspocus.createDocument(eventId, new Request('http://localhost'), 'server', { isAuthenticated: true, readOnly: false }, {})
    applyUpdate(document, state, { source: 'local', skipStoreHooks: true })
    return document
  }

  async function forget(eventId: string) {
    open.delete(eventId)
    rooms.delete(eventId)
    await leaveLive([eventId], own.holder).catch(() => {})
  }

  /** Somebody shows a ticket: who they are, and the room; or why not. */
  async function admit(eventId: string, token: string, guest: (writer: KnownWriter) => Guest): Promise<{ room: Room; guest: Guest } | Closing> {
    if (isEnding) return elsewhere
    const ticket = readTicket(token)
    if (!ticket || ticket.eventId !== eventId) return noTicket
    try {
      const writer = await recogniseWriter(eventId, ticket.writer, ticket.locale)
      if (!writer) return noRight
      const room = await roomOf(eventId)
      if ('code' in room) return room
      if (!room.isOpen()) return away
      if (room.guests.size >= limits.perDocument || !perWriter.add(writer.writer)) return tooMany
      const one = guest(writer)
      room.enter(one)
      return { room, guest: one }
    } catch (error) {
      log.warn('notes not opened', { error: error instanceof Error ? error.name : 'unknown' })
      return away
    }
  }

  function quit({ room, guest }: { room: Room; guest: Guest }) {
    perWriter.take(guest.writer.writer)
    room.quit(guest)
  }

  const sockets = crossws({
    serverOptions: { maxPayload: limits.frame, perMessageDeflate: false },
    idleTimeout: 25,
    hooks: {
      open(peer) {
        const asked = admissions.get(peer.request.headers.get(ASKED) ?? '')
        if (!asked || isEnding) return peer.close(elsewhere.code, elsewhere.reason)
        const caller = liveCaller({ peer, hocuspocus, eventId: asked.eventId, limits, admit: (token, guest) => admit(asked.eventId, token, guest), quit })
        callers.add(caller)
        byPeer.set(peer, caller)
      },
      message(peer, message) {
        byPeer.get(peer)?.hear(typeof message.rawData === 'string' ? null : message.uint8Array())
      },
      close(peer, { code = 1005, reason = '' }) {
        const caller = byPeer.get(peer)
        caller?.left(code, reason)
        if (caller) callers.delete(caller)
      },
      // A frame that is too large, or none: the socket is closed, and that is all.
      error() {},
    },
  })

  const door = liveDoor({
    own,
    trusted,
    limits,
    isLimited,
    admit(request: IncomingMessage, socket: Duplex, head: Buffer, caller: Caller) {
      const number = randomUUID()
      request.headers[ASKED] = number
      admissions.set(number, caller)
      void sockets.handleUpgrade(request, socket, head).finally(() => admissions.delete(number))
    },
  })

  const listener = listenToNotes(databaseUrl, {
    onWritten: (eventId, revision) => void open.get(eventId)?.refresh(revision).catch(() => {}),
    onRights: (eventId) => void checkRights(eventId),
    // What was said while nobody listened is asked for.
    onAgain: () => [...open.values()].forEach((room) => void room.refresh().catch(() => {})),
  })

  /** Whoever may no longer write goes; where the database is away, nobody does. */
  async function checkRights(eventId?: string) {
    for (const room of open.values()) {
      if (eventId && room.eventId !== eventId) continue
      const writers = new Set([...room.guests].map(({ writer }) => writer.writer))
      for (const writer of writers) {
        const known = await recogniseWriter(room.eventId, writer).catch(() => undefined)
        if (known === null) for (const guest of room.guests) if (guest.writer.writer === writer) guest.close(noRight.code, noRight.reason)
      }
    }
  }

  async function renew() {
    if (open.size === 0) return
    const still = await renewLive([...open.keys()], own.holder)
    for (const room of [...open.values()]) {
      if (still.has(room.eventId) || !room.isOpen()) continue
      // Lost while we could not be heard. Nobody has it: ours again; somebody has: all go there, with what they brought stored.
      const holder = await takeLive(room.eventId, own)
      if (holder?.holder === own.holder) continue
      await room.flush()
      room.end(elsewhere.code, elsewhere.reason)
      await room.close()
    }
  }

  let isRenewing = false
  const timers = [
    setInterval(() => {
      if (isRenewing) return
      isRenewing = true
      renew().catch(() => {}).finally(() => (isRenewing = false))
    }, renewEvery),
    setInterval(() => void checkRights().catch(() => {}), limits.rights),
    setInterval(() => callers.forEach((caller) => caller.look()), 1_000),
  ]
  timers.forEach((timer) => timer.unref())

  return {
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
      if (isEnding) turnAway(socket, 503)
      else door.come(request, socket, head).catch(() => turnAway(socket, 503))
    },

    holder: own.holder,

    /** Lets nobody in any more, sends those who are in away to come again, and stores all that came. */
    async stop() {
      isEnding = true
      timers.forEach((timer) => clearInterval(timer))
      await Promise.all([...callers].map((caller) => caller.heard()))
      for (const caller of callers) caller.close(elsewhere.code, 'restart')
      const all = [...open.values()]
      const stored = Promise.all(all.map((room) => room.flush()))
      await Promise.race([stored, new Promise((resolve) => setTimeout(resolve, drainStores).unref())])
      await leaveLive(all.map(({ eventId }) => eventId), own.holder).catch(() => {})
      await Promise.race([Promise.all([...callers].map((caller) => caller.gone)), new Promise((resolve) => setTimeout(resolve, drainSockets).unref())])
      sockets.closeAll(1012, 'restart', true)
      for (const room of all) await room.close().catch(() => {})
      await listener.stop()
    },

    /** Ends at once, as a killed process does: nothing is stored, no lease is given back (for tests). */
    async abandon() {
      isEnding = true
      timers.forEach((timer) => clearInterval(timer))
      for (const room of open.values()) room.abandon()
      sockets.closeAll(1006, '', true)
      await listener.stop()
    },
  }
}
