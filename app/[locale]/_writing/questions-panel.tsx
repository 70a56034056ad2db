'use client'

import type { Editor } from '@tiptap/core'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button, Buttons } from '@/app/_ui/button'
import styles from './writing.module.css'

/** A question that somebody registered proposed beforehand, and how many want it talked about. */
export interface Prepared {
  id: string
  text: string
  votes: number
}

/** What people wanted to have talked about, the most wanted first; each can be taken into the text. */
export function QuestionsPanel({ editor, questions, close }: { editor: Editor; questions: Prepared[]; close: () => void }) {
  const t = useTranslations('writing.questions')
  const [told, tell] = useState('')
  const [taken, take] = useState<string[]>([])
  const back = () => {
    editor.view.focus()
    close()
  }
  const insert = ({ id, text }: Prepared) => {
    const { $from } = editor.state.selection
    const isEmpty = $from.parent.isTextblock && $from.parent.content.size === 0
    if (isEmpty) editor.chain().insertContent(text).run()
    else editor.chain().insertContentAt($from.after(Math.max(1, $from.depth)), { type: 'paragraph', content: [{ type: 'text', text }] }).run()
    take((all) => [...all, id])
    tell(t('taken', { text }))
  }
  return (
    <section className={styles.panel} aria-label={t('label')} onKeyDown={(event) => event.key === 'Escape' && back()}>
      <p className={styles.excerpt}>{t('hint')}</p>
      <p className="visually-hidden" role="status">{told}</p>
      <ol className={styles.questions}>
        {questions.map((one, place) => (
          <li key={one.id}>
            <span className={styles.votes}>{t('votes', { count: one.votes })}</span>
            <span>{one.text}</span>
            <Button type="button" look="quiet" autoFocus={place === 0} onClick={() => insert(one)}>{t(taken.includes(one.id) ? 'again' : 'insert')}<span className="visually-hidden"> {t('which', { text: one.text })}</span></Button>
          </li>
        ))}
      </ol>
      <Buttons><Button type="button" look="ghost" onClick={back}>{t('close')}</Button></Buttons>
    </section>
  )
}
