import { encode } from 'uqr'
import { bytesOf, drawText, linesOf, openPdf, type Pdf, type PdfFont, widthOf } from '@/lib/pdf'
import type { Depth } from './rules'
import { columnsFor, dyeOf, dyes, type Sheet, type SheetTile } from './sheet'

/** A2, in points. */
const [WIDTH, HEIGHT] = [1191, 1684]
const MARGIN = 58
const INSIDE = WIDTH - 2 * MARGIN
const GAP = 12
const FOOT = 118
const { day } = dyes

type Part = ReturnType<Pdf['struct']>

/**
 * The map as a poster (A2, vector, tagged): what a house hangs in its hall. It reads across a room by number, colour and
 * texture, at arm's length by its words, and each tile leads to its page by a code.
 */
export async function drawPoster(sheet: Sheet): Promise<Buffer> {
  const pdf = openPdf({ title: `${sheet.title} · ${sheet.asOf}`, author: sheet.house, language: sheet.locale, size: [WIDTH, HEIGHT], margin: 0 })
  const root = pdf.struct('Document', { lang: sheet.locale } as Parameters<Pdf['struct']>[1])
  pdf.addStructure(root)
  const pen = penOf(pdf, root)
  pen.beside(() => pdf.rect(0, 0, WIDTH, HEIGHT).fill(day.paper))
  const top = drawHead(pen, sheet)
  drawGrid(pen, sheet, top, HEIGHT - MARGIN - FOOT - 22 - top)
  drawFoot(pen, sheet)
  root.end()
  pdf.end()
  return bytesOf(pdf)
}

type Role = Parameters<Pdf['struct']>[0]
type Said = { lang?: string; alt?: string; bbox?: number[]; placement?: string }

export interface Pen {
  pdf: Pdf
  /** A part of what is read, in its own words. */
  part: (role: Role, draw: (pen: Pen) => void) => void
  say: (role: Role, draw: () => void, said?: Said) => void
  /** What is only seen. */
  beside: (draw: () => void) => void
  leads: (x: number, y: number, width: number, height: number, url: string, name: string) => void
}

export function penOf(pdf: Pdf, parent: Part): Pen {
  return {
    pdf,
    part: (role, draw) => {
      const own = pdf.struct(role)
      parent.add(own)
      draw(penOf(pdf, own))
      own.end()
    },
    say: (role, draw, said = {}) => {
      // The types know some of the options alone.
      parent.add(pdf.struct(role, said as Parameters<Pdf['struct']>[1], [draw]))
    },
    beside: (draw) => {
      pdf.save().markContent('Artifact', { type: 'Layout' })
      draw()
      pdf.endMarkedContent()
      pdf.restore()
    },
    leads: (x, y, width, height, url, name) => {
      const link = pdf.struct('Link', { alt: name })
      parent.add(link)
      pdf.link(x, y, width, height, url, { structParent: link, Contents: new String(name) } as unknown as PDFKit.Mixins.AnnotationOption)
      link.end()
    },
  }
}

