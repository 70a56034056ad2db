import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { otherLanguage } from '@/app/[locale]/event-words'
import { FeedLinks, feedTypes } from '@/app/[locale]/(public)/feed-links'
import { FollowByLetter } from '@/app/[locale]/(public)/follow/follow-form'
import { summaryOf } from '@/app/[locale]/(public)/reports/report-words'
import { SeasonLists } from '@/app/[locale]/(public)/season-lists'
import { Glyph } from '@/app/_ui/glyph'
import { Columns, Page, Section } from '@/app/_ui/page'
import { Band } from '@/app/_ui/programme'
import { alternates, getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { agenda, past } from '@/lib/events/queries'
import { theme as themeBySlug } from '@/lib/reports/queries'
import { typo } from '@/lib/text'
import { ThemeReading } from './theme-reading'
import styles from './theme.module.css'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
}

const themeHere = cache(themeBySlug)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, slug } = await params
  const theme = await themeHere(slug)
  if (!theme) return {}
  const summaries = theme.readings.map((reading) => summaryOf(reading, locale)?.text)
  return {
    title: typo(locale === 'en' ? theme.nameEn : theme.nameFr, locale),
    description: summaries.find(Boolean),
    alternates: { ...alternates({ pathname: '/themes/[slug]', params: { slug } }, locale), types: feedTypes(`/feeds/themes/${slug}`, locale) },
  }
}

/** A theme: how reports are read by it, the recommendations it gathers, and where it is talked about. */
export default async function ThemePage({ params }: Props) {
  const { locale, slug } = await params
  const [theme, coming, before] = await Promise.all([themeHere(slug), agenda({ theme: slug, limit: 30 }), past({ theme: slug, limit: 12 })])
  if (!theme) notFound()
  const t = await getTranslations({ locale, namespace: 'series' })
  const name = typo(locale === 'en' ? theme.nameEn : theme.nameFr, locale)
  const first = theme.readings[0]
  const summary = first && summaryOf(first, locale)
  return (
    <>
      <Band pigment={theme.pigment} title={name} over={t('theme.nature')} date={<Glyph name={theme.glyph} className={styles.glyph} />}>
        {summary && <p lang={summary.lang}>{summary.text}</p>}
        {first && (
          <p className={styles.signed}>
            {t('theme.reading', { author: first.reading.author })}{' '}
            <a href={getPathname({ href: { pathname: '/reports/[slug]', params: { slug: first.reading.report.slug } }, locale })} lang={otherLanguage(first.reading.report.language, locale)}>{typo(first.reading.report.title, first.reading.report.language as Locale)}</a>
          </p>
        )}
      </Band>
      <Page>
        <Columns
          aside={
            <>
              {theme.readings.map((reading, place) => <ThemeReading key={reading.reading.report.slug} reading={reading} summarised={place > 0} locale={locale} />)}
              <Section quiet title={t('facts.follow')} id="follow"><FeedLinks path={`/feeds/themes/${slug}`} locale={locale} of={name} /><FollowByLetter follow={`themes/${slug}`} locale={locale} /></Section>
            </>
          }
        >
          <SeasonLists coming={coming.events} past={before.events} hasMore={{ coming: coming.next !== null, past: before.next !== null }} query={`?theme=${slug}`} locale={locale} />
        </Columns>
      </Page>
    </>
  )
}
