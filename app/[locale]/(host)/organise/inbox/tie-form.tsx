'use client'

import { useActionState, useEffect } from 'react'
import { type FormState, newForm } from '@/app/_session/form-state'
import { Button, Buttons } from '@/app/_ui/button'
import { type Option, RadioGroup } from '@/app/_ui/field'
import { ErrorSummary, Notice } from '@/app/_ui/notice'
import { Frame, Stack } from '@/app/_ui/page'
import { sendByHand } from '@/app/_ui/send-by-hand'
import styles from './inbox.module.css'

/** What would follow, in sentences of the reader's language. */
export interface AskedTie {
  title: string
  event: string
  follows: string
}

export type TieState = FormState & { asked?: AskedTie }

/** Whose is it, what does it mean; and, where somebody would lose a seat, whether that is meant. */
export function TieForm({ act, mail, locale, registrations, meanings, chosen, says }: {
  act: (state: TieState, form: FormData) => Promise<TieState>
  mail: string
  locale: string
  registrations: Option[]
  meanings: Option[]
  /** With what the form opens. */
  chosen: { registration?: string; as?: string }
  says: Record<'which' | 'whichHint' | 'as' | 'submit' | 'wrong' | 'confirm' | 'back', string>
}) {
  const [state, send, isSending] = useActionState(act, { ...newForm, values: { registration: chosen.registration ?? '', as: chosen.as ?? '' } } as TieState)
  const { asked } = state
  const value = (name: string) => (typeof state.values[name] === 'string' ? state.values[name] : '')
  const errors = (['registration', 'as'] as const).flatMap((field) => (state.fieldErrors[field] ? [{ field, message: state.fieldErrors[field] }] : []))
  useEffect(() => {
    if (state.status !== 'new' || asked) document.getElementById(asked ? 'asked' : 'tie-errors')?.focus()
  }, [state, asked])

  return (
    <form action={send} onSubmit={sendByHand(send, isSending)} noValidate>
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="mail" value={mail} />
      {asked ? (
        <Frame>
          <section className={styles.ask} aria-labelledby="asked">
            <input type="hidden" name="registration" value={value('registration')} />
            <input type="hidden" name="as" value={value('as')} />
            <h3 id="asked" tabIndex={-1}>{asked.title}</h3>
            <p>{asked.event}</p>
            <p>{asked.follows}</p>
            <Buttons>
              <Button name="confirmed" value="yes" look="danger" aria-disabled={isSending}>{says.confirm}</Button>
              <Button name="back" value="yes" look="ghost">{says.back}</Button>
            </Buttons>
          </section>
        </Frame>
      ) : (
        <Stack>
          {state.formError && <Notice tone="warning" live="alert" id="tie-errors"><p>{state.formError}</p></Notice>}
          <ErrorSummary title={says.wrong} errors={errors} id="tie-errors" />
          <RadioGroup name="registration" legend={says.which} hint={says.whichHint} error={state.fieldErrors.registration} options={registrations} value={value('registration')} />
          <RadioGroup name="as" legend={says.as} error={state.fieldErrors.as} options={meanings} value={value('as')} />
          <p><Button aria-disabled={isSending}>{says.submit}</Button></p>
        </Stack>
      )}
    </form>
  )
}
