import { type Block, citedIn, newBlockId, type NotesDocument } from './document'

export type Merged = {
  document: NotesDocument
  /** Ids of the blocks that two changed at once: theirs stayed, mine stands right behind. */
  both: string[]
}

/** Anything that stands in a row of others: a block, an item of a list. */
type Piece = Block | Extract<Block, { type: 'bulletList' | 'taskList' }>['content'][number]

/**
 * Brings together what two made of the same notes, by the ids of their blocks. What one alone changed, added, moved or
 * took away is so; what one took away and the other changed stays; of what both changed differently theirs stays and
 * mine stands right behind it under ids of its own. Nothing that was written is lost. Lists are brought together item
 * by item.
 */
export function merged(base: NotesDocument, mine: NotesDocument, theirs: NotesDocument): Merged {
  const taken = new Set([base, mine, theirs].flatMap(({ content }) => content.flatMap(citedIn)).map(({ attrs }) => attrs.id))
  const both: string[] = []
  const content = mergedRow(base.content, mine.content, theirs.content, { taken, both }) as Block[]
  return { document: { type: 'doc', content: onceEach(content, taken) }, both }
}

type Means = { taken: Set<string>; both: string[] }

function mergedRow(base: Piece[], mine: Piece[], theirs: Piece[], means: Means): Piece[] {
  const keys = keysOf(base)
  const [was, have, their] = [named(base, keys), named(mine, keys), named(theirs, keys)]
  const [old, own, other] = [was, have, their].map((row) => new Map(row.map(({ key, piece }) => [key, piece])))
  const found: { key: string; pieces: Piece[] }[] = []
  for (const key of orderOf(was, have, their)) {
    const pieces = outcome(old.get(key), own.get(key), other.get(key), means)
    if (pieces.length > 0) found.push({ key, pieces })
  }
  return found.flatMap(({ pieces }) => pieces)
}

function outcome(base: Piece | undefined, mine: Piece | undefined, theirs: Piece | undefined, means: Means): Piece[] {
  if (!mine) return theirs && (!base || !isSame(base, theirs)) ? [theirs] : []
  if (!theirs) return base && isSame(base, mine) ? [] : [mine]
  if (isSame(mine, theirs) || (base && isSame(base, mine))) return [theirs]
  if (base && isSame(base, theirs)) return [mine]
  if (base && isRow(base) && isRow(mine) && isRow(theirs) && mine.type === theirs.type) {
    const content = mergedRow(base.content, mine.content, theirs.content, means)
    return content.length > 0 ? [{ ...attrsOf(base, mine, theirs), content } as Piece] : []
  }
  // One tied the paragraph, the other wrote in it: both are so.
  if (base && isLeaf(base) && isLeaf(mine) && isLeaf(theirs) && [mine, theirs].some((one) => isSame(words(base), words(one)))) {
    return [{ ...attrsOf(base, mine, theirs), content: (isSame(words(base), words(mine)) ? theirs : mine).content } as Piece]
  }
  means.both.push(...idsIn(theirs).slice(0, 1))
  return [theirs, withNewIds(mine, means.taken)]
}

type Leaf = Extract<Piece, { type: 'paragraph' | 'heading' }>
const isLeaf = (piece: Piece): piece is Leaf => piece.type === 'paragraph' || piece.type === 'heading'
const words = ({ content = [] }: Leaf): Piece => ({ type: 'paragraph', attrs: { id: '', about: [] }, content })

/** What is said of a piece: of each thing what one alone changed, or else theirs. */
function attrsOf(base: Piece, mine: Piece, theirs: Piece): Piece {
  const [was, have, their] = [base, mine, theirs].map((one) => new Map(Object.entries('attrs' in one ? one.attrs : {})))
  const attrs = Object.fromEntries([...their].map(([key, value]) => [key, JSON.stringify(value) === JSON.stringify(was.get(key)) ? have.get(key) : value]))
  return { ...theirs, ...(their.size > 0 ? { attrs } : {}) } as Piece
}

