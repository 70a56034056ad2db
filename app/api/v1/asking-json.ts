import type { z } from 'zod'
import { consentRequestsOf, questionsOf } from '@/lib/events/queries'
import type { event } from './shapes'

const kinds = { short: 'short', long: 'long', one: 'one', several: 'several', yes_no: 'yes-no', number: 'number' } as const

/** What an event asks who registers, in the event's language: the keys are those of `answers` and `consents`. */
export async function askingJson(eventId: string): Promise<Pick<z.infer<typeof event>, 'questions' | 'consents'>> {
  const [questions, consents] = await Promise.all([questionsOf(eventId), consentRequestsOf(eventId)])
  return {
    questions: questions.map(({ key, kind, label, purpose, options, required, dependsOn, dependsValues }) => ({
      key,
      kind: kinds[kind],
      label,
      purpose,
      options: options.map((option) => ({ key: option.key, label: option.label })),
      required,
      when: dependsOn === null ? null : { question: dependsOn, isOneOf: dependsValues },
    })),
    consents: consents.map(({ key, wording }) => ({ key, wording })),
  }
}
