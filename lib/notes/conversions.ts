import * as Y from 'yjs'
import type { Outcome } from '@/lib/outcome'
import { citedBlocks, type DocumentRefusal, isEmpty, limits, type NotesDocument, passagesOf, readDocument, type Reference, referenceKey, storedDocument } from './document'
import { withIdsOf } from './kept-ids'
import { changeTo, stateOf } from './live-change'
import { documentOf, joined, openState } from './live-document'
import { mendIds } from './live-ids'
import { fromMarkdown, toMarkdown } from './markdown'
import { merged } from './merge'
import { previewOf } from './preview'

/**
 * What takes long notes tens of milliseconds at least, each by itself and of nothing but what it is given: see
 * convert-apart.ts. What goes in and out can be sent to a thread.
 */
export const conversions = {
  /** Markdown as notes that may be kept. */
  read: ({ markdown }: { markdown: string }): Outcome<NotesDocument, DocumentRefusal> => readDocument(fromMarkdown(markdown)),

  /** The other way; notes without a word are no text. */
  write({ json }: { json: string }): string {
    const document = storedDocument(JSON.parse(json))
    return isEmpty(document) ? '' : toMarkdown(document)
  },

  preview: ({ text, isHtml }: { text: string; isHtml?: boolean }) => previewOf(text, isHtml),

  /** What the passages of Markdown are about, each once, and how many there are. */
  ties({ markdown }: { markdown: string }): { about: Reference[]; passages: number } {
    const document = fromMarkdown(markdown)
    const about = new Map(citedBlocks(document).flatMap(({ attrs }) => attrs.about.map((one) => [referenceKey(one), one] as const)))
    return { about: [...about.values()], passages: passagesOf(document).length }
  },

  /** The first state of notes that nobody wrote together yet, and their document as it stands in it. */
  begin({ json }: { json: string }): { state: Uint8Array; document: string } {
    const document = storedDocument(JSON.parse(json))
    return { state: stateOf(document), document: JSON.stringify(document) }
  },

  /** The notes that stand in a state. */
  open({ state }: { state: Uint8Array }): NotesDocument {
    const doc = opened(state)
    const document = documentOf(doc)
    doc.destroy()
    return document
  },

  /** A state changed by as little as is needed so that its notes are `wanted`; null where they would be too big. */
  change({ state, wanted }: { state: Uint8Array; wanted: NotesDocument }): { state: Uint8Array; document: NotesDocument; json: string } | null {
    const read = readDocument(wanted)
    if (!read.ok) return null
    const doc = opened(state)
    changeTo(doc, read.value)
    const document = joined(read.value)
    const [json, changed] = [JSON.stringify(document), Y.encodeStateAsUpdate(doc)]
    doc.destroy()
    return Buffer.byteLength(json) > limits.bytes ? null : { state: changed, document, json }
  },

  /** What of a state a document of Yjs lacks. */
  lacking: ({ state, vector }: { state: Uint8Array; vector: Uint8Array }): Uint8Array => Y.diffUpdate(state, vector),

  /** Written again as text, with the ids of what it came from. */
  again: ({ before, after }: { before: NotesDocument; after: NotesDocument }): NotesDocument => withIdsOf(before, after),

  /** Text that began as `base`, beside what others wrote meanwhile. */
  together({ base, mine, theirs }: { base: string; mine: NotesDocument; theirs: NotesDocument }): { document: NotesDocument; both: number } {
    const begun = withIdsOf(theirs, fromMarkdown(base))
    const { document, both } = merged(begun, withIdsOf(begun, mine), theirs)
    return { document, both: both.length }
  },
}

export type Conversions = typeof conversions

/** Blocks without an id get the one that follows from who made them: each time the same. */
function opened(state: Uint8Array): Y.Doc {
  const doc = openState(state)
  mendIds(doc)
  return doc
}
