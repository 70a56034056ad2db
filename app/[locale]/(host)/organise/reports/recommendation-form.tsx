'use client'

import { useActionState, useEffect } from 'react'
import { type FormState, newForm } from '@/app/_session/form-state'
import { Button } from '@/app/_ui/button'
import { Checkbox, CheckboxGroup, Field, Select, TextArea } from '@/app/_ui/field'
import { ErrorSummary, Notice } from '@/app/_ui/notice'
import { Stack } from '@/app/_ui/page'
import { sendByHand } from '@/app/_ui/send-by-hand'
import styles from './reports.module.css'

type Wording = { language: string; text: string; official: boolean; source: string | null }
export type RecommendationValues = { number: number | string; shortFr: string | null; shortEn: string | null; section: string | null; pilots: string[]; budgetMEur: number | null; cultural: boolean; culturalBasis: string | null; culturalNote: string | null; wordings: Wording[]; themes: string[] }
export type RecommendationWords = Record<'number' | 'numberHint' | 'shortFr' | 'shortEn' | 'section' | 'pilots' | 'pilotsHint' | 'budgetMEur' | 'budgetMEurHint' | 'cultural' | 'culturalBasis' | 'culturalBasisHint' | 'culturalNote' | 'themes' | 'themesHint' | 'wordings' | 'wordingsHint' | 'wording' | 'newWording' | 'place' | 'language' | 'text' | 'textHint' | 'official' | 'source' | 'fr' | 'en' | 'optional' | 'submit' | 'wrong', string>

/** All of a recommendation: its wordings stand side by side, and one more may be written. Works without a script. */
export function RecommendationForm({ act, fields, values, themes, says }: {
  act: (state: FormState, form: FormData) => Promise<FormState>
  fields: Record<string, string>
  values: RecommendationValues
  themes: { slug: string; name: string }[]
  says: RecommendationWords
}) {
  const [state, send, isSending] = useActionState(act, newForm)
  const typed = state.status === 'refused' ? state.values : null
  const line = (name: string, otherwise: string | number | null) => (typed ? String([typed[name]].flat()[0] ?? '') : String(otherwise ?? ''))
  const box = (name: string, otherwise: boolean) => (typed ? typed[name] !== undefined : otherwise)
  const errors = Object.entries(state.fieldErrors).map(([field, message]) => ({ field: field === 'wordings' ? 'wordings.0.text' : field === 'themes' ? 'themes[]' : field.startsWith('pilots') ? 'pilots' : field, message }))
  useEffect(() => {
    if (state.status === 'refused') document.getElementById('errors')?.focus()
  }, [state])
  const wordings = [...values.wordings, { language: 'fr', text: '', official: false, source: null }]
  const field = (name: keyof RecommendationValues & keyof RecommendationWords, max: number, more: { hint?: string } = {}) => (
    <Field name={name} label={says[name]} defaultValue={line(name, values[name] as string | null)} maxLength={max} optional={says.optional} error={state.fieldErrors[name]} autoComplete="off" {...more} />
  )
  return (
    <form action={send} onSubmit={sendByHand(send, isSending)} noValidate key={JSON.stringify(typed)}>
      <Stack>
        {state.formError && <Notice tone="warning" live="alert" id="errors"><p>{state.formError}</p></Notice>}
        {!state.formError && <ErrorSummary title={says.wrong} errors={errors} />}
        {Object.entries(fields).map(([key, value]) => <input key={key} type="hidden" name={key} value={value} />)}
        <div className={styles.pair}>
          <Field name="number" label={says.number} hint={says.numberHint} defaultValue={line('number', values.number)} inputMode="numeric" maxLength={4} error={state.fieldErrors.number} required autoComplete="off" />
          {field('section', 40)}
          {field('shortFr', 80)}
          {field('shortEn', 80)}
        </div>
        <fieldset className={styles.wordings}>
          <legend>{says.wordings}</legend>
          <p className="small muted">{says.wordingsHint} {says.textHint}</p>
          <div className={styles.beside}>
            {wordings.map((one, i) => {
              const name = (what: string) => `wordings.${i}.${what}`
              const isNew = i === values.wordings.length
              return (
                <fieldset key={i} className={styles.wording}>
                  <legend>{isNew ? says.newWording : `${says.wording} ${i + 1}`}</legend>
                  <TextArea name={name('text')} label={says.text} defaultValue={line(name('text'), one.text)} maxLength={2000} rows={6} error={state.fieldErrors[name('text')] ?? (i === 0 ? state.fieldErrors.wordings : undefined)} />
                  <Select name={name('language')} label={says.language} defaultValue={line(name('language'), one.language)} options={[{ value: 'fr', label: says.fr }, { value: 'en', label: says.en }]} />
                  <Checkbox name={name('official')} value="on" label={says.official} defaultChecked={box(name('official'), one.official)} />
                  <Field name={name('source')} label={says.source} optional={says.optional} defaultValue={line(name('source'), one.source)} maxLength={240} error={state.fieldErrors[name('source')]} autoComplete="off" />
                  <Field name={name('place')} label={says.place} defaultValue={line(name('place'), i + 1)} inputMode="numeric" maxLength={2} error={state.fieldErrors[name('place')]} autoComplete="off" />
                </fieldset>
              )
            })}
          </div>
        </fieldset>
        <div className={styles.pair}>
          <TextArea name="pilots" label={says.pilots} hint={says.pilotsHint} optional={says.optional} defaultValue={line('pilots', values.pilots.join('\n'))} rows={3} maxLength={5000} error={Object.entries(state.fieldErrors).find(([name]) => name.startsWith('pilots'))?.[1]} />
          <Field name="budgetMEur" label={says.budgetMEur} hint={says.budgetMEurHint} optional={says.optional} defaultValue={line('budgetMEur', values.budgetMEur)} inputMode="numeric" maxLength={8} error={state.fieldErrors.budgetMEur} autoComplete="off" />
        </div>
        <Checkbox name="cultural" value="on" label={says.cultural} defaultChecked={box('cultural', values.cultural)} />
        {field('culturalBasis', 400, { hint: says.culturalBasisHint })}
        {field('culturalNote', 600)}
        {themes.length > 0 && <CheckboxGroup name="themes[]" legend={says.themes} hint={says.themesHint} values={typed ? [typed['themes[]'] ?? []].flat() : values.themes} options={themes.map(({ slug, name }) => ({ value: slug, label: name }))} />}
        <p><Button aria-disabled={isSending}>{says.submit}</Button></p>
      </Stack>
    </form>
  )
}
