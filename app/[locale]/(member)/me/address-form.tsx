'use client'

import { useActionState } from 'react'
import { type FormState, newForm } from '@/app/_session/form-state'
import { Button, Buttons } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { ErrorSummary, Notice } from '@/app/_ui/notice'
import { Details, Stack } from '@/app/_ui/page'

interface Words {
  title: string
  text: string
  label: string
  send: string
  wrong: string
  /** What is said once the letter has left: before and after the address. */
  sent: [string, string]
}

/** Asks for another address: folded until it is wanted, open while there is something to mend. */
export function AddressForm({ ask, name, locale, words }: { ask: (state: FormState, form: FormData) => Promise<FormState>; name: string; locale: string; words: Words }) {
  const [state, send, isSending] = useActionState(ask, newForm)
  const typed = typeof state.values.email === 'string' ? state.values.email : ''
  const error = state.fieldErrors.email
  const [before, after] = words.sent
  return (
    <Details summary={words.title} open={state.status !== 'new'}>
      <Stack close>
        {state.status === 'done' && <Notice tone="success" live="status"><p>{before}<strong>{typed}</strong>{after}</p></Notice>}
        <p className="small">{words.text}</p>
        <form action={send} noValidate>
          {state.formError && <Notice tone="warning" live="alert"><p>{state.formError}</p></Notice>}
          {error && <ErrorSummary id={`${name}-errors`} title={words.wrong} errors={[{ field: name, message: error }]} />}
          <input type="hidden" name="locale" value={locale} />
          <Field id={name} name="email" type="email" inputMode="email" label={words.label} error={error} autoComplete="email" autoCapitalize="none" spellCheck={false} required maxLength={254}
            defaultValue={state.status === 'done' ? '' : typed} />
          <Buttons><Button look="ghost" aria-disabled={isSending}>{words.send}</Button></Buttons>
        </form>
      </Stack>
    </Details>
  )
}
