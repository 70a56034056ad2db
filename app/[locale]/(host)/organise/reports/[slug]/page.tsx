import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { requireOrganiser } from '@/app/_session/actor'
import { LinkButton } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { Page, PageHead, Section } from '@/app/_ui/page'
import { Table } from '@/app/_ui/table'
import { otherLanguage } from '@/app/[locale]/event-words'
import { changeReading, changeReport, putRecommendation } from '@/app/[locale]/(host)/organise/reports/actions'
import { FactsForm } from '@/app/[locale]/(host)/organise/reports/facts-form'
import { ReadingForm, type ReadingWords } from '@/app/[locale]/(host)/organise/reports/reading-form'
import { RecommendationForm } from '@/app/[locale]/(host)/organise/reports/recommendation-form'
import { recommendationWords } from '@/app/[locale]/(host)/organise/reports/recommendation-words'
import styles from '@/app/[locale]/(host)/organise/reports/reports.module.css'
import { saidDone } from '@/app/[locale]/(host)/organise/said-done'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { factsOf, factsOfReading, factsPrint, readingPrint, reportToEdit } from '@/lib/reports/queries'
import { quotedWording } from '@/lib/reports/rules'
import { localeOf, typo } from '@/lib/text'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
  searchParams: Promise<{ done?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, slug } = await params
  await requireOrganiser({ locale })
  const found = await reportToEdit(slug)
  return { title: found?.title ?? (await getTranslations({ locale, namespace: 'reports' }))('title') }
}

/** One report: its recommendations, one more, and its own facts. */
export default async function ReportRoom({ params, searchParams }: Props) {
  const { locale, slug } = await params
  await requireOrganiser({ locale })
  const found = await reportToEdit(slug)
  if (!found) notFound()
  const t = await getTranslations({ locale, namespace: 'reports' })
  const did = saidDone((await searchParams).done, ['made', 'changed', 'removed', 'imported'] as const)
  const next = Math.max(0, ...found.recommendations.map(({ number }) => number)) + 1
  const themes = (found.readings[0]?.themes ?? []).map(({ theme }) => ({ slug: theme.slug, name: locale === 'en' ? theme.nameEn : theme.nameFr }))
  return (
    <Page>
      <PageHead overline={t('title')} title={typo(found.title, localeOf(found.language))}>
        <p className={styles.acts}>
          <LinkButton look="ghost" href={getPathname({ href: { pathname: '/reports/[slug]', params: { slug } }, locale })}>{t('public')}</LinkButton>
          <LinkButton look="ghost" href={getPathname({ href: { pathname: '/organise/reports/import', query: { report: slug } }, locale })}>{t('import.linkOf')}</LinkButton>
        </p>
        <nav aria-label={t('onThisPage')}>
          <ul className={styles.jumps}>
            {(['recommendations', 'add', 'facts', ...(found.readings.length > 0 ? ['reading' as const] : [])] as const).map((part) => <li key={part}><a href={`#${part}`}>{t(`parts.${part}`)}</a></li>)}
          </ul>
        </nav>
      </PageHead>
      {did && <Notice tone="success" live="status"><p>{t(`done.${did}`)}</p></Notice>}
      <Section id="recommendations" title={t('recommendations')} beside={t('count', { count: found.recommendations.length })}>
        <Table
          caption={t('recommendations')}
          captionHidden
          empty={<p className="muted">{t('noRecommendations')}</p>}
          columns={[{ key: 'number', label: t('recommendation.column') }, { key: 'wordings', label: t('recommendation.wordings'), figures: true }, { key: 'culture', label: t('recommendation.cultural') }]}
          rows={found.recommendations.map((one) => {
            const words = quotedWording(one, locale)
            const [text, language] = one.shortFr ? [one.shortFr, 'fr' as const] : [words?.quoted.text ?? '', localeOf(words?.quoted.language ?? 'fr')]
            return {
              key: String(one.number),
              cells: [
                <a key="title" href={getPathname({ href: { pathname: '/organise/reports/[slug]/recommendations/[number]', params: { slug, number: one.number } }, locale })}>{one.number}. <span lang={otherLanguage(language, locale)}>{typo(text, language)}</span></a>,
                one.wordings.length,
                one.cultural ? t('yes') : null,
              ],
            }
          })}
        />
      </Section>
      <Section id="add" title={t('recommendation.addTitle')}>
        <div className={styles.form}>
          <RecommendationForm
            act={putRecommendation}
            fields={{ locale, report: slug }}
            themes={themes}
            says={await recommendationWords(locale, false, true)}
            values={{ number: next, shortFr: null, shortEn: null, section: null, pilots: [], budgetMEur: null, cultural: false, culturalBasis: null, culturalNote: null, wordings: [], themes: [] }}
          />
        </div>
      </Section>
      <Section id="facts" title={t('facts.title')}>
        <div className={styles.narrow}><FactsForm t={t} act={changeReport} fields={{ locale, report: slug, known: factsPrint(found) }} facts={factsOf(found)} /></div>
      </Section>
      {found.readings.map((reading, i) => (
        <Section key={reading.id} id={i === 0 ? 'reading' : `reading-${i + 1}`} title={t('reading.title')}>
          <p>{t('reading.lede')}</p>
          <div className={styles.narrow}>
            <ReadingForm
              act={changeReading}
              id={`reading-${i + 1}`}
              fields={{ locale, report: slug, reading: reading.id, known: readingPrint(reading) }}
              values={factsOfReading(reading)}
              themes={reading.themes.map(({ theme }) => ({ slug: theme.slug, name: typo(locale === 'en' ? theme.nameEn : theme.nameFr, locale) }))}
              says={readingWords(t)}
            />
          </div>
        </Section>
      ))}
      <p className={styles.back}><a href={getPathname({ href: '/organise/reports', locale })}>{t('back')}</a></p>
    </Page>
  )
}

const readingWords = (t: Awaited<ReturnType<typeof getTranslations<'reports'>>>): ReadingWords => ({
  author: t('reading.author'), title: t('reading.articleTitle'), url: t('reading.url'), on: t('reading.on'), onHint: t('reading.onHint'),
  order: t('reading.order'), orderHint: t('reading.orderHint'), submit: t('reading.submit'), optional: t('optional'), wrong: t('wrong'),
})
