import type { Locale } from '@/i18n/routing'
import type { EventPage } from '@/lib/events/queries'
import { quotedWording, type WordingFacts } from '@/lib/reports/rules'

type Named = { number: number; shortFr: string | null; shortEn: string | null; wordings: WordingFacts[]; report: { slug: string } }

/** A recommendation as an event's rooms let one tick it: its short name or else its wording, in the language that there is, under the event's pigment. */
export function sayRecommendation({ number, shortFr, shortEn, wordings, report }: Named, event: Pick<EventPage, 'themes'>, locale: Locale) {
  const short = locale === 'en' ? shortEn : shortFr
  const quoted = quotedWording({ wordings }, locale)?.quoted
  const lang = short ? locale : quoted?.language
  return {
    key: `${report.slug}/${number}`,
    number,
    name: short ?? quoted?.text ?? '',
    lang: lang === locale ? undefined : lang,
    pigment: event.themes[0]?.theme.pigment ?? 'ink',
  }
}
