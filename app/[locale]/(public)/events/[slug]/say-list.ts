import type { Locale } from '@/i18n/routing'

/** « a, b ou c », "a, b or c". */
export const sayList = (words: string[], locale: Locale) => new Intl.ListFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', { type: 'disjunction' }).format(words)
