import * as Y from 'yjs'
import { childrenOf, derivedId, fragmentOf, isBlockId } from './live-document'

/** Who holds which id: what the anchors of a document lead to. */
export type Holders = Map<string, Y.XmlElement>

/** Said by the server itself, and no reason to store once more. */
export const mending = { source: 'local' as const, skipStoreHooks: true }

/**
 * Gives each paragraph and heading of a document of Yjs that has no id, or another's, one of its own, in the document
 * itself, so that everybody who writes in it has it too. An id stays with whoever held it before (`held`), or else with
 * the first that says something, or else with the first; the new one follows from who made the block, so that two who
 * mend at once agree. Gives back who holds which now.
 */
export function mendIds(doc: Y.Doc, held: Holders = new Map()): Holders {
  const cited = citedElements(doc)
  const holders: Holders = new Map()
  for (const element of cited) {
    const id = element.getAttribute('id')
    if (!isBlockId(id)) continue
    const other = holders.get(id)
    if (!other || isBetter(element, other, held.get(id))) holders.set(id, element)
  }
  const without = cited.filter((element) => holders.get(element.getAttribute('id') ?? '') !== element)
  if (without.length === 0) return holders
  doc.transact(() => {
    for (const element of without) {
      let [id, again] = [derivedId(element), 0]
      while (holders.has(id)) id = derivedId(element, ++again)
      element.setAttribute('id', id)
      holders.set(id, element)
    }
  }, mending)
  return holders
}

function isBetter(one: Y.XmlElement, other: Y.XmlElement, before: Y.XmlElement | undefined) {
  if (before === one || before === other) return before === one
  return saysNothing(other) && !saysNothing(one)
}

const saysNothing = (element: Y.XmlElement) => childrenOf(element).every((child) => child instanceof Y.XmlText && child.length === 0)

/** Every paragraph and heading, in the order of reading, however deep it stands. */
function citedElements(doc: Y.Doc): Y.XmlElement<{ id: string }>[] {
  const found: Y.XmlElement<{ id: string }>[] = []
  const waiting = childrenOf(fragmentOf(doc)).toReversed()
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    if (!(one instanceof Y.XmlElement)) continue
    if (one.nodeName === 'paragraph' || one.nodeName === 'heading') found.push(one as Y.XmlElement<{ id: string }>)
    else waiting.push(...childrenOf(one).toReversed())
  }
  return found
}
