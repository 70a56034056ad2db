'use client'

import { useActionState, useEffect } from 'react'
import { newForm } from '@/app/_session/form-state'
import { Button, Buttons } from '@/app/_ui/button'
import { Field, TextArea } from '@/app/_ui/field'
import { ErrorSummary, Notice } from '@/app/_ui/notice'
import { sendByHand } from '@/app/_ui/send-by-hand'
import { decide } from './actions'
import styles from './relays.module.css'

type Words = Record<'house' | 'date' | 'text' | 'textHint' | 'yes' | 'no' | 'which' | 'wrong', string>

/** What a house told, to be mended where there is a slip; a yes, or a no. */
export function DecisionForm({ relay: { id, status, house, heldOn, text, language }, locale, isFirst, words }: {
  relay: { id: string; status: string; house: string; heldOn: string; text: string; language: string }
  locale: string
  isFirst: boolean
  words: Words
}) {
  const [state, send, isSending] = useActionState(decide, newForm)
  const typed = (field: string) => (typeof state.values[field] === 'string' ? state.values[field] : undefined)
  const summary = `errors-${id}`
  useEffect(() => {
    if (state.status === 'refused') document.getElementById(summary)?.focus()
  }, [state, summary])
  return (
    <form action={send} onSubmit={sendByHand(send, isSending)} noValidate className={styles.form}>
      {state.formError && <Notice id={summary} tone="warning" live="alert"><p>{state.formError}</p></Notice>}
      {!state.formError && <ErrorSummary id={summary} title={words.wrong} errors={Object.entries(state.fieldErrors).map(([field, message]) => ({ field: `${field}-${id}`, message }))} />}
      {Object.entries({ id, was: status, locale }).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <Field name="house" id={`house-${id}`} label={words.house} maxLength={120} required defaultValue={typed('house') ?? house} error={state.fieldErrors.house} />
      <Field name="heldOn" id={`heldOn-${id}`} type="date" label={words.date} required defaultValue={typed('heldOn') ?? heldOn} error={state.fieldErrors.heldOn} />
      <TextArea name="text" id={`text-${id}`} lang={language} rows={5} maxLength={1500} required label={words.text} hint={words.textHint} defaultValue={typed('text') ?? text} error={state.fieldErrors.text} />
      <Buttons>
        <Button name="decision" value="approve" look={isFirst ? 'accent' : 'ghost'} aria-disabled={isSending}>{words.yes}<span className="visually-hidden"> {words.which}</span></Button>
        {status !== 'declined' && <Button name="decision" value="decline" look="quiet" aria-disabled={isSending}>{words.no}<span className="visually-hidden"> {words.which}</span></Button>}
      </Buttons>
    </form>
  )
}
