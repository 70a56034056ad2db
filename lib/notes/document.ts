import { done, type Outcome, refused } from '@/lib/outcome'

// Browsers read this file too: it is pure, and imports nothing of Node's.

/** What a passage is about. */
export type Reference = { report: string; number: number } | { theme: string }
export type Mark = { type: 'bold' } | { type: 'italic' } | { type: 'link'; attrs: { href: string } }
export type TextNode = { type: 'text'; text: string; marks?: Mark[] }
/** Somebody who is named, as who speaks: by the slug of a speaker that we know, or by the name alone. */
export type SpeakerNode = { type: 'speaker'; attrs: { slug: string | null; name: string } }
export type Inline = TextNode | { type: 'hardBreak' } | SpeakerNode
/** `id` is the anchor `#p-<id>`: given once, unique in the document, kept for ever. `about` makes the block a passage. */
export type Cited = { id: string; about: Reference[] }
export type Paragraph = { type: 'paragraph'; attrs: Cited; content?: Inline[] }
export type Heading = { type: 'heading'; attrs: Cited & { level: 2 | 3 }; content?: Inline[] }
export type ListItem = { type: 'listItem'; content: Block[] }
export type List = { type: 'bulletList'; content: ListItem[] } | { type: 'orderedList'; attrs: { start: number }; content: ListItem[] }
/** Something to be done: its first paragraph says what, and that paragraph's id is the task's. `due` is a day, `follows` the follow-up that it carries on. */
export type TaskItem = { type: 'taskItem'; attrs: { checked: boolean; owner: string | null; due: string | null; follows: string | null }; content: Block[] }
export type TaskList = { type: 'taskList'; content: TaskItem[] }
export type Cell = { type: 'tableHeader' | 'tableCell'; attrs: { colspan: number; rowspan: number }; content: Paragraph[] }
export type Row = { type: 'tableRow'; content: Cell[] }
export type Table = { type: 'table'; content: Row[] }
export type Blockquote = { type: 'blockquote'; content: Block[] }
export type Block = Paragraph | Heading | List | TaskList | Table | Blockquote | { type: 'horizontalRule' }
/** The notes of a session: Tiptap's JSON, and of it only what is named here. */
export type NotesDocument = { type: 'doc'; content: Block[] }

export type DocumentRefusal = 'too-big' | 'too-deep' | 'not-text' | 'malformed'

export const limits = {
  /** Of the document's JSON, in bytes of UTF-8. */
  bytes: 2 * 1024 * 1024,
  /** The same, where several wrote it together: what they may send is weighed by what it brings, not by what comes of it. */
  stored: 16 * 1024 * 1024,
  /** Levels of nodes: a list in a list in a quotation and so on. */
  depth: 24,
  /** Things that one block may be about. */
  references: 12,
  rows: 500,
  columns: 40,
  /** Characters of a name: who speaks, who does something. */
  name: 120,
}

/**
 * Reads a document that somebody sent. Attributes and marks that we do not know are left out, and so are links that
 * lead elsewhere than to http, https or mailto: their text stays. Blocks without an id, or with one that stood
 * before, get one; in a table's cell stand paragraphs alone, so that a list there gives its own. Refusals: `too-big`
 * (a table of more than 500 rows or 40 columns too), `too-deep`, `not-text` (NUL, lone surrogates), `malformed` (a
 * node that we do not know, or one where it cannot stand).
 */
export function readDocument(sent: unknown, most = limits.bytes): Outcome<NotesDocument, DocumentRefusal> {
  const extent = measure(sent, most)
  if (extent !== 'fits') return refused(extent)
  const taken = new Set<string>()
  try {
    const content = blocks(nodeOf(sent, 'doc'), taken)
    const document: NotesDocument = { type: 'doc', content: content.length > 0 ? content : [emptyParagraph(taken)] }
    return new TextEncoder().encode(JSON.stringify(document)).length > most ? refused('too-big') : done(document)
  } catch (error) {
    if (error instanceof Unreadable) return refused(error.reason)
    throw error
  }
}

