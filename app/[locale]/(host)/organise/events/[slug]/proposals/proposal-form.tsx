'use client'

import { useTranslations } from 'next-intl'
import { useActionState, useEffect } from 'react'
import { newForm } from '@/app/_session/form-state'
import { Button, Buttons } from '@/app/_ui/button'
import { classNames } from '@/app/_ui/class-names'
import { Checkbox, CheckboxGroup, TextArea } from '@/app/_ui/field'
import { Glyph } from '@/app/_ui/glyph'
import { ErrorSummary, Notice } from '@/app/_ui/notice'
import { Details } from '@/app/_ui/page'
import { pigmentClass } from '@/app/_ui/pigment'
import { sendByHand } from '@/app/_ui/send-by-hand'
import { decide } from './actions'
import styles from './proposals.module.css'

/** What of the event a sentence can be about. */
export interface Candidate {
  /** `report-slug/16`, or a theme's slug. */
  key: string
  number: number | null
  name: string
  lang?: string
  pigment: string
  glyph: string | null
}

/** A yes, with the words as they shall stand and what they are about; or a no. */
export function ProposalForm({ id, slug, locale, language, text, signature, seen, candidates, who, isFirst }: {
  id: string
  slug: string
  locale: string
  language: string
  text: string
  signature: string | null
  /** When these words came. */
  seen: string
  candidates: Candidate[]
  /** Said by screen readers after the buttons. */
  who: string
  isFirst: boolean
}) {
  const t = useTranslations('takeaway.room')
  const [state, send, isSending] = useActionState(decide, newForm)
  const isAgain = state.status === 'refused'
  const ticked = state.values['about[]']
  // What was mended of earlier words is not lost; what was left as it was follows its person's change.
  const mended = typeof state.values.text === 'string' && state.values.text !== state.values.was ? state.values.text : undefined
  const errors = Object.entries(state.fieldErrors).map(([field, message]) => ({ field: `${field}-${id}`, message }))
  const summary = `errors-${id}`
  useEffect(() => {
    if (state.status === 'refused') document.getElementById(summary)?.focus()
  }, [state, summary])
  return (
    <form action={send} onSubmit={sendByHand(send, isSending)} noValidate className={styles.form}>
      {state.formError && <Notice id={summary} tone="warning" live="alert"><p>{state.formError}</p></Notice>}
      {!state.formError && <ErrorSummary id={summary} title={t('wrong')} errors={errors} />}
      {Object.entries({ event: slug, locale, id, seen, was: text }).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      {candidates.length > 0 ? (
        <CheckboxGroup
          name="about[]"
          id={`about-${id}`}
          legend={t('about')}
          hint={t('aboutHint')}
          error={state.fieldErrors.about}
          values={typeof ticked === 'string' ? [ticked] : (ticked ?? [])}
          options={candidates.map((one) => ({ value: one.key, label: <Named candidate={one} /> }))}
        />
      ) : <p className="small muted">{t('aboutNone')}</p>}
      {signature ? (
        <Checkbox name="signed" id={`signed-${id}`} label={t('signed', { name: signature })} hint={t('signedHint')} defaultChecked={isAgain ? state.values.signed === 'on' : true} />
      ) : <p className="small muted">{t('unsigned')}</p>}
      <Details summary={t('mend')} open={Boolean(state.fieldErrors.text) || mended !== undefined}>
        <TextArea key={seen} name="text" id={`text-${id}`} lang={language} rows={4} maxLength={2000} required label={t('text')} hint={t('textHint')} defaultValue={mended ?? text} error={state.fieldErrors.text} />
      </Details>
      <Buttons>
        <Button name="decision" value="approve" look={isFirst ? 'accent' : 'ghost'} aria-disabled={isSending}>{t('approve')}<span className="visually-hidden"> {who}</span></Button>
        <Button name="decision" value="decline" look="quiet" aria-disabled={isSending}>{t('decline')}<span className="visually-hidden"> {who}</span></Button>
      </Buttons>
    </form>
  )
}

function Named({ candidate: { number, name, lang, pigment, glyph } }: { candidate: Candidate }) {
  return (
    <span className={classNames(styles.about, pigmentClass(pigment))}>
      {number === null ? <Glyph name={glyph ?? 'ring'} className={styles.glyph} /> : <span className={classNames('numeral', styles.number)}>{number}</span>}
      <span lang={lang}>{name}</span>
    </span>
  )
}
