import { parse } from 'csv-parse/sync'
import { done, type Outcome, refused } from '@/lib/outcome'

/** One row of a list: its cells, trimmed, and the line of the file at which it begins. */
export type CsvRow = { line: number; cells: string[] }

/** Longer than any line that people make by hand; a quote that is never closed would swallow the whole file. */
const longestRow = 20_000

/**
 * The text of a file's octets: UTF-8, with a mark or without, or UTF-16 where a mark says so. What is no UTF-8 comes from
 * Excel on a French machine, which writes Windows-1252.
 */
export function textOfFile(octets: Uint8Array): string {
  if (octets[0] === 0xff && octets[1] === 0xfe) return new TextDecoder('utf-16le').decode(octets)
  if (octets[0] === 0xfe && octets[1] === 0xff) return new TextDecoder('utf-16be').decode(octets)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets)
  } catch {
    return new TextDecoder('windows-1252').decode(octets)
  }
}

/**
 * The rows of a list as a spreadsheet saves or copies it (RFC 4180, with semicolons and tabs too); rows with nothing in
 * them are left out. What a cell holds is text, whatever it begins with. Refusals: `unclosed-quote` and `row-too-long`,
 * with the line as their field.
 */
export function readCsv(text: string): Outcome<CsvRow[], 'unclosed-quote' | 'row-too-long'> {
  const lines = text.replace(/^\uFEFF/, '').replace(/\r\n?|[\u2028\u2029]/g, '\n')
  // Excel's own way to say which delimiter follows.
  const said = /^sep=([;,\t])\n/i.exec(lines)
  const body = said ? lines.slice(said[0].length) : lines
  const rows: CsvRow[] = []
  // The parser tells the line at which a row ends; the next begins one after it.
  let ended = said ? 1 : 0
  const before = ended
  try {
    parse(body, {
      delimiter: said?.[1] ?? delimiterOf(body),
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: longestRow,
      on_record: (cells: string[], { lines: end }) => {
        rows.push({ line: ended + 1, cells: cells.map((cell) => cell.trim()) })
        ended = end + before
        return null
      },
    })
  } catch (error) {
    const { code } = error as { code?: string }
    if (!code?.startsWith('CSV_')) throw error
    const reason = code === 'CSV_MAX_RECORD_SIZE' ? 'row-too-long' : 'unclosed-quote'
    return refused(reason, [{ field: String(ended + 1), reason }])
  }
  return done(rows.filter(({ cells }) => cells.some((cell) => cell !== '')))
}

/** What separates the cells of the first line that has any, outside of quotes. Semicolons where nothing tells. */
function delimiterOf(text: string): string {
  const first = text.split('\n').find((line) => line.trim() !== '') ?? ''
  const bare = first.replace(/"[^"]*"/g, '')
  const counts = [';', '\t', ','].map((delimiter) => ({ delimiter, count: bare.split(delimiter).length - 1 }))
  const most = counts.reduce((best, one) => (one.count > best.count ? one : best))
  return most.count > 0 ? most.delimiter : ';'
}

type Cell = string | number | boolean | null | undefined

/**
 * Rows as a file of a list (RFC 4180: lines end in CR LF, quotes where needed). `excel` is the dialect that Excel opens on a
 * French machine without asking: a mark of UTF-8 at the beginning, semicolons between cells. What a spreadsheet would
 * reckon as a formula gets an apostrophe before it.
 */
export function writeCsv(rows: Cell[][], { excel = false }: { excel?: boolean } = {}): string {
  const delimiter = excel ? ';' : ','
  const lines = rows.map((row) => row.map((cell) => quoted(cell, delimiter)).join(delimiter))
  return `${excel ? '\uFEFF' : ''}${lines.join('\r\n')}\r\n`
}

function quoted(cell: Cell, delimiter: string) {
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell)
  const text = cell ?? ''
  const tame = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /["\r\n]/.test(tame) || tame.includes(delimiter) || tame !== tame.trim() ? `"${tame.replaceAll('"', '""')}"` : tame
}
