import { FIGURE_HEIGHT, numeral } from './numerals'
import type { Depth } from './rules'
import { dyeOf, dyes, linesOf, type Sheet, type SheetTile } from './sheet'

const WIDTH = 1000
const MARGIN = 30
const GAP = 12

/** All of a report at one glance, as a picture that stands alone (SVG 1.1): no script, no font to fetch, dark where the reader's screen is. */
export function drawMap(sheet: Sheet): string {
  const columns = sheet.tiles.length < 5 ? Math.max(1, sheet.tiles.length) : 5
  const width = (WIDTH - 2 * MARGIN - (columns - 1) * GAP) / columns
  const height = columns === 5 ? 196 : 210
  const pen = new Pen()
  let y = MARGIN + 14
  for (const line of linesOf(sheet.over, WIDTH - 2 * MARGIN, wide(17), 1)) pen.text(line, MARGIN, y, { size: 17, dye: 'muted' })
  for (const line of linesOf(sheet.title, WIDTH - 2 * MARGIN, wide(40, true), 2)) pen.text(line, MARGIN, (y += 46), { size: 40, weight: 800, lang: sheet.lang })
  y += 6
  for (const line of linesOf(sheet.sentence, WIDTH - 2 * MARGIN, wide(21), 4)) pen.text(line, MARGIN, (y += 29), { size: 21 })
  y = legend(pen, sheet, (y += 26))
  sheet.tiles.forEach((tile, place) => drawTile(pen, tile, MARGIN + (place % columns) * (width + GAP), y + Math.floor(place / columns) * (height + GAP), width, height))
  y += Math.ceil(sheet.tiles.length / columns) * (height + GAP) + 18
  pen.text(`${sheet.house} · ${sheet.asOf}`, MARGIN, y, { size: 16, dye: 'muted' })
  pen.text(sheet.words.host, WIDTH - MARGIN, y, { size: 16, dye: 'muted', anchor: 'end' })
  return pen.document(sheet, `${sheet.title}. ${sheet.sentence}`, sheet.tiles.map(nameOf).join('. '), WIDTH, y + MARGIN - 8)
}

/** One recommendation, as a card: its number, what it says, how far it has come and since when. */
export function drawRecommendation(sheet: Sheet, tile: SheetTile): string {
  const [width, height] = [820, 300]
  const pen = new Pen()
  const x = 292
  pen.tile(tile, 24, 24, 240, height - 48)
  const full = tile.depth === 'minuted'
  const size = tile.number > 99 ? 110 : 165
  const figures = numeral(tile.number, 0, 0, size)
  pen.group(numeral(tile.number, 24 + (240 - figures.width) / 2, 24 + (height - 48 + (size * FIGURE_HEIGHT) / 100) / 2, size).path, full ? 'f-on' : tile.depth === 'never' ? 'f-muted' : `f-${dyeOf(tile.pigment)}`, tile.depth === 'planned' ? 'halo' : '')
  let y = 50
  for (const line of linesOf(sheet.title, width - x - 24, wide(16), 1)) pen.text(line, x, y, { size: 16, dye: 'muted', lang: sheet.lang })
  y += 10
  for (const line of linesOf(tile.title, width - x - 24, wide(33, true), 3)) pen.text(line, x, (y += 37), { size: 33, weight: 800, lang: tile.lang })
  y += 14
  pen.text([tile.word, tile.mark].filter(Boolean).join(' · '), x, (y += 25), { size: 21, weight: 700, dye: tile.depth === 'never' ? 'ink' : dyeOf(tile.pigment) })
  for (const line of [tile.untouched, tile.figures].filter((one) => one !== null)) pen.text(line, x, (y += 26), { size: 19 })
  pen.text(`${sheet.house} · ${sheet.asOf}`, x, height - 28, { size: 15, dye: 'muted' })
  return pen.document(sheet, nameOf(tile), `${sheet.title}. ${sheet.asOf.charAt(0).toUpperCase()}${sheet.asOf.slice(1)}.`, width, height)
}

/** A tile's name, as it is heard. */
const nameOf = ({ number, title, word, mark }: SheetTile) => [number, title, word, mark].filter(Boolean).join(', ')

function legend(pen: Pen, { legend: keys }: Sheet, top: number) {
  pen.line(MARGIN, top, WIDTH - MARGIN)
  let x = MARGIN
  for (const { depth, word, count } of keys) {
    pen.shape(depth, 'ink', x, top + 15, 30, 22)
    pen.text(`${word} ${count}`, x + 40, top + 33, { size: 18 })
    x += 40 + wide(18)(`${word} ${count}`) + 30
  }
  pen.line(MARGIN, top + 52, WIDTH - MARGIN)
  return top + 68
}

function drawTile(pen: Pen, tile: SheetTile, x: number, y: number, width: number, height: number) {
  const [dye, full, pad] = [dyeOf(tile.pigment), tile.depth === 'minuted', 14]
  pen.open(tile, nameOf(tile))
  pen.tile(tile, x, y, width, height)
  pen.group(numeral(tile.number, x + pad - 2, y + pad + 42, 62).path, full ? 'f-on' : tile.depth === 'never' ? 'f-muted' : `f-${dye}`, tile.depth === 'planned' ? 'halo' : '')
  pen.glyph(tile, x + width - pad - 20, y + pad, 20, full ? 'f-on' : tile.depth === 'never' ? 'f-muted' : `f-${dye}`)
  const lines = linesOf(tile.title, width - 2 * pad, wide(17), 4)
  const words = linesOf([tile.word, tile.mark].filter(Boolean).join(' · '), width - 2 * pad, wide(14, true), 2)
  const foot = y + height - pad - words.length * 18
  if (tile.depth === 'planned') pen.ground(x + 8, foot - lines.length * 21 - 8, width - 16, lines.length * 21 + words.length * 18 + 14)
  lines.forEach((line, place) => pen.text(line, x + pad, foot - (lines.length - place - 1) * 21 - 8, { size: 17, dye: full ? 'on' : tile.depth === 'never' ? 'muted' : 'ink', lang: tile.lang }))
  words.forEach((line, place) => pen.text(line, x + pad, foot + 13 + place * 18, { size: 14, weight: 700, dye: full ? 'on' : tile.depth === 'never' ? 'muted' : 'ink' }))
  pen.close()
}

