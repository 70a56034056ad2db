import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { FeedLinks, feedTypes } from '@/app/[locale]/(public)/feed-links'
import { FollowByLetter } from '@/app/[locale]/(public)/follow/follow-form'
import { summaryOf } from '@/app/[locale]/(public)/reports/report-words'
import { SeasonLists } from '@/app/[locale]/(public)/season-lists'
import { Columns, Facts, Page, PageHead, Stack } from '@/app/_ui/page'
import { alternates } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { agenda, past } from '@/lib/events/queries'
import { seriesBySlug, type SeriesRow } from '@/lib/series/queries'
import { sayHour, typo } from '@/lib/text'
import { StandingPanel } from './standing-panel'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
  searchParams: Promise<{ reponse?: string; answer?: string }>
}

const seriesHere = cache(seriesBySlug)

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const { locale, slug } = await params
  const series = await seriesHere(slug)
  if (!series) return {}
  return {
    title: nameOf(series, locale),
    description: summaryOf(series, locale)?.text,
    alternates: { ...alternates({ pathname: '/series/[slug]', params: { slug } }, locale), types: feedTypes(`/feeds/series/${slug}`, locale) },
  }
}

/** A format or a cycle: what one may expect of it, its dates, and its own calendar. */
export default async function SeriesPage({ params, searchParams }: Props) {
  const { locale, slug } = await params
  const { reponse, answer } = await searchParams
  const [series, coming, before] = await Promise.all([seriesHere(slug), agenda({ series: slug, limit: 30 }), past({ series: slug, limit: 12 })])
  if (!series) notFound()
  const t = await getTranslations({ locale, namespace: 'series' })
  const mine = await getTranslations({ locale, namespace: 'mine.series' })
  const summary = summaryOf(series, locale)
  const name = nameOf(series, locale)
  const { durationMinutes, startTime, capacity } = series
  const facts = [
    startTime && { term: t('facts.hour'), detail: sayHour(startTime, locale) },
    durationMinutes && { term: t('facts.duration'), detail: sayDuration(durationMinutes) },
    capacity && { term: t('facts.capacity'), detail: t('facts.seats', { capacity }) },
    { term: t('facts.follow'), detail: <><FeedLinks path={`/feeds/series/${slug}`} locale={locale} of={name} /><FollowByLetter follow={`series/${slug}`} locale={locale} /></> },
  ]
  const isHybrid = [...coming.events, ...before.events].some(({ mode }) => mode === 'hybrid')
  return (
    <Page>
      <PageHead overline={t(`nature.${series.nature}`)} title={name}>
        {summary && <p lang={summary.lang}>{summary.text}</p>}
        {series.nature === 'format' && <p className="small"><a href="#standing">{mine('submit')}</a></p>}
      </PageHead>
      <Columns
        aside={
          <Stack>
            <Facts facts={facts.filter((fact): fact is Exclude<typeof fact, 0 | '' | null> => Boolean(fact))} />
            {series.nature === 'format' && <StandingPanel slug={slug} locale={locale} isHybrid={isHybrid} said={answer ?? reponse} />}
          </Stack>
        }
      >
        <SeasonLists coming={coming.events} past={before.events} hasMore={{ coming: coming.next !== null, past: before.next !== null }} query={`?series=${slug}`} locale={locale} />
      </Columns>
    </Page>
  )

  function sayDuration(minutes: number) {
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
    return [hours > 0 && t('facts.hours', { hours }), rest > 0 && t('facts.minutes', { minutes: rest })].filter(Boolean).join(' ')
  }
}

const nameOf = (series: SeriesRow, locale: Locale) => typo(locale === 'en' ? series.nameEn : series.nameFr, locale)
