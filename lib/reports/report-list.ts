import { readCsv } from '@/lib/csv'
import { done, type FieldRefusal, type Outcome, refused } from '@/lib/outcome'
import { fold } from '@/lib/text'
import type { ReportFile } from './schema'

export const mostLines = 10_000

/** The names of columns, folded: docs/report-file.md says the first ones. */
const names: Record<string, string[]> = {
  number: ['number', 'numero', 'n', 'no'],
  language: ['language', 'langue'],
  text: ['text', 'texte', 'wording', 'formulation'],
  official: ['official', 'officielle', 'officiel'],
  source: ['source'],
  shortFr: ['short fr', 'nom court fr', 'nom court'],
  shortEn: ['short en', 'nom court en'],
  section: ['section', 'partie'],
  cultural: ['culture', 'cultural'],
  culturalBasis: ['criterion', 'critere'],
  culturalNote: ['reservation', 'reserve'],
}

type Recommendation = ReportFile['recommendations'][number]

/** Lines of a list that cannot be read: where, which column, why. */
export type ListRefusal = 'unclosed-quote' | 'row-too-long' | 'too-many-lines' | 'no-columns' | 'lines-wrong'

/**
 * Recommendations as a spreadsheet has them, one line for each wording; lines of the same number belong together, and what
 * the first of them says of the recommendation holds. Text is text, whatever it begins with. They are laid over what is
 * `held`: numbers that the list does not name stay as they are. Refusals name lines (`line.<n>.<column>`).
 */
export function overlaid(held: ReportFile, text: string): Outcome<ReportFile, ListRefusal> {
  const rows = readCsv(text)
  if (!rows.ok) return rows
  if (rows.value.length > mostLines) return refused('too-many-lines')
  const [head, ...lines] = rows.value
  const columns = Object.fromEntries(Object.entries(names).map(([name, words]) => [name, head?.cells.findIndex((cell) => words.includes(fold(cell).replaceAll('_', ' ').replaceAll('°', ''))) ?? -1]))
  if (columns.number < 0 || columns.text < 0) return refused('no-columns')
  const wrong: FieldRefusal[] = []
  const listed = new Map<number, Recommendation>()
  for (const { line, cells } of lines) {
    const cell = (name: string) => (columns[name] >= 0 ? (cells[columns[name]] ?? '') : '')
    const mistake = (column: string, reason: string) => wrong.push({ field: `line.${line}.${column}`, reason })
    const number = /^\d{1,4}$/.test(cell('number')) ? Number(cell('number')) : null
    const language = fold(cell('language')) || held.language || 'fr'
    const [official, cultural] = [yesOrNo(cell('official')), yesOrNo(cell('cultural'))]
    if (number === null || number < 1 || number > 1000) mistake('number', cell('number') === '' ? 'required' : 'not-a-number')
    if (language !== 'fr' && language !== 'en') mistake('language', 'not-among')
    if (cell('text') === '') mistake('text', 'required')
    if (official === null) mistake('official', 'not-among')
    if (cultural === null) mistake('cultural', 'not-among')
    if (number === null || (language !== 'fr' && language !== 'en') || official === null || cultural === null) continue
    const before = listed.get(number) ?? held.recommendations.find((one) => one.number === number)
    const said = (name: string, known: string | null | undefined) => (columns[name] >= 0 && !listed.has(number) ? cell(name) || null : known)
    listed.set(number, {
      ...before,
      number,
      shorts: { fr: said('shortFr', before?.shorts?.fr), en: said('shortEn', before?.shorts?.en) },
      section: said('section', before?.section),
      cultural: columns.cultural >= 0 && !listed.has(number) ? cultural : before?.cultural,
      culturalBasis: said('culturalBasis', before?.culturalBasis),
      culturalNote: said('culturalNote', before?.culturalNote),
      wordings: [...(listed.get(number)?.wordings ?? []), { language, text: cell('text'), official, source: cell('source') || null }],
    })
  }
  if (wrong.length > 0) return refused('lines-wrong', wrong)
  const stay = held.recommendations.filter(({ number }) => !listed.has(number))
  return done({ ...held, recommendations: [...stay, ...listed.values()].toSorted((a, b) => a.number - b.number) })
}

function yesOrNo(cell: string): boolean | null {
  const word = fold(cell)
  if (['', 'no', 'non', 'false', 'faux', '0'].includes(word)) return false
  return ['yes', 'oui', 'true', 'vrai', '1', 'x'].includes(word) ? true : null
}