function drawHead(pen: Pen, { house, over, title, lang, sentence, legend }: Sheet) {
  const { pdf } = pen
  pen.say('P', () => {
    drawText(pdf, house, { x: MARGIN, y: MARGIN + 16, font: 'text-bold', size: 19, colour: day.ink })
    drawText(pdf, over, { x: WIDTH - MARGIN - widthOf(pdf, over, { font: 'text', size: 17 }), y: MARGIN + 16, font: 'text', size: 17, colour: day.muted })
  })
  let y = MARGIN + 34
  pen.beside(() => pdf.rect(MARGIN, y, INSIDE, 5).fill(day.ink))
  const set = fit(pdf, title, { font: 'head', width: INSIDE, lines: 2, most: 100, least: 40, height: 250, leading: 0.96 })
  pen.say('H1', () => set.lines.forEach((line, place) => drawText(pdf, line, { x: MARGIN - set.size * 0.03, y: y + 18 + set.size * (0.8 + place * 0.96), font: 'head', size: set.size, colour: day.ink })), lang ? { lang } : {})
  y += 18 + set.size * (0.8 + (set.lines.length - 1) * 0.96) + set.size * 0.24
  const words = fit(pdf, sentence, { font: 'text', width: INSIDE, lines: 3, most: 29, least: 18, height: 110, leading: 1.28 })
  pen.say('P', () => words.lines.forEach((line, place) => drawText(pdf, line, { x: MARGIN, y: y + words.size + place * words.size * 1.28, font: 'text', size: words.size, colour: day.ink })))
  y += words.size * 1.28 * words.lines.length + 24
  pen.beside(() => pdf.rect(MARGIN, y, INSIDE, 2).fill(day.ink))
  let x = MARGIN
  for (const { depth, word, count } of legend) {
    pen.beside(() => drawGround(pdf, depth, 'ink', x, y + 15, 40, 28))
    pen.say('P', () => {
      const after = drawText(pdf, word, { x: x + 52, y: y + 36, font: 'text', size: 20, colour: day.ink })
      x = drawText(pdf, String(count), { x: after + 8, y: y + 36, font: 'text-bold', size: 20, colour: day.ink }) + 38
    })
  }
  pen.beside(() => pdf.rect(MARGIN, y + 56, INSIDE, 2).fill(day.ink))
  return y + 74
}

function drawGrid(pen: Pen, { tiles, words }: Sheet, top: number, height: number) {
  const columns = columnsFor(tiles.length, INSIDE, height, 1.02)
  const rows = Math.ceil(tiles.length / columns)
  const [width, tall] = [(INSIDE - (columns - 1) * GAP) / columns, (height - (rows - 1) * GAP) / rows]
  tiles.forEach((tile, place) => {
    const [column, row] = [place % columns, Math.floor(place / columns)]
    // A few large tiles leave no hole: those of the last row share its width.
    const left = tiles.length - row * columns
    const own = columns <= 3 && left < columns ? (INSIDE - (left - 1) * GAP) / left : width
    pen.part('Sect', (inner) => drawTile(inner, tile, words.recommendation, MARGIN + column * (own + GAP), top + row * (tall + GAP), own, tall))
  })
}

