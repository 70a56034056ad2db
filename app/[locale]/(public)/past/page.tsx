import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/notice'
import { Page, PageHead } from '@/app/_ui/page'
import { Pagination } from '@/app/_ui/pagination'
import { alternates, getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { agendaChoices, past } from '@/lib/events/queries'
import { isFiltered, queryOf, readFilter, type Search } from '@/app/[locale]/(public)/agenda-filter'
import { EventsByYear } from '@/app/[locale]/(public)/event-list'
import { FilterForm, filterWords } from '@/app/[locale]/(public)/filter-form'

interface Props {
  params: Promise<{ locale: Locale }>
  searchParams: Search
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  const t = await getTranslations({ locale, namespace: 'agenda' })
  return { title: t('pastTitle'), description: t('pastLede'), alternates: alternates('/past', locale) }
}

/** What has taken place, the newest first: here one comes for what was said. */
export default async function PastPage({ params, searchParams }: Props) {
  const { locale } = await params
  const filter = await readFilter(searchParams)
  const [{ events, next }, choices] = await Promise.all([past(filter), agendaChoices('past')])
  const t = await getTranslations({ locale, namespace: 'agenda' })
  const here = getPathname({ href: '/past', locale })
  return (
    <Page>
      <PageHead title={t('pastTitle')}>
        {isFiltered(filter) ? (
          <p>{t('filtered.pastLede', { what: await filterWords(filter, choices, locale) })} <a href={here} className="no-break">{t('filtered.all')}</a></p>
        ) : (
          <p>{t('pastLede')}</p>
        )}
      </PageHead>
      {(events.length > 0 || isFiltered(filter)) && <FilterForm action={here} filter={filter} choices={choices} locale={locale} />}
      <EventsByYear events={events} locale={locale} />
      {events.length === 0 && (
        <EmptyState title={isFiltered(filter) ? t('empty.filteredPast') : t('empty.past')} action={<LinkButton look="ghost" href={isFiltered(filter) ? here : getPathname({ href: '/', locale })}>{isFiltered(filter) ? t('filtered.all') : t('backToAgenda')}</LinkButton>} />
      )}
      <Pagination
        label={t('pages.label')}
        previous={filter.cursor ? { href: here + queryOf(filter), label: t('pages.newest') } : undefined}
        next={next ? { href: here + queryOf(filter, next), label: t('pages.earlier') } : undefined}
      />
    </Page>
  )
}
