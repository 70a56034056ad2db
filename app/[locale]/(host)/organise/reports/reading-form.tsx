'use client'

import { useActionState, useEffect } from 'react'
import { type FormState, newForm } from '@/app/_session/form-state'
import { Button } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { ErrorSummary, Notice } from '@/app/_ui/notice'
import { Stack } from '@/app/_ui/page'
import { sendByHand } from '@/app/_ui/send-by-hand'
import styles from './reports.module.css'

export type ReadingWords = Record<'author' | 'title' | 'url' | 'on' | 'onHint' | 'order' | 'orderHint' | 'submit' | 'optional' | 'wrong', string>

/** Who read the report, and in which order: ranks are typed, so that it works by keyboard and without a script. */
export function ReadingForm({ act, id, fields, values, themes, says }: {
  act: (state: FormState, form: FormData) => Promise<FormState>
  /** Tells the fields of several readings apart. */
  id: string
  fields: Record<string, string>
  values: { author: string; title: string | null; url: string | null; on: string | null }
  themes: { slug: string; name: string }[]
  says: ReadingWords
}) {
  const [state, send, isSending] = useActionState(act, newForm)
  const typed = state.status === 'refused' ? state.values : null
  const line = (name: string, otherwise: string | null) => (typed ? String([typed[name]].flat()[0] ?? '') : (otherwise ?? ''))
  const errors = Object.entries(state.fieldErrors).map(([field, message]) => ({ field: `${id}-${field}`, message }))
  useEffect(() => {
    if (state.status === 'refused') document.getElementById(`${id}-errors`)?.focus()
  }, [state, id])
  const field = (name: 'author' | 'title' | 'url' | 'on', max: number) => ({
    id: `${id}-${name}`, name, label: says[name], defaultValue: line(name, values[name]), maxLength: max, error: state.fieldErrors[name], autoComplete: 'off',
  })
  return (
    <form action={send} onSubmit={sendByHand(send, isSending)} noValidate key={JSON.stringify(typed)}>
      <Stack>
        {state.formError && <Notice tone="warning" live="alert" id={`${id}-errors`}><p>{state.formError}</p></Notice>}
        {!state.formError && <ErrorSummary id={`${id}-errors`} title={says.wrong} errors={errors} />}
        {Object.entries(fields).map(([key, value]) => <input key={key} type="hidden" name={key} value={value} />)}
        <Field {...field('author', 200)} required />
        <Field {...field('title', 240)} optional={says.optional} />
        <Field {...field('url', 1000)} optional={says.optional} inputMode="url" />
        <Field {...field('on', 10)} optional={says.optional} hint={says.onHint} />
        {themes.length > 0 && (
          <fieldset className={styles.wordings}>
            <legend>{says.order}</legend>
            <p className="small muted" id={`${id}-order`}>{says.orderHint}</p>
            <ol className={styles.ranks}>
              {themes.map(({ slug, name }, i) => (
                <li key={slug}><Field id={`${id}-order.${slug}`} name={`order.${slug}`} label={name} defaultValue={line(`order.${slug}`, String(i + 1))} inputMode="numeric" maxLength={2} required error={state.fieldErrors[`order.${slug}`]} autoComplete="off" /></li>
              ))}
            </ol>
          </fieldset>
        )}
        <p><Button aria-disabled={isSending}>{says.submit}</Button></p>
      </Stack>
    </form>
  )
}
