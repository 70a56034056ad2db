import { getTranslations } from 'next-intl/server'
import type { Locale } from '@/i18n/routing'
import { consentRequestsOf, questionsOf } from '@/lib/events/queries'
import { askedConsents, askedTree, labelsOf } from './question-words'

/** All that an event asks, in the reader's words, as forms show it. */
export async function askedHere(event: { id: string; language: string }, locale: Locale) {
  const [t, questions, requests] = await Promise.all([getTranslations({ locale, namespace: 'questions' }), questionsOf(event.id), consentRequestsOf(event.id)])
  const tree = askedTree(questions, event.language, locale, { yes: t('yes'), no: t('no') })
  const labels: Record<string, string> = { ...labelsOf(tree), 'access.words': t('access.words'), 'access.needs': t('access.title') }
  return { questions: tree, consents: askedConsents(requests, event.language, locale), labels }
}
