import { getTranslations } from 'next-intl/server'
import { Checkbox, CheckboxGroup, Field, RadioGroup, Select, TextArea } from '@/app/_ui/field'
import { Details } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import { accessKinds } from '@/lib/events/schema'
import { sayList } from './say-list'
import type { AskedConsent, AskedQuestion, Typed } from './question-words'
import styles from './question-fields.module.css'

type Words = Awaited<ReturnType<typeof getTranslations<'questions'>>>
type Errors = Record<string, string | undefined>

/**
 * The questions of an event. One that hangs on another's answer stands right under it and says so; browsers that know
 * `:has()` show it only then, without a script. It is never required by the browser: the server knows whether it is asked.
 */
export async function QuestionFields({ asked, typed, errors, locale }: { asked: AskedQuestion[]; typed: Typed; errors: Errors; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'questions' })
  return asked.map((question) => <Ask key={question.name} question={question} typed={typed} errors={errors} t={t} locale={locale} />)
}

type AskProps = { question: AskedQuestion; typed: Typed; errors: Errors; t: Words; locale: Locale }

function Ask({ question, ...rest }: AskProps) {
  return (
    <div className={styles.ask} lang={question.lang}>
      <OneField question={question} {...rest} />
      {question.followUps.map((one) => (
        <div key={one.name} className={styles.followup} data-slot={one.slot}>
          <Ask question={one} {...rest} />
        </div>
      ))}
    </div>
  )
}

/** Beyond so many, the options of one choice are a list that opens; not where other questions hang on them. */
const mostButtons = 7

function OneField({ question, typed, errors, t, locale }: AskProps) {
  const { name, kind, label, purpose, options, required, condition, ready } = question
  const value = typed[name]
  const text = typeof value === 'string' ? value : undefined
  const when = condition && t('when', { answers: sayList(condition.answers.map((one) => t('quoted', { words: one })), locale), question: t('quoted', { words: condition.label }) })
  const hint = [when, purpose].filter(Boolean).join(' ') || undefined
  const field = { name, hint, error: errors[name], optional: required ? undefined : t('optional') }
  const isNeeded = required && !condition
  switch (kind) {
    case 'short':
      return <Field {...field} label={label} maxLength={200} autoComplete={ready ? autoComplete[ready] : 'off'} defaultValue={text} required={isNeeded} />
    case 'long':
      return <TextArea {...field} label={label} maxLength={2000} rows={4} defaultValue={text} required={isNeeded} />
    case 'number':
      return <Field {...field} label={label} maxLength={20} inputMode="decimal" autoComplete="off" defaultValue={text} required={isNeeded} />
    case 'several':
      return <CheckboxGroup {...field} legend={label} options={options.map(asOption)} values={typeof value === 'string' ? [value] : value} />
    case 'one':
    case 'yes_no':
      if (options.length > mostButtons && question.followUps.length === 0) {
        return <Select {...field} label={label} options={[{ value: '', label: t('choose') }, ...options.map(asOption)]} defaultValue={text ?? ''} required={isNeeded} />
      }
      return <RadioGroup {...field} legend={label} value={text ?? (required ? undefined : '')} required={isNeeded} options={[...options.map(asOption), ...(required ? [] : [{ value: '', label: t('noAnswer') }])]} />
  }
}

const autoComplete = { organisation: 'organization', role: 'organization-title', region: 'off' }
const asOption = ({ key, label, opens }: AskedQuestion['options'][number]) => ({ value: key, label, opens })

/** Consents, each by itself, none ticked beforehand unless it was given. */
export async function ConsentFields({ asked, given, locale }: { asked: AskedConsent[]; given: string[]; locale: Locale }) {
  if (asked.length === 0) return null
  const t = await getTranslations({ locale, namespace: 'questions' })
  return (
    <fieldset className={styles.group} aria-describedby="consents-hint">
      <legend>{t('consents.title')}</legend>
      <p id="consents-hint" className="small">{t('consents.hint')}</p>
      {asked.map(({ name, words, lang }) => (
        <Checkbox key={name} name={name} label={<span lang={lang}>{words}</span>} defaultChecked={given.includes(name)} />
      ))}
    </fieldset>
  )
}

/** What somebody needs in order to take part: plain words, who reads them, and for how long. */
export async function AccessFields({ typed, errors, locale, open }: { typed: Typed; errors: Errors; locale: Locale; open?: boolean }) {
  const t = await getTranslations({ locale, namespace: 'questions.access' })
  const needs = [typed['access.needs'] ?? []].flat()
  const words = typeof typed['access.words'] === 'string' ? typed['access.words'] : ''
  const inside = (
    <div className={styles.inside}>
      <CheckboxGroup name="access.needs" legend={t(open ? 'which' : 'title')} hint={t('hint')} values={needs} error={errors['access.needs']} options={accessKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))} />
      <TextArea name="access.words" label={t('words')} hint={t('wordsHint')} maxLength={600} rows={3} defaultValue={words} error={errors['access.words']} optional={t('optional')} />
    </div>
  )
  return open ? inside : <Details summary={t('summary')} open={needs.length > 0 || words !== ''}>{inside}</Details>
}
