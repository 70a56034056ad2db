'use client'

import { useActionState } from 'react'
import { type FormState, newForm } from '@/app/_session/form-state'
import { Button, type ButtonLook } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { ErrorSummary, Notice } from '@/app/_ui/notice'

interface Words {
  label: string
  hint: string
  send: string
  wrong: string
}

/** Asks for the letter. With `known`, only a button that sends it again to that address. */
export function LetterForm({ ask, words, locale, returnTo, known, look }: {
  ask: (state: FormState, form: FormData) => Promise<FormState>
  words: Words
  locale: string
  returnTo: string
  known?: string
  look?: ButtonLook
}) {
  const [state, send, isSending] = useActionState(ask, newForm)
  const error = state.fieldErrors.address
  const typed = state.values.address
  return (
    <form action={send} noValidate>
      {state.formError && <Notice tone="warning" live="alert"><p>{state.formError}</p></Notice>}
      {error && <ErrorSummary title={words.wrong} errors={[{ field: 'address', message: error }]} />}
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="returnTo" value={returnTo} />
      {known === undefined ? (
        <Field
          name="address"
          type="email"
          label={words.label}
          hint={words.hint}
          error={error}
          defaultValue={typeof typed === 'string' ? typed : ''}
          autoComplete="email"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          required
        />
      ) : (
        <input type="hidden" name="address" value={known} />
      )}
      <p><Button look={look} aria-disabled={isSending}>{words.send}</Button></p>
    </form>
  )
}
