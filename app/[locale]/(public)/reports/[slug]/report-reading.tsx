import { getTranslations } from 'next-intl/server'
import { recommendationHref } from '@/app/[locale]/(public)/report-tiles'
import { summaryOf } from '@/app/[locale]/(public)/reports/report-words'
import { Glyph } from '@/app/_ui/glyph'
import { Section } from '@/app/_ui/page'
import { pigmentClass } from '@/app/_ui/pigment'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import type { ReportWhole } from '@/lib/reports/queries'
import { sayDay, typo } from '@/lib/text'
import styles from './report.module.css'

type Props = { slug: string; reading: ReportWhole['readings'][number]; locale: Locale }

/** Somebody's reading of the report: its themes in their order, signed, with their article, and what we inferred from it. */
export async function ReportReading({ slug, reading, locale }: Props) {
  const t = await getTranslations({ locale, namespace: 'report' })
  if (reading.themes.length === 0) return null
  const { author, title, url, on } = reading
  const article = title && typo(title, 'fr')
  const isInferred = reading.themes.some(({ links }) => links.some(({ inferred }) => inferred))
  return (
    <Section title={t('reading.title')} id="reading">
      <p className={styles.signed}>
        {t('reading.by', { author })}
        {article && <>, {url ? <a href={url} rel="noopener" lang={locale === 'fr' ? undefined : 'fr'}>{article}</a> : <span lang={locale === 'fr' ? undefined : 'fr'}>{article}</span>}</>}
        {!article && on && <>, {sayDay(on.toISOString().slice(0, 10), locale, { weekday: false, year: true })}</>}
        . {isInferred && t('reading.inferred')}
      </p>
      <ul className={styles.themes}>
        {reading.themes.map(({ theme, links, ...words }) => {
          const summary = summaryOf(words, locale)
          return (
            <li key={theme.slug} className={pigmentClass(theme.pigment)}>
              <Glyph name={theme.glyph} className={styles.sign} />
              <h3><a href={getPathname({ href: { pathname: '/themes/[slug]', params: { slug: theme.slug } }, locale })}>{typo(locale === 'en' ? theme.nameEn : theme.nameFr, locale)}</a></h3>
              {summary && <p lang={summary.lang}>{summary.text}</p>}
              {links.length > 0 && (
                <p className={styles.numbers}>
                  <span className="visually-hidden">{t('reading.recommendations')} </span>
                  {links.map(({ recommendation: { number } }) => (
                    <a key={number} href={recommendationHref(slug, number, locale)} className="numeral"><span className="visually-hidden">{t('recommendation')} </span>{number}</a>
                  ))}
                </p>
              )}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
