import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

const key = new PluginKey<DecorationSet>('emptyHeads')

/** A heading cell in which nothing is written heads nothing yet: until then it is read as a cell like another. */
export const EmptyHeads = Extension.create({
  name: 'emptyHeads',
  addProseMirrorPlugins: () => [
    new Plugin({
      key,
      state: {
        init: (_, { doc }) => DecorationSet.create(doc, emptyHeads(doc)),
        apply: (transaction, was) => (transaction.docChanged ? DecorationSet.create(transaction.doc, emptyHeads(transaction.doc)) : was),
      },
      props: { decorations: (state) => key.getState(state) },
    }),
  ],
})

function emptyHeads(doc: Node) {
  const found: Decoration[] = []
  doc.descendants((node, pos) => {
    if (node.type.name === 'tableHeader' && node.childCount === 1 && node.firstChild?.content.size === 0) found.push(Decoration.node(pos, pos + node.nodeSize, { role: 'cell' }))
    return !node.isTextblock && node.type.spec.tableRole !== 'cell' && node.type.spec.tableRole !== 'header_cell'
  })
  return found
}
