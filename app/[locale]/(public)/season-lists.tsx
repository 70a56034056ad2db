import { getTranslations } from 'next-intl/server'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/notice'
import { Section } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import type { EventCard, PastCard } from '@/lib/events/queries'
import { EventEntry } from './event-entry'

type Props = { coming: EventCard[]; past: PastCard[]; hasMore: { coming: boolean; past: boolean }; query: string; locale: Locale }

/** What is to come in a series or a theme, then what has been; the whole lists are searches of the agenda. */
export async function SeasonLists({ coming, past, hasMore, query, locale }: Props) {
  const t = await getTranslations({ locale, namespace: 'series' })
  const agenda = getPathname({ href: '/', locale }) + query
  const before = getPathname({ href: '/past', locale }) + query
  return (
    <>
      <Section title={t('coming')} id="coming" beside={hasMore.coming && <a href={agenda}>{t('allComing')}</a>}>
        {coming.map((event) => <EventEntry key={event.id} event={event} locale={locale} />)}
        {coming.length === 0 && (
          <EmptyState title={t('nothing')} action={<LinkButton look="ghost" href={getPathname({ href: '/subscribe', locale })}>{t('subscribe')}</LinkButton>}>
            <p>{t('nothingText')}</p>
          </EmptyState>
        )}
      </Section>
      {past.length > 0 && (
        <Section title={t('past')} id="past" beside={hasMore.past && <a href={before}>{t('allPast')}</a>}>
          {past.map((event) => <EventEntry key={event.id} event={event} locale={locale} />)}
        </Section>
      )}
    </>
  )
}
