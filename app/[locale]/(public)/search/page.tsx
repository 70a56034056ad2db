import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { headers } from 'next/headers'
import { networkOf } from '@/app/_session/network'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState, Notice } from '@/app/_ui/notice'
import { Choices, Page, PageHead } from '@/app/_ui/page'
import { Pagination } from '@/app/_ui/pagination'
import { SearchForm } from '@/app/_ui/search-form'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { allow } from '@/lib/rate-limit'
import { type Kind, longestQuery, type Results, search } from '@/lib/search/queries'
import { kinds } from '@/lib/search/rules'
import { Result } from './result'
import styles from './search.module.css'

interface Props {
  params: Promise<{ locale: Locale }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const perPage = 20
const limit = { most: 120, seconds: 60 }

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'search' })
  const { q } = readAsked(await searchParams)
  // What people look for is nobody's index's affair.
  return { title: q ? t('titleWith', { q }) : t('title'), robots: { index: false, follow: true } }
}

/** Words, in all that is public: sessions, reports, recommendations, what restitutions say, and who speaks. */
export default async function SearchPage({ params, searchParams }: Props) {
  const { locale } = await params
  const t = await getTranslations({ locale, namespace: 'search' })
  const { q, kind, page } = readAsked(await searchParams)
  const allowed = q === '' || (await allow('search', networkOf(await headers()), limit)).ok
  const results = q !== '' && allowed ? await search({ q, kind, page, perPage }) : null
  const here = getPathname({ href: '/search', locale })
  const at = (more: { kind?: Kind; page?: number }) => `${here}?${new URLSearchParams({ q, ...(more.kind ? { kind: more.kind } : {}), ...(more.page && more.page > 1 ? { page: String(more.page) } : {}) })}`

  return (
    <Page>
      <PageHead title={q ? t('titleWith', { q }) : t('title')}>
        <SearchForm className={styles.form} action={here} label={t('label')} find={t('find')} q={q} />
      </PageHead>
      {!allowed && <Notice tone="warning" live="alert"><p>{t('tooMany')}</p></Notice>}
      {results && <Found results={results} q={q} kind={kind} page={page} locale={locale} at={at} />}
      {q === '' && <p className="muted">{t('hint')}</p>}
    </Page>
  )
}

async function Found({ results, q, kind, page, locale, at }: { results: Results; q: string; kind?: Kind; page: number; locale: Locale; at: (more: { kind?: Kind; page?: number }) => string }) {
  const t = await getTranslations({ locale, namespace: 'search' })
  const { found, counts, instead, isPartly, hasNext } = results
  const held = kinds.filter((one) => counts[one].count > 0)
  const total = held.reduce((sum, one) => sum + counts[one].count, 0)
  const isMore = held.some((one) => counts[one].isMore)
  if (total === 0) {
    return (
      <EmptyState title={t('nothing.title', { q })} action={<LinkButton look="ghost" href={getPathname({ href: '/reports', locale })}>{t('nothing.reports')}</LinkButton>}>
        <p>{t('nothing.text')} <a href={getPathname({ href: '/', locale })}>{t('nothing.agenda')}</a></p>
      </EmptyState>
    )
  }
  return (
    <>
      {instead !== null && <Notice><p>{t('instead', { q })} {t.rich('meant', { words: instead, b: (chunks) => <a href={`?q=${encodeURIComponent(instead)}`}>{chunks}</a> })}</p></Notice>}
      {isPartly && <Notice><p>{t('partly', { q })}</p></Notice>}
      <p className={styles.count} role="status">{t(isMore ? 'more' : 'count', { count: total })}</p>
      {held.length > 1 && (
        <Choices label={t('kinds.label')} links={[
          { label: t('kinds.all'), href: at({}), current: kind === undefined },
          ...held.map((one) => ({ label: t('kinds.with', { kind: t(`kinds.${one}`), count: counts[one].count, more: String(counts[one].isMore) }), href: at({ kind: one }), current: kind === one })),
        ]} />
      )}
      {found.length === 0 ? (
        <p className={styles.none}>{t('noneOfKind')} <a href={at({})}>{t('kinds.all')}</a></p>
      ) : (
        <ol className={styles.list} start={(page - 1) * perPage + 1}>
          {found.map((one) => <li key={one.id}><Result found={one} locale={locale} /></li>)}
        </ol>
      )}
      <Pagination
        label={t('pages.label')}
        previous={page > 1 ? { href: at({ kind, page: page - 1 }), label: t('pages.previous') } : undefined}
        next={hasNext ? { href: at({ kind, page: page + 1 }), label: t('pages.next') } : undefined}
      />
    </>
  )
}

/** What an address asks; what cannot be read is as if it were not there. */
function readAsked(asked: Record<string, string | string[] | undefined>) {
  const one = (name: string) => [asked[name]].flat()[0] ?? ''
  const q = one('q').slice(0, longestQuery).replace(/[\p{Cc}\p{Cf}]+/gu, ' ').toWellFormed().trim()
  const kind = kinds.find((name) => name === one('kind'))
  const page = /^[1-9]\d?$/.test(one('page')) ? Number(one('page')) : 1
  return { q, kind, page }
}
