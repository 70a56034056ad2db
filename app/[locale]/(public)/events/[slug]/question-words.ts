import type { Locale } from '@/i18n/routing'
import { type AnswerValue, consentWords, type ConsentRequest, opensOthers, type Question, triggersOf, wordsOf } from '@/lib/events/questions'

/** A question as a form shows it, with those that hang on its answer. */
export type AskedQuestion = {
  name: string
  kind: Question['kind']
  ready: Question['ready']
  label: string
  purpose: string | null
  options: { key: string; label: string; opens?: string }[]
  required: boolean
  /** The language of its words, where it is not the page's. */
  lang?: string
  /** The answers on which it is asked, in words; `yes` and `no` are the page's own. */
  condition: { label: string; answers: string[] } | null
  /** Which of the places under its parent it has, for the style sheet. */
  slot?: number
  followUps: AskedQuestion[]
}

/** The list as a form's order: each question, then those that hang on it. `yes` and `no` as the page says them. */
export function askedTree(questions: Question[], eventLanguage: string, locale: Locale, yesNo: { yes: string; no: string }): AskedQuestion[] {
  const grown = (question: Question, parent?: Question, slot?: number): AskedQuestion => {
    const words = wordsOf(question, eventLanguage, locale)
    const hanging = questions.filter(({ dependsOn }) => dependsOn === question.key)
    const opens = (value: string) => hanging.flatMap(({ dependsValues }, place) => (dependsValues.includes(value) ? [place + 1] : [])).join(' ') || undefined
    const own = question.kind === 'yes_no' ? [{ key: 'yes', label: yesNo.yes }, { key: 'no', label: yesNo.no }] : opensOthers(question.kind) ? words.options : []
    return {
      name: `answers.${question.key}`,
      kind: question.kind,
      ready: question.ready,
      label: words.label,
      purpose: words.purpose,
      options: own.map((option) => ({ ...option, opens: opens(option.key) })),
      required: question.required,
      lang: words.language === locale ? undefined : words.language,
      condition: parent ? conditionOf(question, parent, eventLanguage, locale, yesNo) : null,
      slot,
      followUps: hanging.map((one, place) => grown(one, question, place + 1)),
    }
  }
  return questions.filter(({ dependsOn }) => dependsOn === null).map((one) => grown(one))
}

function conditionOf({ dependsValues }: Question, parent: Question, eventLanguage: string, locale: Locale, yesNo: { yes: string; no: string }) {
  const { label, options } = wordsOf(parent, eventLanguage, locale)
  const said = (value: string) => (parent.kind === 'yes_no' ? (value === 'yes' ? yesNo.yes : yesNo.no) : (options.find(({ key }) => key === value)?.label ?? value))
  return { label, answers: triggersOf(parent).filter((value) => dependsValues.includes(value)).map(said) }
}

export type AskedConsent = { name: string; words: string; lang?: string }

export const askedConsents = (requests: ConsentRequest[], eventLanguage: string, locale: Locale): AskedConsent[] =>
  requests.map((request) => {
    const { words, language } = consentWords(request, eventLanguage, locale)
    return { name: `consents.${request.key}`, words, lang: language === locale ? undefined : language }
  })

/** What a form holds: by the fields' names, as a browser sends them. */
export type Typed = Record<string, string | string[]>

/** Answers that were given before, as a form would send them. */
export const typedOf = (answers: { key: string; value: AnswerValue }[]): Typed =>
  Object.fromEntries(answers.map(({ key, value }) => [`answers.${key}`, typeof value === 'boolean' ? (value ? 'yes' : 'no') : typeof value === 'number' ? String(value) : value]))

/** What each field is called, for sentences about what was refused there. */
export const labelsOf = (asked: AskedQuestion[]): Record<string, string> =>
  Object.fromEntries(asked.flatMap((one) => [[one.name, one.label], ...Object.entries(labelsOf(one.followUps))]))
