'use client'

import { type Editor, useEditorState } from '@tiptap/react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useState } from 'react'
import styles from './editor.module.css'

export type Panel = 'link' | 'tie'

/** One stop of the Tab key; arrows, Home and End go from button to button (ARIA Authoring Practices, toolbar). */
export function Toolbar({ editor, panel, open, controls }: { editor: Editor; panel: Panel | null; open: (panel: Panel) => void; controls: string }) {
  const t = useTranslations('notes.editor.toolbar')
  const [stop, setStop] = useState(0)
  const is = useEditorState({
    editor,
    selector: ({ editor: one }) => ({
      heading: one.isActive('heading', { level: 2 }),
      subheading: one.isActive('heading', { level: 3 }),
      bold: one.isActive('bold'),
      italic: one.isActive('italic'),
      bullets: one.isActive('bulletList'),
      numbers: one.isActive('orderedList'),
      quote: one.isActive('blockquote'),
      link: one.isActive('link'),
      canUndo: one.can().undo(),
      canRedo: one.can().redo(),
    }),
  })
  const chain = () => {
    // At once, and not in the next frame: keys pressed before it would be nobody's.
    editor.view.focus()
    return editor.chain()
  }
  const buttons: { name: string; act: () => void; pressed?: boolean; expanded?: boolean; isOff?: boolean; keys?: string }[] = [
    { name: 'heading', pressed: is.heading, act: () => chain().toggleHeading({ level: 2 }).run(), keys: 'Control+Alt+2' },
    { name: 'subheading', pressed: is.subheading, act: () => chain().toggleHeading({ level: 3 }).run(), keys: 'Control+Alt+3' },
    { name: 'bold', pressed: is.bold, act: () => chain().toggleBold().run(), keys: 'Control+B' },
    { name: 'italic', pressed: is.italic, act: () => chain().toggleItalic().run(), keys: 'Control+I' },
    { name: 'bullets', pressed: is.bullets, act: () => chain().toggleBulletList().run(), keys: 'Control+Shift+8' },
    { name: 'numbers', pressed: is.numbers, act: () => chain().toggleOrderedList().run(), keys: 'Control+Shift+7' },
    { name: 'quote', pressed: is.quote, act: () => chain().toggleBlockquote().run(), keys: 'Control+Shift+B' },
    { name: 'link', pressed: is.link, expanded: panel === 'link', act: () => open('link') },
    { name: 'undo', isOff: !is.canUndo, act: () => chain().undo().run(), keys: 'Control+Z' },
    { name: 'redo', isOff: !is.canRedo, act: () => chain().redo().run(), keys: 'Control+Shift+Z' },
    { name: 'tie', expanded: panel === 'tie', act: () => open('tie') },
  ]
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const to = { ArrowRight: stop + 1, ArrowLeft: stop - 1, Home: 0, End: buttons.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = (to + buttons.length) % buttons.length
    setStop(next)
    event.currentTarget.querySelectorAll('button')[next]?.focus()
  }
  return (
    <div role="toolbar" aria-label={t('label')} aria-controls={controls} className={styles.toolbar} onKeyDown={move}>
      {buttons.map(({ name, act, pressed, expanded, isOff, keys }, place) => (
        <button
          key={name}
          type="button"
          className={name === 'tie' ? styles.tieTool : styles.tool}
          tabIndex={place === stop ? 0 : -1}
          aria-pressed={pressed}
          aria-expanded={expanded}
          aria-disabled={isOff || undefined}
          aria-keyshortcuts={keys}
          onFocus={() => setStop(place)}
          // The selection stays in the text while the mouse is on a button.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => !isOff && act()}
        >
          <span className={styles[`sign-${name}`]}>{t(name)}</span>
        </button>
      ))}
    </div>
  )
}
