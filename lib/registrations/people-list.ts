import { parseAddress } from '@/lib/address'
import { type CsvRow, readCsv } from '@/lib/csv'
import { fieldRefusals } from '@/lib/errors'
import { type Question, readAnswers } from '@/lib/events/questions'
import { done, type FieldRefusal, type Outcome, refused } from '@/lib/outcome'
import { fold } from '@/lib/text'
import { registrationInput } from './schema'

/** A person as a line of a list tells of them; `wrong` says what cannot be taken as it stands, field by field. */
export type PersonLine = {
  line: number
  name: string
  email: string
  place?: 'room' | 'screen'
  locale?: 'fr' | 'en'
  answers: Record<string, string | string[]>
  /** The earlier line that says the same. */
  twice?: number
  wrong: FieldRefusal[]
}

/** What each column of the list was taken for; those that nobody knew are left aside. */
export type PeopleList = { lines: PersonLine[]; aside: string[] }

export type ListRefusal = 'unclosed-quote' | 'row-too-long' | 'empty-list' | 'no-lines' | 'too-many-lines' | 'no-address-column'

const mostLines = 2000

type Column = { as: 'name' | 'first' | 'email' | 'place' | 'locale' } | { as: 'answer'; question: Question } | { as: 'aside' }

/** Column names as people write them, folded. */
const names = {
  name: ['nom', 'nom complet', 'nom et prenom', 'prenom et nom', 'nom de famille', 'name', 'full name', 'last name', 'surname', 'family name'],
  first: ['prenom', 'first name', 'given name', 'firstname'],
  email: ['adresse', 'adresse electronique', 'adresse e mail', 'adresse email', 'adresse mail', 'e mail', 'email', 'mail', 'mel', 'courriel', 'address', 'email address', 'e mail address'],
  place: ['place', 'lieu', 'ou', 'salle', 'ecran', 'salle ou ecran', 'salle/ecran', 'forme', 'mode', 'where', 'room or screen', 'room/screen'],
  locale: ['langue', 'langue des messages', 'language', 'locale', 'lang'],
} as const

const places = {
  room: ['room', 'salle', 'sur place', 'en salle', 'presentiel', 'en presentiel', 'in the room', 'in person', 'on site'],
  screen: ['screen', 'ecran', 'en ligne', 'distanciel', 'a distance', 'en distanciel', 'visio', 'en visio', 'online', 'remote'],
} as const

const languages = { fr: ['fr', 'francais', 'french', 'fr fr'], en: ['en', 'anglais', 'english', 'en gb', 'en us'] } as const

/**
 * The people of a list as a spreadsheet saves it: the first row names its columns, in French or in English, those of the
 * event's questions by their key or wording. Without such a row, the cell with an address is the address and the first of
 * the others the name. A line says what is wrong with it and spoils no other. Refusals, of the whole: those of readCsv with
 * the line as their field, `empty-list`, `no-lines`, `too-many-lines` (2,000), `no-address-column`.
 */
export function readPeopleList(text: string, questions: Question[]): Outcome<PeopleList, ListRefusal> {
  const read = readCsv(text)
  if (!read.ok) return read
  const [head, ...below] = read.value
  if (!head) return refused('empty-list')
  const named = head.cells.map((cell) => columnOf(cell, questions))
  const isHead = named.some(({ as }) => as === 'email')
  const columns = isHead ? named : unnamed(head)
  if (!columns) return refused('no-address-column')
  const rows = isHead ? below : read.value
  if (rows.length === 0) return refused('no-lines')
  if (rows.length > mostLines) return refused('too-many-lines')
  return done({
    lines: twiceTold(rows.map((row) => readLine(row, columns, questions))),
    aside: isHead ? head.cells.filter((cell, place) => columns[place].as === 'aside' && cell !== '') : [],
  })
}

