import { type Editor, Extension } from '@tiptap/core'
import type { Node as PmNode } from '@tiptap/pm/model'
import { type EditorState, Plugin, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { limits, newBlockId, readReference, type Reference, referenceKey } from '@/lib/notes/document'

export { limits }

/** How a tie is drawn beside its paragraph. */
export interface TieSign {
  text: string
  className: string
  title: string
}

/** Ids for ever, and what a paragraph is about. */
export const Cited = Extension.create<{ signOf: (key: string) => TieSign }>({
  name: 'cited',
  addOptions: () => ({ signOf: (key) => ({ text: key, className: '', title: key }) }),
  addGlobalAttributes: () => [
    {
      types: ['paragraph', 'heading'],
      attributes: {
        id: { default: null, keepOnSplit: false, parseHTML: (element) => element.getAttribute('data-id'), renderHTML: ({ id }) => (id ? { 'data-id': id } : {}) },
        // Written into the page so that a passage that is cut and pasted stays one.
        about: {
          default: [],
          keepOnSplit: false,
          parseHTML: (element) => referencesIn(element.getAttribute('data-about')),
          renderHTML: ({ about }) => (keysIn(about).length > 0 ? { 'data-about': keysIn(about).join(' ') } : {}),
        },
      },
    },
  ],
  addProseMirrorPlugins() {
    const { signOf } = this.options
    return [
      new Plugin({
        // What others write comes with ids of its own: who mended it too would give the same paragraph a second one.
        appendTransaction: (transactions, before, after) =>
          transactions.some((one) => one.docChanged && isLocal(one)) ? mendIds(transactions, before, after) : null,
        state: {
          init: (_, { doc }) => tiesOf(doc, signOf),
          apply: (transaction, ties) => (transaction.docChanged ? tiesOf(transaction.doc, signOf) : ties),
        },
        props: {
          decorations(state) {
            return this.getState(state)
          },
        },
      }),
    ]
  },
})

/** Made here, and not brought by the others or by undoing. */
export const isLocal = (transaction: Transaction) => transaction.getMeta(ySyncPluginKey) === undefined

const referencesIn = (keys: string | null): Reference[] => (keys ?? '').split(' ').flatMap((key) => readReference(key) ?? []).slice(0, limits.references)

/** The keys of what is said to be ties: another browser may have written anything there, and nobody's editor stops at it. */
export function keysIn(about: unknown): string[] {
  return (Array.isArray(about) ? (about as unknown[]) : []).flatMap((one) => {
    const { theme, report, number } = (one ?? {}) as Record<string, unknown>
    const key = typeof theme === 'string' ? theme : typeof report === 'string' && typeof number === 'number' ? `${report}/${number}` : ''
    const reference = readReference(key)
    return reference ? [referenceKey(reference)] : []
  })
}

type Placed = { node: PmNode; pos: number }

export function citedIn(doc: PmNode): Placed[] {
  const found: Placed[] = []
  doc.descendants((node, pos) => {
    if (node.isTextblock) found.push({ node, pos })
    return !node.isTextblock
  })
  return found
}

/** Gives ids to what has none; of two that share one, the paragraph that had it before keeps it. */
export function mendIds(transactions: readonly Transaction[], before: EditorState, after: EditorState) {
  const blocks = citedIn(after.doc)
  const ids = blocks.map(({ node }) => node.attrs.id as string | null)
  if (ids.every((id) => id !== null) && new Set(ids).size === ids.length) return null
  const old = new Map(citedIn(before.doc).map((one) => [one.node.attrs.id as string, one]))
  const moved = (pos: number) => transactions.reduce((at, { mapping }) => mapping.map(at), pos)
  const holders = new Map<string, Placed>()
  for (const one of blocks) {
    const id = one.node.attrs.id as string | null
    if (!id) continue
    const was = old.get(id)
    if (!holders.has(id) || (was && moved(was.pos) === one.pos)) holders.set(id, one)
  }
  const taken = new Set(holders.keys())
  const tr = after.tr
  const give = ({ node, pos }: Placed, attrs: { id: string; about?: Reference[] }) => tr.setNodeMarkup(pos, undefined, { ...node.attrs, ...attrs })
  blocks.forEach((one, i) => {
    const id = one.node.attrs.id as string | null
    if (id && holders.get(id) === one) return
    const fresh = newBlockId(taken)
    taken.add(fresh)
    const previous = i > 0 ? blocks[i - 1] : null
    const heir = previous && (!id || id === previous.node.attrs.id) && previous.node.content.size === 0 && one.node.content.size > 0 ? old.get(previous.node.attrs.id as string) : undefined
    if (previous && heir && heir.node.content.size > 0) {
      // Enter at the beginning of a paragraph: the words went on below, and their anchor and ties go with them.
      give(one, { id: previous.node.attrs.id as string, about: previous.node.attrs.about as Reference[] })
      give(previous, { id: fresh, about: [] })
    } else give(one, { id: fresh })
  })
  return tr.docChanged ? tr.setMeta('addToHistory', false) : null
}

function tiesOf(doc: PmNode, signOf: (key: string) => TieSign): DecorationSet {
  return DecorationSet.create(doc, citedIn(doc).flatMap(({ node, pos }) => {
    const keys = keysIn(node.attrs.about)
    if (keys.length === 0) return []
    const draw = () => {
      const ties = document.createElement('span')
      ties.contentEditable = 'false'
      ties.dataset.ties = ''
      for (const key of keys) {
        const { text, className, title } = signOf(key)
        const sign = ties.appendChild(document.createElement('span'))
        Object.assign(sign, { textContent: text, className, title })
      }
      return ties
    }
    return [Decoration.widget(pos + node.nodeSize - 1, draw, { side: 1, key: `${node.attrs.id} ${keys.join(' ')}`, ignoreSelection: true }), Decoration.node(pos, pos + node.nodeSize, { 'data-tied': '' })]
  }))
}

/** What the paragraph with the cursor is about; null where the cursor is in none. */
export function aboutHere(editor: Editor): string[] | null {
  const { parent } = editor.state.selection.$from
  return parent.isTextblock ? keysIn(parent.attrs.about) : null
}

/** Says what the paragraph with the cursor is about; words that asked for it (`#16`) go. */
export function tieHere(editor: Editor, keys: string[], asked?: { from: number; to: number }) {
  const { $from } = editor.state.selection
  if (!$from.parent.isTextblock) return
  const about = [...new Set(keys)].slice(0, limits.references).flatMap((key) => readReference(key) ?? [])
  const tr = editor.state.tr.setNodeMarkup($from.before(), undefined, { ...$from.parent.attrs, about })
  if (asked) tr.delete(asked.from, asked.to)
  editor.view.dispatch(tr)
}

/** Whoever comes by the address of a paragraph (`#p-…`) finds the cursor there. */
export function goToAnchor(editor: Editor) {
  const id = /^#p-([a-z0-9]+)$/.exec(location.hash)?.[1]
  const found = id && citedIn(editor.state.doc).find(({ node }) => node.attrs.id === id)
  if (!found) return
  editor.view.focus()
  editor.chain().setTextSelection(found.pos + 1).scrollIntoView().run()
}
