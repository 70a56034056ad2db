import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/notice'
import { Columns, Page, PageHead } from '@/app/_ui/page'
import { Pagination } from '@/app/_ui/pagination'
import { alternates, getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { coverageOf } from '@/lib/coverage/queries'
import { agenda, agendaChoices, type AgendaChoices, type AgendaFilter, type EventCard } from '@/lib/events/queries'
import { firstReport } from '@/lib/reports/queries'
import { isFiltered, queryOf, readFilter, type Search } from './agenda-filter'
import { AgendaMargin } from './agenda-margin'
import { EventsByMonth } from './event-list'
import { feedTypes } from './feed-links'
import { FilterForm, filterWords } from './filter-form'
import { NextEvent } from './next-event'
import styles from './agenda.module.css'

interface Props {
  params: Promise<{ locale: Locale }>
  searchParams: Search
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  return { alternates: { ...alternates('/', locale), types: feedTypes('/feeds/events', locale) } }
}

/** The agenda: what comes next, then month by month; with a search, only what it finds. */
export default async function AgendaPage({ params, searchParams }: Props) {
  const { locale } = await params
  const filter = await readFilter(searchParams)
  const [{ events, next }, choices, report] = await Promise.all([agenda(filter), agendaChoices('coming'), mappedReport()])
  const isWhole = !isFiltered(filter) && !filter.cursor
  const opening = isWhole ? events.find(({ status }) => status === 'published') : undefined
  const t = await getTranslations({ locale, namespace: 'agenda' })
  return (
    <Page>
      {opening ? <><h1 className="visually-hidden">{t('title')}</h1><NextEvent event={opening} locale={locale} /></> : <Head filter={filter} choices={choices} locale={locale} />}
      <Columns aside={<AgendaMargin choices={choices} report={report} locale={locale} />} asideLabel={t('margin')}>
        {(events.length > 0 || isFiltered(filter)) && <FilterForm action={getPathname({ href: '/', locale })} filter={filter} choices={choices} locale={locale} />}
        <EventsByMonth events={events.filter((event) => event !== opening)} locale={locale} />
        {events.length === 0 && <Nothing filter={filter} locale={locale} />}
        <Pages filter={filter} next={next} events={events} locale={locale} />
      </Columns>
    </Page>
  )
}

async function mappedReport() {
  const report = await firstReport()
  const coverage = report && (await coverageOf(report.slug))
  return report && coverage ? { report, coverage } : null
}

async function Head({ filter, choices, locale }: { filter: AgendaFilter; choices: AgendaChoices; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'agenda' })
  if (!isFiltered(filter)) return <PageHead title={t('title')} />
  return (
    <PageHead title={t('title')}>
      <p>{t('filtered.lede', { what: await filterWords(filter, choices, locale) })} <a href={getPathname({ href: '/', locale })} className="no-break">{t('filtered.all')}</a></p>
    </PageHead>
  )
}

async function Nothing({ filter, locale }: { filter: AgendaFilter; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'agenda' })
  const past = getPathname({ href: '/past', locale })
  return isFiltered(filter) ? (
    <EmptyState title={t('empty.filtered')} action={<LinkButton look="ghost" href={past + queryOf(filter)}>{t('empty.searchPast')}</LinkButton>}>
      <p>{t('empty.filteredText')}</p>
    </EmptyState>
  ) : (
    <EmptyState title={t('empty.title')} action={<LinkButton look="ghost" href={getPathname({ href: '/subscribe', locale })}>{t('subscribe')}</LinkButton>}>
      <p>{t.rich('empty.text', { past: (words) => <a href={past}>{words}</a> })}</p>
    </EmptyState>
  )
}

async function Pages({ filter, next, events, locale }: { filter: AgendaFilter; next: string | null; events: EventCard[]; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'agenda' })
  const here = getPathname({ href: '/', locale })
  return (
    <div className={styles.pages}>
      <Pagination
        label={t('pages.label')}
        previous={filter.cursor ? { href: here + queryOf(filter), label: t('pages.first') } : undefined}
        next={next ? { href: here + queryOf(filter, next), label: t('pages.later') } : undefined}
      />
      {events.length > 0 && <p><a href={getPathname({ href: '/past', locale }) + queryOf({ ...filter, cursor: undefined })}>{t('past')}</a></p>}
    </div>
  )
}
