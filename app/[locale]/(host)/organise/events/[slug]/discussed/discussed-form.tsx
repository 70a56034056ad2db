'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { newForm } from '@/app/_session/form-state'
import { Button } from '@/app/_ui/button'
import { classNames } from '@/app/_ui/class-names'
import { ErrorSummary, Notice } from '@/app/_ui/notice'
import { Details } from '@/app/_ui/page'
import { pigmentClass } from '@/app/_ui/pigment'
import { confirm } from './actions'
import styles from './discussed.module.css'

export interface Candidate {
  /** `report-slug/16` */
  key: string
  number: number
  name: string
  lang?: string
  pigment: string
}

/** Boxes for what was announced, then what we had linked ourselves, then everything else, closed. */
export function DiscussedForm({ slug, locale, planned, inferred, others, ticked }: {
  slug: string
  locale: string
  planned: Candidate[]
  inferred: Candidate[]
  others: { report: string; lang: string; title: string; candidates: Candidate[] }[]
  ticked: string[]
}) {
  const t = useTranslations('notes.discussed')
  const [state, send, isSending] = useActionState(confirm, newForm)
  const said = state.values['discussed[]']
  const chosen = state.status === 'refused' ? (Array.isArray(said) ? said : []) : ticked
  const errors = Object.entries(state.fieldErrors).map(([, message]) => ({ field: 'discussed', message }))
  const boxes = (candidates: Candidate[]) => <Boxes candidates={candidates} chosen={chosen} />
  return (
    <form action={send} className={styles.form} noValidate key={state.status === 'refused' ? 'again' : 'first'}>
      {state.formError && <Notice tone="warning" live="alert"><p>{state.formError}</p></Notice>}
      {!state.formError && <ErrorSummary title={t('wrong')} errors={errors} />}
      <input type="hidden" name="slug" value={slug} />
      <input type="hidden" name="locale" value={locale} />
      <fieldset id="discussed" tabIndex={-1} aria-describedby="discussed-hint">
        <legend className={styles.legend}>{t('legend')}</legend>
        <p id="discussed-hint" className="muted">{t('hint')}</p>
        <h2 className={styles.group}>{t('planned')}</h2>
        {planned.length > 0 ? boxes(planned) : <p className="muted">{t('none')}</p>}
        {inferred.length > 0 && <><h2 className={styles.group}>{t('inferred')}</h2>{boxes(inferred)}</>}
        {others.length > 0 && <h2 className={styles.group}>{t('others')}</h2>}
        {others.map(({ report, lang, title, candidates }) => (
          <Details key={report} summary={<span lang={lang}>{title}</span>} open={candidates.some(({ key }) => chosen.includes(key))}>{boxes(candidates)}</Details>
        ))}
      </fieldset>
      <p><Button aria-disabled={isSending}>{t('confirm')}</Button></p>
    </form>
  )
}

function Boxes({ candidates, chosen }: { candidates: Candidate[]; chosen: string[] }) {
  return (
    <ul className={styles.boxes}>
      {candidates.map(({ key, number, name, lang, pigment }) => (
        <li key={key}>
          <input type="checkbox" id={`discussed-${key}`} name="discussed[]" value={key} defaultChecked={chosen.includes(key)} className={styles.tick} />
          <label htmlFor={`discussed-${key}`} className={pigmentClass(pigment)}>
            <span className={classNames('numeral', styles.number)}>{number}</span> <span lang={lang}>{name}</span>
          </label>
        </li>
      ))}
    </ul>
  )
}
