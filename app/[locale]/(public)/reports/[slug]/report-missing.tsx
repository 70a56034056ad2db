import { getTranslations } from 'next-intl/server'
import { today, type Words } from '@/app/[locale]/event-words'
import { reasonsOf } from '@/app/[locale]/missing-words'
import { recommendationHref, shortTitle } from '@/app/[locale]/(public)/report-tiles'
import { Section } from '@/app/_ui/page'
import { pigmentClass } from '@/app/_ui/pigment'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { missing } from '@/lib/coverage/queries'
import { primaryTheme } from '@/lib/reports/rules'
import styles from './report.module.css'

const most = 5

/** What is missing, in short, with its reasons: from here somebody may think that the next session should be theirs. */
export async function ReportMissing({ slug, locale }: { slug: string; locale: Locale }) {
  const found = await missing(slug, today())
  if (!found || found.missing.length === 0) return null
  const [t, said] = await Promise.all([getTranslations({ locale, namespace: 'coverage.next' }), getTranslations({ locale, namespace: 'missing' })])
  const rest = found.missing.length - most
  return (
    <Section title={t('title')} id="missing">
      <p className={styles.signed}>{t('lede')}</p>
      <ol className={styles.missing}>
        {found.missing.slice(0, most).map((row) => {
          const { title, lang } = shortTitle(row.recommendation, locale)
          return (
            <li key={row.number} className={pigmentClass(primaryTheme(row.recommendation)?.pigment)}>
              <a href={recommendationHref(slug, row.number, locale)}><span className={`numeral ${styles.missingNumber}`}>{row.number}</span> <span lang={lang}>{title}</span></a>
              <p>{reasonsOf(row, locale, said as unknown as Words).join(' · ')}</p>
            </li>
          )
        })}
      </ol>
      {rest > 0 && <p className={styles.signed}><a href={`${getPathname({ href: { pathname: '/reports/[slug]', params: { slug } }, locale })}?show=missing#map`}>{t('more')}</a></p>}
    </Section>
  )
}
