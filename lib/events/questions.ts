import type { FieldRefusal } from '@/lib/outcome'
import { cleanLine, cleanText, holdsLink, isWellFormed, slugify } from '@/lib/text'

/** What an event asks of who registers: when a question is asked at all, and what an answer may be. */

export type QuestionKind = 'short' | 'long' | 'one' | 'several' | 'yes_no' | 'number'
export type Ready = 'organisation' | 'region' | 'role'
export type Option = { key: string; label: string }

export type Question = {
  id: string
  key: string
  kind: QuestionKind
  ready: Ready | null
  /** In the event's language. */
  label: string
  purpose: string | null
  options: Option[]
  translation: { label: string; purpose: string | null; options: Record<string, string> } | null
  required: boolean
  dependsOn: string | null
  dependsValues: string[]
}

export type ConsentRequest = { id: string; key: string; wording: string; wordingTranslation: string | null }

/** A text, a number, yes or no, one option's key, or a list of them. */
export type AnswerValue = string | number | boolean | string[]
export type Answered = { questionId: string; key: string; value: AnswerValue }

/** Characters, and the largest number either way. */
export const limits = { short: 200, long: 2000, number: 1_000_000_000 }

/** A yes or a no as the condition of another question, and as a form sends it. */
export const yesNo = ['yes', 'no'] as const

/** Can another question hang on this one's answer? */
export const opensOthers = (kind: QuestionKind) => kind === 'one' || kind === 'several' || kind === 'yes_no'

/** The values on which another question may hang. */
export const triggersOf = (question: Pick<Question, 'kind' | 'options'>): readonly string[] =>
  question.kind === 'yes_no' ? yesNo : opensOthers(question.kind) ? question.options.map(({ key }) => key) : []

/**
 * Reads what was given, by the questions' keys, from JSON or from `givenByForm`. A question whose condition is not met
 * is not asked: it is never required, and what was typed there is dropped. `lenient` asks for nothing that is missing
 * (somebody else fills the form in). Refusals bear the field `answers.<key>`.
 */
export function readAnswers(questions: Question[], given: Record<string, unknown>, { lenient = false } = {}): { answers: Answered[]; refusals: FieldRefusal[] } {
  const byKey = new Map(questions.map((question) => [question.key, question]))
  const read = new Map<string, Reading | null>()
  const readingOf = (question: Question): Reading | null => {
    const known = read.get(question.key)
    if (known !== undefined) return known
    // A circle asks nothing; `ask` lets none be made.
    read.set(question.key, null)
    const reading = isAsked(question, byKey, readingOf) ? readOne(question, Object.hasOwn(given, question.key) ? given[question.key] : undefined) : null
    read.set(question.key, reading)
    return reading
  }
  const answers: Answered[] = []
  const refusals = Object.keys(given).filter((key) => !byKey.has(key)).map((key) => ({ field: `answers.${key.slice(0, 80)}`, reason: 'unknown-field' }))
  for (const question of questions) {
    const reading = readingOf(question)
    if (reading === null) continue
    if ('reason' in reading) refusals.push({ field: `answers.${question.key}`, reason: reading.reason })
    else if (reading.value !== null) answers.push({ questionId: question.id, key: question.key, value: reading.value })
    else if (question.required && !lenient) refusals.push({ field: `answers.${question.key}`, reason: 'required' })
  }
  return { answers, refusals }
}

/** Is this question asked of somebody who answered so? The question that it hangs on must be asked, too. */
function isAsked(question: Question, byKey: Map<string, Question>, readingOf: (question: Question) => Reading | null) {
  if (question.dependsOn === null) return true
  const parent = byKey.get(question.dependsOn)
  const reading = parent ? readingOf(parent) : null
  return reading !== null && 'value' in reading && reading.value !== null && opens(reading.value, question.dependsValues)
}

function opens(value: AnswerValue, wanted: string[]) {
  if (typeof value === 'boolean') return wanted.includes(value ? 'yes' : 'no')
  return Array.isArray(value) ? value.some((one) => wanted.includes(one)) : wanted.includes(String(value))
}

type Reading = { value: AnswerValue | null } | { reason: string }

const nothing: Reading = { value: null }
const wrong = (reason: string): Reading => ({ reason })

function readOne({ kind, ready, options }: Question, given: unknown): Reading {
  if (given === undefined || given === null || (typeof given === 'string' && given.trim() === '')) return nothing
  switch (kind) {
    case 'short':
    case 'long':
      // A name that others read.
      return ready === 'organisation' && typeof given === 'string' && holdsLink(given) ? wrong('link') : readText(given, kind)
    case 'number':
      return readNumber(given)
    case 'yes_no':
      if (typeof given === 'boolean') return { value: given }
      return given === 'yes' ? { value: true } : given === 'no' ? { value: false } : wrong(typeof given === 'string' ? 'not-among' : 'wrong-kind')
    case 'one':
      if (typeof given !== 'string') return wrong('wrong-kind')
      return options.some(({ key }) => key === given) ? { value: given } : wrong('not-among')
    case 'several':
      return readSeveral(given, options)
  }
}

function readText(given: unknown, kind: 'short' | 'long'): Reading {
  if (typeof given !== 'string') return wrong('wrong-kind')
  const text = kind === 'short' ? cleanLine(given, limits.short) : cleanText(given, limits.long)
  if (text === null) return wrong(isWellFormed(given) && [...given].length > limits[kind] ? 'too-long' : 'not-text')
  return text === '' ? nothing : { value: text }
}

