import { type Editor, getRenderedAttributes } from '@tiptap/core'
import { TaskItem, type TaskItemOptions } from '@tiptap/extension-list'
import type { Node as PmNode } from '@tiptap/pm/model'
import { dayIn, nameIn } from '@/lib/notes/document'

export { dayIn, nameIn }

export type TaskFacts = { checked: boolean; owner: string | null; due: string | null }

/** What stands beside a task (who does it, until when), and how its box is called. */
export type SayTask = (task: TaskFacts, words: string) => { box: string; beside: string }

/** « À faire »: a box, what is to be done, and beside it who does it and until when. */
export const Task = TaskItem.extend<TaskItemOptions & { say: SayTask }>({
  addOptions() {
    return { ...this.parent!(), say: () => ({ box: '', beside: '' }) }
  },
  addAttributes: () => ({
    checked: { default: false, keepOnSplit: false, parseHTML: (element) => element.getAttribute('data-checked') === 'true', renderHTML: ({ checked }) => ({ 'data-checked': String(checked === true) }) },
    owner: { default: null, keepOnSplit: false, parseHTML: (element) => nameIn(element.getAttribute('data-owner')), renderHTML: ({ owner }) => (owner ? { 'data-owner': owner } : {}) },
    due: { default: null, keepOnSplit: false, parseHTML: (element) => dayIn(element.getAttribute('data-due')), renderHTML: ({ due }) => (due ? { 'data-due': due } : {}) },
    follows: { default: null, keepOnSplit: false, parseHTML: (element) => element.getAttribute('data-follows'), renderHTML: ({ follows }) => (follows ? { 'data-follows': follows } : {}) },
  }),
  renderHTML: ({ HTMLAttributes }) => ['li', { ...HTMLAttributes, 'data-type': 'taskItem' }, ['div', 0]],
  addKeyboardShortcuts() {
    return { ...this.parent?.(), 'Mod-Enter': () => changeTask(this.editor, ({ checked }) => ({ checked: !checked })) }
  },
  addNodeView() {
    const { say } = this.options
    return ({ node, editor, getPos }) => {
      const item = document.createElement('li')
      const label = item.appendChild(document.createElement('label'))
      const box = label.appendChild(document.createElement('input'))
      const name = label.appendChild(document.createElement('span'))
      const contentDOM = item.appendChild(document.createElement('div'))
      const beside = item.appendChild(document.createElement('span'))
      label.contentEditable = 'false'
      beside.contentEditable = 'false'
      beside.dataset.beside = ''
      name.className = 'visually-hidden'
      // By keyboard the box is ticked from the text (Ctrl Enter) or in the panel: a list of thirty is not thirty stops.
      Object.assign(box, { type: 'checkbox', tabIndex: -1 })
      box.addEventListener('mousedown', (event) => event.preventDefault())
      box.addEventListener('change', () => {
        const pos = getPos()
        const current = pos === undefined ? null : editor.state.doc.nodeAt(pos)
        if (pos === undefined || !current || !editor.isEditable) box.checked = !box.checked
        else editor.view.dispatch(editor.state.tr.setNodeMarkup(pos, undefined, { ...current.attrs, checked: box.checked }))
      })
      const show = (task: PmNode) => {
        const said = say(factsOf(task), task.firstChild?.textContent ?? '')
        for (const [key, value] of Object.entries(getRenderedAttributes(task, editor.extensionManager.attributes))) item.setAttribute(key, String(value))
        item.dataset.type = 'taskItem'
        box.checked = task.attrs.checked === true
        if (name.textContent !== said.box) name.textContent = said.box
        if (beside.textContent !== said.beside) beside.textContent = said.beside
        beside.hidden = said.beside === ''
      }
      show(node)
      return {
        dom: item,
        contentDOM,
        update: (next) => {
          if (next.type !== node.type) return false
          show(next)
          return true
        },
        ignoreMutation: (mutation) => !contentDOM.contains(mutation.target),
        stopEvent: (event) => label.contains(event.target as HTMLElement),
      }
    }
  },
})

/** What a task says of itself, whatever another browser wrote there. */
export const factsOf = ({ attrs: { checked, owner, due } }: Pick<PmNode, 'attrs'>): TaskFacts => ({ checked: checked === true, owner: nameIn(owner), due: dayIn(due) })

/** The task that the cursor is in, the innermost one; null where it is in none. */
export function taskHere(editor: Editor): { facts: TaskFacts; words: string; pos: number } | null {
  const { $from } = editor.state.selection
  for (let depth = $from.depth; depth > 0; depth--) {
    const node = $from.node(depth)
    if (node.type.name === 'taskItem') return { facts: factsOf(node), words: node.firstChild?.textContent ?? '', pos: $from.before(depth) }
  }
  return null
}

export function changeTask(editor: Editor, change: (task: TaskFacts) => Partial<TaskFacts>): boolean {
  const task = taskHere(editor)
  const node = task && editor.state.doc.nodeAt(task.pos)
  if (!task || !node) return false
  editor.view.dispatch(editor.state.tr.setNodeMarkup(task.pos, undefined, { ...node.attrs, ...change(task.facts) }))
  return true
}
