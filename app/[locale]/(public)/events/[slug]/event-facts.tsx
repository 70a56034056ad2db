import { getTranslations } from 'next-intl/server'
import { hostOf, momentOf, seriesOf, today } from '@/app/[locale]/event-words'
import { subscribeHref } from '@/app/[locale]/(public)/feed-links'
import { Facts } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import type { EventPage } from '@/lib/events/queries'
import { shown } from '@/lib/events/rules'
import { sayWhen, typo } from '@/lib/text'

/** What one looks up: the whole date in words, the place, the frame, the language, and where we know it from. */
export async function EventFacts({ event, locale }: { event: EventPage; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'event' })
  const subscribe = await getTranslations({ locale, namespace: 'subscribe' })
  const { venue, mode, source, sourceNote } = event
  const series = seriesOf(event, locale)
  const facts = [
    { term: t('facts.when'), detail: typo(sayWhen(momentOf(event), locale, { today: today() }), locale) },
    venue && mode !== 'online' && { term: t('facts.where'), detail: [venue.name, venue.address, venue.city].filter(Boolean).map((line) => <span key={line}>{line}<br /></span>) },
    series.length > 0 && { term: t('facts.series', { count: series.length }), detail: series.map(({ slug, name, href }, place) => <span key={slug}>{place > 0 && ', '}<a href={href}>{name}</a></span>) },
    (event.language !== locale || shown(event, locale).language !== event.language) && { term: t('facts.language'), detail: t(`language.${event.language}`) },
    event.status === 'published' && event.overAt > now() && {
      term: subscribe('links.follow'),
      detail: <a href={subscribeHref(`/feeds/events/${event.slug}`, locale)}>{subscribe('links.event')}</a>,
    },
    source && {
      term: t('source.title'),
      detail: (
        <>
          {t('source.from')} <a href={source} rel="noopener">{hostOf(source)}</a>
          {sourceNote && <p className="small" lang={locale === 'fr' ? undefined : 'fr'}>{typo(sourceNote, 'fr')}</p>}
        </>
      ),
    },
  ]
  return <Facts facts={facts.filter((fact): fact is Exclude<typeof fact, false | null | '' | undefined> => Boolean(fact))} />
}
