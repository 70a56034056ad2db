'use client'

import { type Editor, useEditorState } from '@tiptap/react'
import { useTranslations } from 'next-intl'
import type { FormEvent } from 'react'
import { Button, Buttons } from '@/app/_ui/button'
import { Checkbox, Field } from '@/app/_ui/field'
import { changeTask, dayIn, nameIn, taskHere } from './task'
import { shorten } from './whereabouts'
import styles from './writing.module.css'

/** Who does it, until when, and is it done? For the task with the cursor. Escape goes back to the text. */
export function TaskPanel({ editor, names, close }: { editor: Editor; names: string[]; close: () => void }) {
  const t = useTranslations('writing.task')
  const task = useEditorState({ editor, selector: ({ editor: one }) => taskHere(one) })
  const back = () => {
    editor.view.focus()
    close()
  }
  const apply = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const said = new FormData(event.currentTarget)
    changeTask(editor, () => ({ owner: nameIn(said.get('task-owner')), due: dayIn(said.get('task-due')), checked: said.get('task-done') !== null }))
    back()
  }
  return (
    <form className={styles.panel} onSubmit={apply} noValidate aria-label={t('label')} key={task?.pos} onKeyDown={(event) => event.key === 'Escape' && back()}>
      {task === null ? <p className="muted">{t('nowhere')}</p> : (
        <>
          <p className={styles.excerpt}>{task.words === '' ? t('empty') : t('here', { words: shorten(task.words, 90) })}</p>
          <div className={styles.fields}>
            <Field name="task-owner" label={t('owner')} defaultValue={task.facts.owner ?? ''} maxLength={120} list="task-names" autoComplete="off" autoFocus />
            <datalist id="task-names">{names.map((name) => <option key={name} value={name} />)}</datalist>
            <Field name="task-due" type="date" label={t('due')} defaultValue={task.facts.due ?? ''} />
          </div>
          <Checkbox name="task-done" label={t('done')} defaultChecked={task.facts.checked} />
        </>
      )}
      <Buttons>
        {task !== null && <Button>{t('apply')}</Button>}
        <Button type="button" look="quiet" onClick={back}>{t('close')}</Button>
      </Buttons>
    </form>
  )
}
