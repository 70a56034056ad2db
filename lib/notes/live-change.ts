import { updateYFragment } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import type { NotesDocument } from './document'
import { type Child, childrenOf, fragmentOf, inlinesOf, type Plain } from './live-document'
import { notesSchema } from './notes-schema'

/** Said by the server itself. Whoever called stores it. */
export const changing = { source: 'local' as const, skipStoreHooks: true }

/**
 * Changes a document of Yjs so that the notes in it are `wanted`, by as little as is needed: blocks are told apart by
 * their ids, and what stayed as it was is not touched, so that who is writing in it goes on. Words that others add at
 * the same time, elsewhere, stay.
 */
export function changeTo(doc: Y.Doc, wanted: NotesDocument) {
  doc.transact(() => arrange(fragmentOf(doc), wanted.content as Plain[]), changing)
}

/** A new document of Yjs with these notes. To be made once for each notes: two made apart would double the text. */
export function stateOf(document: NotesDocument): Uint8Array {
  const doc = new Y.Doc()
  changeTo(doc, document)
  const state = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return state
}

/** From behind, so that the places before stay what they were. */
function arrange(parent: Y.XmlFragment, wanted: Plain[]) {
  const standing = childrenOf(parent)
  const pairs = pairUp(standing, wanted)
  let end = standing.length
  let upTo = wanted.length
  for (const [i, j] of [...pairs.toReversed(), [-1, -1]]) {
    if (end - i - 1 > 0) parent.delete(i + 1, end - i - 1)
    if (upTo - j - 1 > 0) parent.insert(i + 1, wanted.slice(j + 1, upTo).map(elementOf))
    if (i >= 0) alter(standing[i] as Y.XmlElement, wanted[j])
    ;[end, upTo] = [i, j]
  }
}

/** Which of those that stand become which of the wanted, in the order of both: the most that need not move. */
function pairUp(standing: Child[], wanted: Plain[]): [number, number][] {
  const places = new Map<string, number>()
  wanted.forEach((node, j) => idsWithin(node).forEach((id) => places.set(id, j)))
  const found = standing.map((child) => {
    if (!(child instanceof Y.XmlElement)) return -1
    const votes = new Map<number, number>()
    for (const id of idsIn(child)) {
      const j = places.get(id)
      if (j !== undefined && wanted[j].type === child.nodeName) votes.set(j, (votes.get(j) ?? 0) + 1)
    }
    return [...votes].reduce<[number, number]>((best, one) => (one[1] > best[1] ? one : best), [-1, 0])[0]
  })
  const pairs = longestRising(found)
  return [...pairs, [standing.length, wanted.length]].flatMap(([i, j], n): [number, number][] => {
    const [before, after] = n === 0 ? [-1, -1] : pairs[n - 1]
    const between = nameless(standing, wanted, { from: [before + 1, after + 1], to: [i, j] })
    return i < standing.length ? [...between, [i, j]] : between
  })
}

/** A line across has no id: between two blocks that stay, the first stays the first. */
function nameless(standing: Child[], wanted: Plain[], { from, to }: { from: number[]; to: number[] }): [number, number][] {
  const pairs: [number, number][] = []
  let j = from[1]
  for (let i = from[0]; i < to[0]; i++) {
    const child = standing[i]
    if (!(child instanceof Y.XmlElement) || idsIn(child).length > 0) continue
    const at = wanted.findIndex((node, place) => place >= j && place < to[1] && node.type === child.nodeName && idsWithin(node).length === 0)
    if (at === -1) continue
    pairs.push([i, at])
    j = at + 1
  }
  return pairs
}

