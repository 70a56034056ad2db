import { parseAddress } from '@/lib/address'
import { readCsv } from '@/lib/csv'
import { done, type Outcome, refused } from '@/lib/outcome'
import { cleanLine, fold } from '@/lib/text'
import { isDate } from '@/lib/time'
import { memberDomain } from './rules'

/** A line of a list of members as it was typed; what its list does not say is undefined, and stays as it is. */
export type MemberEntry = { line: number; value: string; label?: string; since?: string; until?: string }

/** What a line says, once read: days are YYYY-MM-DD, null where the membership has no such end. */
export type ReadMember = { kind: 'address' | 'domain'; value: string; label?: string | null; since?: string | null; until?: string | null }

const labelLength = 120

/** Column names as people write them, folded. */
const names: Record<keyof Omit<MemberEntry, 'line'>, string[]> = {
  value: ['adresse', 'adresse ou domaine', 'adresse electronique', 'adresse e mail', 'adresse mail', 'e mail', 'email', 'mail', 'courriel', 'domaine', 'address', 'address or domain', 'email address', 'domain', 'membre', 'member'],
  label: ['nom', 'structure', 'organisation', 'etiquette', 'name', 'label', 'organization'],
  since: ['depuis', 'a partir du', 'du', 'debut', 'since', 'from', 'start'],
  until: ['jusqu au', 'jusqu a', 'jusque', 'au', 'fin', 'echeance', 'until', 'to', 'end'],
}

/**
 * The lines of a list: one address or domain on each, or a table whose first row names its columns (address or domain,
 * name, since, until). Refusals: those of readCsv, and `no-address-column`.
 */
export function membersList(text: string): Outcome<MemberEntry[], 'unclosed-quote' | 'row-too-long' | 'no-address-column'> {
  const read = readCsv(text)
  if (!read.ok) return read
  const [head, ...rest] = read.value
  if (!head) return done([])
  const columns = head.cells.map(columnOf)
  if (columns.includes('value')) {
    return done(rest.map(({ line, cells }) => ({ line, value: '', ...Object.fromEntries(columns.flatMap((name, place) => (name ? [[name, cells[place] ?? '']] : []))) })))
  }
  if (columns.some((name) => name !== undefined)) return refused('no-address-column')
  // No table: addresses may stand on one line with commas between them.
  return done(read.value.flatMap(({ line, cells }) => cells.flatMap((cell) => cell.split(/[,;\t\n]+/)).flatMap((value) => (value.trim() === '' ? [] : [{ line, value: value.trim() }]))))
}

const columnOf = (head: string) => (Object.keys(names) as (keyof typeof names)[]).find((name) => names[name].includes(fold(head)))

/** Reads one entry. Refusals: those of an address, `too-long` or `not-text` for its name, `not-a-date`, `ends-before-it-begins`. */
export function readMember(entry: Omit<MemberEntry, 'line'>): Outcome<ReadMember, string> {
  const domain = memberDomain(entry.value)
  const mailbox = parseAddress(entry.value)
  if (!domain && !mailbox.ok) return refused(mailbox.reason)
  const label = entry.label === undefined ? undefined : cleanLine(entry.label, labelLength)
  if (label === null) return refused((entry.label ?? '').length > labelLength ? 'too-long' : 'not-text')
  const [since, until] = [dayOf(entry.since), dayOf(entry.until)]
  if (since === 'wrong' || until === 'wrong') return refused('not-a-date')
  if (since && until && until < since) return refused('ends-before-it-begins')
  const value = domain ? { kind: 'domain' as const, value: domain } : { kind: 'address' as const, value: mailbox.ok ? mailbox.fold : '' }
  return done({ ...value, label: label === '' ? undefined : label, since, until })
}

/** A day as it is written in a table: 2026-09-01, 01/09/2026, 1.9.2026 (the day before the month). */
function dayOf(text: string | undefined): string | null | undefined | 'wrong' {
  if (text === undefined) return undefined
  if (text.trim() === '') return null
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim())
  const french = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.trim())
  const [year, month, day] = iso ? iso.slice(1) : french ? french.slice(1).toReversed() : []
  const date = year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : ''
  return isDate(date) ? date : 'wrong'
}
