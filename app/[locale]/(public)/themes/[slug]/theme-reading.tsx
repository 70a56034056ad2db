import { getTranslations } from 'next-intl/server'
import { otherLanguage } from '@/app/[locale]/event-words'
import { recommendationHref, shortTitle } from '@/app/[locale]/(public)/report-tiles'
import { summaryOf } from '@/app/[locale]/(public)/reports/report-words'
import { Section } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import type { theme } from '@/lib/reports/queries'
import { typo } from '@/lib/text'
import styles from './theme.module.css'

type Reading = NonNullable<Awaited<ReturnType<typeof theme>>>['readings'][number]
type Props = { reading: Reading; /** Its words are said here, not at the top of the page. */ summarised: boolean; locale: Locale }

/** What one reading of a report puts under a theme; where the links are ours, it says so. */
export async function ThemeReading({ reading: { reading, links, source, ...words }, summarised, locale }: Props) {
  const t = await getTranslations({ locale, namespace: 'series' })
  const { report, author, url, title } = reading
  const summary = summaryOf(words, locale)
  const href = getPathname({ href: { pathname: '/reports/[slug]', params: { slug: report.slug } }, locale })
  return (
    <Section quiet id={`in-${report.slug}`} title={<a href={href} className={styles.report} lang={otherLanguage(report.language, locale)}>{typo(report.title, report.language as Locale)}</a>}>
      {summarised && summary && <p className="small" lang={summary.lang}>{summary.text}</p>}
      {links.length > 0 && (
        <ol className={styles.links}>
          {links.map(({ recommendation }) => {
            const short = shortTitle(recommendation, locale)
            return (
              <li key={recommendation.number}>
                <a href={recommendationHref(report.slug, recommendation.number, locale)}>
                  <span className={`numeral ${styles.number}`}>{recommendation.number}</span>
                  <span lang={short.lang}>{short.title}</span>
                </a>
              </li>
            )
          })}
        </ol>
      )}
      <p className={styles.source}>
        {t('theme.by', { author })}{title && url && <> (<a href={url} rel="noopener" lang={otherLanguage('fr', locale)}>{typo(title, 'fr')}</a>)</>}.{' '}
        {links.some(({ inferred }) => inferred) && t('theme.inferred')} {source && <span lang={otherLanguage('fr', locale)}>{typo(source, 'fr')}.</span>}
      </p>
    </Section>
  )
}
