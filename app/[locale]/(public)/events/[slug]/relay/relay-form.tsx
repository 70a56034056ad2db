'use client'

import { useActionState, useEffect } from 'react'
import { newForm } from '@/app/_session/form-state'
import { Button } from '@/app/_ui/button'
import { Field, TextArea } from '@/app/_ui/field'
import { ErrorSummary, Notice } from '@/app/_ui/notice'
import { sendByHand } from '@/app/_ui/send-by-hand'
import { tell } from './actions'
import styles from './relay.module.css'

type Words = Record<'house' | 'houseHint' | 'date' | 'dateHint' | 'text' | 'textHint' | 'send' | 'wrong', string>

/** Which house, which day, what came of it. `between` are the days that can be said. */
export function RelayForm({ fields, words, between }: { fields: Record<string, string>; words: Words; between: { from: string; to: string } }) {
  const [state, send, isSending] = useActionState(tell, newForm)
  const typed = (field: string) => (typeof state.values[field] === 'string' ? state.values[field] : undefined)
  const errors = Object.entries(state.fieldErrors).map(([field, message]) => ({ field, message }))
  useEffect(() => {
    if (state.status === 'refused') document.getElementById('errors')?.focus()
  }, [state])
  return (
    <form action={send} onSubmit={sendByHand(send, isSending)} noValidate className={styles.form}>
      {state.formError && <Notice id="errors" tone="warning" live="alert" title={state.formError} />}
      {!state.formError && <ErrorSummary title={words.wrong} errors={errors} />}
      {Object.entries(fields).map(([field, value]) => <input key={field} type="hidden" name={field} value={value} />)}
      <Field name="house" label={words.house} hint={words.houseHint} maxLength={120} required autoComplete="organization" defaultValue={typed('house')} error={state.fieldErrors.house} />
      <Field name="heldOn" type="date" label={words.date} hint={words.dateHint} min={between.from} max={between.to} required defaultValue={typed('heldOn')} error={state.fieldErrors.heldOn} className={styles.date} />
      <TextArea name="text" rows={6} maxLength={1500} required label={words.text} hint={words.textHint} defaultValue={typed('text')} error={state.fieldErrors.text} />
      <p><Button look="ghost" aria-disabled={isSending}>{words.send}</Button></p>
    </form>
  )
}
