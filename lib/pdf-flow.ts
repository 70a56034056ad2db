import { setImmediate as nextTurn } from 'node:timers/promises'
import { drawRun, inks, type Pdf, type PdfFont, type Run, runsOf, widthOfRun } from '@/lib/pdf'

/** A piece of a text; `\n` in it ends a line. With `href` it is a link, whose `name` is read where its text says too little. */
export type Piece = { text: string; font?: PdfFont; colour?: string; href?: string; name?: string; /** A link without a line below. */ bare?: boolean }

/** Of ISO 32000-1, 14.8.4: what a part of the document is. */
export type Role = 'Document' | 'H1' | 'H2' | 'H3' | 'P' | 'L' | 'LI' | 'Lbl' | 'LBody' | 'BlockQuote' | 'Table' | 'TR' | 'TH' | 'TD' | 'Sect'

/** A part of the structure, to which what follows is added. */
export type Part = PDFKit.PDFStructureElement

export type Text = {
  pieces: Piece[]
  font?: PdfFont
  size?: number
  /** From base line to base line, in sizes. */
  leading?: number
  colour?: string
  /** From the left margin of the flow. */
  indent?: number
  before?: number
  /** Is this much room below it needed, too? A heading does not stand alone at the foot of a page. */
  below?: number
  lang?: string
  /** Called where it begins, on the page where it does: for what leads there. */
  begins?: (y: number) => void
}

/** A cell of a table, which begins in that column (from 0) and takes so many of them. */
export type Cell = { head: boolean; pieces: Piece[]; column: number; span: number }

/** A mark of a list item, left of its first line; `says` is read for it where it is no text. */
export type Label = { text: string; says?: string }

type Seg = { run: Run; width: number; piece: Piece }
/** What no line may break. `space`: how wide the space behind it is. */
type Word = { segs: Seg[]; width: number; space: number; ends?: boolean }

/**
 * Sets text on the pages of a PDF from top to bottom, and says of each part what it is. Between two pages others get
 * their turn. `foot` draws what stands on each page besides, which no reader of the structure hears.
 */
