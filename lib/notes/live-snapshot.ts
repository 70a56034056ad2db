import { setImmediate as nextTurn } from 'node:timers/promises'
import * as Y from 'yjs'
import { limits } from './document'
import { blocksOf, type Child, childrenOf, documentOf, fragmentOf, inWhole, wordsOf } from './live-document'
import { type Holders, mendIds } from './live-ids'

export type Taken = { state: Uint8Array; json: string; bytes: number; stateBytes: number }

/** So many milliseconds of everybody's time go to one document in one piece. */
const slice = 8

/** Beyond, only words are kept: a long address under every second letter makes fifty times of what was sent. */
const most = 4 * limits.bytes

function bare(children: Child[]) {
  const ids = new Set<string>()
  return children.flatMap((child) => wordsOf(child, ids)).map((block) => JSON.stringify(block)).join(',')
}

/**
 * Takes the notes of a document of Yjs again and again, and reads anew only the blocks that were changed since: of two
 * hundred pages somebody writes in one line. `warm` reads them the first time, a little at a time.
 */
export function snapshots(doc: Y.Doc) {
  const root = fragmentOf(doc)
  const kept = new Map<Child, { json: string; ids: string[] }>()
  let held: Holders = mendIds(doc)

  root.observeDeep((events) => {
    for (const { target } of events) {
      let at: Y.AbstractType<unknown> | null = target
      while (at && at.parent !== root) at = at.parent
      if (at) kept.delete(at as Child)
    }
  })

  function reading(child: Child) {
    const found = kept.get(child)
    if (found) return found
    const ids = new Set<string>()
    const json = blocksOf(child, ids).map((block) => JSON.stringify(block)).join(',')
    const fresh = { json, ids: [...ids] }
    kept.set(child, fresh)
    return fresh
  }

  return {
    async warm() {
      let until = performance.now() + slice
      for (const child of childrenOf(root)) {
        if (performance.now() > until) {
          await nextTurn()
          until = performance.now() + slice
        }
        // It may have gone while others were read.
        if (child.parent === root && !child._item?.deleted) reading(child)
      }
    },

    take(): Taken {
      held = mendIds(doc, held)
      const children = childrenOf(root)
      if (kept.size > 2 * children.length + 100) {
        const standing = new Set(children)
        for (const child of kept.keys()) if (!standing.has(child)) kept.delete(child)
      }
      const read = children.map(reading)
      const ids = read.flatMap((one) => one.ids)
      const isClear = new Set(ids).size === ids.length
      const length = read.reduce((sum, one) => sum + one.json.length, 0)
      const content = length > most ? bare(children) : read.map((one) => one.json).filter(Boolean).join(',')
      const json = !isClear && length <= most ? JSON.stringify(documentOf(doc)) : content ? `{"type":"doc","content":[${content}]}` : JSON.stringify(inWhole([]))
      const state = Y.encodeStateAsUpdate(doc)
      return { state, json, bytes: Buffer.byteLength(json), stateBytes: state.length }
    },
  }
}