/** Of `places` (-1: none), those that rise, as many as there are; each with where it stands. */
function longestRising(places: number[]): [number, number][] {
  const tails: number[] = []
  const before: number[] = []
  places.forEach((place, i) => {
    if (place === -1) return
    const at = lowest(tails, (one) => places[one] >= place)
    before[i] = at > 0 ? tails[at - 1] : -1
    tails[at] = i
  })
  const rising: [number, number][] = []
  for (let i = tails.at(-1) ?? -1; i !== -1; i = before[i]) rising.push([i, places[i]])
  return rising.toReversed()
}

function lowest(sorted: number[], isEnough: (one: number) => boolean) {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isEnough(sorted[middle])) high = middle
    else low = middle + 1
  }
  return low
}

const isLeaf = (type: string) => type === 'paragraph' || type === 'heading'

function alter(element: Y.XmlElement, wanted: Plain) {
  const attrs: Record<string, unknown> = wanted.attrs ?? {}
  const standing: Record<string, unknown> = element.getAttributes()
  for (const [key, value] of Object.entries(attrs)) {
    if (value === null || value === undefined) {
      if (key in standing) element.removeAttribute(key)
    } else if (!isSame(standing[key], value)) element.setAttribute(key, value as string)
  }
  if (!isLeaf(wanted.type)) return arrange(element, wanted.content ?? [])
  if (isSame(inlinesOf(element).map(plainly), (wanted.content ?? []).map(plainly))) return
  // What stands already goes in as it is, so that only the line changes.
  const kept = element.getAttributes() as Record<string, unknown>
  const node = notesSchema.nodeFromJSON({ ...wanted, attrs: { ...kept } })
  updateYFragment(element.doc as Y.Doc, element, node, { mapping: new Map(), isOMark: new Map() })
}

/** A link of the editor's carries more than where it leads; that is nobody's change. */
const plainly = ({ type, attrs, text, marks }: Plain) => ({
  type,
  ...(text === undefined ? {} : { text }),
  ...(type === 'speaker' ? { slug: attrs?.slug ?? null, name: attrs?.name ?? '' } : {}),
  ...(marks ? { marks: marks.map((mark) => (mark.type === 'link' ? { link: (mark.attrs as { href?: unknown }).href } : { [mark.type]: true })).toSorted((a, b) => (Object.keys(a)[0] < Object.keys(b)[0] ? -1 : 1)) } : {}),
})

const isSame = (one: unknown, other: unknown) => one === other || JSON.stringify(one) === JSON.stringify(other)

function elementOf(node: Plain): Y.XmlElement {
  const element = new Y.XmlElement(node.type)
  for (const [key, value] of Object.entries(node.attrs ?? {})) if (value !== null && value !== undefined) element.setAttribute(key, value as string)
  element.insert(0, isLeaf(node.type) ? lineOf(node.content ?? []) : (node.content ?? []).map(elementOf))
  return element
}

function lineOf(content: Plain[]): (Y.XmlElement | Y.XmlText)[] {
  const line: (Y.XmlElement | Y.XmlText)[] = []
  let words: { insert: string; attributes?: object }[] = []
  const flush = () => {
    if (words.length === 0) return
    const text = new Y.XmlText()
    text.applyDelta(words)
    line.push(text)
    words = []
  }
  for (const one of content) {
    if (one.type === 'text') words.push({ insert: one.text ?? '', attributes: Object.fromEntries((one.marks ?? []).map((mark) => [mark.type, mark.attrs ?? {}])) })
    else {
      flush()
      line.push(elementOf(one))
    }
  }
  flush()
  return line
}

const idsWithin = (node: Plain): string[] => {
  if (isLeaf(node.type)) return typeof node.attrs?.id === 'string' ? [node.attrs.id] : []
  return (node.content ?? []).flatMap(idsWithin)
}

function idsIn(element: Y.XmlElement): string[] {
  if (isLeaf(element.nodeName)) {
    const id: unknown = element.getAttribute('id')
    return typeof id === 'string' ? [id] : []
  }
  return childrenOf(element).flatMap((child) => (child instanceof Y.XmlElement ? idsIn(child) : []))
}
