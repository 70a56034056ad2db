'use client'

import { type Editor, useEditorState } from '@tiptap/react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useState } from 'react'
import { classNames } from '@/app/_ui/class-names'
import { sizeHere } from './table-panel'
import { taskHere } from './task'
import styles from './writing.module.css'

export type Panel = 'link' | 'tie' | 'task' | 'table' | 'people' | 'questions'

type Tool = { name: string; act: () => void; pressed?: boolean; expanded?: boolean; isOff?: boolean; keys?: string; begins?: boolean }

/** One stop of the Tab key; arrows, Home and End go from button to button (ARIA Authoring Practices, toolbar). */
export function Toolbar({ editor, panel, open, controls, questions }: { editor: Editor; panel: Panel | null; open: (panel: Panel) => void; controls: string; questions: number }) {
  const t = useTranslations('writing.toolbar')
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
      tasks: taskHere(one) !== null,
      quote: one.isActive('blockquote'),
      link: one.isActive('link'),
      table: sizeHere(one) !== null,
      canUndo: one.can().undo(),
      canRedo: one.can().redo(),
    }),
  })
  const chain = () => {
    // At once, and not in the next frame: keys pressed before it would be nobody's.
    editor.view.focus()
    return editor.chain()
  }
  const tools: Tool[] = [
    { name: 'heading', pressed: is.heading, isOff: is.table, act: () => chain().toggleHeading({ level: 2 }).run(), keys: 'Control+Alt+2' },
    { name: 'subheading', pressed: is.subheading, isOff: is.table, act: () => chain().toggleHeading({ level: 3 }).run(), keys: 'Control+Alt+3' },
    { name: 'bold', begins: true, pressed: is.bold, act: () => chain().toggleBold().run(), keys: 'Control+B' },
    { name: 'italic', pressed: is.italic, act: () => chain().toggleItalic().run(), keys: 'Control+I' },
    { name: 'bullets', begins: true, pressed: is.bullets, isOff: is.table, act: () => chain().toggleBulletList().run(), keys: 'Control+Shift+8' },
    { name: 'numbers', pressed: is.numbers, isOff: is.table, act: () => chain().toggleOrderedList().run(), keys: 'Control+Shift+7' },
    { name: 'quote', pressed: is.quote, isOff: is.table, act: () => chain().toggleBlockquote().run(), keys: 'Control+Shift+B' },
    { name: 'tasks', begins: true, pressed: is.tasks, isOff: is.table, act: () => chain().toggleTaskList().run(), keys: 'Control+Shift+9' },
    ...(is.tasks ? [{ name: 'task', expanded: panel === 'task', act: () => open('task'), keys: 'Alt+Enter' }] : []),
    { name: 'link', begins: true, pressed: is.link, expanded: panel === 'link', act: () => open('link') },
    { name: 'table', pressed: is.table, expanded: panel === 'table', act: () => open('table') },
    ...(questions > 0 ? [{ name: 'questions', expanded: panel === 'questions', act: () => open('questions') }] : []),
    { name: 'undo', begins: true, isOff: !is.canUndo, act: () => chain().undo().run(), keys: 'Control+Z' },
    { name: 'redo', isOff: !is.canRedo, act: () => chain().redo().run(), keys: 'Control+Shift+Z' },
    { name: 'tie', expanded: panel === 'tie', act: () => open('tie') },
  ]
  const at = Math.min(stop, tools.length - 1)
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tools.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = (to + tools.length) % tools.length
    setStop(next)
    event.currentTarget.querySelectorAll('button')[next]?.focus()
  }
  return (
    <div role="toolbar" aria-label={t('label')} aria-controls={controls} className={styles.toolbar} onKeyDown={move}>
      {tools.map(({ name, act, pressed, expanded, isOff, keys, begins }, place) => (
        <button
          key={name}
          type="button"
          className={classNames(name === 'tie' ? styles.tieTool : styles.tool, begins && styles.begins)}
          tabIndex={place === at ? 0 : -1}
          aria-pressed={pressed}
          aria-expanded={expanded}
          aria-disabled={isOff || undefined}
          aria-keyshortcuts={keys}
          onFocus={() => setStop(place)}
          // The selection stays in the text while the mouse is on a button.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => !isOff && act()}
        >
          <span className={styles[`sign-${name}`]}>{t(name, { count: questions })}</span>
        </button>
      ))}
    </div>
  )
}
