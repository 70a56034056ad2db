import type { Connection, Document, Hocuspocus } from '@hocuspocus/server'
import type { KnownWriter } from '@/lib/notes/recognise-writer'
import { type Inspected, readFrame } from './live-frames'
import { bucket, type LiveLimits } from './live-limits'
import type { Closing } from './live-notes'
import type { Guest, Room } from './live-room'

type Peer = { websocket: unknown; request: Request; close: (code?: number, reason?: string) => void; terminate: () => void }
type Admitted = { room: Room; guest: Guest }
export type LiveCaller = ReturnType<typeof liveCaller>

/** Colours of carets. */
const colours = 6
const [syncStep2, update] = [1, 2]

/**
 * One socket: every frame is read and weighed here before Hocuspocus sees it, so that what is malformed, too big or too
 * much closes this socket, and nobody else notices.
 */
export function liveCaller({ peer, hocuspocus, eventId, limits, admit, quit }: {
  peer: Peer
  hocuspocus: Hocuspocus
  eventId: string
  limits: LiveLimits
  admit: (token: string, guest: (writer: KnownWriter) => Guest) => Promise<Admitted | Closing>
  quit: (admitted: Admitted) => void
}) {
  const socket = peer.websocket as WebSocket
  const [frames, octets] = [bucket(limits.frames), bucket(limits.octets)]
  const waiting: Uint8Array[] = []
  const changes: Inspected[] = []
  const gone = Promise.withResolvers<void>()
  let inside: Admitted | undefined
  let client: ReturnType<Hocuspocus['handleConnection']> | undefined
  let connection: Connection | undefined
  let isAsking = false
  let isOver = false
  let presence: number | undefined

  const late = setTimeout(() => inside || close(4401, 'ticket'), limits.toShowTicket)

  function hear(frame: Uint8Array | null) {
    if (isOver) return
    if (frame === null) return refuse('malformed', 4400)
    if (!frames() || !octets(frame.length)) return refuse('too-fast', 4429)
    if (!inside && (frame.length > limits.frameBefore || waiting.length >= limits.framesBefore)) return refuse('malformed', 4400)
    const read = readFrame(frame, eventId)
    if (read === null) return refuse('malformed', 4400)
    if (read.kind === 'ticket') {
      if (isAsking || inside) return
      isAsking = true
      void show(read.token, frame)
    } else if (read.kind === 'close') {
      close(1000, 'left')
    } else if (read.kind !== 'nothing') {
      if (read.kind === 'change') changes.push(read.change)
      if (read.kind === 'awareness') presence ??= read.client
      if (client) client.handleMessage(frame)
      else waiting.push(frame)
    }
  }

  async function show(token: string, frame: Uint8Array) {
    const answer = await admit(token, (writer) => ({ writer, hasSynced: false, last: 0, say, close }))
    if ('code' in answer) return close(answer.code, answer.reason)
    if (isOver) return quit(answer)
    inside = answer
    clearTimeout(late)
    client = hocuspocus.handleConnection(socket, peer.request, { caller: own, guest: answer.guest })
    client.handleMessage(frame)
    for (const one of waiting.splice(0)) client.handleMessage(one)
  }

  /** As JSON beside the text. */
  function say(message: object) {
    connection?.sendStateless(JSON.stringify(message))
  }

  function refuse(reason: 'too-big' | 'too-fast' | 'malformed', code: number) {
    if (isOver) return
    say({ kind: 'refused', reason })
    close(code, reason)
  }

  function close(code: number, reason: string) {
    if (isOver) return
    end(code, reason)
    try {
      peer.close(code, reason)
    } catch {
      peer.terminate()
    }
    // Who does not answer a farewell is cut off.
    setTimeout(() => peer.terminate(), 2_000).unref()
  }

  function end(code: number, reason: string) {
    isOver = true
    clearTimeout(late)
    client?.handleClose({ code, reason })
    if (inside) quit(inside)
    inside = undefined
  }

  const own = {
    hear,
    close,
    gone: gone.promise,

    /** What came already is in the document when this resolves. */
    async heard() {
      await connection?.waitForPendingMessages()
    },

    left(code: number, reason: string) {
      if (!isOver) end(code, reason)
      gone.resolve()
    },

    /** Once a second: whoever does not read what is sent to them fills our memory. */
    look() {
      if (socket.bufferedAmount > limits.unread) peer.terminate()
    },

    /** Right before a change comes into the document: the last word on it. */
    beforeSync(through: Connection, step: number) {
      connection = through
      if (step !== syncStep2 && step !== update) return
      const [change, room] = [changes.shift(), inside?.room]
      const fault = !change || !room ? 'malformed' : room.judge(change, octets)
      if (fault === null) {
        if (step === syncStep2 && inside) setImmediate((admitted: Admitted) => admitted.room.synced(admitted.guest), inside)
        return
      }
      // Hocuspocus applies nothing of who may only read; it asks in this very turn.
      through.readOnly = true
      refuse(fault, { 'too-big': 4413, 'too-fast': 4429, malformed: 4400 }[fault])
    },

    /** Where somebody is, they say themselves; who they are, we do. */
    beforeAwareness(states: Map<number, Record<string, unknown>>, document: Document) {
      const guest = inside?.guest
      for (const [client, state] of [...states]) {
        // Hocuspocus reads them into a presence that has a number of its own, which is nobody.
        if (!guest || client !== presence || !isFree(client, guest, document)) states.delete(client)
        else states.set(client, { cursor: placeIn(state.cursor), user: { name: guest.writer.name, colour: colourOf(guest.writer.writer), writer: guest.writer.writer } })
      }
    },
  }

  function isFree(client: number, guest: Guest, document: Document) {
    const other = document.awareness.getStates().get(client)?.user as { writer?: string } | undefined
    return client !== document.clientID && (other?.writer === undefined || other.writer === guest.writer.writer)
  }

  return own
}

type Place = { type: unknown; tname: unknown; item: unknown; assoc: unknown }

/** Where a caret stands, as Yjs says it; anything else would stop the editors of all the others. */
function placeIn(cursor: unknown) {
  const { anchor, head } = (cursor ?? {}) as { anchor?: Place; head?: Place }
  return isPlace(anchor) && isPlace(head) ? { anchor, head } : null
}

const isPlace = (place: Place | null | undefined) =>
  typeof place === 'object' && place !== null && [place.type, place.item].every(isPoint) && ['default', null, undefined].includes(place.tname as string) && Number.isSafeInteger(place.assoc ?? 0)

const isPoint = (point: unknown) => {
  if (point === null || point === undefined) return true
  const { client, clock } = point as { client?: unknown; clock?: unknown }
  return [client, clock].every((one) => Number.isSafeInteger(one) && Number(one) >= 0)
}

/** The same colour for the same person, wherever they come in. */
function colourOf(writer: string) {
  let sum = 0
  for (const letter of writer) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973
  return sum % colours
}