function drawTile(pen: Pen, tile: SheetTile, recommendation: string, x: number, y: number, width: number, height: number) {
  const { pdf } = pen
  const dye = dyeOf(tile.pigment)
  const [isFull, isNever] = [tile.depth === 'minuted', tile.depth === 'never']
  const unit = Math.min(width, height) / 205
  const pad = 14 * unit
  const ink = isFull ? day.on : day.ink
  const qr = 66 * unit
  pen.beside(() => drawGround(pdf, tile.depth, dye, x, y, width, height, 2.2 * unit))

  const figure = Math.min(96 * unit, ((width - 2 * pad - qr - 8 * unit) / pdf.font('head', 100).widthOfString(String(tile.number))) * 100)
  const foot = [tile.word + (tile.mark ? ` · ${tile.mark}` : ''), tile.untouched].filter((one): one is string => one !== null)
  const footSize = 14 * unit
  // What nobody touched shouts for how long; the others say first how far they have come.
  const loud = isNever ? 1 : 0
  const footLines = foot.flatMap((text, place) => {
    const font: PdfFont = place === loud ? 'text-bold' : 'text'
    // The theme's sign stands beside the last of these lines.
    const beside = place === foot.length - 1 ? 22 * unit : 0
    return linesOf(pdf, text, { font, size: footSize, width: width - 2 * pad - beside }).map((line) => ({ line, font, colour: isNever && place !== loud ? day.muted : ink }))
  })
  const footTop = y + height - pad - footLines.length * footSize * 1.22
  const headEnd = y + pad + Math.max(qr, figure * 0.68) + 6 * unit
  const wide = width / height > 1.5
  const set = fit(pdf, tile.title, { font: 'text', width: width - 2 * pad, lines: 5, most: (wide ? 34 : 19.5) * unit, least: 8 * unit, height: footTop - 4 * unit - headEnd, leading: 1.16 })
  const titleTop = footTop - 5 * unit - set.lines.length * set.size * 1.16

  if (tile.depth === 'planned') pen.beside(() => pdf.rect(x + pad * 0.6, titleTop - 4 * unit, width - pad * 1.2, y + height - pad * 0.6 - titleTop + 4 * unit).fill(day.paper))
  if (isNever) pen.say('H2', () => outlined(pdf, String(tile.number), x + pad - figure * 0.03, y + pad + figure * 0.67, figure, 2 * unit), { alt: `${recommendation} ${tile.number}` })
  else {
    if (tile.depth === 'planned') pen.beside(() => haloed(pdf, String(tile.number), x + pad - figure * 0.03, y + pad + figure * 0.67, figure, 8 * unit))
    pen.say('H2', () => drawText(pdf, String(tile.number), { x: x + pad - figure * 0.03, y: y + pad + figure * 0.67, font: 'head', size: figure, colour: isFull ? day.on : day[dye] }))
  }
  pen.say('P', () => set.lines.forEach((line, place) => drawText(pdf, line, { x: x + pad, y: titleTop + set.size * (0.92 + place * 1.16), font: 'text', size: set.size, colour: isNever ? day.muted : ink })), tile.lang ? { lang: tile.lang } : {})
  pen.say('P', () => footLines.forEach(({ line, font, colour }, place) => drawText(pdf, line, { x: x + pad, y: footTop + footSize * (0.95 + place * 1.22), font, size: footSize, colour })))
  pen.beside(() => drawGlyph(pdf, tile, x + width - pad - 19 * unit, y + height - pad - 19 * unit, 19 * unit, isFull ? day.on : isNever ? day.muted : day[dye]))
  const name = `${recommendation} ${tile.number}, ${tile.title}`
  pen.say('Figure', () => drawCode(pdf, tile.url, x + width - pad - qr, y + pad, qr), { alt: name, bbox: [x + width - pad - qr, y + pad, x + width - pad, y + pad + qr], placement: 'Block' })
  pen.leads(x, y, width, height, tile.url, name)
}

function drawFoot(pen: Pen, { asOf, words, url }: Sheet) {
  const { pdf } = pen
  const y = HEIGHT - MARGIN - FOOT
  pen.beside(() => pdf.rect(MARGIN, y, INSIDE, 5).fill(day.ink))
  const left = INSIDE - FOOT - 300
  pen.say('P', () => {
    drawText(pdf, asOf.charAt(0).toUpperCase() + asOf.slice(1), { x: MARGIN, y: y + 46, font: 'head', size: 30, colour: day.ink })
    linesOf(pdf, words.note, { font: 'text', size: 14.5, width: left }).slice(0, 3).forEach((line, place) => drawText(pdf, line, { x: MARGIN, y: y + 74 + place * 19, font: 'text', size: 14.5, colour: day.muted }))
  })
  const side = FOOT - 20
  const x = WIDTH - MARGIN - side
  pen.say('P', () => {
    linesOf(pdf, words.all, { font: 'text-bold', size: 17, width: 210 }).forEach((line, place) => right(line, 46 + place * 21, 'text-bold', 17))
    right(words.host, FOOT - 12, 'text', 14.5)
  })
  pen.say('Figure', () => drawCode(pdf, url, x, y + 20, side), { alt: words.all, bbox: [x, y + 20, x + side, y + 20 + side], placement: 'Block' })
  pen.leads(x, y + 20, side, side, url, words.all)

  function right(line: string, down: number, font: PdfFont, size: number) {
    drawText(pdf, line, { x: x - 18 - widthOf(pdf, line, { font, size }), y: y + down, font, size, colour: day.ink })
  }
}