/** A document of ours, as the database gives it back: what was written together may have grown beyond what one may send. */
export function storedDocument(json: unknown): NotesDocument {
  const read = readDocument(json, limits.stored)
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
  return document.content.flatMap(citedIn)
}

/** The paragraphs and headings of one block. */
export function citedIn(block: Block): (Paragraph | Heading)[] {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return [block]
    case 'blockquote':
      return block.content.flatMap(citedIn)
    case 'table':
      return block.content.flatMap((row) => row.content.flatMap((cell) => cell.content))
    case 'horizontalRule':
      return []
    default:
      return block.content.flatMap((item) => item.content.flatMap(citedIn))
  }
}

/** What is to be done, in the order of reading, wherever it stands. */
export function tasksOf(document: NotesDocument): TaskItem[] {
  return document.content.flatMap(function walk(block: Block): TaskItem[] {
    if (block.type === 'taskList') return block.content.flatMap((item) => [item, ...item.content.flatMap(walk)])
    if (block.type === 'blockquote') return block.content.flatMap(walk)
    return block.type === 'bulletList' || block.type === 'orderedList' ? block.content.flatMap((item) => item.content.flatMap(walk)) : []
  })
}

const wordsOf = { text: (one: Inline) => ('text' in one ? one.text : ''), hardBreak: () => '\n', speaker: (one: Inline) => (one.type === 'speaker' ? one.attrs.name : '') }

export const textOf = (block: { content?: Inline[] }) => (block.content ?? []).map((one) => wordsOf[one.type](one)).join('').trim()

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
  if (typeof href !== 'string' || href.length > 2000 || !/^(https?:\/\/|mailto:)[^\s\p{Cc}<>"\\]+$/iu.test(href) || !href.isWellFormed()) return null
  return URL.canParse(href) && /^(https?|mailto):$/.test(new URL(href).protocol) ? href : null
}

class Unreadable extends Error {
  constructor(readonly reason: DocumentRefusal) {
    super(reason)
  }
}

/** Looks at the whole without recursion, before anything else does: ten thousand levels would end the stack. */
function measure(sent: unknown, most: number): 'fits' | 'too-big' | 'too-deep' {
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
    if (size > 2 * most) return 'too-big'
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
    const node = nodeOf(child, 'paragraph', 'heading', 'bulletList', 'orderedList', 'taskList', 'table', 'blockquote', 'horizontalRule')
    switch (node.type) {
      case 'paragraph':
        return { type: 'paragraph', attrs: cited(node, taken), ...inlines(node) }
      case 'heading':
        return { type: 'heading', attrs: { ...cited(node, taken), level: node.attrs.level === 3 ? 3 : 2 }, ...inlines(node) }
      case 'bulletList':
        return { type: 'bulletList', content: items(node, 'listItem', taken).map(({ content }) => ({ type: 'listItem', content })) }
      case 'orderedList':
        return { type: 'orderedList', attrs: { start: startOf(node.attrs.start) }, content: items(node, 'listItem', taken).map(({ content }) => ({ type: 'listItem', content })) }
      case 'taskList':
        return { type: 'taskList', content: items(node, 'taskItem', taken).map(({ content, attrs }) => ({ type: 'taskItem', attrs: taskFacts(attrs), content })) }
      case 'table':
        return { type: 'table', content: rows(node, taken) }
      case 'blockquote':
        return { type: 'blockquote', content: orOneEmpty(blocks(node, taken), taken) }
      default:
        return { type: 'horizontalRule' }
    }
  })
}

function items(list: Node, type: 'listItem' | 'taskItem', taken: Set<string>): { attrs: Node['attrs']; content: Block[] }[] {
  if (list.content.length === 0) throw new Unreadable('malformed')
  return list.content.map((child) => {
    const item = nodeOf(child, type)
    const content = blocks(item, taken)
    // An item begins with a paragraph, for the editor as for the reader.
    return { attrs: item.attrs, content: content[0]?.type === 'paragraph' ? content : [emptyParagraph(taken), ...content] }
  })
}

