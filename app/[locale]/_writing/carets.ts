import { CollaborationCaret } from '@tiptap/extension-collaboration-caret'
import type { Awareness } from 'y-protocols/awareness'

/** Somebody who writes too, as the house says it: names are never a browser's own word. */
export interface Present {
  name: string
  /** 0 to 5: the pigment of their caret. */
  colour: number
  writer: string
}

/** Who stands behind a place in the shared text; null for what a browser says of itself in another form. */
export function presentIn(state: unknown): Present | null {
  const { user } = (state ?? {}) as { user?: Partial<Present> }
  if (typeof user?.name !== 'string' || user.name === '' || typeof user.writer !== 'string') return null
  return { name: user.name.slice(0, 120), colour: Number.isInteger(user.colour) ? Math.abs(Number(user.colour)) % 6 : 0, writer: user.writer }
}

/** Where the others are in the text, by classes alone: the content policy refuses colours written into the page. */
export const carets = (provider: { awareness: Awareness | null }, me: Present) =>
  CollaborationCaret.configure({
    provider,
    user: me,
    render(user) {
      const one = presentIn({ user })
      const caret = document.createElement('span')
      caret.className = `caret caret-${one?.colour ?? 0}`
      // Who is where stands in the list, to be read; within the sentence it would be in the way.
      caret.setAttribute('aria-hidden', 'true')
      const name = document.createElement('span')
      name.className = 'caret-name'
      name.textContent = one?.name ?? ''
      caret.append('\u2060', name, '\u2060')
      return caret
    },
    selectionRender: (user) => ({ class: `caret-selection caret-${presentIn({ user })?.colour ?? 0}` }),
  })
