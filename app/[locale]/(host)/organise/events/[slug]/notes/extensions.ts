import { type Editor, Extension } from '@tiptap/core'
import type { Node as PmNode } from '@tiptap/pm/model'
import { type EditorState, Plugin, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import StarterKit from '@tiptap/starter-kit'
import { newBlockId, type Reference, referenceKey, safeHref } from '@/lib/notes/document'

/** How a tie is drawn beside its paragraph. */
export interface TieSign {
  text: string
  className: string
  title: string
}

/**
 * What the notes are made of in the browser: the nodes and marks of lib/notes/document.ts and nothing else. Writing
 * together live will bring its own extension beside these, on the same ids.
 */
export const notesExtensions = (signOf: (key: string) => TieSign) => [
  StarterKit.configure({
    code: false,
    codeBlock: false,
    strike: false,
    underline: false,
    dropcursor: false,
    trailingNode: false,
    heading: { levels: [2, 3] },
    link: {
      openOnClick: false,
      autolink: true,
      defaultProtocol: 'https',
      HTMLAttributes: { target: null, rel: 'nofollow noopener' },
      isAllowedUri: (href) => safeHref(href) !== null,
    },
  }),
  Cited.configure({ signOf }),
]

/** Ids for ever, and what a paragraph is about. */
const Cited = Extension.create<{ signOf: (key: string) => TieSign }>({
  name: 'cited',
  addOptions: () => ({ signOf: (key) => ({ text: key, className: '', title: key }) }),
  addGlobalAttributes: () => [
    {
      types: ['paragraph', 'heading'],
      attributes: {
        id: { default: null, keepOnSplit: false, parseHTML: (element) => element.getAttribute('data-id'), renderHTML: ({ id }) => (id ? { 'data-id': id } : {}) },
        about: { default: [], keepOnSplit: false, rendered: false },
      },
    },
  ],
  addProseMirrorPlugins() {
    const { signOf } = this.options
    return [
      new Plugin({
        appendTransaction: (transactions, before, after) => (transactions.some((one) => one.docChanged) ? mendIds(transactions, before, after) : null),
        props: { decorations: ({ doc }) => DecorationSet.create(doc, tiesOf(doc, signOf)) },
      }),
    ]
  },
})

type Placed = { node: PmNode; pos: number }

function citedIn(doc: PmNode): Placed[] {
  const found: Placed[] = []
  doc.descendants((node, pos) => {
    if (node.isTextblock) found.push({ node, pos })
    return !node.isTextblock
  })
  return found
}

/** Gives ids to what has none; of two that share one, the paragraph that had it before keeps it. */
function mendIds(transactions: readonly Transaction[], before: EditorState, after: EditorState) {
  const blocks = citedIn(after.doc)
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

function tiesOf(doc: PmNode, signOf: (key: string) => TieSign): Decoration[] {
  return citedIn(doc).flatMap(({ node, pos }) => {
    const keys = (node.attrs.about as Reference[]).map(referenceKey)
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
  })
}

/** What the paragraph with the cursor is about; null where the cursor is in none. */
export function aboutHere(editor: Editor): string[] | null {
  const { parent } = editor.state.selection.$from
  return parent.isTextblock ? (parent.attrs.about as Reference[]).map(referenceKey) : null
}

export function tieHere(editor: Editor, about: Reference[]) {
  const { $from } = editor.state.selection
  if (!$from.parent.isTextblock) return
  editor.view.dispatch(editor.state.tr.setNodeMarkup($from.before(), undefined, { ...$from.parent.attrs, about }))
}
