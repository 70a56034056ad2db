import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { otherLanguage } from '@/app/[locale]/event-words'
import { NextEvent } from '@/app/[locale]/(public)/next-event'
import { readMapAsk } from '@/app/[locale]/(public)/reports/coverage-filter'
import { caution, sayPublished, summaryOf } from '@/app/[locale]/(public)/reports/report-words'
import { Notice } from '@/app/_ui/notice'
import { Page, PageHead, Section } from '@/app/_ui/page'
import { alternates } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { coverageOf } from '@/lib/coverage/queries'
import { agenda } from '@/lib/events/queries'
import { report as reportBySlug } from '@/lib/reports/queries'
import { typo } from '@/lib/text'
import { ReportFacts } from './report-facts'
import { ReportMap } from './report-map'
import { ReportMissing } from './report-missing'
import { ReportReading } from './report-reading'
import { ReportShare } from './report-share'
import styles from './report.module.css'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const reportHere = cache(reportBySlug)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, slug } = await params
  const report = await reportHere(slug)
  if (!report) return {}
  return {
    title: typo(report.title, report.language as Locale),
    description: summaryOf(report, locale)?.text,
    alternates: alternates({ pathname: '/reports/[slug]', params: { slug } }, locale),
  }
}

/** A report, for somebody who has never opened it: what it is, how far we have come with it, and how it is read here. */
export default async function ReportPage({ params, searchParams }: Props) {
  const { locale, slug } = await params
  const [report, coverage, { events }, search] = await Promise.all([reportHere(slug), coverageOf(slug), agenda({ report: slug, limit: 5 }), searchParams])
  if (!report || !coverage) notFound()
  const t = await getTranslations({ locale, namespace: 'report' })
  const summary = summaryOf(report, locale)
  const doubt = caution(report.confidence, t)
  const next = events.find(({ status }) => status === 'published')
  return (
    <Page>
      <PageHead
        overline={`${typo(report.publisher, 'fr')}, ${sayPublished(report, locale)}`}
        title={<span lang={otherLanguage(report.language, locale)}>{typo(report.title, report.language as Locale)}</span>}
        aside={<ReportFacts report={report} next={next} locale={locale} />}
      >
        {summary && <p lang={summary.lang}>{summary.text}</p>}
      </PageHead>
      {doubt && <Notice tone="warning" title={doubt}>{report.source && <p lang={otherLanguage('fr', locale)}>{typo(report.source, 'fr')}</p>}</Notice>}
      {report.recommendations.length > 0 ? (
        <ReportMap report={report} coverage={coverage} ask={readMapAsk(search)} locale={locale} />
      ) : (
        <p className={styles.none}>{report.recommendationsNote ? typo(report.recommendationsNote, 'fr') : t('noRecommendations')}</p>
      )}
      {report.readings.map((reading, place) => <ReportReading key={place} slug={slug} reading={reading} locale={locale} />)}
      {next && (
        <Section title={t('next')} id="next">
          <NextEvent event={next} locale={locale} level={3} />
        </Section>
      )}
      {report.recommendations.length > 0 && <ReportMissing slug={slug} locale={locale} />}
      {report.recommendations.length > 0 && <ReportShare report={report} coverage={coverage} locale={locale} />}
    </Page>
  )
}
