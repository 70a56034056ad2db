'use client'

import { type ReactNode, useActionState } from 'react'
import { type FormState, newForm } from '@/app/_session/form-state'
import { Button, type ButtonLook } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'

/** One button that acts, with what it acts on; says why where it was refused. `name` tells buttons apart that say the same. */
export function ActForm({ act, fields, label, look, name, children }: {
  act: (state: FormState, form: FormData) => Promise<FormState>
  fields: Record<string, string>
  label: string
  look?: ButtonLook
  /** Said by screen readers after the label. */
  name?: string
  children?: ReactNode
}) {
  const [state, send, isSending] = useActionState(act, newForm)
  return (
    <form action={send}>
      {state.formError && <Notice tone="warning" live="alert"><p>{state.formError}</p></Notice>}
      {Object.entries(fields).map(([key, value]) => <input key={key} type="hidden" name={key} value={value} />)}
      {children}
      <Button look={look} aria-disabled={isSending}>{label}{name && <span className="visually-hidden"> {name}</span>}</Button>
    </form>
  )
}
