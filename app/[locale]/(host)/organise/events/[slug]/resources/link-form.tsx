'use client'

import { useActionState, useEffect } from 'react'
import { newForm } from '@/app/_session/form-state'
import { Button } from '@/app/_ui/button'
import { Field, RadioGroup } from '@/app/_ui/field'
import { ErrorSummary, Notice } from '@/app/_ui/notice'
import { sendByHand } from '@/app/_ui/send-by-hand'
import { addAddress } from './actions'
import styles from './resources.module.css'

type Words = Record<'kind' | 'link' | 'replay' | 'title' | 'url' | 'urlHint' | 'add' | 'wrong', string>

/** An address of the web: something to read, or the session to watch again. */
export function LinkForm({ fields, words }: { fields: Record<string, string>; words: Words }) {
  const [state, send, isSending] = useActionState(addAddress, newForm)
  const typed = (field: string) => (typeof state.values[field] === 'string' ? state.values[field] : undefined)
  useEffect(() => {
    if (state.status === 'refused') document.getElementById('link-errors')?.focus()
  }, [state])
  return (
    <form action={send} onSubmit={sendByHand(send, isSending)} noValidate className={styles.form}>
      {state.formError && <Notice id="link-errors" tone="warning" live="alert"><p>{state.formError}</p></Notice>}
      {!state.formError && <ErrorSummary id="link-errors" title={words.wrong} errors={Object.entries(state.fieldErrors).map(([field, message]) => ({ field: `link-${field}`, message }))} />}
      {Object.entries(fields).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <RadioGroup name="kind" id="link-kind" legend={words.kind} value={typed('kind') ?? 'link'} options={[{ value: 'link', label: words.link }, { value: 'replay', label: words.replay }]} />
      <Field name="title" id="link-title" label={words.title} maxLength={200} required defaultValue={typed('title')} error={state.fieldErrors.title} />
      <Field name="url" id="link-url" type="url" inputMode="url" label={words.url} hint={words.urlHint} required autoComplete="off" defaultValue={typed('url')} error={state.fieldErrors.url} />
      <p><Button look="ghost" aria-disabled={isSending}>{words.add}</Button></p>
    </form>
  )
}
