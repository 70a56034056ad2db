'use client'

import { useTranslations } from 'next-intl'
import { useActionState, useEffect } from 'react'
import { type FormState, newForm } from '@/app/_session/form-state'
import { Button, Buttons } from '@/app/_ui/button'
import { TextArea } from '@/app/_ui/field'
import { ErrorSummary, Notice } from '@/app/_ui/notice'
import { Section } from '@/app/_ui/page'
import { sendByHand } from '@/app/_ui/send-by-hand'
import { editQuestions } from './actions'
import { canSwap, type Draft, type Lines, type Loss, type Rearranged } from './draft'
import { Moves, QuestionCard } from './question-card'
import styles from './questions.module.css'

export type AskState = FormState & Rearranged & { lost: Loss[]; round: number }
type Counts = { questions: Record<string, number>; consents: Record<string, number> }
type Asking = { slug: string; language: 'fr' | 'en'; isDraft: boolean }

/** Everything that an event asks, in one form: each button sends all of it, so that it needs no script. */
export function Editor({ draft: kept, counts, event, locale }: { draft: Draft; counts: Counts; event: Asking; locale: string }) {
  const t = useTranslations('asking.editor')
  const [state, send, isSending] = useActionState(editQuestions, { ...newForm, draft: kept, focus: '', said: null, lost: [], round: 0 })
  const { draft, focus, said, lost, fieldErrors } = state
  const errors = Object.entries(fieldErrors).map(([field, message]) => ({ field, message: t('errorIn', { field: labelOf(field), message: message.charAt(0).toLowerCase() + message.slice(1) }) }))
  useEffect(() => {
    if (state.status === 'refused') document.getElementById(state.lost.length > 0 ? 'lost' : 'errors')?.focus()
  }, [state])

  return (
    <form action={send} onSubmit={sendByHand(send, isSending)} noValidate className={styles.form} key={state.round}>
      {/* What Enter presses, before all that adds and removes. */}
      <button className="visually-hidden" tabIndex={-1} aria-hidden="true">{t('save')}</button>
      <input type="hidden" name="event" value={event.slug} />
      <input type="hidden" name="language" value={event.language} />
      <input type="hidden" name="locale" value={locale} />
      <p role="status" className="visually-hidden">{said && t(`said.${said}`)}</p>
      {state.formError && <Notice tone="warning" live="alert" id="errors"><p>{state.formError}</p></Notice>}
      {!state.formError && <ErrorSummary title={t('wrong', { count: errors.length })} errors={errors} />}
      {lost.length > 0 && <Lost lost={lost} isSending={isSending} />}

      <Section id="questions" title={t('questions')} beside={draft.questions.length > 0 ? t('count', { count: draft.questions.length }) : undefined}>
        {draft.questions.length === 0 && <p className="muted">{t('none')}</p>}
        <ol className={styles.cards}>
          {draft.questions.map((question, place) => (
            <li key={place}>
              <QuestionCard draft={draft} place={place} answers={counts.questions[question.key] ?? 0} language={event.language} errors={fieldErrors} focus={focus} moves={moves('questions', place, question.label)} />
            </li>
          ))}
        </ol>
        <div className={styles.add}>
          <Button name="press" value="add.questions" id="add.questions" look="ghost" autoFocus={focus === 'add.questions'}>{t('add')}</Button>
          {readyOnes.some((ready) => isFree(draft, ready)) && (
            <p className={styles.ready}>
              <span>{t('readyOnes')}</span>
              {readyOnes.filter((ready) => isFree(draft, ready)).map((ready) => (
                <Button key={ready} name="press" value={`add.questions.${ready}`} look="quiet">{t(`ready.${ready}`)}</Button>
              ))}
            </p>
          )}
        </div>
      </Section>

      <Section id="consents" title={t('consents')}>
        <p className="muted">{t('consentsHint')}</p>
        <ol className={styles.consents}>
          {draft.consents.map(({ key, wording, translation }, place) => {
            const at = `consents.${place}`
            const given = counts.consents[key] ?? 0
            return (
              <li key={place}>
                <fieldset className={styles.consent}>
                  <legend className="visually-hidden">{t('consent', { number: place + 1 })}</legend>
                  <input type="hidden" name={`${at}.key`} value={key} />
                  <div className={styles.consentWords}>
                    <TextArea name={`${at}.wording`} label={t('wording')} rows={3} maxLength={400} defaultValue={wording} error={fieldErrors[`${at}.wording`]} autoFocus={focus === `${at}.wording`} lang={event.language}
                      hint={given > 0 ? t('given', { count: given }) : t('wordingHint')} />
                    <TextArea name={`${at}.translation`} label={t(`translated.${event.language}`)} optional={t('optional')} rows={3} maxLength={400} defaultValue={translation} error={fieldErrors[`${at}.translation`]} lang={event.language === 'fr' ? 'en' : 'fr'} />
                  </div>
                  {moves('consents', place, wording)}
                </fieldset>
              </li>
            )
          })}
        </ol>
        <div className={styles.add}>
          <Button name="press" value="add.consents" id="add.consents" look="ghost" autoFocus={focus === 'add.consents'}>{t('addConsent')}</Button>
        </div>
      </Section>

      <div className={styles.end}>
        <Buttons><Button look={lost.length > 0 ? 'ghost' : 'accent'} aria-disabled={isSending}>{t('save')}</Button></Buttons>
        <p className="small muted">{t(event.isDraft ? 'endDraft' : 'end')}</p>
      </div>
    </form>
  )

  function moves(list: Lines, place: number, words: string) {
    return <Moves list={list} place={place} words={words} up={canSwap(draft, list, place - 1)} down={canSwap(draft, list, place)} focus={focus} />
  }

  function labelOf(field: string) {
    const [list, place] = field.split('.')
    if (place === undefined) return t(list === 'consents' ? 'consents' : 'questions')
    return t(list === 'consents' ? 'consent' : 'question', { number: Number(place) + 1 })
  }
}

const readyOnes = ['organisation', 'role', 'region'] as const
const isFree = (draft: Draft, ready: string) => !draft.questions.some(({ key }) => key === ready)

/** Before answers stay behind with the words they were given to: how many, to what. */
function Lost({ lost, isSending }: { lost: Loss[]; isSending: boolean }) {
  const t = useTranslations('asking.editor')
  return (
    <Notice tone="warning" live="alert" id="lost" title={t('lost.title')}>
      <ul className={styles.lost}>
        {lost.map(({ list, words, count, what }, place) => <li key={place}>{t(`lost.${list}.${what}`, { count, words })}</li>)}
      </ul>
      <p>{t('lost.how')}</p>
      <p className={styles.confirm}><Button name="press" value="confirm" aria-disabled={isSending}>{t('lost.confirm')}</Button></p>
    </Notice>
  )
}
