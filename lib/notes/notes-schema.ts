import { Schema } from '@tiptap/pm/model'

const cited = { id: { default: null }, about: { default: [] } }
const span = { colspan: { default: 1 }, rowspan: { default: 1 } }

/**
 * The nodes of notes as ProseMirror knows them: what the editor's extensions make of a page, said without them, because
 * the server has no page. Marks may stand inside one another in any order; what may stand where is read in document.ts.
 */
export const notesSchema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: { group: 'block', content: 'inline*', attrs: cited },
    heading: { group: 'block', content: 'inline*', attrs: { ...cited, level: { default: 2 } } },
    bulletList: { group: 'block', content: 'listItem+' },
    orderedList: { group: 'block', content: 'listItem+', attrs: { start: { default: 1 } } },
    listItem: { content: 'paragraph block*' },
    taskList: { group: 'block', content: 'taskItem+' },
    taskItem: { content: 'paragraph block*', attrs: { checked: { default: false }, owner: { default: null }, due: { default: null }, follows: { default: null } } },
    blockquote: { group: 'block', content: 'block+' },
    horizontalRule: { group: 'block' },
    table: { group: 'block', content: 'tableRow+' },
    tableRow: { content: '(tableHeader | tableCell)*' },
    tableHeader: { content: 'block+', attrs: span },
    tableCell: { content: 'block+', attrs: span },
    text: { group: 'inline' },
    hardBreak: { group: 'inline', inline: true },
    speaker: { group: 'inline', inline: true, atom: true, attrs: { slug: { default: null }, name: { default: '' } } },
  },
  marks: { link: { attrs: { href: {} } }, bold: {}, italic: {} },
})