function columnOf(head: string, questions: Question[]): Column {
  const words = fold(head)
  const known = (Object.keys(names) as (keyof typeof names)[]).find((as) => (names[as] as readonly string[]).includes(words))
  const question = questions.find(({ key, label, translation }) => [key, label, translation?.label].some((one) => one !== undefined && fold(one) === words))
  // A question called « Lieu » is meant where the event asks it.
  return question && known !== 'email' && known !== 'name' ? { as: 'answer', question } : known ? { as: known } : { as: 'aside' }
}

function unnamed({ cells }: CsvRow): Column[] | null {
  const address = cells.findIndex((cell) => cell.includes('@'))
  if (address === -1) return null
  const name = cells.findIndex((_, place) => place !== address)
  return cells.map((_, place): Column => (place === address ? { as: 'email' } : place === name ? { as: 'name' } : { as: 'aside' }))
}

function readLine({ line, cells }: CsvRow, columns: Column[], questions: Question[]): PersonLine {
  const cellOf = (as: Column['as']) => columns.flatMap((column, place) => (column.as === as ? [cells[place] ?? ''] : [])).find((cell) => cell !== '') ?? ''
  const person: PersonLine = { line, name: [cellOf('first'), cellOf('name')].filter(Boolean).join(' '), email: cellOf('email'), answers: {}, wrong: [] }
  const [name, address] = [registrationInput.shape.name.safeParse(person.name), parseAddress(person.email)]
  if (name.success) person.name = name.data
  else person.wrong.push(...fieldRefusals(name.error).map(({ reason }) => ({ field: 'name', reason })))
  if (!address.ok) person.wrong.push({ field: 'email', reason: `address-${address.reason}` })
  const [place, locale] = [among(places, cellOf('place')), among(languages, cellOf('locale'))]
  if (place === 'unknown') person.wrong.push({ field: 'place', reason: 'not-among' })
  else person.place = place
  if (locale === 'unknown') person.wrong.push({ field: 'language', reason: 'not-among' })
  else person.locale = locale
  for (const [index, column] of columns.entries()) {
    if (column.as === 'answer' && cells[index]) person.answers[column.question.key] = given(column.question, cells[index])
  }
  person.wrong.push(...readAnswers(questions, person.answers, { lenient: true }).refusals)
  return person
}

function among<Key extends string>(words: Record<Key, readonly string[]>, cell: string): Key | undefined | 'unknown' {
  if (cell === '') return undefined
  return (Object.keys(words) as Key[]).find((key) => words[key].includes(fold(cell))) ?? 'unknown'
}

const yes = ['oui', 'yes', 'o', 'y', 'vrai', 'true', '1', 'x']
const no = ['non', 'no', 'n', 'faux', 'false', '0']

/** A cell as the form would have sent the answer; what is none of the options stays as it is, to be refused by its name. */
function given({ kind, options, translation }: Question, cell: string): string | string[] {
  const optionOf = (text: string) =>
    options.find(({ key, label }) => [key, label, translation?.options[key]].some((one) => one !== undefined && fold(one) === fold(text)))?.key
  if (kind === 'yes_no') return yes.includes(fold(cell)) ? 'yes' : no.includes(fold(cell)) ? 'no' : cell
  if (kind === 'one') return optionOf(cell) ?? cell
  if (kind !== 'several') return cell
  const whole = optionOf(cell)
  return whole ? [whole] : cell.split(/[|;,\n]/).map((one) => one.trim()).filter(Boolean).map((one) => optionOf(one) ?? one)
}

/** An earlier line has the address: with the same name it is the same person, with another name one of the two is wrong. */
function twiceTold(lines: PersonLine[]): PersonLine[] {
  const seen = new Map<string, PersonLine>()
  return lines.map((person) => {
    const address = parseAddress(person.email)
    const earlier = address.ok ? seen.get(address.fold) : undefined
    if (!address.ok || !earlier) {
      if (address.ok) seen.set(address.fold, person)
      return person
    }
    if (fold(earlier.name) === fold(person.name)) return { ...person, twice: earlier.line }
    return { ...person, twice: earlier.line, wrong: [...person.wrong, { field: 'email', reason: 'shared' }] }
  })
}