export function openFlow(pdf: Pdf, { margin, foot, language }: { margin: number; language: string; foot: (page: number) => void }) {
  const root = pdf.struct('Document', { lang: language })
  pdf.addStructure(root)
  const [left, width, bottom] = [margin, pdf.page.width - 2 * margin, pdf.page.height - margin]
  let [y, page] = [margin, 1]
  let marked: Part | null = null
  /** Rules beside quotations: where they began on this page. */
  const rules: { x: number; from: number; colour: string }[] = []

  return { root, part, text, rule, table, quoted, room, newPage, end }

  function part(role: Role, parent: Part, options: Parameters<Pdf['struct']>[1] = {}): Part {
    const element = pdf.struct(role, options)
    parent.add(element)
    return element
  }

  /** A paragraph or a heading, broken over as many pages as it takes; `label` makes it the first of a list's item. */
  async function text(role: Role | Part, parent: Part, given: Text, label?: Label & { part: Part }) {
    const setting = settingOf(given)
    const lines = broken(setting)
    const height = setting.size * setting.leading
    const isTop = y <= margin
    if (!isTop) y += given.before ?? 0
    // Neither its first line nor its last stands alone on a page.
    const first = Math.min(lines.length, 2) * height + (given.below ?? 0)
    if (y + first > bottom && y > margin) await newPage()
    given.begins?.(y)
    if (label) drawLabel(label, setting)
    const element = typeof role === 'string' ? part(role, parent, given.lang ? { lang: given.lang } : {}) : role
    const links = new Map<Piece, Part>()
    for (const [i, line] of lines.entries()) {
      if (y + height * (lines.length - i === 2 && lines.length > 3 ? 2 : 1) > bottom && y > margin) await newPage()
      drawLine(line, setting, element, links, i === lines.length - 1)
    }
    close()
    for (const link of links.values()) link.end()
    if (typeof role === 'string') element.end()
  }

  function settingOf({ font = 'text', size = 10.5, leading = 1.42, colour = inks.ink, indent = 0, pieces }: Text) {
    return { font, size, leading, colour, indent, pieces, x: left + indent, width: Math.max(20, width - indent) }
  }

  type Setting = ReturnType<typeof settingOf>

  function broken(setting: Omit<Setting, 'leading' | 'colour' | 'indent' | 'x'>): Word[][] {
    const lines: Word[][] = [[]]
    let used = 0
    for (const word of wordsOf(pdf, setting)) {
      for (const piece of word.width > setting.width ? apart(word, setting.width) : [word]) {
        const line = lines.at(-1)!
        if (line.length > 0 && used + piece.width > setting.width) {
          lines.push([piece])
          used = 0
        } else line.push(piece)
        used += piece.width + piece.space
        if (piece.ends) {
          lines.push([])
          used = 0
        }
      }
    }
    return lines
  }

  function drawLine(words: Word[], { size, leading, x: from, colour }: Setting, element: Part, links: Map<Piece, Part>, isLast: boolean) {
    let x = from
    const base = y + size * leading * 0.76
    const stretches: { piece: Piece; from: number; to: number }[] = []
    for (const [i, word] of words.entries()) {
      for (const [j, { run, width: wide, piece }] of word.segs.entries()) {
        const part = piece.href ? linkOf(piece, element, links) : element
        // What stands for another letter is a part of its own: some readers hear no other way what it stands for.
        const own = run.says ? pdf.struct('Span', { actual: run.says }) : null
        if (own) part.add(own)
        mark(own ?? part, piece.href && !own ? 'Link' : 'Span')
        pdf.fillColor(piece.colour ?? colour)
        // A space that is not seen at a line's end parts its word from the next one for who hears it.
        const isWordEnd = j === word.segs.length - 1 && word.space > 0 && !(isLast && i === words.length - 1)
        drawRun(pdf, { ...run, says: undefined, text: isWordEnd && !own && run.advance === undefined ? `${run.text} ` : run.text }, x, base, size)
        if (own) {
          close()
          own.end()
        }
        const last = stretches.at(-1)
        if (piece.href && last?.piece === piece) last.to = x + wide
        else if (piece.href) stretches.push({ piece, from: x, to: x + wide })
        x += wide
      }
      x += word.space
    }
    for (const { piece, from: begin, to } of stretches) {
      const link = linkOf(piece, element, links)
      if (!piece.bare) pdf.save().lineWidth(0.5).strokeColor(piece.colour ?? colour).moveTo(begin, base + 1.6).lineTo(to, base + 1.6).stroke().restore()
      const seen = { structParent: link, Contents: new String(piece.name ?? piece.text) } as unknown as PDFKit.Mixins.AnnotationOption
      pdf.link(begin, base - size * 0.8, to - begin, size * 1.05, piece.href ?? '', seen)
    }
    y += size * leading
  }

  function linkOf(piece: Piece, element: Part, links: Map<Piece, Part>): Part {
    const found = links.get(piece)
    if (found) return found
    const link = pdf.struct('Link', { alt: piece.name ?? piece.text })
    element.add(link)
    links.set(piece, link)
    return link
  }

  function drawLabel({ text: sign, says, part: item }: Label & { part: Part }, { x, size, leading, colour }: Setting) {
    const element = part('Lbl', item, says ? { actual: says } : {})
    mark(element, 'Lbl')
    const base = y + size * leading * 0.76
    pdf.fillColor(colour)
    if (sign === 'open' || sign === 'done') {
      const side = size * 0.72
      const at = x - 16
      pdf.save().lineWidth(0.9).strokeColor(colour).rect(at, base - side, side, side).stroke()
      if (sign === 'done') pdf.lineWidth(1.5).moveTo(at + side * 0.2, base - side * 0.5).lineTo(at + side * 0.42, base - side * 0.2).lineTo(at + side * 0.85, base - side * 0.85).stroke()
      pdf.restore()
    } else {
      const runs = runsOf(pdf, sign, 'text')
      const wide = runs.reduce((sum, run) => sum + widthOfRun(pdf, run, size), 0)
      runs.reduce((at, run) => drawRun(pdf, run, at, base, size), x - 6 - wide)
    }
    close()
    element.end()
  }

  /** What is drawn next belongs to that part. */
  function mark(element: Part, tag: string) {
    if (marked === element) return
    close()
    element.add(pdf.markStructureContent(tag))
    marked = element
  }

  function close() {
    if (marked) pdf.endMarkedContent()
    marked = null
  }

  /** Rows of cells; columns as wide as each other. A row goes on over the page where it must. */
  async function table(parent: Part, rows: Cell[][], { indent = 0, lang }: { indent?: number; lang?: string } = {}) {
    const columns = Math.max(1, ...rows.flat().map((cell) => cell.column + cell.span))
    const each = (width - indent) / columns
    const [size, gap] = [columns > 8 ? 7 : 9, Math.min(5, each / 6)]
    const whole = part('Table', parent, lang ? { lang } : {})
    y += 6
    for (const row of rows) {
      const element = part('TR', whole)
      const cells = row.map(({ head, pieces, column, span }) => {
        const setting = { ...settingOf({ pieces, size, font: head ? 'text-bold' : 'text', leading: 1.3 }), x: left + indent + column * each, width: Math.max(4, span * each - 2 * gap) }
        return { setting, lines: broken(setting), part: head ? part('TH', element, { scope: 'Column' } as Parameters<Pdf['struct']>[1]) : part('TD', element), links: new Map<Piece, Part>() }
      })
      const height = size * 1.3
      for (let done = 0, most = Math.max(1, ...cells.map(({ lines }) => lines.length)); done < most; ) {
        if (y + height + 4 > bottom) await newPage()
        if (done === 0) stroke(0.5)
        const begin = y + 3
        const count = Math.max(1, Math.min(most - done, Math.floor((bottom - begin) / height)))
        for (const { setting, lines, part: cell, links } of cells) {
          y = begin
          for (const [i, line] of lines.slice(done, done + count).entries()) drawLine(line, setting, cell, links, done + i === lines.length - 1)
          close()
        }
        y = begin + count * height + 3
        done += count
      }
      for (const { part: cell, links } of cells) {
        for (const link of links.values()) link.end()
        cell.end()
      }
      element.end()
    }
    stroke(0.5)
    y += 6
    whole.end()
  }

  /** Everything that `draw` sets stands beside a rule. */
  async function quoted<Value>(indent: number, colour: string, draw: () => Promise<Value>): Promise<Value> {
    const rule = { x: left + indent, from: y, colour }
    rules.push(rule)
    const value = await draw()
    drawQuoteRule(rule)
    rules.pop()
    return value
  }

  function drawQuoteRule({ x, from, colour }: (typeof rules)[number]) {
    if (y > from) artifact(() => pdf.lineWidth(2).strokeColor(colour).moveTo(x, from + 2).lineTo(x, y).stroke())
  }

  function rule(weight = 1) {
    y += 8
    stroke(weight)
    y += 8
  }

  function stroke(weight: number) {
    artifact(() => pdf.lineWidth(weight).strokeColor(inks.ink).moveTo(left, y).lineTo(left + width, y).stroke())
  }

  function artifact(draw: () => unknown, type: 'Layout' | 'Pagination' = 'Layout') {
    close()
    pdf.save().markContent('Artifact', { type })
    draw()
    pdf.endMarkedContent().restore()
  }

  /** Goes to the next page where less than so many points are left on this one. */
  async function room(points: number) {
    if (y + points > bottom && y > margin) await newPage()
  }

  async function newPage() {
    close()
    rules.forEach(drawQuoteRule)
    furnish()
    await nextTurn()
    pdf.addPage()
    page++
    y = margin
    for (const one of rules) one.from = y
  }

  /** Last of all: whoever reads a page in the order of its strokes comes to its foot at the end. */
  function furnish() {
    artifact(() => foot(page), 'Pagination')
  }

  function end() {
    close()
    furnish()
    root.end()
    pdf.end()
  }
}

