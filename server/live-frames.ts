import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'

/** What a change brings, read before it is let in. `growth`: bytes that it may add to the notes, at most. */
export type Inspected = { update: Uint8Array; structs: (Y.Item | Y.GC | Y.Skip)[]; gone: Gone; bytes: number }
type Gone = ReturnType<typeof Y.decodeUpdate>['ds']

export type Frame =
  | { kind: 'ticket'; token: string }
  | { kind: 'sync' }
  | { kind: 'change'; change: Inspected }
  /** `client`: whose presence it is, by its own number. */
  | { kind: 'awareness'; client: number | undefined }
  | { kind: 'close' }
  | { kind: 'nothing' }

/** The kinds of frames of Hocuspocus 4. */
const kinds = { sync: 0, awareness: 1, auth: 2, queryAwareness: 3, syncReply: 4, stateless: 5, close: 7, ping: 9, pong: 10 }
const awarenessLimit = 8 * 1024

/**
 * Reads one frame of a socket of the document `name`, so far that whatever comes after can trust it: the address, the
 * kind, and each change down to its last item. Null: no program of ours sent it.
 */
export function readFrame(octets: Uint8Array, name: string): Frame | null {
  if (octets.length === 1) return octets[0] === kinds.ping || octets[0] === kinds.pong ? { kind: 'nothing' } : null
  try {
    const decoder = decoding.createDecoder(octets)
    if (decoding.readVarString(decoder) !== name) return null
    const kind = decoding.readVarUint(decoder)
    switch (kind) {
      case kinds.auth:
        return decoding.readVarUint(decoder) === 0 ? { kind: 'ticket', token: decoding.readVarString(decoder) } : null
      case kinds.sync:
      case kinds.syncReply:
        return readSync(decoder)
      case kinds.awareness:
        return octets.length <= awarenessLimit ? readAwareness(decoding.readVarUint8Array(decoder)) : null
      case kinds.close:
        return { kind: 'close' }
      case kinds.queryAwareness:
      case kinds.stateless:
      case kinds.ping:
      case kinds.pong:
        return { kind: 'nothing' }
      default:
        return null
    }
  } catch {
    return null
  }
}

function readSync(decoder: decoding.Decoder): Frame | null {
  const step = decoding.readVarUint(decoder)
  const payload = decoding.readVarUint8Array(decoder)
  if (step === 0) {
    Y.decodeStateVector(payload)
    return { kind: 'sync' }
  }
  if (step !== 1 && step !== 2) return null
  const change = inspect(payload)
  return change && { kind: 'change', change }
}

/** Presence, as JSON: an editor sends its own and no other. */
function readAwareness(update: Uint8Array): Frame | null {
  const decoder = decoding.createDecoder(update)
  const clients = decoding.readVarUint(decoder)
  let client: number | undefined
  for (let i = 0; i < clients; i++) {
    const one = decoding.readVarUint(decoder)
    decoding.readVarUint(decoder)
    const state: unknown = JSON.parse(decoding.readVarString(decoder))
    if (state !== null && (typeof state !== 'object' || Array.isArray(state))) return null
    if (state !== null) client ??= one
  }
  return decoding.hasContent(decoder) ? null : { kind: 'awareness', client }
}

const nameLimit = 40

/** Notes are elements, text, marks and attributes under one root; documents in documents, octets and other roots are none of it. */
function inspect(update: Uint8Array): Inspected | null {
  const { structs, ds: gone } = Y.decodeUpdate(update)
  const ends = new Map<number, number>()
  let bytes = 0
  for (const struct of structs) {
    // What one browser made comes in one row: of two, Yjs takes the last, and we would weigh another.
    const { client, clock } = struct.id
    if (ends.has(client) && ends.get(client) !== clock) return null
    ends.set(client, clock + struct.length)
    if (!(struct instanceof Y.Item)) continue
    const size = sizeOf(struct.content)
    // Its place may be said by a neighbour alone, its root by a name.
    const parent: unknown = struct.parent
    if (size === null || (typeof parent === 'string' && parent !== 'default') || (struct.parentSub?.length ?? 0) > nameLimit) return null
    bytes += size
  }
  return { update, structs, gone, bytes }
}

/** About so many bytes of the notes as JSON; null where it cannot stand in notes. */
function sizeOf(content: unknown): number | null {
  if (content instanceof Y.ContentString) return Buffer.byteLength(JSON.stringify(content.str)) - 2
  if (content instanceof Y.ContentDeleted) return 0
  if (content instanceof Y.ContentFormat) return content.key.length <= nameLimit ? 24 + Buffer.byteLength(JSON.stringify(content.value) ?? '') : null
  if (content instanceof Y.ContentAny) return Buffer.byteLength(JSON.stringify(content.arr) ?? '')
  if (!(content instanceof Y.ContentType)) return null
  const type: unknown = content.type
  if (type instanceof Y.XmlElement) return !(type instanceof Y.XmlHook) && type.nodeName.length <= nameLimit ? 40 + type.nodeName.length : null
  return type instanceof Y.XmlText ? 24 : null
}

