import { done, type Outcome, refused } from '@/lib/outcome'

// Browsers read this file too: it is pure, and imports nothing of Node's.

/** What a passage is about. */
export type Reference = { report: string; number: number } | { theme: string }
export type Mark = { type: 'bold' } | { type: 'italic' } | { type: 'link'; attrs: { href: string } }
export type TextNode = { type: 'text'; text: string; marks?: Mark[] }
export type Inline = TextNode | { type: 'hardBreak' }
/** `id` is the anchor `#p-<id>`: given once, unique in the document, kept for ever. `about` makes the block a passage. */
export type Cited = { id: string; about: Reference[] }
export type Paragraph = { type: 'paragraph'; attrs: Cited; content?: Inline[] }
export type Heading = { type: 'heading'; attrs: Cited & { level: 2 | 3 }; content?: Inline[] }
export type ListItem = { type: 'listItem'; content: Block[] }
export type List = { type: 'bulletList'; content: ListItem[] } | { type: 'orderedList'; attrs: { start: number }; content: ListItem[] }
export type Blockquote = { type: 'blockquote'; content: Block[] }
export type Block = Paragraph | Heading | List | Blockquote | { type: 'horizontalRule' }
/** The notes of a session: Tiptap's JSON, and of it only what is named here. */
export type NotesDocument = { type: 'doc'; content: Block[] }

export type DocumentRefusal = 'too-big' | 'too-deep' | 'not-text' | 'malformed'

export const limits = {
  /** Of the document's JSON, in bytes of UTF-8. */
  bytes: 512 * 1024,
  /** Levels of nodes: a list in a list in a quotation and so on. */
  depth: 24,
  /** Things that one block may be about. */
  references: 12,
}

/**
 * Reads a document that somebody sent. Attributes and marks that we do not know are left out, and so are links that
 * lead elsewhere than to http, https or mailto: their text stays. Blocks without an id, or with one that stood
 * before, get one. Refusals: `too-big`, `too-deep`, `not-text` (NUL, lone surrogates), `malformed` (a node that we
 * do not know, or one where it cannot stand).
 */
export function readDocument(sent: unknown): Outcome<NotesDocument, DocumentRefusal> {
  const extent = measure(sent)
  if (extent !== 'fits') return refused(extent)
  const taken = new Set<string>()
  try {
    const content = blocks(nodeOf(sent, 'doc'), taken)
    const document: NotesDocument = { type: 'doc', content: content.length > 0 ? content : [emptyParagraph(taken)] }
    return new TextEncoder().encode(JSON.stringify(document)).length > limits.bytes ? refused('too-big') : done(document)
  } catch (error) {
    if (error instanceof Unreadable) return refused(error.reason)
    throw error
  }
}

/** A document of ours, as the database gives it back. */
export function storedDocument(json: unknown): NotesDocument {
  const read = readDocument(json)
  return read.ok ? read.value : emptyDocument()
}

export const emptyDocument = (): NotesDocument => ({ type: 'doc', content: [emptyParagraph(new Set())] })

/** Eight random letters and figures: enough for a document, short enough for an address. */
export function newBlockId(taken: { has: (id: string) => boolean } = new Set()): string {
  const id = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => letters[byte % 32]).join('')
  return taken.has(id) ? newBlockId(taken) : id
}

const letters = 'abcdefghijklmnopqrstuvwxyz234567'

/** How a reference is written: `ia-notre-ambition-pour-la-france/16`, or a theme's slug. */
export const referenceKey = (one: Reference) => ('theme' in one ? one.theme : `${one.report}/${one.number}`)

export function readReference(key: string): Reference | null {
  const [, slug, number] = /^([a-z0-9]+(?:-[a-z0-9]+)*)(?:\/([1-9]\d{0,3}))?$/.exec(key.slice(0, 90)) ?? []
  if (!slug || slug.length > 80) return null
  if (!number) return { theme: slug }
  return Number(number) <= 1000 ? { report: slug, number: Number(number) } : null
}

/** Every paragraph and heading in the order of reading, wherever it stands. */
export function citedBlocks(document: NotesDocument): (Paragraph | Heading)[] {
  return document.content.flatMap(function walk(block: Block): (Paragraph | Heading)[] {
    if (block.type === 'paragraph' || block.type === 'heading') return [block]
    if (block.type === 'blockquote') return block.content.flatMap(walk)
    return 'content' in block ? block.content.flatMap((item) => item.content.flatMap(walk)) : []
  })
}

