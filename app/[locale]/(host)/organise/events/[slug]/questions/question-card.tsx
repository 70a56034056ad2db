'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '@/app/_ui/button'
import { Checkbox, Field, Select, TextArea, Tick } from '@/app/_ui/field'
import { Details } from '@/app/_ui/page'
import { type Draft, hasOptions, type Lines, type Parent, parentsOf, type QuestionDraft } from './draft'
import styles from './questions.module.css'

const kinds = ['short', 'long', 'one', 'several', 'yes_no', 'number'] as const

/** One question: what it says on one line, and all of it once opened. What its kind makes meaningless is out of the way by style alone. */
export function QuestionCard({ draft, place, answers, language, errors, focus, moves }: {
  draft: Draft
  place: number
  /** How many have answered it. */
  answers: number
  language: 'fr' | 'en'
  errors: Record<string, string>
  focus: string
  moves: ReactNode
}) {
  const t = useTranslations('asking.editor')
  const question = draft.questions[place]
  const at = `questions.${place}`
  const isWrong = Object.keys(errors).some((field) => field.startsWith(`${at}.`))
  const parents = parentsOf(draft, place)
  const facts = (name: string) => ({ name: `${at}.${name}`, error: errors[`${at}.${name}`] })
  return (
    <div className={styles.card}>
      <details open={isWrong || focus.endsWith(`.${place}`) || focus.startsWith(`${at}.`)}>
        <summary>
          <span className={styles.number}>{place + 1}</span>
          <span className={styles.line}>
            <span className={styles.label} lang={question.label ? language : undefined}>{question.label || t('fresh')}</span>
            <span className="small muted">{sayQuestion(question, draft, t)}</span>
            {answers > 0 && <span className={styles.answered}>{t('answers', { count: answers })}</span>}
          </span>
        </summary>
        <fieldset className={hasOptions(question) && question.ready ? `${styles.inside} ${styles.listed}` : styles.inside}>
          <legend className="visually-hidden">{t('question', { number: place + 1 })}</legend>
          <input type="hidden" name={`${at}.key`} value={question.key} />
          <input type="hidden" name={`${at}.ready`} value={question.ready} />
          <input type="hidden" name={`${at}.known`} value={JSON.stringify(question.known)} />
          {answers > 0 && <p className={styles.warn}>{t('keeps', { count: answers })}</p>}
          <Field {...facts('label')} label={t('label')} maxLength={200} defaultValue={question.label} autoComplete="off" lang={language} autoFocus={focus === `${at}.label`} />
          <div className={styles.row}>
            {question.ready ? <input type="hidden" name={`${at}.kind`} value={question.kind} /> : (
              <Select {...facts('kind')} label={t('kind')} defaultValue={question.kind} options={kinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))} />
            )}
            <Checkbox {...facts('required')} label={t('required')} defaultChecked={question.required} />
          </div>
          <div className={styles.options}>
            <TextArea {...facts('options')} label={t('options')} hint={t('optionsHint')} rows={Math.min(8, Math.max(3, question.known.length + 1))} defaultValue={question.options} lang={language} />
          </div>
          <Field {...facts('purpose')} label={t('purpose')} hint={t('purposeHint')} optional={t('optional')} maxLength={300} defaultValue={question.purpose} autoComplete="off" lang={language} />
          {parents.length > 0 && <Condition question={question} at={at} parents={parents} language={language} errors={errors} />}
          <Details summary={t(`translated.${language}`)} open={Object.keys(errors).some((field) => field.startsWith(`${at}.translation.`))}>
            <Field {...facts('translation.label')} label={t('label')} optional={t('optional')} maxLength={200} defaultValue={question.translation.label} autoComplete="off" lang={language === 'fr' ? 'en' : 'fr'} />
            <Field {...facts('translation.purpose')} label={t('purpose')} optional={t('optional')} maxLength={300} defaultValue={question.translation.purpose} autoComplete="off" lang={language === 'fr' ? 'en' : 'fr'} />
            <div className={styles.options}>
              <TextArea {...facts('translation.options')} label={t('options')} hint={t('translatedOptionsHint')} optional={t('optional')} rows={Math.min(8, Math.max(3, question.known.length + 1))} defaultValue={question.translation.options} lang={language === 'fr' ? 'en' : 'fr'} />
            </div>
          </Details>
        </fieldset>
      </details>
      {moves}
    </div>
  )
}

