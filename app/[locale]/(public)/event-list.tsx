import { Section } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import type { EventCard } from '@/lib/events/queries'
import { sayMonth } from '@/lib/text'
import { EventEntry } from './event-entry'
import { capital, today } from '@/app/[locale]/event-words'

type Props = { events: EventCard[]; locale: Locale }

/** A programme by month, as it stands in a brochure; the year is said from the next one on. */
export function EventsByMonth({ events, locale }: Props) {
  return grouped(events, 7).map(([month, those]) => (
    <Section key={month} id={`m-${month}`} title={capital(sayMonth(month, locale, { today: today() }))}>
      {those.map((event) => <EventEntry key={event.id} event={event} locale={locale} underMonth />)}
    </Section>
  ))
}

export function EventsByYear({ events, locale }: Props) {
  return grouped(events, 4).map(([year, those]) => (
    <Section key={year} id={`y-${year}`} title={year}>
      {those.map((event) => <EventEntry key={event.id} event={event} locale={locale} />)}
    </Section>
  ))
}

function grouped(events: EventCard[], length: number): [string, EventCard[]][] {
  return [...Map.groupBy(events, ({ startDate }) => startDate.slice(0, length))]
}