/** As a program writes it, or as people type it: 12,5 and 1 200 too. */
function readNumber(given: unknown): Reading {
  if (typeof given !== 'number' && typeof given !== 'string') return wrong('wrong-kind')
  const text = String(given).replace(/(?<=\d)[\s\u00A0\u202F](?=\d{3})/g, '').trim().replace(',', '.')
  if (!/^[+-]?\d{1,12}(\.\d{1,6})?$/.test(text)) return wrong('not-a-figure')
  const value = Number(text)
  return Math.abs(value) > limits.number ? wrong('too-big') : { value: value === 0 ? 0 : value }
}

/** Kept in the order of the options, each once. */
function readSeveral(given: unknown, options: Option[]): Reading {
  const list: unknown[] = Array.isArray(given) ? given : [given]
  if (list.length > 200 || !list.every((one) => typeof one === 'string')) return wrong('wrong-kind')
  const known = options.map(({ key }) => key)
  if (list.some((one) => !known.includes(one as string))) return wrong('not-among')
  const value = known.filter((key) => list.includes(key))
  return value.length === 0 ? nothing : { value }
}

/** What a form says to the questions, by their keys: fields are named `answers.<key>`, of several boxes all alike. */
export function givenByForm(questions: Pick<Question, 'key' | 'kind'>[], form: FormData): Record<string, unknown> {
  const given = questions.map(({ key, kind }): [string, string | string[] | null] => {
    const values = form.getAll(`answers.${key}`).filter((value) => typeof value === 'string').map(legible)
    return [key, kind === 'several' ? values.filter((value) => value !== '') : (values[0] ?? null)]
  })
  return Object.fromEntries(given)
}

/** Which consents a form gives: boxes named `consents.<key>`; one that is not ticked is not given. */
export const consentsByForm = (requests: Pick<ConsentRequest, 'key'>[], form: FormData): Record<string, boolean> =>
  Object.fromEntries(requests.map(({ key }) => [key, form.get(`consents.${key}`) === 'on']))

/** Octets that no text has become the sign of something unreadable, which is refused with its reason. */
const legible = (text: string) => text.replace(/\0/g, '\uFFFD').toWellFormed()

/** Which consents are given and which are not, by id. None is ever required. Refusals bear the field `consents.<key>`. */
export function readConsents(requests: ConsentRequest[], given: Record<string, unknown>): { given: string[]; not: string[]; refusals: FieldRefusal[] } {
  const said = requests.map(({ id, key }) => ({ id, key, value: Object.hasOwn(given, key) ? given[key] : undefined }))
  const known = new Set(requests.map(({ key }) => key))
  return {
    given: said.filter(({ value }) => value === true).map(({ id }) => id),
    not: said.filter(({ value }) => value === false).map(({ id }) => id),
    refusals: [
      ...Object.keys(given).filter((key) => !known.has(key)).map((key) => ({ field: `consents.${key.slice(0, 80)}`, reason: 'unknown-field' })),
      ...said.filter(({ value }) => value !== undefined && typeof value !== 'boolean').map(({ key }) => ({ field: `consents.${key}`, reason: 'wrong-kind' })),
    ],
  }
}

/** A question's words in the reader's language where somebody translated them, else in the event's; `language` says which. */
export function wordsOf(question: Question, eventLanguage: string, locale: string) {
  const { label, purpose, options, translation } = question
  if (locale === eventLanguage || !translation) return { label, purpose, options, language: eventLanguage }
  return {
    label: translation.label,
    purpose: translation.purpose ?? purpose,
    options: options.map(({ key, label: own }) => ({ key, label: Object.hasOwn(translation.options, key) ? translation.options[key] : own })),
    language: locale,
  }
}

/** A consent's words, likewise. */
export const consentWords = ({ wording, wordingTranslation }: Pick<ConsentRequest, 'wording' | 'wordingTranslation'>, eventLanguage: string, locale: string) =>
  locale === eventLanguage || !wordingTranslation ? { words: wording, language: eventLanguage } : { words: wordingTranslation, language: locale }

/** A row as it stands in the table: what Json holds is what `ask` wrote there. */
export function asQuestion<Row extends { options: unknown; translation: unknown }>(row: Row) {
  return { ...row, options: row.options as Option[], translation: row.translation as Question['translation'] }
}

/** An answer in words, for lists and exports: options by their labels, several with a comma. */
export function sayAnswer(value: AnswerValue, options: Option[], words: { yes: string; no: string }): string {
  const labelOf = (key: string) => options.find((one) => one.key === key)?.label ?? key
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (Array.isArray(value)) return value.map(labelOf).join(', ')
  return typeof value === 'number' ? String(value) : labelOf(value)
}

/** A key made of words, unlike those there are: `structure`, `structure-2`. A ready-made question has its own, once. */
export function freshKey(words: string, taken: string[], exact = false) {
  const made = slugify(words, 'question').slice(0, 36).replace(/-+$/, '')
  const key = /^[a-z]/.test(made) && !(made in Object.prototype) ? made : `q-${made}`
  if (exact || !taken.includes(key)) return key
  for (let number = 2; ; number++) if (!taken.includes(`${key}-${number}`)) return `${key}-${number}`
}
