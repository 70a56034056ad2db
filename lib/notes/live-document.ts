import { createHash } from 'node:crypto'
import * as Y from 'yjs'
import { type Block, limits, type NotesDocument, readDocument } from './document'

/** A node of Tiptap's JSON, before anybody looked whether it may stand there. */
export type Plain = { type: string; attrs?: Record<string, unknown>; content?: Plain[]; text?: string; marks?: { type: string; attrs?: unknown }[] }

/** The root of the notes in a document of Yjs. */
export const fragmentOf = (doc: Y.Doc) => doc.getXmlFragment('default')

/** A document of Yjs as it was stored (one update, version 1). */
export function openState(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  return doc
}

export type Child = Y.XmlElement | Y.XmlText | Y.XmlHook
export const childrenOf = (parent: Y.XmlFragment) => parent.toArray() as Child[]

/** The same eight letters for the same element of Yjs, wherever they are asked for; others with each `again`. */
export function derivedId(of: Child, again = 0): string {
  const { client, clock } = of._item?.id ?? { client: 0, clock: 0 }
  const digest = createHash('sha256').update(`${client}/${clock}/${again}`).digest()
  return Array.from(digest.subarray(0, 8), (byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join('')
}

export const isBlockId = (id: unknown): id is string => typeof id === 'string' && /^[a-z0-9]{6,16}$/.test(id)

/**
 * The notes as they stand in a document of Yjs. It never refuses: what we do not know, or what two people at once put
 * where it cannot stand, gives up its form and keeps its text. Blocks without an id, or with one that stood before, get
 * the one that follows from who made them, so that the same state is always the same notes (see live-ids.ts).
 */
export function documentOf(doc: Y.Doc): NotesDocument {
  const children = childrenOf(fragmentOf(doc))
  const [first, again] = [new Set<string>(), new Set<string>()]
  const plain = children.flatMap((child) => read(child, blocks, { taken: first, depth: 1 }))
  if (plain.length === 0) return inWhole([])
  const whole = readDocument({ type: 'doc', content: plain })
  // Something in it is no document, nearly never: then each by itself.
  return whole.ok ? joined(whole.value) : inWhole(children.flatMap((child) => blocksOf(child, again)))
}

/** Words under the same marks are one text, however they came together: the same notes are always written alike. */
export function joined<Node extends NotesDocument | Block>(node: Node): Node {
  return join(node as Plain) as Node
}

function join(node: Plain): Plain {
  if (!node.content) return node
  const content: Plain[] = []
  for (const one of node.content) {
    const last = content.at(-1)
    const isMore = one.type === 'text' && last?.type === 'text' && JSON.stringify(one.marks) === JSON.stringify(last.marks)
    if (isMore) content[content.length - 1] = { ...last, text: `${last.text}${one.text}` }
    else content.push(join(one))
  }
  return { ...node, content }
}

/** Notes are never without a block. */
export function inWhole(content: Block[]): NotesDocument {
  return { type: 'doc', content: content.length > 0 ? content : [{ type: 'paragraph', attrs: { id: 'start000', about: [] } }] }
}

/** What one child of the root is in the notes: one block, none, or several where its own form had to go. */
export function blocksOf(child: Child, taken: Set<string>): Block[] {
  const plain = read(child, blocks, { taken, depth: 1 })
  if (plain.length === 0) return []
  const cleaned = readDocument({ type: 'doc', content: plain })
  if (cleaned.ok) return cleaned.value.content.map(joined)
  return wordsOf(child, taken)
}

/** So many characters stand in one paragraph, where nothing but its words is left of a block. */
const piece = 50_000

/** The words of one child of the root and nothing else: what is left where its own form cannot be kept. */
export function wordsOf(child: Child, taken: Set<string>): Block[] {
  const text = Array.from(textWithin([child]))
  return Array.from({ length: Math.ceil(text.length / piece) }, (_, i) => text.slice(i * piece, (i + 1) * piece).join('')).flatMap((said) => {
    const kept = readDocument({ type: 'doc', content: [paragraph(idFor(child, taken), [{ type: 'text', text: said }])] })
    return kept.ok ? kept.value.content : []
  })
}

type Reading = { taken: Set<string>; depth: number }

const inTables = ['paragraph', 'heading', 'bulletList', 'orderedList', 'taskList', 'blockquote', 'horizontalRule']
const blocks = [...inTables, 'table']
/** What may stand in what. */
const within: Record<string, readonly string[]> = {
  bulletList: ['listItem'],
  orderedList: ['listItem'],
  taskList: ['taskItem'],
  listItem: blocks,
  taskItem: blocks,
  blockquote: blocks,
  table: ['tableRow'],
  tableRow: ['tableHeader', 'tableCell'],
  tableHeader: inTables,
  tableCell: inTables,
}
const leaves = ['paragraph', 'heading']
/** What keeps a bare paragraph where none may stand by itself. */
const shells: Record<string, string[]> = { listItem: ['listItem'], taskItem: ['taskItem'], tableRow: ['tableRow', 'tableCell'], tableHeader: ['tableCell'] }
const deepest = limits.depth - 4

function read(child: Child, allowed: readonly string[], reading: Reading): Plain[] {
  if (child instanceof Y.XmlText) return wrapped(textOnly([child], reading), allowed)
  if (!(child instanceof Y.XmlElement)) return []
  const name = child.nodeName
  if (reading.depth > deepest) return wrapped(textOnly([child], reading), allowed)
  if (leaves.includes(name)) return wrapped([leafOf(child, reading)], allowed)
  if (name === 'horizontalRule') return allowed.includes(name) ? [{ type: name }] : []
  const deeper = { ...reading, depth: reading.depth + 1 }
  if (!Object.hasOwn(within, name)) return hoisted(child, allowed, deeper)
  if (!allowed.includes(name)) {
    // An item without its list, a table in a table: what stands in it stands here.
    return within[name].some((one) => allowed.includes(one)) ? hoisted(child, allowed, deeper) : wrapped(hoisted(child, allowed.includes('paragraph') ? allowed : inTables, deeper), allowed)
  }
  const content = childrenOf(child).flatMap((one) => read(one, within[name], deeper))
  const lacks = ['listItem', 'taskItem'].includes(name) ? content[0]?.type !== 'paragraph' : content.length === 0
  if (!lacks) return [{ type: name, attrs: child.getAttributes(), content }]
  if (!within[name].includes('paragraph')) return []
  return [{ type: name, attrs: child.getAttributes(), content: [paragraph(idFor(child, reading.taken), []), ...content] }]
}

/** An element that we do not know: its blocks stand where it stood, its bare text in a paragraph. */
function hoisted(element: Y.XmlElement, allowed: readonly string[], reading: Reading): Plain[] {
  const children = childrenOf(element)
  return children.length === 0 ? [] : children.flatMap((child) => read(child, allowed, reading))
}

function wrapped(plain: Plain[], allowed: readonly string[]): Plain[] {
  return plain.map((one) => {
    if (allowed.includes(one.type)) return one
    return (shells[allowed[0]] ?? []).reduceRight<Plain>((inner, type) => ({ type, content: [inner] }), one)
  })
}

const paragraph = (id: string, content: Plain[]): Plain => ({ type: 'paragraph', attrs: { id, about: [] }, ...(content.length > 0 ? { content } : {}) })

function leafOf(element: Y.XmlElement, { taken }: Reading): Plain {
  const attrs: Record<string, unknown> = element.getAttributes()
  const own = isBlockId(attrs.id) && !taken.has(attrs.id) ? attrs.id : null
  if (own) taken.add(own)
  return { type: element.nodeName, attrs: { ...attrs, id: own ?? idFor(element, taken) }, content: inlinesOf(element) }
}

function idFor(child: Child, taken: Set<string>): string {
  for (let again = 0; ; again++) {
    const id = derivedId(child, again)
    if (taken.has(id)) continue
    taken.add(id)
    return id
  }
}

/** What stands in a line; of what cannot stand there, the text. */
export function inlinesOf(parent: Y.XmlElement): Plain[] {
  return childrenOf(parent).flatMap((child): Plain[] => {
    if (child instanceof Y.XmlText) return textsOf(child)
    if (!(child instanceof Y.XmlElement)) return []
    if (child.nodeName === 'hardBreak') return [{ type: 'hardBreak' }]
    if (child.nodeName === 'speaker') return [{ type: 'speaker', attrs: child.getAttributes() }]
    const text = textWithin([child])
    return text ? [{ type: 'text', text }] : []
  })
}

function textsOf(text: Y.XmlText): Plain[] {
  const delta = text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[]
  return delta.flatMap(({ insert, attributes = {} }) => {
    const said = typeof insert === 'string' ? asText(insert) : ''
    if (said === '') return []
    // Marks that may lie over themselves are told apart by a digest behind their names.
    const marks = Object.entries(attributes).map(([name, attrs]) => ({ type: name.replace(/--[a-zA-Z0-9+/=]{8}$/, ''), attrs }))
    return [{ type: 'text', text: said, ...(marks.length > 0 ? { marks } : {}) }]
  })
}

const asText = (text: string) => text.toWellFormed().replaceAll('\0', '')

function textOnly(children: Child[], { taken }: Reading): Plain[] {
  const text = textWithin(children)
  return text ? [paragraph(idFor(children[0], taken), [{ type: 'text', text }])] : []
}

/** Without recursion: ten thousand levels would end the stack. */
function textWithin(children: Child[]): string {
  const waiting = children.toReversed()
  const found: string[] = []
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    if (one instanceof Y.XmlText) found.push(textsOf(one).map(({ text }) => text).join(''))
    else if (one instanceof Y.XmlElement) waiting.push(...childrenOf(one).toReversed())
  }
  return found.filter(Boolean).join(' ')
}
