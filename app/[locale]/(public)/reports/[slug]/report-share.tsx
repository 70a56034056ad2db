import { getTranslations } from 'next-intl/server'
import { SharePicture } from '@/app/[locale]/(public)/reports/share-picture'
import { LinkButton } from '@/app/_ui/button'
import { Section } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import type { Coverage } from '@/lib/coverage/queries'
import { coverageSentence } from '@/lib/coverage/rules'
import type { ReportWhole } from '@/lib/reports/queries'
import { webAddress } from '@/lib/web-address'
import styles from './report.module.css'

/** What one may take away: the poster for a wall, the picture for a site, the figures for a machine. */
export async function ReportShare({ report: { slug }, coverage, locale }: { report: ReportWhole; coverage: Coverage; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'coverage.share' })
  const params = { slug }
  const rows = Math.ceil(coverage.counts.total / 5)
  return (
    <>
      <Section title={t('poster', { count: coverage.counts.total })} id="poster">
        <div className={styles.poster}>
          <p>{t('posterText')}</p>
          <LinkButton look="ghost" href={getPathname({ href: { pathname: '/reports/[slug]/poster.pdf', params }, locale })}>{t('posterLink')}</LinkButton>
        </div>
      </Section>
      <SharePicture
        title={t('title')}
        picture={webAddress('/reports/[slug]/map.svg', params, locale)}
        page={webAddress('/reports/[slug]', params, locale)}
        alt={t('alt', { sentence: coverageSentence(coverage.counts, locale) })}
        size={{ width: 1000, height: 270 + rows * 208 }}
        locale={locale}
      >
        <p className={styles.data}>
          <span>{t('data')}</span>
          <a href={`/api/v1/reports/${slug}/coverage.csv?excel=${locale}`}>{t('csv')}</a>
          <a href={`/api/v1/reports/${slug}/coverage`}>{t('json')}</a>
        </p>
      </SharePicture>
    </>
  )
}
