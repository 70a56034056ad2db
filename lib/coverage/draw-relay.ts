import { bytesOf, drawText, inks, linesOf, openPdf, type Pdf, type PdfFont, widthOf } from '@/lib/pdf'
import { drawCode, fit, type Pen, penOf } from './draw-poster'
import type { Block, Kit } from './relay-kit'
import { dyeOf, dyes } from './sheet'

/** A3, in points. */
const [WIDTH, HEIGHT] = [842, 1191]
const MARGIN = 54
const INSIDE = WIDTH - 2 * MARGIN
const { day } = dyes

type Part = ReturnType<Pdf['struct']>

/**
 * The poster of a house that takes a session up (A3, vector, tagged): the title across the hall, the words of the report
 * at arm's length, and room for the house's own date, place and logo.
 */
export async function drawRelayPoster(kit: Kit): Promise<Buffer> {
  const { pdf, root, pen } = begin(kit.title, kit, [WIDTH, HEIGHT], 0)
  const colour = day[dyeOf(kit.pigment)]
  const block = kit.quotes.length > 0 ? 684 : 846
  pen.beside(() => {
    pdf.rect(0, 0, WIDTH, HEIGHT).fill(day.paper)
    pdf.rect(0, 0, WIDTH, block).fill(colour)
    // The theme's sign, as large as a set on a stage, half out of sight.
    const size = 560
    pdf.rect(0, 0, WIDTH, block).clip().translate(WIDTH - size * 0.68, block - size * 0.72).scale(size / 24)
    pdf.path(kit.glyph.path).fill(over(colour, 0.13), kit.glyph.evenOdd ? 'even-odd' : 'non-zero')
  })
  drawTitle(pen, kit, block)
  const top = kit.quotes.length > 0 ? drawQuote(pen, kit, block + 34, colour) : block + 34
  drawRoom(pen, kit, Math.max(top, HEIGHT - 286), colour)
  root.end()
  pdf.end()
  return bytesOf(pdf)
}

function drawTitle(pen: Pen, { title, lang, words }: Kit, block: number) {
  const { pdf } = pen
  const on = day.on
  pen.say('P', () => {
    drawText(pdf, words.over, { x: MARGIN, y: 66, font: 'text-bold', size: 17, colour: on })
  })
  pen.beside(() => pdf.rect(MARGIN, 84, INSIDE, 4).fill(on))
  const set = fit(pdf, title, { font: 'head', width: INSIDE, lines: 6, most: 112, least: 34, height: block - 230, leading: 0.96 })
  pen.say('H1', () => set.lines.forEach((line, place) => drawText(pdf, line, { x: MARGIN - set.size * 0.03, y: 112 + set.size * (0.76 + place * 0.96), font: 'head', size: set.size, colour: on })), lang ? { lang } : {})
  pen.say('P', () => drawText(pdf, words.lede, { x: MARGIN, y: block - 66, font: 'text-bold', size: 31, colour: on }))
  const after = fit(pdf, words.after, { font: 'text', width: INSIDE, lines: 1, most: 17, least: 10, height: 30, leading: 1.2 })
  pen.say('P', () => drawText(pdf, after.lines[0], { x: MARGIN, y: block - 34, font: 'text', size: after.size, colour: on }))
}

/** One of the recommendations, word for word; the others by their numbers. Gives where it ends. */
function drawQuote(pen: Pen, { quotes }: Kit, top: number, colour: string) {
  const { pdf } = pen
  const [first, ...others] = quotes
  const wide = Math.min(150, widthOf(pdf, String(first.number), { font: 'head', size: 104 })) + 22
  const width = INSIDE - wide
  pen.say('P', () => drawText(pdf, String(first.number), { x: MARGIN - 3, y: top + 76, font: 'head', size: 104, colour }), { alt: first.name })
  const set = fit(pdf, first.text, { font: 'text', width, lines: 8, most: 25, least: 12, height: 150, leading: 1.22 })
  pen.say('BlockQuote', () => set.lines.forEach((line, place) => drawText(pdf, line, { x: MARGIN + wide, y: top + set.size * (0.85 + place * 1.22), font: 'text', size: set.size })), first.lang ? { lang: first.lang } : {})
  const y = top + Math.max(92, set.lines.length * set.size * 1.22 + 12)
  const more = others.length > 0 ? ` + ${others.slice(0, 6).map(({ number }) => number).join(', ')}${others.length > 6 ? '…' : ''}` : ''
  const source = linesOf(pdf, `${first.name}${more}. ${first.source}`, { font: 'text', size: 13, width }).slice(0, 2)
  pen.say('P', () => source.forEach((line, place) => drawText(pdf, line, { x: MARGIN + wide, y: y + 8 + place * 17, font: 'text', size: 13, colour: day.muted })))
  pen.leads(MARGIN, top, INSIDE, y - top, first.url, first.name)
  return y + source.length * 17 + 24
}

