import type { Locale } from '@/i18n/routing'
import { reports } from '@/lib/reports/queries'
import { typo } from '@/lib/text'

/** The reports that have recommendations, and the one that an address asks for (the house's first, if it asks for none of them). */
export async function reportChoice(asked: string | string[] | undefined) {
  const rows = (await reports()).filter(({ _count }) => _count.recommendations > 0)
  const chosen = rows.find(({ slug }) => slug === [asked].flat()[0]) ?? rows[0]
  return { chosen, rows: rows.map(({ slug, title, language }) => ({ slug, language, title: typo(title, language as Locale) })) }
}
