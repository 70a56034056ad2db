import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import PDFDocument from 'pdfkit'
import { now } from '@/lib/clock'

export type Pdf = InstanceType<typeof PDFDocument>

/**
 * Fonts by what they are for, each with the file of the letters that the first one lacks, and of a zero without a
 * stroke; the same as on the screens.
 */
const fonts = {
  text: files('atkinson-hyperlegible-next', '400-normal', '400-normal'),
  'text-italic': files('atkinson-hyperlegible-next', '400-italic', '400-normal'),
  'text-bold': files('atkinson-hyperlegible-next', '700-normal', '700-normal'),
  'text-bold-italic': files('atkinson-hyperlegible-next', '700-italic', '700-normal'),
  head: files('bricolage-grotesque', '800-normal', '800-normal'),
} as const

export type PdfFont = keyof typeof fonts

/** Inks of paper, as on the screens by day. */
export const inks = { paper: '#FFFCF5', ink: '#17130E', vermilion: '#B83220', blue: '#1F4FBF', green: '#1B6E48', violet: '#6B2FA0', ochre: '#8A5A00', teal: '#006B73' } as const

type Options = {
  title: string
  author?: string
  language: string
  size?: string | [number, number]
  margin?: number
  /** Pages are kept until the end, so that one may come back to them; without it each leaves as the next begins. */
  keepsPages?: boolean
}

/**
 * A PDF to draw in: tagged (ISO 32000, and PDF/UA for what the library can promise), with a title, a language and our
 * fonts embedded as subsets. Lengths are points of 1/72 inch. Whoever draws closes it with `end()`. Text goes through
 * `drawText`: the library by itself would drop what a font lacks.
 */
export function openPdf({ title, author, language, size = 'A4', margin = 56, keepsPages = true }: Options): Pdf {
  const options = {
    size,
    margin,
    pdfVersion: '1.7',
    subset: 'PDF/UA',
    tagged: true,
    lang: language,
    displayTitle: true,
    autoFirstPage: true,
    bufferPages: keepsPages,
    info: { Title: title, ...(author ? { Author: author } : {}), CreationDate: now(), ModDate: now() },
  }
  // The types know the library's older subsets alone.
  const pdf = new PDFDocument(options as PDFKit.PDFDocumentOptions)
  for (const [name, { latin, more, zero }] of Object.entries(fonts)) {
    pdf.registerFont(name, unpacked(latin))
    pdf.registerFont(`${name}-more`, unpacked(more))
    pdf.registerFont(`${name}-zero`, unpacked(zero))
  }
  return pdf
}

/** Everything that was drawn, once `end()` was called. */
export async function bytesOf(pdf: Pdf): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of pdf) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

function files(family: string, cut: string, zero: string) {
  const file = (name: string, part: string, of: string) => join(process.cwd(), 'node_modules/@fontsource', name, 'files', `${name}-${part}-${of}.woff`)
  return { latin: file(family, 'latin', cut), more: file(family, 'latin-ext', cut), zero: file('bricolage-grotesque', 'latin', zero) }
}

/** A font as it is inside of its WOFF (W3C, WOFF 1.0, 4 and 5), unpacked once: the library would do so for each PDF, by itself and slowly. */
function unpacked(file: string): Buffer {
  const found = sfnts.get(file)
  if (found) return found
  const woff = readFileSync(file)
  const count = woff.readUInt16BE(12)
  const tables = Array.from({ length: count }, (_, i) => {
    const at = 44 + 20 * i
    const [offset, packed, length] = [4, 8, 12].map((place) => woff.readUInt32BE(at + place))
    const data = woff.subarray(offset, offset + packed)
    return { head: woff.subarray(at, at + 4), sum: woff.subarray(at + 16, at + 20), data: packed < length ? inflateSync(data) : data }
  })
  let offset = 12 + 16 * count
  const [records, bodies]: Buffer[][] = [[], []]
  for (const { head, sum, data } of tables) {
    const place = Buffer.alloc(8)
    place.writeUInt32BE(offset, 0)
    place.writeUInt32BE(data.length, 4)
    records.push(head, sum, place)
    const filled = Buffer.alloc(Math.ceil(data.length / 4) * 4)
    data.copy(filled)
    bodies.push(filled)
    offset += filled.length
  }
  const power = 2 ** Math.floor(Math.log2(count))
  const begin = Buffer.from([...woff.subarray(4, 8), 0, 0, 0, 0, 0, 0, 0, 0])
  for (const [i, value] of [count, power * 16, Math.log2(power), (count - power) * 16].entries()) begin.writeUInt16BE(value, 4 + 2 * i)
  const sfnt = Buffer.concat([begin, ...records, ...bodies])
  sfnts.set(file, sfnt)
  return sfnt
}

const sfnts = new Map<string, Buffer>()

/** A piece of text that one font has. `says`: what it stands for, where the glyphs are not those of the text. */
export type Run = { font: string; text: string; says?: string; /** Instead of its own, in thousandths of the size. */ advance?: number }

/** Four to the quadrat, as a compositor's: the thin space of French typography, which no font of ours has. */
const thin = 210