/** An outline (never), hatching (planned), half filled (discussed), full (minuted): as on the screens. */
function drawGround(pdf: Pdf, depth: Depth, dye: ReturnType<typeof dyeOf>, x: number, y: number, width: number, height: number, line = 2) {
  const colour = day[dye]
  if (depth === 'minuted') return pdf.rect(x, y, width, height).fill(colour)
  if (depth === 'discussed') pdf.rect(x, y + height / 2, width, height / 2).fill(mixed(colour, 0.2))
  if (depth === 'planned') {
    const step = Math.max(7, line * 4.6)
    pdf.save().rect(x, y, width, height).clip().lineWidth(line * 1.05).strokeColor(mixed(colour, 0.4))
    for (let at = -height; at < width; at += step) pdf.moveTo(x + at, y + height).lineTo(x + at + height, y)
    pdf.stroke().restore()
  }
  return pdf.lineWidth(line).strokeColor(depth === 'never' ? day.rule : colour).rect(x + line / 2, y + line / 2, width - line, height - line).stroke()
}

function drawGlyph(pdf: Pdf, { glyph }: SheetTile, x: number, y: number, size: number, colour: string) {
  pdf.translate(x, y).scale(size / 24).path(glyph.path).fill(colour, glyph.evenOdd ? 'even-odd' : 'non-zero')
}

/** On paper nothing is transparent: a printer's colours are mixed here. */
function mixed(colour: string, share: number) {
  const part = (hex: string, at: number) => parseInt(hex.slice(1 + 2 * at, 3 + 2 * at), 16)
  return `#${[0, 1, 2].map((at) => Math.round(part(colour, at) * share + part(day.paper, at) * (1 - share)).toString(16).padStart(2, '0')).join('')}`
}

function outlined(pdf: Pdf, text: string, x: number, y: number, size: number, line: number) {
  pdf.lineWidth(line).strokeColor(day.muted).fillColor(day.paper).font('head', size).text(text, x, y, { lineBreak: false, baseline: 'alphabetic', stroke: true, fill: true })
}

/** Keeps the hatching away from a figure. */
function haloed(pdf: Pdf, text: string, x: number, y: number, size: number, line: number) {
  pdf.lineWidth(line).lineJoin('round').strokeColor(day.paper).fillColor(day.paper).font('head', size).text(text, x, y, { lineBreak: false, baseline: 'alphabetic', stroke: true, fill: true })
}

/** An address as a code, dark on light whatever stands around it, with the four modules of light that a camera needs. */
export function drawCode(pdf: Pdf, url: string, x: number, y: number, side: number) {
  const { data, size } = encode(url, { ecc: 'M', boostEcc: true, border: 4 })
  const cell = side / size
  pdf.rect(x, y, side, side).fill('#ffffff')
  data.forEach((row, down) => {
    for (let at = 0; at < size; at++) {
      if (!row[at] || row[at - 1]) continue
      const end = row.indexOf(false, at)
      pdf.rect(x + at * cell, y + down * cell, ((end === -1 ? size : end) - at) * cell, cell * 1.01)
    }
  })
  pdf.fill(day.ink)
}

type Fit = { font: PdfFont; width: number; lines: number; most: number; least: number; height: number; leading: number }

/** The largest size in which the words fit; where none does, the smallest, and as many lines as there is room for. */
export function fit(pdf: Pdf, text: string, { font, width, lines: mostLines, most, least, height, leading }: Fit): { size: number; lines: string[] } {
  for (let size = most; size >= least; size *= 0.96) {
    const lines = linesOf(pdf, text, { font, size, width })
    const isCut = lines.slice(0, -1).some((line) => !text.includes(`${line} `))
    if (lines.length <= mostLines && lines.length * size * leading <= height && !isCut) return { size, lines }
  }
  const room = Math.max(1, Math.min(mostLines, Math.floor(height / (least * leading))))
  const lines = linesOf(pdf, text, { font, size: least, width })
  return { size: least, lines: lines.length <= room ? lines : [...lines.slice(0, room - 1), `${lines[room - 1]}…`] }
}
