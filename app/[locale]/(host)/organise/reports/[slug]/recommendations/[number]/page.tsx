import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { requireOrganiser } from '@/app/_session/actor'
import { LinkButton } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { Page, PageHead, Section } from '@/app/_ui/page'
import { ActForm } from '@/app/[locale]/(host)/organise/_form/act-form'
import { changeRecommendation, dropRecommendation } from '@/app/[locale]/(host)/organise/reports/actions'
import { RecommendationForm } from '@/app/[locale]/(host)/organise/reports/recommendation-form'
import { recommendationWords } from '@/app/[locale]/(host)/organise/reports/recommendation-words'
import styles from '@/app/[locale]/(host)/organise/reports/reports.module.css'
import { saidDone } from '@/app/[locale]/(host)/organise/said-done'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { recommendationForEditor, reportToEdit } from '@/lib/reports/queries'
import { localeOf, typo } from '@/lib/text'

interface Props {
  params: Promise<{ locale: Locale; slug: string; number: string }>
  searchParams: Promise<{ done?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, number } = await params
  return { title: (await getTranslations({ locale, namespace: 'reports' }))('import.recommendation', { number }) }
}

/** One recommendation: its names, its mark, its wordings side by side. */
export default async function RecommendationRoom({ params, searchParams }: Props) {
  const { locale, slug, number: asked } = await params
  await requireOrganiser({ locale })
  const number = /^[1-9]\d{0,3}$/.test(asked) ? Number(asked) : 0
  const [report, found] = await Promise.all([reportToEdit(slug), recommendationForEditor(slug, number)])
  if (!report || !found) notFound()
  const t = await getTranslations({ locale, namespace: 'reports' })
  const did = saidDone((await searchParams).done, ['added', 'changed'] as const)
  const { facts, links, known } = found
  const isLinked = Object.values(links).some((count) => count > 0)
  const themes = (report.readings[0]?.themes ?? []).map(({ theme }) => ({ slug: theme.slug, name: locale === 'en' ? theme.nameEn : theme.nameFr }))
  return (
    <Page>
      <PageHead
        overline={<a href={getPathname({ href: { pathname: '/organise/reports/[slug]', params: { slug } }, locale })}>{typo(report.title, localeOf(report.language))}</a>}
        title={t('import.recommendation', { number })}
      >
        <p className={styles.acts}><LinkButton look="ghost" href={getPathname({ href: { pathname: '/reports/[slug]/recommendations/[number]', params: { slug, number } }, locale })}>{t('public')}</LinkButton></p>
      </PageHead>
      {did && <Notice tone="success" live="status"><p>{t(`done.${did}`)}</p></Notice>}
      <div className={styles.form}>
        <RecommendationForm act={changeRecommendation} fields={{ locale, report: slug, was: String(number), known }} values={facts} themes={themes} says={await recommendationWords(locale, isLinked, false)} />
      </div>
      <div className={styles.drop}>
        <Section id="remove" title={t('remove.title')}>
          {isLinked ? (
            <>
              <p>{t('remove.linked')}</p>
              <ul>{(Object.entries(links) as [keyof typeof links, number][]).filter(([, count]) => count > 0).map(([what, count]) => <li key={what}>{t(`remove.by.${what}`, { count })}</li>)}</ul>
            </>
          ) : (
            <>
              <p>{t('remove.tells')}</p>
              <ActForm act={dropRecommendation} fields={{ locale, report: slug, number: String(number) }} label={t('remove.submit', { number })} look="danger" />
            </>
          )}
        </Section>
      </div>
    </Page>
  )
}
