import type { Document, Hocuspocus } from '@hocuspocus/server'
import * as Y from 'yjs'
import { log } from '@/lib/log'
import { convertApart } from '@/lib/notes/convert-apart'
import { limits } from '@/lib/notes/document'
import { snapshots } from '@/lib/notes/live-snapshot'
import type { KnownWriter } from '@/lib/notes/recognise-writer'
import { newerState, storeLive } from '@/lib/notes/store-live'
import { type Inspected, weigh } from './live-frames'
import type { LiveLimits } from './live-limits'

/** One socket of a document, as its room sees it. */
export type Guest = {
  writer: KnownWriter
  /** Has it said all that it had when it came? */
  hasSynced: boolean
  /** The version of the document that its own last change made. */
  last: number
  say: (message: object) => void
  close: (code: number, reason: string) => void
}

export type Room = ReturnType<typeof openRoom>

/** What comes out of the database is there already. */
const merged = { source: 'local' as const, skipStoreHooks: true, context: { isStored: true } }

const [patience, linger] = [5_000, 5_000]

/** An open document: who is in it, and how it comes into the database. */
export function openRoom({ eventId, document, hocuspocus, first, limits: own, onEmpty }: {
  eventId: string
  document: Document
  hocuspocus: Hocuspocus
  first: { revision: number; updatedAt: Date; bytes: number }
  limits: LiveLimits
  onEmpty: () => Promise<void>
}) {
  // It stays open until we say so: Hocuspocus would let go of it with the last socket.
  document.addDirectConnection()
  const guests = new Set<Guest>()
  const writers = new Map<string, KnownWriter>()
  const pages = snapshots(document)
  let warm = pages.warm()
  let { revision, bytes } = first
  let [storedAt, stateBytes, growth] = [first.updatedAt, 0, 0]
  let [version, storedVersion, failures, cost] = [0, 0, 0, 0]
  let timer: NodeJS.Timeout | undefined
  let closing: NodeJS.Timeout | undefined
  let dirtySince = 0
  let storing: Promise<void> | undefined
  let [isGone, isClosed] = [false, false]

  const onUpdate = (_update: Uint8Array, origin: unknown) => {
    if (origin === merged) return
    version++
    const guest = guestOf(origin)
    if (guest) {
      guest.last = version
      writers.set(guest.writer.writer, guest.writer)
    }
    plan()
  }
  document.on('update', onUpdate)

  /** A little after the last change, but not long after the first; large documents a little less often. */
  function plan() {
    if (storing || isGone) return
    const now = performance.now()
    if (timer === undefined) dirtySince = now
    clearTimeout(timer)
    const slower = Math.min(cost * 10, 2_000)
    timer = setTimeout(() => void store(), Math.max(0, Math.min(own.stored.after + slower, dirtySince + own.stored.atTheLatest + slower - now)))
  }

  function store(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    return (storing ??= keepTrying().finally(() => {
      storing = undefined
      if (version > storedVersion && !isGone) plan()
      else leave()
    }))
  }

  /** Until it is in the database: a database that is away loses nothing of what is held here. */
  async function keepTrying() {
    await warm
    const from = version
    while (storedVersion < from && !isGone) {
      try {
        await storeOnce()
        if (failures > 0) log.info('notes stored again', { after: failures })
        failures = 0
      } catch (error) {
        if (failures++ === 0) log.warn('notes not stored', { error: error instanceof Error ? error.name : 'unknown' })
        await new Promise((resolve) => setTimeout(resolve, Math.min(200 * 2 ** failures, patience)))
      }
    }
  }

  async function storeOnce() {
    const those = [...writers.values()]
    let at = version
    const stored = await storeLive(eventId, {
      known: revision,
      writers: those,
      merge(state) {
        if (state) Y.applyUpdate(document, state, merged)
        const began = performance.now()
        const taken = pages.take()
        cost = performance.now() - began
        at = version
        ;[bytes, stateBytes, growth] = [taken.bytes, taken.stateBytes, 0]
        return taken
      },
    })
    if (!stored) return end(4403, 'right-ended')
    for (const one of those) if (writers.get(one.writer) === one) writers.delete(one.writer)
    ;[revision, storedAt, storedVersion] = [Math.max(revision, stored.revision), stored.at, at]
    for (const guest of guests) tellStored(guest)
  }

  /** Only whoever has all their own words in the database is told so. */
  function tellStored(guest: Guest) {
    if (revision > 0 && guest.hasSynced && guest.last <= storedVersion) guest.say({ kind: 'stored', at: storedAt.toISOString(), revision })
  }

  function end(code: number, reason: string) {
    isGone = true
    for (const guest of guests) guest.close(code, reason)
  }

  function leave() {
    clearTimeout(closing)
    if (guests.size > 0) return
    closing = setTimeout(() => void close(), isGone ? 0 : linger)
  }

  async function close() {
    if (isClosed || guests.size > 0 || storing || (version > storedVersion && !isGone)) return
    isGone = isClosed = true
    document.off('update', onUpdate)
    document.removeDirectConnection()
    // Its own plan to store would keep it open.
    await hocuspocus.debouncer.executeNow(`onStoreDocument-${eventId}`)
    await hocuspocus.unloadDocument(document)
    await onEmpty()
  }

  return {
    eventId,
    document,
    guests,
    isOpen: () => !isGone,

    enter(guest: Guest) {
      clearTimeout(closing)
      guests.add(guest)
    },
    quit(guest: Guest) {
      guests.delete(guest)
      if (isGone || version === storedVersion) leave()
    },

    /** Why a change cannot be let in; null lets it in. `pay`: may so many octets more be spent on it? */
    judge(change: Inspected, pay: (octets: number) => boolean): 'too-big' | 'too-fast' | 'malformed' | null {
      const { news, isEarly, isDeep, cuts } = weigh(document, change)
      const waiting = (document.store.pendingStructs?.update.length ?? 0) + (document.store.pendingDs?.length ?? 0)
      if (isDeep || cuts > own.cuts || (isEarly && waiting + change.update.length > own.early)) return 'malformed'
      if (cuts > 0 && !pay(cuts * own.octetsPerCut)) return 'too-fast'
      if (news > 0 && (bytes + growth + news > limits.bytes || stateBytes + change.update.length > own.state)) return 'too-big'
      growth += news
      return null
    },

    /** It said all that it had. What of it was stored before it went is stored still. */
    synced(guest: Guest) {
      guest.hasSynced = true
      if (version === storedVersion) tellStored(guest)
    },

    /** Somebody stored elsewhere: what they stored comes in. */
    async refresh(newest = Number.POSITIVE_INFINITY) {
      // What is being stored just now may be the very thing.
      if (storing) await storing
      if (newest <= revision || isGone) return
      const newer = await newerState(eventId, revision)
      if (!newer?.state) return
      const state = new Uint8Array(newer.state)
      const news = await convertApart('lacking', state.length, { state, vector: Y.encodeStateVector(document) })
      // Meanwhile what was stored here may have brought it in.
      if (newer.revision <= revision || isGone) return
      Y.applyUpdate(document, news, merged)
      revision = newer.revision
      warm = pages.warm()
    },

    /** All that came is in the database when this resolves. */
    async flush() {
      while (version > storedVersion && !isGone) await store()
    },
    end,
    close,
    /** Lets go of everything as it is, as a killed process does. */
    abandon() {
      isGone = true
      clearTimeout(timer)
      clearTimeout(closing)
      document.off('update', onUpdate)
    },
  }
}

function guestOf(origin: unknown): Guest | undefined {
  const { connection } = (origin ?? {}) as { connection?: { context?: { guest?: Guest } } }
  return connection?.context?.guest
}
