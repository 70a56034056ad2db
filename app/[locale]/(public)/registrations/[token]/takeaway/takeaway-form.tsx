'use client'

import { useActionState, useEffect } from 'react'
import { newForm } from '@/app/_session/form-state'
import { Button } from '@/app/_ui/button'
import { Checkbox, Field, TextArea } from '@/app/_ui/field'
import { ErrorSummary, Notice } from '@/app/_ui/notice'
import { sendByHand } from '@/app/_ui/send-by-hand'
import { say } from './actions'
import styles from './takeaway.module.css'

type Words = Record<'text' | 'textHint' | 'signed' | 'signedHint' | 'name' | 'nameHint' | 'send' | 'wrong', string>

/** A sentence, and whether a name shall stand beside it. `before` is what was sent and waits; `name` is proposed. */
export function TakeawayForm({ words, fields, name, before }: {
  words: Words
  fields: Record<string, string>
  name: string
  before?: { text: string; signature: string | null }
}) {
  const [state, send, isSending] = useActionState(say, newForm)
  const typed = (field: string) => (typeof state.values[field] === 'string' ? state.values[field] : undefined)
  const isAgain = state.status === 'refused'
  const errors = Object.entries(state.fieldErrors).map(([field, message]) => ({ field, message }))
  useEffect(() => {
    if (state.status === 'refused') document.getElementById('errors')?.focus()
  }, [state])
  return (
    <form action={send} onSubmit={sendByHand(send, isSending)} noValidate>
      {state.formError && <Notice id="errors" tone="warning" live="alert" title={state.formError} />}
      {!state.formError && <ErrorSummary title={words.wrong} errors={errors} />}
      {Object.entries(fields).map(([field, value]) => <input key={field} type="hidden" name={field} value={value} />)}
      <TextArea name="text" rows={4} maxLength={2000} required label={words.text} hint={words.textHint} defaultValue={typed('text') ?? before?.text} error={state.fieldErrors.text} />
      <div className={styles.sign}>
        <Checkbox name="signed" label={words.signed} hint={words.signedHint} defaultChecked={isAgain ? typed('signed') === 'on' : Boolean(before?.signature)} />
        <div className={styles.name}>
          <Field name="signature" label={words.name} hint={words.nameHint} autoComplete="name" maxLength={120} defaultValue={typed('signature') ?? before?.signature ?? name} error={state.fieldErrors.signature} />
        </div>
      </div>
      <p className={styles.submit}><Button aria-disabled={isSending}>{words.send}</Button></p>
    </form>
  )
}
