import type { Words } from '@/app/[locale]/event-words'
import type { Locale } from '@/i18n/routing'
import { sayDay, sayMonth, typo } from '@/lib/text'

type Dated = { publishedOn: Date; publishedTo: 'year' | 'month' | 'day' }

/** A report's date, no finer than it is known: « 13 mars 2024 », « décembre 2024 », « 2025 ». */
export function sayPublished({ publishedOn, publishedTo }: Dated, locale: Locale) {
  const date = publishedOn.toISOString().slice(0, 10)
  if (publishedTo === 'year') return date.slice(0, 4)
  return publishedTo === 'month' ? sayMonth(date, locale, { year: true }) : sayDay(date, locale, { weekday: false, year: true })
}

type Summed = { summaryFr: string | null; summaryEn: string | null }

/** The summary in the reader's language, else in the other one, with `lang` to say so. */
export function summaryOf({ summaryFr, summaryEn }: Summed, locale: Locale): { text: string; lang?: Locale } | null {
  const [own, other, otherLocale] = locale === 'en' ? [summaryEn, summaryFr, 'fr' as const] : [summaryFr, summaryEn, 'en' as const]
  if (own) return { text: typo(own, locale) }
  return other ? { text: typo(other, otherLocale), lang: otherLocale } : null
}

/** What is not verified says so; nothing where it is. */
export const caution = (confidence: string, t: Words) => (confidence === 'recalled' || confidence === 'uncertain' ? t(`confidence.${confidence}`) : null)