export type Flow = ReturnType<typeof openFlow>

/** The text apart in what no line breaks, measured. */
function wordsOf(pdf: Pdf, { pieces, font, size }: { pieces: Piece[]; font: PdfFont; size: number }): Word[] {
  const words: Word[] = []
  let word: Word = { segs: [], width: 0, space: 0 }
  const next = (space: number, ends = false) => {
    if (word.segs.length > 0 || ends) words.push({ ...word, space, ends })
    word = { segs: [], width: 0, space: 0 }
  }
  for (const piece of pieces) {
    const own = piece.font ?? font
    const space = widthOfRun(pdf, { font: own, text: ' ' }, size)
    for (const part of piece.text.split(/( +|\n)/)) {
      if (part === '\n') next(0, true)
      else if (part.startsWith(' ')) next(space)
      else if (part !== '') {
        for (const run of short(part).flatMap((letters) => runsOf(pdf, letters, own))) {
          const width = widthOfRun(pdf, run, size)
          word.segs.push({ run, width, piece })
          word.width += width
        }
      }
    }
  }
  next(0)
  return words
}

/** A font measures a thousand letters at once a thousand times slower than one: a word without end is measured in parts. */
function short(word: string): string[] {
  if (word.length <= 400) return [word]
  const letters = [...word]
  return Array.from({ length: Math.ceil(letters.length / 400) }, (_, i) => letters.slice(i * 400, (i + 1) * 400).join(''))
}

/** A word that is wider than a line, in parts that are not: addresses mostly. Widths inside are those of a mean letter. */
function apart(word: Word, width: number): Word[] {
  const parts: Word[] = [{ segs: [], width: 0, space: 0 }]
  for (const { run, width: wide, piece } of word.segs) {
    const letters = [...run.text]
    const mean = wide / Math.max(1, letters.length)
    for (const letter of run.says ? [run.text] : letters) {
      const own = run.says ? wide : mean
      if (parts.at(-1)!.width + own > width * 0.97 && parts.at(-1)!.segs.length > 0) parts.push({ segs: [], width: 0, space: 0 })
      const last = parts.at(-1)!
      const seg = last.segs.at(-1)
      if (seg && seg.piece === piece && seg.run.font === run.font && !run.says && !seg.run.says) {
        seg.run.text += letter
        seg.width += own
      } else last.segs.push({ run: { ...run, text: run.says ? run.text : letter }, width: own, piece })
      last.width += own
    }
  }
  parts.at(-1)!.space = word.space
  parts.at(-1)!.ends = word.ends
  return parts
}
