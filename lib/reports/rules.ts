export type WordingFacts = { language: string; text: string; official: boolean; source: string | null }

export type Quotation = {
  /** The first official wording, or the first one where none is official. */
  quoted: WordingFacts
  /** In the reader's language where the quotation is not; `official` says whose words it is. */
  translation: WordingFacts | null
}

/**
 * What a page quotes of a recommendation: the official words in their own language (to be marked with `lang`), with a
 * translation beside them for a reader of another language. Wordings come in their order.
 */
export function quotedWording({ wordings }: { wordings: WordingFacts[] }, locale: 'fr' | 'en'): Quotation | null {
  const official = wordings.filter((one) => one.official)
  const quoted = official.find((one) => one.language === locale) ?? official[0] ?? wordings.find((one) => one.language === locale) ?? wordings[0]
  if (!quoted) return null
  const translation = quoted.language === locale ? null : (wordings.find((one) => one.language === locale) ?? null)
  return { quoted, translation }
}

export type WordingSaid = WordingFacts & { is: 'own' | 'other' | 'unofficial' | 'translation' }

/**
 * Every wording, and what it is: the one that is quoted (`own` if the words are the report's), beside it those that are the
 * report's too, in its language, or in the reader's; `elsewhere` are translations of ours into a third one.
 */
export function wordingsSideBySide({ wordings, report }: { wordings: WordingFacts[]; report: { language: string } }, locale: 'fr' | 'en'): { quoted: WordingSaid; beside: WordingSaid[]; elsewhere: WordingSaid[] } | null {
  const quotation = quotedWording({ wordings }, locale)
  if (!quotation) return null
  const { quoted } = quotation
  const whose = (one: WordingFacts) => (one.official ? (one === quoted ? 'own' : 'other') : one.language === report.language ? 'unofficial' : 'translation')
  const others = wordings.filter((one) => one !== quoted).map((one) => ({ ...one, is: whose(one) }) satisfies WordingSaid)
  const isNear = ({ official, language }: WordingFacts) => official || language === locale || language === report.language
  return { quoted: { ...quoted, is: whose(quoted) }, beside: others.filter(isNear), elsewhere: others.filter((one) => !isNear(one)) }
}

type Linked<Theme> = { readingLinks: { readingTheme: { position: number; theme: Theme; reading: { id: string; on: Date | null } } }[] }

/** The theme that gives a recommendation its pigment on the map: the first of the oldest reading that links it. */
export function primaryTheme<Theme>({ readingLinks }: Linked<Theme>): Theme | null {
  const [first] = readingLinks.map(({ readingTheme }) => readingTheme).sort(inReadingOrder)
  return first?.theme ?? null
}

type Placed = { position: number; reading: { id: string; on: Date | null } }

function inReadingOrder(a: Placed, b: Placed) {
  if (a.reading.id === b.reading.id) return a.position - b.position
  const byDate = (a.reading.on?.getTime() ?? Infinity) - (b.reading.on?.getTime() ?? Infinity)
  return byDate || (a.reading.id < b.reading.id ? -1 : 1)
}

/**
 * A list in the order of the ranks that were typed, 1 for the first; without one: behind the others. What was moved to a rank
 * where another stands pushes that one aside, upwards or downwards.
 */
export function inTypedOrder<Item>(items: Item[], rankOf: (item: Item) => number | null | undefined): Item[] {
  const place = (rank: number | null | undefined, stood: number) => (rank == null ? Number.MAX_SAFE_INTEGER : rank < stood ? rank - 0.5 : rank > stood ? rank + 0.5 : rank)
  return items.map((item, i) => ({ item, i, at: place(rankOf(item), i + 1) })).toSorted((a, b) => a.at - b.at || a.i - b.i).map(({ item }) => item)
}
