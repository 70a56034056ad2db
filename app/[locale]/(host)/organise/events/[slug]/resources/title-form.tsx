'use client'

import { useActionState } from 'react'
import { newForm } from '@/app/_session/form-state'
import { Button } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { sendByHand } from '@/app/_ui/send-by-hand'
import { rename } from './actions'
import styles from './resources.module.css'

/** Another title for one resource. */
export function TitleForm({ fields, title, words }: { fields: Record<string, string>; title: string; words: { title: string; save: string; which: string } }) {
  const [state, send, isSending] = useActionState(rename, newForm)
  const typed = typeof state.values.title === 'string' ? state.values.title : undefined
  return (
    <form action={send} onSubmit={sendByHand(send, isSending)} noValidate className={styles.form}>
      {state.formError && <Notice tone="warning" live="alert"><p>{state.formError}</p></Notice>}
      {Object.entries(fields).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <Field name="title" id={`title-${fields.id}`} label={words.title} maxLength={200} required defaultValue={typed ?? title} error={state.fieldErrors.title} />
      <p><Button look="ghost" aria-disabled={isSending}>{words.save}<span className="visually-hidden"> {words.which}</span></Button></p>
    </form>
  )
}
