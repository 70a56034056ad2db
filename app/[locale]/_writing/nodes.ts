import { type Extensions, mergeAttributes, Node } from '@tiptap/core'
import { TaskList } from '@tiptap/extension-list'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import StarterKit from '@tiptap/starter-kit'
import { nameIn, safeHref, slugIn } from '@/lib/notes/document'
import { Cited, type TieSign } from './cited'
import { type SayTask, Task } from './task'

/**
 * What the notes are made of in the browser: the nodes and marks of lib/notes/document.ts and nothing else. Every node
 * that a document may hold must be known here: what a browser does not know it takes out, for everybody.
 */
export const notesNodes = ({ signOf, sayTask }: { signOf: (key: string) => TieSign; sayTask: SayTask }): Extensions => [
  Kit.configure({
    code: false,
    codeBlock: false,
    strike: false,
    underline: false,
    dropcursor: false,
    trailingNode: false,
    // What one undoes is one's own: the shared document keeps that story.
    undoRedo: false,
    heading: { levels: [2, 3] },
    link: {
      openOnClick: false,
      autolink: true,
      defaultProtocol: 'https',
      HTMLAttributes: { target: null, rel: 'nofollow noopener' },
      isAllowedUri: (href) => safeHref(href) !== null,
    },
  }),
  TaskList,
  Task.configure({ nested: true, say: sayTask }),
  PlainTable.configure({ View: null }),
  TableRow,
  PlainHeader,
  PlainCell,
  Speaker,
  Cited.configure({ signOf }),
]

/** A link has its address and nothing else: what more it had, browsers would write into the shared document again and again. */
const Kit = StarterKit.extend({
  addExtensions() {
    return (this.parent?.() ?? []).map((one) => (one.name === 'link' ? one.extend({ addAttributes: () => ({ href: { default: null, parseHTML: (element: HTMLElement) => element.getAttribute('href') } }) }) : one))
  },
})

/** Without widths: the page decides them, and the content policy refuses what would write them into it. */
const PlainTable = Table.extend({
  renderHTML: ({ HTMLAttributes }) => ['div', { 'data-table': '' }, ['table', mergeAttributes(HTMLAttributes), ['tbody', 0]]],
})

const spans = () => ({ colspan: { default: 1, parseHTML: spanOf('colspan') }, rowspan: { default: 1, parseHTML: spanOf('rowspan') } })

const spanOf = (name: string) => (element: HTMLElement) => {
  const span = Number(element.getAttribute(name))
  return Number.isInteger(span) && span >= 1 && span <= 40 ? span : 1
}

const PlainCell = TableCell.extend({ content: 'paragraph+', addAttributes: spans })
const PlainHeader = TableHeader.extend({ content: 'paragraph+', addAttributes: spans })

/** Who speaks: one thing, which the cursor steps over. */
const Speaker = Node.create({
  name: 'speaker',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: false,
  addAttributes: () => ({
    slug: { default: null, parseHTML: (element) => slugIn(element.getAttribute('data-slug')), renderHTML: ({ slug }) => (slug ? { 'data-slug': slug } : {}) },
    name: { default: '', parseHTML: (element) => nameIn(element.textContent) ?? '', renderHTML: () => ({}) },
  }),
  parseHTML: () => [{ tag: 'span[data-speaker]', getAttrs: (element) => (nameIn(element.textContent) ? {} : false) }],
  renderHTML: ({ node, HTMLAttributes }) => ['span', mergeAttributes({ 'data-speaker': '' }, HTMLAttributes), String(node.attrs.name)],
  renderText: ({ node }) => String(node.attrs.name),
})
