'use client'

import { useActionState, useEffect } from 'react'
import { type FormState, newForm } from '@/app/_session/form-state'
import { Button, type ButtonLook } from '@/app/_ui/button'
import { Field, RadioGroup, TextArea, type Option } from '@/app/_ui/field'
import { ErrorSummary, Notice } from '@/app/_ui/notice'
import { Stack } from '@/app/_ui/page'
import { sendByHand } from '@/app/_ui/send-by-hand'

export interface Asked {
  name: string
  label: string
  hint?: string
  optional?: string
  kind?: 'line' | 'email' | 'text' | 'choice'
  options?: Option[]
  value?: string
  max?: number
  required?: boolean
  rows?: number
}

/** A short form: a few questions and a button. `of` tells its fields from those of the same form elsewhere on the page. */
export function TextForm({ act, fields, questions, label, look, wrong, of }: {
  act: (state: FormState, form: FormData) => Promise<FormState>
  fields: Record<string, string>
  questions: Asked[]
  label: string
  look?: ButtonLook
  wrong: string
  of?: string
}) {
  const [state, send, isSending] = useActionState(act, { ...newForm, values: Object.fromEntries(questions.map((one) => [one.name, one.value ?? ''])) })
  const colon = fields.locale === 'fr' ? '\u00A0:' : ':'
  const errors = questions.flatMap(({ name, label: field }) => (state.fieldErrors[name] ? [{ field: idOf(name, of), message: `${field}${colon} ${state.fieldErrors[name].charAt(0).toLowerCase()}${state.fieldErrors[name].slice(1)}` }] : []))
  const summary = idOf(`errors-${questions[0].name}`, of)
  useEffect(() => {
    if (state.status === 'refused') document.getElementById(summary)?.focus()
  }, [state, summary])
  return (
    <form action={send} onSubmit={sendByHand(send, isSending)} noValidate>
      <Stack>
        {state.formError && <Notice tone="warning" live="alert" id={summary}><p>{state.formError}</p></Notice>}
        <ErrorSummary title={wrong} errors={errors} id={summary} />
        {Object.entries(fields).map(([key, value]) => <input key={key} type="hidden" name={key} value={value} />)}
        {questions.map((one) => <Question key={one.name} asked={one} state={state} of={of} />)}
        <p><Button look={look} aria-disabled={isSending}>{label}</Button></p>
      </Stack>
    </form>
  )
}

const idOf = (name: string, of?: string) => (of === undefined ? name : `${name}-${of}`)

function Question({ asked: { name, label, hint, optional, kind = 'line', options = [], max, required, rows }, state, of }: { asked: Asked; state: FormState; of?: string }) {
  const typed = state.values[name]
  const value = typeof typed === 'string' ? typed : ''
  const facts = { name, id: idOf(name, of), label, hint, optional, required, error: state.fieldErrors[name] }
  if (kind === 'text') return <TextArea {...facts} rows={rows} maxLength={max} defaultValue={value} />
  if (kind === 'choice') return <RadioGroup name={name} legend={label} hint={hint} error={state.fieldErrors[name]} options={options} value={value} required={required} />
  const email = { type: 'email', inputMode: 'email', autoCapitalize: 'none', spellCheck: false } as const
  return <Field {...facts} {...(kind === 'email' ? email : {})} maxLength={max} defaultValue={value} autoComplete="off" />
}