/** Elements within elements: an editor makes a dozen levels, and each change walks them all. */
const deepest = 60

/**
 * What a change would be to this document, now: how much of it is `news`, whether it hangs on something that has not come
 * yet (`isEarly`), whether it builds too deep, and into how many pieces it `cuts` what stands.
 */
export function weigh(doc: Y.Doc, { structs, gone, bytes }: Inspected): { news: number; isEarly: boolean; isDeep: boolean; cuts: number } {
  const seen = new Map<number, number>()
  const own = new Map<number, Y.Item[]>()
  const fresh: Y.Item[] = []
  let [known, isEarly] = [0, false]
  for (const struct of structs) {
    const { client, clock } = struct.id
    const has = Y.getState(doc.store, client)
    const next = seen.get(client) ?? has
    if (clock > next) isEarly = true
    seen.set(client, Math.max(next, clock + struct.length))
    if (!(struct instanceof Y.Item)) continue
    if (!own.has(client)) own.set(client, [])
    own.get(client)?.push(struct)
    if (clock + struct.length <= has) known += sizeOf(struct.content) ?? 0
    else if (struct.content instanceof Y.ContentType) fresh.push(struct)
  }
  const depths = new Map<Y.Item, number>()
  for (const [client, ranges] of gone.clients) {
    const end = seen.get(client) ?? Y.getState(doc.store, client)
    if (ranges.some(({ clock, len }) => clock + len > end)) isEarly = true
  }
  return { news: bytes - known, isEarly, isDeep: fresh.some((item) => depthOf(doc, item, own, depths) > deepest), cuts: cutsIn(doc, gone, own) }
}

/** Where what is taken away begins or ends within a piece: each takes the server its time, and a few octets say a thousand. */
function cutsIn(doc: Y.Doc, gone: Gone, own: Map<number, Y.Item[]>): number {
  let cuts = 0
  for (const [client, ranges] of gone.clients) {
    const [standing, coming] = [doc.store.clients.get(client) ?? [], own.get(client) ?? []]
    const has = Y.getState(doc.store, client)
    const pieceAt = (clock: number) => (clock < has ? standing[Y.findIndexSS(standing, clock)] : itemAt(coming, clock))
    for (const { clock, len } of ranges) {
      if (len === 0) continue
      const [first, last] = [pieceAt(clock), pieceAt(clock + len - 1)]
      if (first && !first.deleted && first.id.clock < clock) cuts++
      if (last && !last.deleted && last.id.clock + last.length > clock + len) cuts++
    }
  }
  return cuts
}

/** Up from parent to parent, through what comes with the change and then through what stands; never further than allowed. */
function depthOf(doc: Y.Doc, item: Y.Item, own: Map<number, Y.Item[]>, depths: Map<Y.Item, number>): number {
  const way: [Y.Item, number][] = []
  let at: Y.Item | null = item
  let depth = 0
  while (at) {
    const before = depths.get(at)
    if (before !== undefined) {
      depth += before
      break
    }
    way.push([at, depth])
    const parent: unknown = at.parent
    const beside: Y.ID | null = at.origin ?? at.rightOrigin
    if (parent instanceof Y.ID || typeof parent === 'string') depth++
    if (depth > deepest) return depth
    // Where only a neighbour is named, its parent is meant.
    const id: Y.ID | null = parent instanceof Y.ID ? parent : typeof parent === 'string' ? null : beside
    at = id && itemAt(own.get(id.client) ?? [], id.clock)
    if (id && !at) depth += depthIn(doc, id)
    // Only what is made up points in a circle; a change of 3 MB has no more items than this.
    if (way.length > 500_000) return deepest + 1
  }
  for (const [one, above] of way) depths.set(one, depth - above)
  return depth
}

function itemAt(items: Y.Item[], clock: number): Y.Item | null {
  let [low, high] = [0, items.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const one = items[middle]
    if (clock < one.id.clock) high = middle - 1
    else if (clock >= one.id.clock + one.length) low = middle + 1
    else return one
  }
  return null
}

/** How deep something stands that stands already. */
function depthIn(doc: Y.Doc, id: Y.ID): number {
  if (id.clock >= Y.getState(doc.store, id.client)) return 0
  const found: unknown = Y.getItem(doc.store, id)
  let depth = 0
  for (let at = found instanceof Y.Item ? found : null; at && depth <= deepest; depth++) at = at.parent instanceof Y.AbstractType ? at.parent._item : null
  return depth
}
