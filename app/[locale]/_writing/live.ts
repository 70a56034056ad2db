import { HocuspocusProvider, WebSocketStatus } from '@hocuspocus/provider'
import * as Y from 'yjs'
import { keptUnsent } from './kept-unsent'
import { after, beginning, type Connection, endingOf, type Ending, type News, type Refusal } from './standing'

/** A ticket for one connection, or why there is none. Thrown: the house could not be asked. */
export type AskTicket = (isFirst: boolean) => Promise<{ ok: true; ticket: string } | { ok: false; why: Ending }>

export interface Live {
  document: Y.Doc
  provider: HocuspocusProvider
  /** How things stand, and who wants to be told when that changes. */
  connection: () => Connection
  watch: (told: () => void) => () => void
  /** Puts aside what the house refused. */
  drop: () => Promise<void>
  close: () => void
}

/** So long after the last word was stored, nothing of it stays on this device. */
const quiet = 4000

/** Opens the shared document of an event. `storedAt`: when it was last stored, as far as the page knew. */
export function openLive({ eventId, writer, storedAt, ask }: { eventId: string; writer: string; storedAt: Date | null; ask: AskTicket }): Live {
  const document = new Y.Doc()
  const watchers = new Set<() => void>()
  let connection = beginning(storedAt)
  const tell = (news: News) => {
    connection = after(connection, news)
    for (const told of watchers) told()
  }
  const kept = keptUnsent(`${eventId} ${writer}`)
  const state = { keeping: 0, isPending: false, hasAsked: false, hasFound: false, isOver: false, timer: 0 }

  const provider = new HocuspocusProvider({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/collab/${eventId}`,
    name: eventId,
    document,
    token,
    delay: 500,
    maxDelay: 8000,
    minDelay: 250,
    onSynced: ({ state: isSynced }) => void (isSynced && opened()),
    onStatus: ({ status }) => status === WebSocketStatus.Disconnected && lost(),
    onClose: ({ event }) => ended(event.code, event.reason),
    onAuthenticationFailed: ({ reason }) => denied(reason),
    onStateless: ({ payload }) => heard(payload),
  } as ConstructorParameters<typeof HocuspocusProvider>[0])

  const socket = provider.configuration.websocketProvider
  const again = () => socket.webSocket?.close()

  async function token() {
    const answer = await ask(!state.hasAsked).catch(() => null)
    state.hasAsked ||= answer !== null
    if (answer?.ok) return answer.ticket
    if (answer) stop({ ended: answer.why })
    // The house did not answer: the connection is made anew, a little later.
    else again()
    throw new Error('no ticket')
  }

  async function opened() {
    if (state.isOver) return
    if (!state.hasFound) {
      state.hasFound = true
      const found = await kept.found().catch(() => [])
      // What an earlier visit could not send is said again: those who have it already do not change.
      for (const update of found) Y.applyUpdate(document, update, 'found')
    }
    tell({ kind: 'opened' })
  }

  function lost() {
    if (!state.isOver) tell({ kind: 'lost' })
  }

  function ended(code: number, reason: string) {
    const end = endingOf(code, reason)
    if (end) stop(end)
  }

  function denied(reason: string) {
    const end = endingOf(0, reason)
    if (end) stop(end)
    else if (!state.isOver) again()
  }

  function stop(end: { ended: Ending } | { refused: Refusal }) {
    if (state.isOver) return
    state.isOver = true
    provider.disconnect()
    if ('refused' in end) tell({ kind: 'refused', reason: end.refused })
    else {
      if (end.ended !== 'too-many') void kept.forget().catch(() => {})
      tell({ kind: 'ended', why: end.ended })
    }
  }

  function heard(payload: string) {
    const said = readMessage(payload)
    if (said?.kind === 'refused') tell({ kind: 'refused', reason: said.reason })
    if (said?.kind !== 'stored') return
    const all = provider.unsyncedChanges === 0
    if (all) {
      state.isPending = false
      window.clearTimeout(state.timer)
      state.timer = window.setTimeout(() => void (!state.isPending && kept.forget().catch(() => {})), quiet)
    }
    tell({ kind: 'stored', at: said.at, all })
  }

  document.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === provider) return
    state.isPending = true
    tell({ kind: 'typed' })
    if (origin === 'found') return tell({ kind: 'kept', all: true })
    const mine = ++state.keeping
    kept.keep(update).then(() => state.keeping === mine && tell({ kind: 'kept', all: true }), () => tell({ kind: 'kept', all: false }))
  })

  const online = () => void (state.isOver || provider.connect())
  const offline = () => {
    provider.disconnect()
    lost()
  }
  window.addEventListener('online', online)
  window.addEventListener('offline', offline)
  return {
    document,
    provider,
    connection: () => connection,
    watch(told) {
      watchers.add(told)
      return () => watchers.delete(told)
    },
    drop: () => kept.forget(),
    close() {
      state.isOver = true
      window.clearTimeout(state.timer)
      window.removeEventListener('online', online)
      window.removeEventListener('offline', offline)
      provider.destroy()
      document.destroy()
    },
  }
}

/** What the house says beside the text; anything else is not for us. */
function readMessage(payload: string): { kind: 'stored'; at: Date | null } | { kind: 'refused'; reason: Refusal } | null {
  try {
    const { kind, at, revision, reason } = JSON.parse(payload) as Record<string, unknown>
    // Revision 0: nobody has written a word yet.
    if (kind === 'stored') return { kind, at: revision === 0 ? null : new Date(String(at)) }
    return kind === 'refused' && (reason === 'too-big' || reason === 'too-fast' || reason === 'malformed') ? { kind, reason } : null
  } catch {
    return null
  }
}
