import { getTranslations } from 'next-intl/server'
import type { Locale } from '@/i18n/routing'
import type { Answer } from './registration/answer'

/** Sentences for what was refused, by field and as a list; a refusal of the whole has no field. `labels` name an event's own questions. */
export async function refusalsOf(answer: Pick<Answer, 'fields' | 'reason'> | null, locale: Locale, labels: Record<string, string> = {}) {
  const t = await getTranslations({ locale })
  const sentence = (field: string, reason: string) => {
    const label = Object.hasOwn(labels, field) ? labels[field] : undefined
    if (label) return t((t.has(`questions.errors.${reason}` as Parameters<typeof t.has>[0]) ? `questions.errors.${reason}` : 'questions.errors.other') as 'questions.errors.other', { label })
    const keys = [`registration.errors.${field}.${reason}`, `registration.errors.${reason}`, `errors.${reason}`]
    return t((keys.find((key) => t.has(key)) ?? 'errors.invalid') as Parameters<typeof t>[0])
  }
  const fields = (answer?.fields ?? []).map(({ field, reason }) => ({ field, message: sentence(field, reason) }))
  const whole = answer?.reason ? [{ field: 'registration', message: sentence('form', answer.reason) }] : []
  return { list: [...whole, ...fields], byField: Object.fromEntries(fields.map(({ field, message }) => [field, message])) as Record<string, string | undefined> }
}