/** What the house writes itself, and the way back to where it comes from. */
function drawRoom(pen: Pen, { words, url }: Kit, top: number, colour: string) {
  const { pdf } = pen
  const side = 132
  const [left, right] = [MARGIN, WIDTH - MARGIN]
  const field = (label: string, y: number, width: number) => {
    pen.say('P', () => drawText(pdf, label, { x: left, y: y + 20, font: 'text-bold', size: 15, colour }))
    pen.beside(() => pdf.rect(left, y + 78, width, 1.6).fill(day.ink))
  }
  pen.beside(() => pdf.rect(MARGIN, top, INSIDE, 4).fill(day.ink))
  const wide = INSIDE - side - 36 - side - 24
  field(words.day, top + 16, wide)
  field(words.place, top + 102, wide)
  const box = right - side - 24 - side
  pen.beside(() => {
    pdf.lineWidth(1.4).dash(5, { space: 4 }).strokeColor(day.muted).rect(box, top + 34, side, side).stroke().undash()
  })
  const host = linesOf(pdf, words.host, { font: 'text', size: 13, width: side - 20 })
  pen.say('P', () => host.forEach((line, place) => drawText(pdf, line, { x: box + (side - widthOf(pdf, line, { font: 'text', size: 13 })) / 2, y: top + 34 + side / 2 + 5 + place * 16, font: 'text', size: 13, colour: day.muted })))
  const x = right - side
  pen.say('Figure', () => drawCode(pdf, url, x, top + 34, side), { alt: words.scan, bbox: [x, top + 34, right, top + 34 + side], placement: 'Block' })
  pen.leads(x, top + 34, side, side, url, words.scan)
  const scan = linesOf(pdf, words.scan, { font: 'text', size: 12.5, width: 2 * side + 24 })
  pen.say('P', () => scan.forEach((line, place) => drawText(pdf, line, { x: right - widthOf(pdf, line, { font: 'text', size: 12.5 }), y: top + 34 + side + 24 + place * 16, font: 'text', size: 12.5 })))
  const address = fit(pdf, url.replace(/^https?:\/\//, ''), { font: 'text', width: wide, lines: 1, most: 12.5, least: 7, height: 20, leading: 1.2 })
  pen.say('P', () => drawText(pdf, address.lines[0], { x: left, y: top + 34 + side + 62, font: 'text', size: address.size, colour: day.muted }))
}

const styles: Record<Block['as'], { role: 'H1' | 'H2' | 'H3' | 'P' | 'BlockQuote'; font: PdfFont; size: number; before: number; inset: number }> = {
  h1: { role: 'H1', font: 'head', size: 30, before: 0, inset: 0 },
  h2: { role: 'H2', font: 'head', size: 17, before: 24, inset: 0 },
  h3: { role: 'H3', font: 'text-bold', size: 11.5, before: 14, inset: 0 },
  p: { role: 'P', font: 'text', size: 11.5, before: 9, inset: 0 },
  quote: { role: 'BlockQuote', font: 'text', size: 14, before: 9, inset: 18 },
  note: { role: 'P', font: 'text-italic', size: 10, before: 8, inset: 0 },
  item: { role: 'P', font: 'text', size: 11.5, before: 6, inset: 16 },
}

/** Titles, paragraphs, quotations and lists on A4, tagged, page after page. */
export async function drawPages(blocks: Block[], kit: Kit): Promise<Buffer> {
  const { pdf, root, pen } = begin(blocks[0].text, kit, 'A4', 62)
  const { width, height } = pdf.page
  const colour = day[dyeOf(kit.pigment)]
  let y = 62
  for (const [place, { as, text, lang, url }] of blocks.entries()) {
    const { role, font, size, before, inset } = styles[as]
    const leading = size * (as === 'h1' ? 1.02 : 1.36)
    const lines = linesOf(pdf, text, { font, size, width: width - 124 - inset })
    // A heading stays with what follows it.
    const needs = before + leading * Math.min(lines.length, 3) + (as.startsWith('h') ? 60 : 0)
    if (place > 0 && y + needs > height - 62) next()
    y += place === 0 ? 0 : before
    if (as === 'h2') pen.beside(() => pdf.rect(62, y - 6, width - 124, 1.4).fill(day.ink))
    if (as === 'item') pen.beside(() => pdf.rect(64, y + leading * 0.42, 5, 5).fill(colour))
    const from = y
    let rest = lines
    while (rest.length > 0) {
      const fitting = Math.max(1, Math.floor((height - 62 - y) / leading))
      const [now, later] = [rest.slice(0, fitting), rest.slice(fitting)]
      if (as === 'quote') pen.beside(() => pdf.rect(62, y + 2, 4, now.length * leading).fill(colour))
      pen.say(role, () => now.forEach((line, at) => drawText(pdf, line, { x: 62 + inset, y: y + leading * at + size, font, size, colour: as === 'note' ? day.muted : inks.ink })), lang ? { lang } : {})
      y += now.length * leading
      rest = later
      if (rest.length > 0) next()
    }
    if (url && y > from) pen.leads(62, from, width - 124, y - from, url, text)
    if (as === 'h1') {
      pen.beside(() => pdf.rect(62, y + 8, width - 124, 4).fill(colour))
      y += 14
    }
  }
  root.end()
  pdf.end()
  return bytesOf(pdf)

  function next() {
    pdf.addPage()
    y = 62
  }
}

function begin(title: string, kit: Kit, size: string | [number, number], margin: number): { pdf: Pdf; root: Part; pen: Pen } {
  const pdf = openPdf({ title, author: kit.network, language: kit.locale, size, margin })
  // The types know some of the options alone.
  const root = pdf.struct('Document', { lang: kit.locale } as Parameters<Pdf['struct']>[1])
  pdf.addStructure(root)
  return { pdf, root, pen: penOf(pdf, root) }
}

/** On paper nothing is transparent: so much of white over a pigment. */
function over(colour: string, share: number) {
  return `#${[1, 3, 5].map((at) => Math.round(parseInt(colour.slice(at, at + 2), 16) * (1 - share) + 255 * share).toString(16).padStart(2, '0')).join('')}`
}
