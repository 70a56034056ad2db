import { type Editor, Extension } from '@tiptap/core'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { isLocal } from './cited'

/** What is being asked for in the text: `@` a speaker, `#` something to tie the paragraph to. */
export interface Asked {
  sign: '@' | '#'
  /** What was typed after the sign. */
  query: string
  from: number
  to: number
}

type State = { asked: Asked | null; dismissed: number | null }

const key = new PluginKey<State>('suggest')

/** Keys that the open list takes before the text does; true where it took one. */
export type KeyTaker = (event: KeyboardEvent) => boolean

/** Watches for `@` and `#` at the beginning of a word, as it is typed here; the list itself is drawn by the page. */
export const Suggest = Extension.create<object, { takeKey: KeyTaker }>({
  name: 'suggest',
  priority: 1100,
  addStorage: () => ({ takeKey: () => false }),
  addProseMirrorPlugins() {
    const { storage } = this
    return [
      new Plugin<State>({
        key,
        state: {
          init: () => ({ asked: null, dismissed: null }),
          apply: (transaction, was, _before, state) => next(transaction, was, state),
        },
        props: {
          handleKeyDown(view, event) {
            const { asked } = this.getState(view.state) ?? { asked: null }
            if (!asked || event.isComposing) return false
            if (event.key !== 'Escape') return storage.takeKey(event)
            view.dispatch(view.state.tr.setMeta(key, 'dismiss'))
            return true
          },
          decorations(state) {
            const asked = this.getState(state)?.asked
            return asked ? DecorationSet.create(state.doc, [Decoration.inline(asked.from, asked.to, { class: 'asked' })]) : null
          },
        },
      }),
    ]
  },
})

export const askedIn = (state: EditorState): Asked | null => key.getState(state)?.asked ?? null

/** Says who takes the keys while something is asked for; gives back how to stop. */
export function hearKeys(editor: Editor, takeKey: KeyTaker) {
  const storage = (editor.storage as unknown as { suggest: { takeKey: KeyTaker } }).suggest
  storage.takeKey = takeKey
  return () => void (storage.takeKey = () => false)
}

function next(transaction: Transaction, was: State, state: EditorState): State {
  const dismissed = was.dismissed === null ? null : transaction.mapping.map(was.dismissed)
  if (transaction.getMeta(key) === 'dismiss') return { asked: null, dismissed: was.asked?.from ?? dismissed }
  const found = askedAt(state)
  if (!found) return { asked: null, dismissed: null }
  if (found.from === dismissed) return { asked: null, dismissed }
  // It opens for who types, and not for who walks past what was typed long ago.
  const goesOn = was.asked !== null && transaction.mapping.map(was.asked.from) === found.from
  return { asked: goesOn || (transaction.docChanged && isLocal(transaction)) ? found : null, dismissed: null }
}

/** The sign before the cursor and what follows it, some words at most. */
function askedAt({ selection: { empty, $from } }: EditorState): Asked | null {
  if (!empty || !$from.parent.isTextblock) return null
  const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 60), $from.parentOffset, '\n', '\n')
  const [, sign, query] = /(?:^|[\s(«“‘’'\n])([@#])((?:[^\s@#][^@#\n]{0,40})?)$/u.exec(before) ?? []
  if (sign !== '@' && sign !== '#') return null
  if (query.split(' ').length > 4 || /\s{2}$/.test(query)) return null
  return { sign, query, from: $from.pos - query.length - 1, to: $from.pos }
}
