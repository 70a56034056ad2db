import { getTranslations } from 'next-intl/server'
import type { Locale } from '@/i18n/routing'
import { kindOfType } from '@/lib/notes/rules'
import { sayNumber } from '@/lib/text'

/** « PDF, 1,2 Mo »: what a file is, and how large (thousands of bytes, as people count). */
export async function sayFileSize(mediaType: string | null, bytes: number | null, locale: Locale) {
  const t = await getTranslations({ locale, namespace: 'resources' })
  const kind = kindOfType(mediaType)
  const large = (bytes ?? 0) >= 1_000_000
  const size = t(large ? 'size.mo' : 'size.ko', { n: large ? sayNumber((bytes ?? 0) / 1_000_000, locale) : sayNumber(Math.max(1, (bytes ?? 0) / 1000), locale, 0) })
  return kind ? t('list.size', { kind: t(`list.kind.${kind}`), size }) : size
}
