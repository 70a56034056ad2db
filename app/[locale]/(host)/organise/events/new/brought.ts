import { getTranslations } from 'next-intl/server'
import { shortTitle } from '@/app/[locale]/(public)/report-tiles'
import type { Locale } from '@/i18n/routing'
import { targetsOf } from '@/lib/notes/queries'

/** Longer than this no title of ours is proposed: its writer shortens better than we do. */
const longest = 120

/** What a session about these recommendations begins with: their themes, those that most of them share first, and a title to be made better. */
export async function broughtBy(recommendations: string[], known: string[], locale: Locale) {
  const { recommendations: found } = await targetsOf(recommendations.map((one) => ({ report: one.split('/')[0], number: Number(one.split('/')[1]) })))
  const rows = recommendations.flatMap((one) => found.get(one) ?? [])
  if (rows.length === 0) return {}
  const slugs = rows.flatMap(({ readingLinks }) => [...new Set(readingLinks.toSorted((a, b) => a.readingTheme.position - b.readingTheme.position).map(({ readingTheme }) => readingTheme.theme.slug))])
  const counted = [...Map.groupBy(slugs, (slug) => slug)].filter(([slug]) => known.includes(slug)).sort(([, a], [, b]) => b.length - a.length)
  const [theme, ...themes] = counted.map(([slug]) => slug)
  const t = await getTranslations({ locale, namespace: 'missing' })
  const titled = (names: string[]) => t('draftTitle', { title: new Intl.ListFormat(locale, { type: 'conjunction' }).format(names.map(lower)) })
  const names = rows.map((row) => shortTitle({ ...row }, locale).title).filter(Boolean)
  const title = [titled(names), titled(names.slice(0, 2)), titled(names.slice(0, 1))].find((one) => one.length <= longest) ?? titled(names.slice(0, 1)).slice(0, longest)
  return { title, theme, themes: themes.slice(0, 4) }
}

/** A word of capitals (IA) keeps them. */
const lower = (text: string) => (/^\p{Lu}(?=\p{Ll}|[’'])/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text)
