import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { filterOf, readMapAsk } from '@/app/[locale]/(public)/reports/coverage-filter'
import { CoverageFilterForm } from '@/app/[locale]/(public)/reports/coverage-filter-form'
import { reportChoice } from '@/app/[locale]/(host)/organise/report-choice'
import { EmptyState } from '@/app/_ui/notice'
import { Choices, Details, Page, PageHead } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { coverageChoices, coverageOf, passagesOf, touchesOf } from '@/lib/coverage/queries'
import { coverageSentence } from '@/lib/coverage/rules'
import { report as reportBySlug } from '@/lib/reports/queries'
import { Matrix } from './matrix'
import styles from './coverage.module.css'

interface Props {
  params: Promise<{ locale: Locale }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'coverage.matrix' })
  return { title: t('title') }
}

/** Sessions and what they take up: where one sees what nobody has confirmed, and what was only guessed. */
export default async function CoveragePage({ params, searchParams }: Props) {
  const { locale } = await params
  await requireOrganiser({ locale })
  const asked = await searchParams
  const [t, { chosen, rows }] = await Promise.all([getTranslations({ locale, namespace: 'coverage' }), reportChoice(asked.report)])
  const ask = { ...readMapAsk(asked), show: 'all' as const }
  const here = getPathname({ href: '/organise/coverage', locale })
  const slug = chosen?.slug ?? ''
  const [report, coverage, touches, passages, choices] = await Promise.all([reportBySlug(slug), coverageOf(slug, filterOf(ask)), touchesOf(slug, filterOf(ask)), passagesOf(slug, filterOf(ask)), coverageChoices(slug)])
  return (
    <Page>
      <PageHead title={t('matrix.title')}><p>{t('matrix.lede')}</p></PageHead>
      {!report || !coverage ? <EmptyState title={t('matrix.none')} /> : (
        <>
          {rows.length > 1 && <Details summary={<>{t('matrix.report')}{' · '}<span lang={chosen?.language}>{rows.find(({ slug: one }) => one === chosen?.slug)?.title}</span></>}><Choices label={t('matrix.report')} links={rows.map((one) => ({ label: <span lang={one.language}>{one.title}</span>, href: `${here}?report=${one.slug}`, current: one.slug === slug }))} /></Details>}
          <div className={styles.sift}><CoverageFilterForm action={here} ask={ask} choices={choices} locale={locale} keep={{ report: slug }} /></div>
          <p className={styles.sentence}>{coverageSentence(coverage.counts, locale)}</p>
          <Matrix report={report} coverage={coverage} touches={touches} passages={passages} locale={locale} />
          <p className={styles.files}>
            <span>{t('matrix.download')}</span>
            <a href={`/api/v1/reports/${slug}/coverage.csv?excel=${locale}`}>{t('share.csv')}</a>
            <a href={`/api/v1/reports/${slug}/coverage`}>{t('share.json')}</a>
          </p>
        </>
      )}
    </Page>
  )
}