/**
 * The text as runs of fonts that have all of its characters: the letters of European languages have a file of their
 * own; of others their plain form is drawn, or a sign in their place, and the PDF says what it stands for. No-break
 * spaces stay what they are. Controls and invisible joiners are left out.
 */
export function runsOf(pdf: Pdf, text: string, font: PdfFont): Run[] {
  const runs: Run[] = []
  for (const character of text.normalize('NFC').replace(invisible, '')) {
    const one = runOf(pdf, character, font)
    const last = runs.at(-1)
    if (last && last.font === one.font && !last.says && !one.says && last.advance === undefined && one.advance === undefined) last.text += one.text
    else runs.push({ ...one })
  }
  return runs
}

const invisible = /[\p{Cc}\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFE00-\uFE0F\uFEFF]/gu

type Known = { has: Map<string, { hasGlyphForCodePoint: (point: number) => boolean }>; runs: Map<string, Run> }
const known = new WeakMap<Pdf, Known>()

function runOf(pdf: Pdf, character: string, font: PdfFont): Run {
  const { runs } = knownOf(pdf)
  const key = font + character
  const found = runs.get(key)
  if (found) return found
  const run = newRun(pdf, character, font)
  runs.set(key, run)
  return run
}

function newRun(pdf: Pdf, character: string, font: PdfFont): Run {
  if (character === '\u202F') return { font, text: '\u00A0', advance: thin }
  if (character === '0' && font !== 'head') return { font: `${font}-zero`, text: character }
  if (character === '\u2010' || character === '\u2011') return { font, text: '-' }
  const having = (text: string) => [font, `${font}-more`].find((file) => has(pdf, file, text))
  const own = having(character)
  if (own) return { font: own, text: character }
  const bare = [...character.normalize('NFD')].filter((part) => !/\p{M}/u.test(part)).join('')
  for (const text of [standIns[character], character.normalize('NFKC'), bare]) {
    const file = text && having(text)
    if (file) return { font: file, text, says: character }
  }
  return { font, text: '¤', says: character }
}

const standIns: Record<string, string> = { '→': '›', '←': '‹', '⇒': '»', '☐': 'o', '☑': 'x', '✓': 'x', '✔': 'x', '■': '•', '●': '•', '▪': '•' }

function has(pdf: Pdf, file: string, text: string): boolean {
  const { has: files } = knownOf(pdf)
  const font = files.get(file) ?? (pdf.font(file) as unknown as { _font: { font: { hasGlyphForCodePoint: (point: number) => boolean } } })._font.font
  files.set(file, font)
  return [...text].every((one) => font.hasGlyphForCodePoint(one.codePointAt(0) ?? 0))
}

function knownOf(pdf: Pdf): Known {
  const found = known.get(pdf)
  if (found) return found
  const fresh: Known = { has: new Map(), runs: new Map() }
  known.set(pdf, fresh)
  return fresh
}

export type Setting = { font: PdfFont; size: number }

/** How wide a run is in points. */
export const widthOfRun = (pdf: Pdf, { font, text, advance }: Run, size: number) => (advance === undefined ? pdf.font(font, size).widthOfString(text) : (advance * size) / 1000)

export const widthOf = (pdf: Pdf, text: string, { font, size }: Setting) => runsOf(pdf, text, font).reduce((sum, run) => sum + widthOfRun(pdf, run, size), 0)

/** Draws a run with its left end at `x` and its base line at `y`; gives the `x` behind it. */
export function drawRun(pdf: Pdf, run: Run, x: number, y: number, size: number): number {
  if (run.says) pdf.markContent('Span', { actual: run.says })
  pdf.font(run.font, size).text(run.text, x, y, { lineBreak: false, baseline: 'alphabetic' })
  if (run.says) pdf.endMarkedContent()
  return x + widthOfRun(pdf, run, size)
}

/** Draws one line of text with its left end at `x` and its base line at `y`; gives the `x` behind it. */
export function drawText(pdf: Pdf, text: string, { x, y, font, size, colour = inks.ink }: Setting & { x: number; y: number; colour?: string }): number {
  pdf.fillColor(colour)
  return runsOf(pdf, text, font).reduce((at, run) => drawRun(pdf, run, at, y, size), x)
}

/** The text in lines no wider than `width`: broken at spaces, never at those that bind; inside of a word that is wider than a line. */
export function linesOf(pdf: Pdf, text: string, { font, size, width }: Setting & { width: number }): string[] {
  const lines: string[] = []
  const fits = (line: string) => widthOf(pdf, line, { font, size }) <= width
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const word of paragraph.split(' ').filter(Boolean)) {
      if (line === '' || fits(`${line} ${word}`)) line = line === '' ? word : `${line} ${word}`
      else {
        lines.push(line)
        line = word
      }
      while (!fits(line) && [...line].length > 1) {
        const letters = [...line]
        const most = Math.max(1, letters.findIndex((_, i) => !fits(letters.slice(0, i + 1).join(''))))
        lines.push(letters.slice(0, most).join(''))
        line = letters.slice(most).join('')
      }
    }
    lines.push(line)
  }
  return lines
}