/** On whose answer it hangs, and on which: those of the question that is chosen are shown, by style alone. */
function Condition({ question, at, parents, language, errors }: { question: QuestionDraft; at: string; parents: Parent[]; language: string; errors: Record<string, string> }) {
  const t = useTranslations('asking.editor')
  return (
    <div className={styles.condition}>
      <Select name={`${at}.dependsOn`} label={t('when')} defaultValue={question.dependsOn} error={errors[`${at}.dependsOn`]}>
        <option value="">{t('always')}</option>
        {parents.map(({ one, where }) => <option key={one.key} value={one.key} data-at={where}>{t('after', { label: one.label })}</option>)}
      </Select>
      {parents.map(({ one, where, triggers }, first) => (
        <fieldset key={one.key} className={styles.values} data-at={where} id={first === 0 ? `${at}.values` : undefined} tabIndex={-1}>
          <legend>{t('values', { label: one.label })}</legend>
          {errors[`${at}.values`] && one.key === question.dependsOn && <p className={styles.error}>{errors[`${at}.values`]}</p>}
          <div className={styles.ticks}>
            {triggers.map((value) => {
              const id = `${at}.values.${one.key}.${value}`
              return (
                <label key={value} htmlFor={id} className={styles.tick}>
                  <Tick id={id} name={`${at}.values.${one.key}[]`} value={value} defaultChecked={one.key === question.dependsOn && question.values.includes(value)} />
                  <span lang={one.kind === 'yes_no' ? undefined : language}>{one.kind === 'yes_no' ? t(`yesNo.${value}`) : one.known.find(({ key }) => key === value)?.label}</span>
                </label>
              )
            })}
          </div>
          {one.kind !== 'yes_no' && <p className="small"><Button name="press" value="refresh" look="quiet">{t('refresh')}</Button></p>}
        </fieldset>
      ))}
    </div>
  )
}

type Say = ReturnType<typeof useTranslations<'asking.editor'>>

/** « Une réponse au choix, obligatoire, selon la réponse à la question 2 ». */
function sayQuestion({ kind, required, dependsOn }: QuestionDraft, draft: Draft, t: Say) {
  const parent = dependsOn ? draft.questions.findIndex(({ key }) => key === dependsOn) : -1
  return [t(`kinds.${kind}`), required && t('isRequired'), parent >= 0 && t('hangsOn', { number: parent + 1 })].filter(Boolean).join(' · ')
}

/** Buttons that move and remove a line; where it cannot go, the place stays empty. */
export function Moves({ list, place, words, up, down, focus }: { list: Lines; place: number; words: string; up: boolean; down: boolean; focus: string }) {
  const t = useTranslations('asking.editor')
  const name = words || t(list === 'consents' ? 'consent' : 'question', { number: place + 1 })
  const button = (what: 'up' | 'down' | 'remove') => {
    const press = `${what}.${list}.${place}`
    return (
      <button name="press" value={press} id={press} className={styles.move} autoFocus={focus === press} title={t(what)}>
        <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false"><path d={drawn[what]} fill="none" stroke="currentColor" strokeWidth="2.2" /></svg>
        <span className="visually-hidden">{t(`${what}Of`, { name })}</span>
      </button>
    )
  }
  return (
    <div className={styles.moves}>
      {up ? button('up') : <span className={styles.noMove} />}
      {down ? button('down') : <span className={styles.noMove} />}
      {button('remove')}
    </div>
  )
}

const drawn = { up: 'M12 20V5M5.5 11.5 12 5l6.5 6.5', down: 'M12 4v15M5.5 12.5 12 19l6.5-6.5', remove: 'm6 6 12 12M18 6 6 18' }
