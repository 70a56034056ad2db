import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { reportChoice } from '@/app/[locale]/(host)/organise/report-choice'
import { today, type Words } from '@/app/[locale]/event-words'
import { reasonsOf } from '@/app/[locale]/missing-words'
import { shortTitle } from '@/app/[locale]/(public)/report-tiles'
import { Button, LinkButton } from '@/app/_ui/button'
import { Tick } from '@/app/_ui/field'
import { EmptyState } from '@/app/_ui/notice'
import { Choices, Details, Page, PageHead } from '@/app/_ui/page'
import { pigmentClass } from '@/app/_ui/pigment'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { missing } from '@/lib/coverage/queries'
import { LONG_AGO } from '@/lib/coverage/rules'
import { primaryTheme } from '@/lib/reports/rules'
import styles from './missing.module.css'

interface Props {
  params: Promise<{ locale: Locale }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const shows = ['all', 'never', 'culture'] as const

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'missing' })
  return { title: t('title') }
}

/** What nobody talks about, the most pressing first, each with its reasons and a button that begins a session about it. */
export default async function MissingPage({ params, searchParams }: Props) {
  const { locale } = await params
  await requireOrganiser({ locale })
  const asked = await searchParams
  const [t, { chosen, rows: reports }] = await Promise.all([getTranslations({ locale, namespace: 'missing' }), reportChoice(asked.report)])
  const show = shows.find((one) => one === [asked.show].flat()[0]) ?? 'all'
  const found = chosen ? await missing(chosen.slug, today()) : null
  const rows = (found?.missing ?? []).filter((row) => show === 'all' || (show === 'culture' ? row.cultural : row.depth === 'never'))
  const here = getPathname({ href: '/organise/missing', locale })
  const begin = getPathname({ href: '/organise/events/new', locale })
  const at = (words: Record<string, string>) => `${here}?${new URLSearchParams({ ...(chosen ? { report: chosen.slug } : {}), ...words })}`
  return (
    <Page>
      <PageHead title={t('title')}><p>{t('lede')}</p></PageHead>
      {reports.length > 1 && <Details summary={<>{t('report')}{' · '}<span lang={chosen?.language}>{reports.find(({ slug: one }) => one === chosen?.slug)?.title}</span></>}><Choices label={t('report')} links={reports.map((one) => ({ label: <span lang={one.language}>{one.title}</span>, href: `${here}?report=${one.slug}`, current: one.slug === chosen?.slug }))} /></Details>}
      <Choices label={t('sift')} links={shows.map((one) => ({ label: t(one), href: at(one === 'all' ? {} : { show: one }), current: one === show }))} />
      {rows.length === 0 && <EmptyState title={t('none')}><p>{t('noneText')}</p></EmptyState>}
      {rows.length > 0 && chosen && (
        <form action={begin} className={styles.form}>
          <input type="hidden" name="propose" value="yes" />
          <ol className={styles.list} aria-label={t('list')}>
            {rows.map((row) => {
              const { title, lang } = shortTitle(row.recommendation, locale)
              const value = `${chosen.slug}/${row.number}`
              return (
                <li key={row.number} className={pigmentClass(primaryTheme(row.recommendation)?.pigment)}>
                  <Tick id={`choose-${row.number}`} name="recommendation" value={value} aria-describedby={`why-${row.number}`} />
                  <label htmlFor={`choose-${row.number}`} className={styles.what}>
                    <span className="visually-hidden">{t('choose')} </span>
                    <span className={`numeral ${styles.number}`}>{row.number}</span>
                    <span className={styles.title} lang={lang}>{title}</span>
                  </label>
                  <p id={`why-${row.number}`} className={styles.why}>{reasonsOf(row, locale, t as unknown as Words).join(' · ')}</p>
                  <p className={styles.act}><LinkButton look="ghost" href={`${begin}?propose=yes&recommendation=${value}`}>{t('prepare')}<span className="visually-hidden"> {t('prepareAbout', { number: row.number })}</span></LinkButton></p>
                </li>
              )
            })}
          </ol>
          <p className={styles.end}><Button>{t('prepareChosen')}</Button></p>
          <Details summary={t('how')}><p>{t('howText', { days: LONG_AGO })}</p></Details>
        </form>
      )}
    </Page>
  )
}