const taskFacts = ({ checked, owner, due, follows }: Node['attrs']): TaskItem['attrs'] => ({
  checked: checked === true,
  owner: nameIn(owner),
  due: dayIn(due),
  follows: typeof follows === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(follows) ? follows : null,
})

/** A name on one line, without what marks it off in Markdown. */
export function nameIn(sent: unknown): string | null {
  if (typeof sent !== 'string' || !sent.isWellFormed()) return null
  const name = sent.slice(0, 4 * limits.name).replace(/[\p{Cc}\p{Cf}\u2028\u2029{}\\<>|]/gu, ' ').replace(/\s+/g, ' ').replace(/^[@\s]+/, '')
  return Array.from(name).slice(0, limits.name).join('').trim() || null
}

/** A day that exists, as 2026-12-12. */
export function dayIn(sent: unknown): string | null {
  if (typeof sent !== 'string' || !/^[12]\d{3}-\d{2}-\d{2}$/.test(sent)) return null
  const day = new Date(`${sent}T00:00:00Z`)
  return Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== sent ? null : sent
}

function rows(table: Node, taken: Set<string>): Row[] {
  if (table.content.length === 0) throw new Unreadable('malformed')
  if (table.content.length > limits.rows) throw new Unreadable('too-big')
  return table.content.map((child) => {
    const row = nodeOf(child, 'tableRow')
    const content = row.content.map((one): Cell => {
      const cell = nodeOf(one, 'tableCell', 'tableHeader')
      const attrs = { colspan: spanned(cell.attrs.colspan, limits.columns), rowspan: spanned(cell.attrs.rowspan, limits.rows) }
      return { type: cell.type as Cell['type'], attrs, content: paragraphsOf(blocks(cell, taken), taken) }
    })
    if (content.reduce((width, { attrs }) => width + attrs.colspan, 0) > limits.columns) throw new Unreadable('too-big')
    return { type: 'tableRow', content }
  })
}

const spanned = (sent: unknown, most: number) => (Number.isInteger(sent) && Number(sent) >= 1 && Number(sent) <= most ? Number(sent) : 1)

/** A cell holds no other block, and never a table. */
function paragraphsOf(content: Block[], taken: Set<string>): Paragraph[] {
  if (content.some(({ type }) => type === 'table')) throw new Unreadable('malformed')
  const all = content.flatMap(citedIn).map(({ attrs: { id, about }, ...block }): Paragraph => ({ ...block, type: 'paragraph', attrs: { id, about } }))
  return all.length > 0 ? all : [emptyParagraph(taken)]
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
    const node = nodeOf(child, 'text', 'hardBreak', 'speaker')
    if (node.type === 'hardBreak') return [{ type: 'hardBreak' }]
    if (node.type === 'speaker') return speaker(node.attrs)
    if (typeof node.text !== 'string') throw new Unreadable('malformed')
    if (node.text.includes('\0') || !node.text.isWellFormed()) throw new Unreadable('not-text')
    const text = node.text.replace(/[\p{Cc}\u2028\u2029]/gu, ' ').replace(/[\u202A-\u202E\u2066-\u2069\uFEFF]/g, '')
    if (text === '') return []
    const marks = marksOf(node.marks)
    return [{ type: 'text', text, ...(marks.length > 0 ? { marks } : {}) }]
  })
  return content.length > 0 ? { content } : {}
}

function speaker(attrs: Node['attrs']): Inline[] {
  const name = nameIn(attrs.name)
  return name ? [{ type: 'speaker', attrs: { slug: slugIn(attrs.slug), name } }] : []
}

export const slugIn = (sent: unknown) => (typeof sent === 'string' && sent.length <= 120 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(sent) ? sent : null)

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
