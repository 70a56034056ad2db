import { type Locale, sayWhen, unlinked } from '@/lib/text'
import type { CalendarEvent } from './calendar-event'
import { manyLines, oneLine, uriOf } from './content-lines'

/** A published restitution as news feeds are told of it: the current edition of a session's notes, which everybody may read. */
export type CalendarEdition = {
  event: CalendarEvent
  number: number
  authors: string
  licence: string
  /** Where it is read. */
  url: string
  /** When the first edition came out, and when this one did. */
  firstAt: Date
  publishedAt: Date
  /** What it says about what the feed is about, each with its anchor; of a feed about no such thing, how it begins. */
  passages: { text: string; url: string }[]
}

/** « Restitution : Qui entraîne les modèles ? » */
export const editionTitle = ({ event }: CalendarEdition, locale: Locale) => `${locale === 'fr' ? 'Restitution\u00A0: ' : 'Notes: '}${oneLine(event.title)}`

/** Plain text that stands on its own: of which session, by whom, under which licence, and the passages with where they stand. */
export function editionText({ event, number, authors, licence, passages }: CalendarEdition, locale: Locale): string {
  const when = sayWhen(event, locale, { year: true })
  const by = oneLine(unlinked(authors))
  const intro = locale === 'fr' ? `Rendez-vous du ${when}. Édition nº\u00A0${number}, par ${by}, ${oneLine(licence)}.` : `Session of ${when}. Edition ${number}, by ${by}, ${oneLine(licence)}.`
  return [intro, ...passages.map((one) => `${quoted(one.text, locale)}\n${uriOf(one.url) ?? ''}`)].join('\n\n')
}

function quoted(text: string, locale: Locale) {
  const words = manyLines(text)
  const cut = [...words].length > longest ? `${[...words].slice(0, longest - 1).join('').trimEnd()}…` : words
  return locale === 'fr' ? `«\u00A0${cut}\u00A0»` : `“${cut}”`
}

/** Characters of a passage that a feed quotes; its anchor has all. */
const longest = 600