type Setting = { size: number; weight?: number; dye?: string; lang?: string; anchor?: 'end' }

class Pen {
  private readonly drawn: string[] = []
  private readonly hatched = new Set<string>()

  text(text: string, x: number, y: number, { size, weight = 400, dye = 'ink', lang, anchor }: Setting) {
    this.drawn.push(`<text x="${n(x)}" y="${n(y)}" font-size="${size}"${weight === 400 ? '' : ` font-weight="${weight}"`} class="f-${dye}"${anchor ? ` text-anchor="${anchor}"` : ''}${lang ? ` xml:lang="${lang}"` : ''}>${escape(text)}</text>`)
  }

  line(x1: number, y: number, x2: number) {
    this.drawn.push(`<path class="s-ink" stroke-width="2" d="M${n(x1)} ${n(y)}H${n(x2)}"/>`)
  }

  ground(x: number, y: number, width: number, height: number) {
    this.drawn.push(`<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" class="f-paper"/>`)
  }

  tile({ depth, pigment }: SheetTile, x: number, y: number, width: number, height: number) {
    this.shape(depth, dyeOf(pigment), x, y, width, height)
  }

  /** An outline (never), hatching (planned), half filled (discussed), full (minuted): as on the screens. */
  shape(depth: Depth, dye: string, x: number, y: number, width: number, height: number) {
    const whole = `x="${n(x + 1)}" y="${n(y + 1)}" width="${n(width - 2)}" height="${n(height - 2)}"`
    if (depth === 'never') return this.drawn.push(`<rect ${whole} class="s-rule" stroke-width="2" fill="none"/>`)
    if (depth === 'minuted') return this.drawn.push(`<rect ${whole} class="f-${dye} s-${dye}" stroke-width="2"/>`)
    if (depth === 'discussed') this.drawn.push(`<rect x="${n(x + 1)}" y="${n(y + height / 2)}" width="${n(width - 2)}" height="${n(height / 2 - 1)}" class="f-${dye}" fill-opacity="0.2"/>`)
    if (depth === 'planned') {
      this.hatched.add(dye)
      this.drawn.push(`<rect ${whole} fill="url(#hatch-${dye})"/>`)
    }
    return this.drawn.push(`<rect ${whole} class="s-${dye}" stroke-width="2" fill="none"/>`)
  }

  glyph({ glyph }: SheetTile, x: number, y: number, size: number, dye: string) {
    this.drawn.push(`<path class="${dye}"${glyph.evenOdd ? ' fill-rule="evenodd"' : ''} transform="translate(${n(x)} ${n(y)}) scale(${n(size / 24)})" d="${glyph.path}"/>`)
  }

  group(paths: string, fill: string, more: string) {
    this.drawn.push(`<g class="${[fill, more].filter(Boolean).join(' ')}" aria-hidden="true">${paths}</g>`)
  }

  open({ number }: SheetTile, name: string) {
    this.drawn.push(`<g id="r${number}"><title>${escape(name)}</title>`)
  }

  close() {
    this.drawn.push('</g>')
  }

  document({ locale }: Sheet, title: string, description: string, width: number, height: number) {
    const hatches = [...this.hatched].map((dye) => `<pattern id="hatch-${dye}" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="s-${dye}" stroke-opacity="0.45" stroke-width="2.4" d="M0 0V9"/></pattern>`)
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${n(height)}" width="${width}" height="${n(height)}" role="img" aria-labelledby="name says" xml:lang="${locale}" lang="${locale}" font-family="'Atkinson Hyperlegible Next','Atkinson Hyperlegible',system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif">`,
      `<title id="name">${escape(title)}</title>`,
      `<desc id="says">${escape(description)}</desc>`,
      `<style>${styles}</style>`,
      ...(hatches.length > 0 ? [`<defs>${hatches.join('')}</defs>`] : []),
      `<rect width="${width}" height="${n(height)}" class="f-paper"/>`,
      ...this.drawn,
      '</svg>',
      '',
    ].join('\n')
  }
}

const rules = (dress: Record<string, string>) => Object.entries(dress).map(([name, colour]) => `.f-${name}{fill:${colour}}.s-${name}{stroke:${colour}}`).join('') + `.halo{stroke:${dress.paper};stroke-width:6;paint-order:stroke;stroke-linejoin:round}`
const styles = `${rules(dyes.day)}@media (prefers-color-scheme:dark){${rules(dyes.night)}}`

/** How wide a text is likely to be: nobody knows which face a reader's machine will set it in, so rather more than less. */
const wide = (size: number, bold = false) => (text: string) =>
  [...text].reduce((sum, one) => sum + (/[iljtfrI.,’' :;!|()\u00A0\u202F]/.test(one) ? 0.36 : /[mwMWœŒ%]/.test(one) ? 0.97 : /[A-ZÀ-Þ0-9]/.test(one) ? 0.68 : 0.6), 0) * size * (bold ? 1.13 : 1)

const n = (value: number) => Math.round(value * 100) / 100
const escape = (text: string) => text.replace(/[\p{Cc}\p{Cs}]/gu, ' ').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
