import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { DateBlock } from '@/app/_ui/date-block'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/notice'
import { Page, PageHead } from '@/app/_ui/page'
import { Pagination } from '@/app/_ui/pagination'
import { Entry } from '@/app/_ui/programme'
import { ThemeChips } from '@/app/_ui/theme-chip'
import { datePartsOf, hostOf, otherLanguage, pigmentOf } from '@/app/[locale]/event-words'
import { alternates, getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { shown } from '@/lib/events/rules'
import { type Restitution, restitutions } from '@/lib/notes/queries'
import { clockIn, sayDay, typo } from '@/lib/text'
import styles from './notes.module.css'

interface Props {
  params: Promise<{ locale: Locale }>
  searchParams: Promise<{ page?: string | string[] }>
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale } = await params
  const t = await getTranslations({ locale, namespace: 'notes.list' })
  const page = pageOf((await searchParams).page)
  return { title: t('title'), description: t('lede'), alternates: alternates(page > 1 ? { pathname: '/notes', query: { page } } : '/notes', locale) }
}

export default async function NotesPage({ params, searchParams }: Props) {
  const { locale } = await params
  const page = pageOf((await searchParams).page)
  const t = await getTranslations({ locale, namespace: 'notes.list' })
  const { restitutions: found, hasNext } = await restitutions(page)
  const pagePath = (number: number) => getPathname({ href: number > 1 ? { pathname: '/notes', query: { page: number } } : '/notes', locale })
  return (
    <Page className={styles.page}>
      <PageHead title={t('title')}><p>{t('lede')}</p></PageHead>
      {found.length === 0 ? (
        <EmptyState title={t(page > 1 ? 'noMore.title' : 'empty.title')} action={<LinkButton look="ghost" href={page > 1 ? pagePath(1) : getPathname({ href: '/', locale })}>{t(page > 1 ? 'noMore.action' : 'empty.action')}</LinkButton>}>
          <p>{t(page > 1 ? 'noMore.text' : 'empty.text')}</p>
        </EmptyState>
      ) : (
        <div className={styles.list}>
          {found.map((one) => <Line key={one.event.id} {...one} locale={locale} />)}
        </div>
      )}
      <Pagination
        label={t('pages')}
        previous={page > 1 ? { href: pagePath(page - 1), label: t('newer') } : undefined}
        next={hasNext ? { href: pagePath(page + 1), label: t('older') } : undefined}
      />
    </Page>
  )
}

async function Line({ event, edition, outside, locale }: Restitution & { locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'notes.list' })
  const words = shown(event, locale)
  const numbers = event.recommendations.filter(({ origin }) => origin === 'chosen').map(({ recommendation }) => recommendation.number).sort((a, b) => a - b)
  const on = edition ? clockIn(edition.publishedAt, event.timeZone)?.date : outside?.on?.toISOString().slice(0, 10)
  const day = on ? sayDay(on, locale, { weekday: false }) : null
  return (
    <Entry
      pigment={pigmentOf(event)}
      date={<DateBlock {...datePartsOf(event, locale, await getTranslations({ locale, namespace: 'event' }), { hour: false })} past />}
      title={typo(words.title, words.language === 'en' ? 'en' : 'fr')}
      lang={otherLanguage(words.language, locale)}
      level={2}
      href={edition ? getPathname({ href: { pathname: '/events/[slug]/notes', params: { slug: event.slug } }, locale }) : (outside?.url ?? '')}
      end={<p className="small muted">{edition ? t('edition', { number: edition.number, day: day ?? '' }) : outside ? t('outside', { site: hostOf(outside.url), day: day ?? 'none' }) : null}</p>}
    >
      <p>{[edition?.authors, numbers.length > 0 && t('recommendations', { count: numbers.length, numbers: new Intl.ListFormat(locale === 'en' ? 'en-GB' : 'fr', { type: 'conjunction' }).format(numbers.map(String)) })].filter(Boolean).join(' · ')}</p>
      <ThemeChips label={t('themes')} themes={event.themes.map(({ theme }) => ({ name: locale === 'en' ? theme.shortEn : theme.shortFr, pigment: theme.pigment, glyph: theme.glyph }))} />
    </Entry>
  )
}

const pageOf = (asked: string | string[] | undefined) => (typeof asked === 'string' && /^[1-9]\d{0,4}$/.test(asked) ? Number(asked) : 1)
