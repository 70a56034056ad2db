import { type Block, citedBlocks, citedIn, type NotesDocument, referenceKey, type Reference, tasksOf, textOf } from './document'

/** What the house knows of what a text speaks of. */
export type Known = {
  /** The reports that the session is about, the first one meant where a number stands alone; each with its numbers. */
  reports: { slug: string; numbers: number[] }[]
  /** Every reference that leads somewhere, by its key. */
  targets: Set<string>
}

/** Something to look at before an edition leaves; `id` is the block's. */
export type Finding = { id: string; excerpt: string } & (
  /** The text says a number, and the paragraph is tied to other ones, or to none. */
  | { is: 'number-untied' | 'number-elsewhere'; number: number; report: string; tied: number[] }
  | { is: 'number-beyond'; number: number; report: string }
  | { is: 'unknown-reference'; key: string }
  | { is: 'passage-empty' | 'heading-empty' | 'heading-alone' | 'task-unowned' }
)

const excerptLength = 90

/** What a reader would stumble over, in the order of the text. */
export function reviewOf(document: NotesDocument, known: Known): Finding[] {
  const blocks = citedBlocks(document)
  const alone = headingsAlone(document.content)
  const unowned = new Set(tasksOf(document).filter(({ attrs }) => !attrs.owner && !attrs.checked).map(({ content }) => (content[0].type === 'paragraph' ? content[0].attrs.id : '')))
  return blocks.flatMap((block): Finding[] => {
    const { id, about } = block.attrs
    const text = textOf(block)
    const at = { id, excerpt: excerptOf(text) }
    return [
      ...about.map(referenceKey).filter((key) => !known.targets.has(key)).map((key): Finding => ({ ...at, is: 'unknown-reference', key })),
      ...(text === '' && block.type === 'heading' ? [{ ...at, is: 'heading-empty' as const }] : []),
      ...(text === '' && about.length > 0 ? [{ ...at, is: 'passage-empty' as const }] : []),
      ...(text !== '' && alone.has(id) ? [{ ...at, is: 'heading-alone' as const }] : []),
      ...(text !== '' && unowned.has(id) ? [{ ...at, is: 'task-unowned' as const }] : []),
      ...numbersOff(text, about, known.reports).map((one): Finding => ({ ...at, ...one })),
    ]
  })
}

export const excerptOf = (text: string, most = excerptLength) => {
  const line = text.replace(/\s+/g, ' ')
  return line.length > most ? `${line.slice(0, most).replace(/\s\S*$/, '')}…` : line
}

/** Headings behind which nothing stands before the next one of their rank. */
function headingsAlone(content: Block[]): Set<string> {
  const found = new Set<string>()
  content.forEach((block, i) => {
    if (block.type !== 'heading') return
    for (let next = i + 1; ; next++) {
      const one = content[next]
      if (!one || (one.type === 'heading' && one.attrs.level <= block.attrs.level)) return void found.add(block.attrs.id)
      if (citedIn(one).some((inside) => textOf(inside) !== '')) return
    }
  })
  return found
}

type Off = { is: 'number-untied' | 'number-elsewhere'; number: number; report: string; tied: number[] } | { is: 'number-beyond'; number: number; report: string }

/** Numbers that the text names otherwise than its ties do. Which report is meant its ties say, or else the session's first. */
function numbersOff(text: string, about: Reference[], reports: Known['reports']): Off[] {
  const ties = about.flatMap((one) => ('theme' in one ? [] : [one]))
  const report = reports.find(({ slug }) => ties.some((one) => one.report === slug)) ?? reports[0]
  if (!report) return []
  return numbersNamed(text).flatMap((number): Off[] => {
    if (ties.some((one) => one.number === number)) return []
    if (!report.numbers.includes(number)) return [{ is: 'number-beyond', number, report: report.slug }]
    const tied = ties.filter((one) => one.report === report.slug).map((one) => one.number)
    return [{ is: tied.length > 0 ? 'number-elsewhere' : 'number-untied', number, report: report.slug, tied }]
  })
}

const number = '(?:\\d{1,3}(?![\\d,.]*\\d|\\s*%))'
const before = '(?:n\\s?[°ºo]\\.?|nos?\\.?|#|numéros?|number)'
/** « recommandation 17 », « recommandations n° 16, 17 et 18 », « reco 17 », “recommendation no. 17”, in any case; R17 only so. */
const named = new RegExp(`(?<![\\p{L}\\p{N}])(?:recommandations?|recommendations?|recos?\\.?)\\s+((?:${before}\\s*)?${number}(?:\\s*(?:,|;|et|ou|à|and|or|to|&)\\s*(?:la\\s+|the\\s+)?(?:${before}\\s*)?${number})*)`, 'giu')
const lettered = /(?<![\p{L}\p{N}/-])R\s?-?(\d{1,3})(?![\p{L}\p{N}])/gu
const spelled = /(?<![\p{L}\p{N}])(?:recommandation|recommendation)\s+(?:numéro\s+|number\s+)?(\p{L}+(?:[\s-](?:et[\s-])?\p{L}+){0,2})/giu

/** The recommendations that a text names by their number, in words too, each once. */
export function numbersNamed(text: string): number[] {
  const found: { at: number; number: number }[] = []
  for (const match of text.matchAll(named)) for (const [one] of match[1].matchAll(/\d{1,3}/g)) found.push({ at: match.index, number: Number(one) })
  for (const match of text.matchAll(lettered)) found.push({ at: match.index, number: Number(match[1]) })
  for (const match of text.matchAll(spelled)) {
    const words = match[1].toLowerCase().replace(/\s+/g, '-').split('-')
    const longest = [3, 2, 1].map((count) => inWords.get(words.slice(0, count).join('-'))).find((one) => one !== undefined)
    if (longest !== undefined) found.push({ at: match.index, number: longest })
  }
  return [...new Set(found.toSorted((a, b) => a.at - b.at).map((one) => one.number))]
}

const inWords = new Map<string, number>([
  ...'un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt'.split(' ').map((word, i): [string, number] => [word, i + 1]),
  ['une', 1], ['vingt-et-un', 21], ['vingt-et-une', 21],
  ...'deux trois quatre cinq six sept huit neuf'.split(' ').map((word, i): [string, number] => [`vingt-${word}`, 22 + i]),
  ['trente', 30],
  ...'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(' ').map((word, i): [string, number] => [word, i + 1]),
  ...'one two three four five six seven eight nine'.split(' ').map((word, i): [string, number] => [`twenty-${word}`, 21 + i]),
  ['thirty', 30],
])
