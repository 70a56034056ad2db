import { createTranslator } from 'next-intl'
import { messagesOf } from '@/i18n/messages'
import { type Locale, routing } from '@/i18n/routing'
import { config } from '@/lib/config'
import type { FieldRefusal } from '@/lib/outcome'

/**
 * The language in which a machine wants to be answered (RFC 9110 section 12.5.4): the one of ours that it weighs
 * highest, the house's where it names none.
 */
export function languageOf(headers: Headers): Locale {
  const wanted = (headers.get('accept-language') ?? '')
    .slice(0, 400)
    .split(',')
    .flatMap((part) => {
      const [range, ...parameters] = part.trim().toLowerCase().split(/\s*;\s*/)
      const locale = routing.locales.find((one) => range === one || range.startsWith(`${one}-`))
      const weight = Number(parameters.find((one) => one.startsWith('q='))?.slice(2) ?? 1)
      return locale && weight > 0 ? [{ locale, weight }] : []
    })
  return wanted.toSorted((a, b) => b.weight - a.weight)[0]?.locale ?? config().defaultLocale
}

export type Sayings = {
  /** A few words for a status of HTTP. */
  title: (status: number) => string
  /** What a reason means, and how to mend it. */
  reason: (reason: string, field?: string) => string
  /** The same, with the field's name before it. */
  field: (refusal: FieldRefusal) => string
}

/** The sentences of errors, as forms have them, with what only programs need to hear (messages/<locale>/api.json). */
export async function sayingsIn(locale: Locale): Promise<Sayings> {
  const t = createTranslator({ locale, messages: await messagesOf(locale) }) as unknown as Say
  const first = (...keys: string[]) => {
    const key = keys.find((one) => t.has(one))
    return key ? t(key) : t('errors.invalid')
  }
  const reason = (why: string, field = '') => {
    const name = field.split('.').filter((part) => /^[A-Za-z]+$/.test(part)).at(-1)
    return first(...(name ? [`api.errors.${name}-${why}`] : []), `api.errors.${why}`, `errors.${why}`)
  }
  return {
    title: (status) => first(`api.titles.${status}`, 'api.titles.500'),
    reason,
    field: ({ field, reason: why }) => (field ? t('api.field', { field, sentence: reason(why, field) }) : reason(why)),
  }
}

/** The part of a translator that is used here: keys are made at run time, so their types say nothing. */
type Say = { (key: string, values?: Record<string, string>): string; has: (key: string) => boolean }
