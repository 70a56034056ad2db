'use client'

import { type Editor, useEditorState } from '@tiptap/react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { Button, Buttons } from '@/app/_ui/button'
import { Checkbox, Field } from '@/app/_ui/field'
import { limits } from './cited'
import styles from './writing.module.css'

const acts = ['addRowBefore', 'addRowAfter', 'addColumnBefore', 'addColumnAfter', 'deleteRow', 'deleteColumn', 'toggleHeaderRow', 'deleteTable'] as const

/** The table with the cursor: its rows and columns; outside of one, a new one. What was done is said. */
export function TablePanel({ editor, close }: { editor: Editor; close: () => void }) {
  const t = useTranslations('writing.table')
  const size = useEditorState({ editor, selector: ({ editor: one }) => sizeHere(one) })
  const [told, tell] = useState('')
  const back = () => {
    editor.view.focus()
    close()
  }
  const act = (name: (typeof acts)[number]) => {
    editor.chain()[name]().run()
    const now = sizeHere(editor)
    tell([t(`did.${name}`), now && t('size', now)].filter(Boolean).join(' '))
    if (!now) back()
  }
  const insert = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const said = new FormData(event.currentTarget)
    const count = (name: string, most: number) => Math.min(most, Math.max(1, Math.floor(Number(said.get(name))) || 1))
    editor.view.focus()
    editor.chain().insertTable({ rows: count('table-rows', 50), cols: count('table-columns', limits.columns), withHeaderRow: said.get('table-head') !== null }).run()
    close()
  }
  const isFull = { addRowBefore: size && size.rows >= limits.rows, addRowAfter: size && size.rows >= limits.rows, addColumnBefore: size && size.columns >= limits.columns, addColumnAfter: size && size.columns >= limits.columns } as Partial<Record<(typeof acts)[number], boolean>>
  return size ? (
    <section className={styles.panel} aria-label={t('label')} onKeyDown={(event) => event.key === 'Escape' && back()}>
      <p className={styles.excerpt}>{t('size', size)}</p>
      <p className="visually-hidden" role="status">{told}</p>
      <div className={styles.acts}>
        {acts.map((name, place) => <button key={name} type="button" className={styles.act} autoFocus={place === 1} aria-disabled={isFull[name] || undefined} onClick={() => !isFull[name] && act(name)}>{t(`acts.${name}`)}</button>)}
      </div>
      <Buttons><Button type="button" look="ghost" onClick={back}>{t('close')}</Button></Buttons>
    </section>
  ) : (
    <form className={styles.panel} onSubmit={insert} noValidate aria-label={t('label')} onKeyDown={(event) => event.key === 'Escape' && back()}>
      <div className={styles.fields}>
        <Field name="table-rows" type="number" label={t('rows')} min={1} max={50} defaultValue={3} inputMode="numeric" autoFocus />
        <Field name="table-columns" type="number" label={t('columns')} min={1} max={limits.columns} defaultValue={3} inputMode="numeric" />
      </div>
      <Checkbox name="table-head" label={t('head')} defaultChecked />
      <Buttons>
        <Button>{t('insert')}</Button>
        <Button type="button" look="quiet" onClick={back}>{t('close')}</Button>
      </Buttons>
    </form>
  )
}

/** How large the table with the cursor is; null outside of one. */
export function sizeHere(editor: Editor): { rows: number; columns: number } | null {
  const { $from } = editor.state.selection
  for (let depth = $from.depth; depth > 0; depth--) {
    const node = $from.node(depth)
    if (node.type.name !== 'table') continue
    let columns = 0
    node.firstChild?.forEach((cell) => (columns += Number(cell.attrs.colspan)))
    return { rows: node.childCount, columns }
  }
  return null
}