type Row = Extract<Piece, { content: unknown }> & { content: Piece[] }
const rows = ['bulletList', 'orderedList', 'taskList', 'blockquote', 'listItem', 'taskItem']
const isRow = (piece: Piece): piece is Row => rows.includes(piece.type)

const isSame = (a: Piece, b: Piece) => JSON.stringify(a) === JSON.stringify(b)

const idsIn = (piece: Piece): string[] =>
  (piece.type === 'listItem' || piece.type === 'taskItem' ? piece.content.flatMap(citedIn) : citedIn(piece)).map(({ attrs }) => attrs.id)

/** By each id that stands in it, the piece of the base. A line between has none: it goes by the piece before. */
function keysOf(base: Piece[]): Map<string, string> {
  const keys = new Map<string, string>()
  for (const piece of base) {
    const ids = idsIn(piece)
    for (const id of ids) keys.set(id, `${kindOf(piece)} ${ids[0]}`)
  }
  return keys
}

const kindOf = (piece: Piece) => (isRow(piece) || piece.type === 'table' ? piece.type : 'words')

/** Each piece with its name: that of the base's with which it shares most ids, or one of its own. */
function named(row: Piece[], keys: Map<string, string>): { key: string; piece: Piece }[] {
  const used = new Set<string>()
  let before = ''
  return row.map((piece) => {
    const ids = idsIn(piece)
    const shared = new Map<string, number>()
    for (const id of ids) {
      const key = keys.get(id)
      if (key?.startsWith(`${kindOf(piece)} `) && !used.has(key)) shared.set(key, (shared.get(key) ?? 0) + 1)
    }
    let key = [...shared].reduce<[string, number]>((most, one) => (one[1] > most[1] ? one : most), ['', 0])[0] || `new ${ids[0] ?? `line behind ${before}`}`
    while (used.has(key)) key = `${key} again`
    used.add(key)
    before = key
    return { key, piece }
  })
}

type Named = { key: string }[]

/** Theirs, unless I alone moved something; what stands in one of both stands behind what it stood behind there. */
function orderOf(base: Named, mine: Named, theirs: Named): string[] {
  const iMoved = !keepsOrder(base, mine)
  const [frame, rest] = iMoved && keepsOrder(base, theirs) ? [mine, theirs] : [theirs, mine]
  const standing = new Set(frame.map(({ key }) => key))
  const behind = new Map<string, string[]>()
  let place = ''
  for (const { key } of rest) {
    if (standing.has(key)) place = key
    else behind.set(place, [...(behind.get(place) ?? []), key])
  }
  return ['', ...frame.map(({ key }) => key)].flatMap((key) => [...(key ? [key] : []), ...(behind.get(key) ?? [])])
}

function keepsOrder(base: Named, row: Named) {
  const places = new Map(base.map(({ key }, i) => [key, i]))
  let last = -1
  return row.every(({ key }) => {
    const place = places.get(key)
    if (place === undefined) return true
    const keeps = place > last
    last = place
    return keeps
  })
}

function withNewIds<One extends Piece>(piece: One, taken: Set<string>): One {
  return JSON.parse(JSON.stringify(piece), (key, value) => {
    if (key !== 'attrs' || typeof value?.id !== 'string') return value
    const id = newBlockId(taken)
    taken.add(id)
    return { ...value, id }
  })
}

/** A block that one moved into a list and the other left outside would stand twice under one id. */
function onceEach(content: Block[], taken: Set<string>): Block[] {
  const seen = new Set<string>()
  return JSON.parse(JSON.stringify(content), (key, value) => {
    if (key !== 'attrs' || typeof value?.id !== 'string') return value
    const id = seen.has(value.id) ? newBlockId(taken) : value.id
    taken.add(id)
    seen.add(id)
    return id === value.id ? value : { ...value, id }
  })
}
