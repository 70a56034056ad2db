import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { otherLanguage, themeSign, today } from '@/app/[locale]/event-words'
import { feedTypes } from '@/app/[locale]/(public)/feed-links'
import { RelayCredit } from '@/app/[locale]/(public)/relay-credit'
import { recommendationHref, shortTitle } from '@/app/[locale]/(public)/report-tiles'
import { SharePicture } from '@/app/[locale]/(public)/reports/share-picture'
import { Columns, Page } from '@/app/_ui/page'
import { Pagination } from '@/app/_ui/pagination'
import { pigmentClass } from '@/app/_ui/pigment'
import { ThemeChips } from '@/app/_ui/theme-chip'
import { alternates, getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { coverageOfRecommendation, openFollowUps, relaysOf } from '@/lib/coverage/queries'
import { untouchedFor } from '@/lib/coverage/rules'
import { recommendation as recommendationOf } from '@/lib/reports/queries'
import { primaryTheme, quotedWording } from '@/lib/reports/rules'
import { typo } from '@/lib/text'
import { webAddress } from '@/lib/web-address'
import { RecommendationFacts } from './recommendation-facts'
import { Passages, Sessions } from './sessions'
import { OpenThings, Timeline } from './timeline'
import { Wordings } from './wordings'
import styles from './recommendation.module.css'

interface Props {
  params: Promise<{ locale: Locale; slug: string; number: string }>
}

const recommendationHere = cache(async (slug: string, number: string) => (/^[1-9]\d{0,2}$/.test(number) ? recommendationOf(slug, Number(number)) : null))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, slug, number } = await params
  const found = await recommendationHere(slug, number)
  if (!found) return {}
  const t = await getTranslations({ locale, namespace: 'report' })
  const quotation = quotedWording(found, locale)
  const said = quotation?.translation ?? quotation?.quoted
  return {
    title: `${t('numbered', { number })}, ${shortTitle(found, locale).title}`,
    description: said && `${typo(found.report.title, found.report.language as Locale)} · ${typo(said.text, said.language as Locale)}`,
    alternates: {
      ...alternates({ pathname: '/reports/[slug]/recommendations/[number]', params: { slug, number } }, locale),
      types: feedTypes(`/feeds/reports/${slug}/${number}`, locale),
    },
  }
}

/** One recommendation: its words with their source, what it asks of whom, and what we have said about it. */
export default async function RecommendationPage({ params }: Props) {
  const { locale, slug, number } = await params
  const found = await recommendationHere(slug, number)
  const [story, relays, open] = found ? await Promise.all([coverageOfRecommendation(slug, found.number), relaysOf(slug, found.number), openFollowUps(slug, found.number)]) : []
  if (!found || !story) notFound()
  const [t, said] = await Promise.all([getTranslations({ locale, namespace: 'report' }), getTranslations({ locale, namespace: 'coverage' })])
  const { report, previous, next } = found
  const { title, lang } = shortTitle(found, locale)
  const untouched = untouchedFor(story, report.publishedOn.toISOString().slice(0, 10), today())
  const word = story.awaitsConfirmation ? t('depth.toConfirm') : t(`depth.${story.depth}`)
  const names = { slug, number }
  const themes = found.readingLinks.map(({ readingTheme }) => readingTheme).sort((a, b) => a.position - b.position)
  return (
    <Page>
      <header className={`${styles.head} ${pigmentClass(primaryTheme(found)?.pigment)}`}>
        <p className={`numeral ${styles.number}`} aria-hidden="true">{number}</p>
        <div>
          <p className={styles.over}><a href={getPathname({ href: { pathname: '/reports/[slug]', params: { slug } }, locale })} lang={otherLanguage(report.language, locale)}>{typo(report.title, report.language as Locale)}</a></p>
          <h1><span className="visually-hidden">{t('numbered', { number })}, </span><span lang={lang}>{title}</span></h1>
          <p className={styles.depth}><span className={`${styles.key} ${styles[story.depth]}`} aria-hidden="true" />{word}</p>
          {untouched && <p className={styles.since}>{said(`untouchedLong.${untouched.since}`, { days: untouched.days })}</p>}
          <ThemeChips themes={themes.map(({ theme }) => themeSign(theme, locale))} label={t('themes')} />
        </div>
      </header>
      <Columns aside={<RecommendationFacts found={found} locale={locale} />}>
        <Wordings found={found} locale={locale} />
        <Sessions story={story} locale={locale} />
        <Passages story={story} locale={locale} />
        <Timeline story={story} relays={relays?.get(found.number) ?? []} report={report} pigment={primaryTheme(found)?.pigment} locale={locale} />
        <OpenThings open={open ?? []} locale={locale} />
        <RelayCredit report={slug} number={found.number} locale={locale} />
        <SharePicture
          title={said('share.titleOne')}
          picture={webAddress('/reports/[slug]/recommendations/[number]/map.svg', names, locale)}
          page={webAddress('/reports/[slug]/recommendations/[number]', names, locale)}
          alt={said('share.altOne', { number, title, word })}
          size={{ width: 820, height: 300 }}
          locale={locale}
        />
      </Columns>
      <Pagination
        label={t('around')}
        previous={previous ? { href: recommendationHref(slug, previous.number, locale), label: `${previous.number}. ${aroundTitle(previous)}` } : undefined}
        next={next ? { href: recommendationHref(slug, next.number, locale), label: `${next.number}. ${aroundTitle(next)}` } : undefined}
      />
    </Page>
  )

  function aroundTitle({ shortFr, shortEn }: { shortFr: string | null; shortEn: string | null }) {
    return typo((locale === 'en' ? shortEn : shortFr) ?? shortFr ?? '', locale)
  }
}