export const textOf = (block: { content?: Inline[] }) =>
  (block.content ?? []).map((one) => (one.type === 'text' ? one.text : '\n')).join('').trim()

export type PassageFacts = { id: string; text: string; about: Reference[] }

/** The blocks that are about something. */
export const passagesOf = (document: NotesDocument): PassageFacts[] =>
  citedBlocks(document)
    .filter((block) => block.attrs.about.length > 0 && textOf(block) !== '')
    .map((block) => ({ id: block.attrs.id, text: textOf(block), about: block.attrs.about }))

/** The table of contents. */
export const headingsOf = (document: NotesDocument) =>
  citedBlocks(document)
    .filter((block) => block.type === 'heading')
    .map((block) => ({ id: block.attrs.id, level: block.attrs.level, text: textOf(block) }))
    .filter((one) => one.text !== '')

export const isEmpty = (document: NotesDocument) => citedBlocks(document).every((block) => textOf(block) === '')

/** http, https and mailto, with what belongs behind; anything else is no link. */
export function safeHref(href: unknown): string | null {
  if (typeof href !== 'string' || href.length > 2000 || !/^(https?:\/\/|mailto:)[^\s<>"\\]+$/i.test(href) || !href.isWellFormed()) return null
  return URL.canParse(href) && /^(https?|mailto):$/.test(new URL(href).protocol) ? href : null
}

/**
 * Gives the blocks of a document that lost its ids (written again as text) those of the document it came from: the
 * same words keep their id; between two that stayed, as many blocks as before keep theirs in order.
 */
export function withIdsOf(before: NotesDocument, after: NotesDocument): NotesDocument {
  const [old, fresh] = [citedBlocks(before), citedBlocks(after)]
  const byText = new Map<string, number[]>()
  old.forEach((block, i) => byText.set(textOf(block), [...(byText.get(textOf(block)) ?? []), i]))
  const from: (number | undefined)[] = []
  let last = -1
  for (const block of fresh) {
    const same = (byText.get(textOf(block)) ?? []).find((i) => i > last)
    from.push(same)
    if (same !== undefined) last = same
  }
  pairUp(from, old.length)
  const ids = new Map(fresh.map((block, i) => [block, from[i] === undefined ? undefined : old[from[i]].attrs.id]))
  const taken = new Set([...ids.values()].filter((id) => id !== undefined))
  for (const block of fresh) {
    const id = ids.get(block) ?? newBlockId(taken)
    taken.add(id)
    block.attrs = { ...block.attrs, id } as Cited & { level: 2 | 3 }
  }
  return after
}

function pairUp(from: (number | undefined)[], length: number) {
  for (let i = 0; i < from.length; i++) {
    if (from[i] !== undefined) continue
    const end = from.findIndex((one, j) => j > i && one !== undefined)
    const upTo = end === -1 ? from.length : end
    const start = i === 0 ? 0 : from[i - 1]! + 1
    if ((end === -1 ? length : from[end]!) - start === upTo - i) for (let j = i; j < upTo; j++) from[j] = start + j - i
    i = upTo
  }
}

class Unreadable extends Error {
  constructor(readonly reason: DocumentRefusal) {
    super(reason)
  }
}

/** Looks at the whole without recursion, before anything else does: ten thousand levels would end the stack. */
function measure(sent: unknown): 'fits' | 'too-big' | 'too-deep' {
  const waiting: { value: unknown; depth: number }[] = [{ value: sent, depth: 0 }]
  let size = 0
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    if (one.depth > limits.depth * 2) return 'too-deep'
    size += typeof one.value === 'string' ? one.value.length + 2 : 2
    if (typeof one.value === 'object' && one.value !== null) {
      for (const [key, value] of Object.entries(one.value)) {
        size += key.length
        waiting.push({ value, depth: one.depth + 1 })
      }
    }
    if (size > 2 * limits.bytes) return 'too-big'
  }
  return 'fits'
}

type Node = { type: string; attrs: Record<string, unknown>; content: unknown[]; text: unknown; marks: unknown[] }

function nodeOf(value: unknown, ...types: string[]): Node {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Unreadable('malformed')
  const own = (key: string): unknown => (Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined)
  const [type, attrs, content, marks] = [own('type'), own('attrs'), own('content'), own('marks')]
  if (typeof type !== 'string' || !types.includes(type)) throw new Unreadable('malformed')
  if (content !== undefined && !Array.isArray(content)) throw new Unreadable('malformed')
  return { type, attrs: isRecord(attrs) ? attrs : {}, content: content ?? [], text: own('text'), marks: Array.isArray(marks) ? marks : [] }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

function blocks(parent: Node, taken: Set<string>): Block[] {
  return parent.content.map((child): Block => {
    const node = nodeOf(child, 'paragraph', 'heading', 'bulletList', 'orderedList', 'blockquote', 'horizontalRule')
    switch (node.type) {
      case 'paragraph':
        return { type: 'paragraph', attrs: cited(node, taken), ...inlines(node) }
      case 'heading':
        return { type: 'heading', attrs: { ...cited(node, taken), level: node.attrs.level === 3 ? 3 : 2 }, ...inlines(node) }
      case 'bulletList':
        return { type: 'bulletList', content: items(node, taken) }
      case 'orderedList':
        return { type: 'orderedList', attrs: { start: startOf(node.attrs.start) }, content: items(node, taken) }
      case 'blockquote':
        return { type: 'blockquote', content: orOneEmpty(blocks(node, taken), taken) }
      default:
        return { type: 'horizontalRule' }
    }
  })
}

function items(list: Node, taken: Set<string>): ListItem[] {
  if (list.content.length === 0) throw new Unreadable('malformed')
  return list.content.map((child) => {
    const content = blocks(nodeOf(child, 'listItem'), taken)
    // An item begins with a paragraph, for the editor as for the reader.
    return { type: 'listItem', content: content[0]?.type === 'paragraph' ? content : [emptyParagraph(taken), ...content] }
  })
}

const orOneEmpty = (content: Block[], taken: Set<string>) => (content.length > 0 ? content : [emptyParagraph(taken)])

function emptyParagraph(taken: Set<string>): Paragraph {
  const id = newBlockId(taken)
  taken.add(id)
  return { type: 'paragraph', attrs: { id, about: [] } }
}

function cited({ attrs }: Node, taken: Set<string>): Cited {
  const given = typeof attrs.id === 'string' && /^[a-z0-9]{6,16}$/.test(attrs.id) && !taken.has(attrs.id) ? attrs.id : newBlockId(taken)
  taken.add(given)
  return { id: given, about: references(attrs.about) }
}

function references(sent: unknown): Reference[] {
  const keys = (Array.isArray(sent) ? sent : []).flatMap((one) => {
    if (!isRecord(one)) return []
    const key = typeof one.theme === 'string' ? one.theme : typeof one.report === 'string' && Number.isInteger(one.number) ? `${one.report}/${one.number}` : ''
    const reference = readReference(key)
    return reference && 'theme' in reference === (typeof one.theme === 'string') ? [referenceKey(reference)] : []
  })
  return [...new Set(keys)].slice(0, limits.references).map((key) => readReference(key)!)
}

const startOf = (start: unknown) => (Number.isInteger(start) && Number(start) >= 0 && Number(start) <= 9999 ? Number(start) : 1)

function inlines(block: Node): { content?: Inline[] } {
  const content = block.content.flatMap((child): Inline[] => {
    const node = nodeOf(child, 'text', 'hardBreak')
    if (node.type === 'hardBreak') return [{ type: 'hardBreak' }]
    if (typeof node.text !== 'string') throw new Unreadable('malformed')
    if (node.text.includes('\0') || !node.text.isWellFormed()) throw new Unreadable('not-text')
    const text = node.text.replace(/[\p{Cc}\u2028\u2029]/gu, ' ').replace(/[\u202A-\u202E\u2066-\u2069\uFEFF]/g, '')
    if (text === '') return []
    const marks = marksOf(node.marks)
    return [{ type: 'text', text, ...(marks.length > 0 ? { marks } : {}) }]
  })
  return content.length > 0 ? { content } : {}
}

/** Each mark once, in one order, so that the same words are always the same document. */
function marksOf(sent: unknown[]): Mark[] {
  const known = sent.filter(isRecord)
  const href = known.filter((one) => one.type === 'link' && isRecord(one.attrs)).map((one) => safeHref((one.attrs as Record<string, unknown>).href))
  const first = href.find((one) => one !== null)
  return [
    ...(first ? [{ type: 'link' as const, attrs: { href: first } }] : []),
    ...(['bold', 'italic'] as const).filter((type) => known.some((one) => one.type === type)).map((type) => ({ type })),
  ]
}
