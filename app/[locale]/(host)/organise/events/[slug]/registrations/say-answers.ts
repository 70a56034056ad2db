import type { Locale } from '@/i18n/routing'
import { sayAnswer, wordsOf } from '@/lib/events/questions'
import type { ListedPerson } from '@/lib/registrations/queries'
import type { Say } from './person'

/** Answers in words, each under its question as it was asked, in the reader's language where somebody translated it. */
export function sayAnswers(answers: ListedPerson['answers'], eventLanguage: string, locale: Locale, t: Say) {
  return answers.map(({ question, value, earlier }) => {
    const { label, options, language } = wordsOf(question, eventLanguage, locale)
    return { key: question.id, label, language, said: sayAnswer(value, options, { yes: t('yes'), no: t('no') }), earlier }
  })
}
