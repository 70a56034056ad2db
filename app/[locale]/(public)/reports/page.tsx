import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { otherLanguage, themeSign } from '@/app/[locale]/event-words'
import { EmptyState } from '@/app/_ui/notice'
import { Page, PageHead } from '@/app/_ui/page'
import { ThemeChips } from '@/app/_ui/theme-chip'
import { alternates, getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { reports } from '@/lib/reports/queries'
import { typo } from '@/lib/text'
import { caution, sayPublished, summaryOf } from './report-words'
import styles from './reports.module.css'

interface Props {
  params: Promise<{ locale: Locale }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  const t = await getTranslations({ locale, namespace: 'report' })
  return { title: t('list.title'), description: t('list.lede'), alternates: alternates('/reports', locale) }
}

/** Every report that the house keeps, the one it works on first. */
export default async function ReportsPage({ params }: Props) {
  const { locale } = await params
  const all = await reports()
  const t = await getTranslations({ locale, namespace: 'report' })
  return (
    <Page>
      <PageHead title={t('list.title')}>{all.length > 0 && <p>{t('list.lede')}</p>}</PageHead>
      {all.length === 0 && <EmptyState title={t('list.empty')}><p>{t('list.emptyText')}</p></EmptyState>}
      <ul className={styles.list}>
        {all.map((report, place) => {
          const summary = summaryOf(report, locale)
          const number = report._count.recommendations
          const themes = report.readings[0]?.themes ?? []
          return (
            <li key={report.slug} className={place === 0 ? styles.first : styles.report}>
              <p className={styles.year}>{sayPublished(report, locale)}</p>
              <div className={styles.words}>
                <h2 lang={otherLanguage(report.language, locale)}>
                  <a href={getPathname({ href: { pathname: '/reports/[slug]', params: { slug: report.slug } }, locale })}>{typo(report.title, report.language as Locale)}</a>
                </h2>
                <p className={styles.publisher}>{typo(report.publisher, 'fr')}</p>
                {summary && <p lang={summary.lang}>{summary.text}</p>}
                {caution(report.confidence, t) && <p className={styles.caution}>{caution(report.confidence, t)}</p>}
                {place === 0 && <ThemeChips themes={themes.map(({ theme }) => themeSign(theme, locale))} label={t('themes')} />}
              </div>
              {number > 0 && <p className={styles.count}><span className="numeral">{number}</span> {t('list.recommendations', { number })}</p>}
            </li>
          )
        })}
      </ul>
    </Page>
  )
}
