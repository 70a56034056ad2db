import type { Editor } from '@tiptap/core'
import { relativePositionToAbsolutePosition, ySyncPluginKey } from '@tiptap/y-tiptap'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { type Present, presentIn } from './carets'

/** Somebody who is here; `pos` and `where` (the heading above and the first words) are null before they set foot in the text. */
export interface Here extends Present {
  pos: number | null
  where: { heading: string; words: string } | null
}

/** The others, each person once however many tabs they have, by name. */
export function othersHere(editor: Editor, awareness: Awareness, me: string): Here[] {
  const found = new Map<string, Here>()
  for (const [client, state] of awareness.getStates()) {
    const one = presentIn(state)
    if (!one || client === awareness.clientID || one.writer === me) continue
    const pos = placeOf(editor, state as { cursor?: { head?: unknown } | null })
    if (pos !== null || !found.has(one.writer)) found.set(one.writer, { ...one, pos, where: pos === null ? null : surroundings(editor, pos) })
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name))
}

function placeOf(editor: Editor, { cursor }: { cursor?: { head?: unknown } | null }): number | null {
  const shared = ySyncPluginKey.getState(editor.state) as { doc: Y.Doc; type: Y.XmlFragment; binding: { mapping: Map<Y.AbstractType<unknown>, never> } | null } | undefined
  if (!cursor?.head || !shared?.binding) return null
  try {
    const place = relativePositionToAbsolutePosition(shared.doc, shared.type, Y.createRelativePositionFromJSON(cursor.head), shared.binding.mapping)
    return place === null ? null : Math.min(place, editor.state.doc.content.size)
  } catch {
    // A place in what has just gone.
    return null
  }
}

function surroundings(editor: Editor, pos: number): Here['where'] {
  const words = shorten(editor.state.doc.resolve(pos).parent.textContent.trim(), 48)
  let heading = ''
  editor.state.doc.nodesBetween(0, pos, (node) => {
    if (node.type.name === 'heading') heading = node.textContent
    return !node.isTextblock
  })
  return { heading: shorten(heading, 60), words }
}

export const shorten = (text: string, most: number) => {
  if (text.length <= most) return text
  const cut = text.lastIndexOf(' ', most)
  return `${text.slice(0, cut > most / 2 ? cut : most)}…`
}

type Who = Pick<Present, 'writer' | 'name'>

/** Who came and who went between two looks, by writer. */
export function comings(before: Who[], now: Who[]): { came: string[]; went: string[] } {
  const missing = (from: Who[], others: Who[]) => from.filter((one) => !others.some(({ writer }) => writer === one.writer)).map(({ name }) => name)
  return { came: missing(now, before), went: missing(before, now) }
}
