import { classNames } from '@/app/_ui/class-names'
import { pigmentClass } from '@/app/_ui/pigment'
import { Glyph } from '@/app/_ui/glyph'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import type { Reference, Targets } from '@/lib/notes/queries'
import { primaryTheme, quotedWording } from '@/lib/reports/rules'
import styles from './restitution.module.css'

export interface Tag {
  key: string
  href: string
  /** A recommendation's; a theme has its glyph instead. */
  number?: number
  glyph?: string
  name: string
  /** Of the name, where it is not the page's. */
  lang?: string
  pigment: string
}

/** What a passage is about, in the reader's language where we have it; what does not exist any more is left out. */
export function tagsOf(references: Reference[], targets: Targets, locale: Locale): Tag[] {
  return references.flatMap((one): Tag[] => {
    if ('theme' in one) {
      const theme = targets.themes.get(one.theme)
      if (!theme) return []
      const name = locale === 'en' ? theme.nameEn : theme.nameFr
      return [{ key: one.theme, href: getPathname({ href: { pathname: '/themes/[slug]', params: { slug: one.theme } }, locale }), glyph: theme.glyph, name, pigment: theme.pigment }]
    }
    const found = targets.recommendations.get(`${one.report}/${one.number}`)
    if (!found) return []
    const short = locale === 'en' ? found.shortEn : found.shortFr
    const quoted = quotedWording(found, locale)?.quoted
    const lang = short ? undefined : quoted?.language
    return [
      {
        key: `${one.report}/${one.number}`,
        href: getPathname({ href: { pathname: '/reports/[slug]/recommendations/[number]', params: { slug: one.report, number: one.number } }, locale }),
        number: one.number,
        name: short ?? quoted?.text ?? found.report.title,
        lang: lang === locale ? undefined : lang,
        pigment: primaryTheme(found)?.pigment ?? 'ink',
      },
    ]
  })
}

export function AboutTags({ tags, label, long }: { tags: Tag[]; label?: string; long?: boolean }) {
  if (tags.length === 0) return null
  return (
    <ul className={classNames(styles.tags, long && styles.long)} aria-label={label}>
      {tags.map((tag) => (
        <li key={tag.key}>
          <a href={tag.href} className={classNames(styles.tag, pigmentClass(tag.pigment))}>
            {tag.number === undefined ? <Glyph name={tag.glyph ?? 'ring'} className={styles.glyph} /> : <span className={classNames('numeral', styles.number)}>{tag.number}</span>}{' '}
            <span lang={tag.lang}>{tag.name}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}
