import type { Depth } from './rules'

export type SheetTile = {
  number: number
  title: string
  /** The title's language, where it is not the sheet's. */
  lang?: string
  depth: Depth
  /** The depth in words. */
  word: string
  /** For how long nobody has talked about it, in words; null where nobody can say. */
  untouched: string | null
  /** How many sessions and passages, in words; null where there are none. */
  figures: string | null
  pigment: string
  /** A theme's sign on a square of 24. */
  glyph: { path: string; evenOdd: boolean }
  /** A mark of its own (« culture »). */
  mark: string | null
  /** Its page. */
  url: string
}

/** What the map says, in one language: what a picture or a poster of it is drawn from. Everything in it is text for people. */
export type Sheet = {
  locale: 'fr' | 'en'
  title: string
  lang?: string
  /** Who wrote the report, and when. */
  over: string
  sentence: string
  /** Whose map it is. */
  house: string
  /** The day it is true for. */
  asOf: string
  legend: { depth: Depth; word: string; count: number }[]
  tiles: SheetTile[]
  url: string
  words: { recommendation: string; scan: string; all: string; host: string; note: string }
}

/** Pigments by day and by night, as the screens have them; a pigment that nobody knows is ink. */
export const dyes = {
  day: { paper: '#fffcf5', ink: '#17130e', muted: '#625a4e', rule: '#d9d2c4', on: '#ffffff', vermilion: '#b83220', blue: '#1f4fbf', green: '#1b6e48', violet: '#6b2fa0', ochre: '#8a5a00', teal: '#006b73' },
  night: { paper: '#16120d', ink: '#fbf5e9', muted: '#b9ae9e', rule: '#3d352b', on: '#17130e', vermilion: '#ff8f78', blue: '#98b8ff', green: '#7fcea3', violet: '#cfabff', ochre: '#e9b84f', teal: '#5fcbd2' },
} as const

const pigments = ['vermilion', 'blue', 'green', 'violet', 'ochre', 'teal'] as const
export const dyeOf = (pigment: string): (typeof pigments)[number] | 'ink' => pigments.find((one) => one === pigment) ?? 'ink'

/**
 * How many tiles stand beside each other, so that they fill a space of this shape with few holes and keep a shape that
 * words can stand in: twenty-five are five by five.
 */
export function columnsFor(count: number, width: number, height: number, best = 1): number {
  const scored = Array.from({ length: Math.max(1, Math.min(count, 12)) }, (_, i) => {
    const columns = i + 1
    const rows = Math.ceil(count / columns)
    const holes = columns * rows - count
    return { columns, score: Math.abs(Math.log(width / columns / (height / rows) / best)) + (1.2 * holes) / columns }
  })
  return scored.sort((a, b) => a.score - b.score || a.columns - b.columns)[0].columns
}

/**
 * Words in lines no wider than `most`, as `width` measures them; what does not fit in `lines` ends in an ellipsis. No-break
 * spaces hold; a word that is wider than a line by itself is cut.
 */
export function linesOf(text: string, most: number, width: (text: string) => number, lines = Infinity): string[] {
  const set: string[] = []
  for (const word of text.split(/ |\n/).filter(Boolean).flatMap((one) => pieces(one, most, width))) {
    const last = set.at(-1)
    if (last !== undefined && width(`${last} ${word}`) <= most) set[set.length - 1] = `${last} ${word}`
    else set.push(word)
  }
  if (set.length <= lines) return set
  const shown = set.slice(0, lines)
  let last = `${shown[lines - 1]}…`
  while (width(last) > most && last.length > 2) last = `${last.slice(0, -2).trimEnd()}…`
  return [...shown.slice(0, -1), last]
}

/** A word that no line holds: broken behind a hyphen of its own where that helps (« Semi-conducteurs »), else where the line ends. */
function pieces(word: string, most: number, width: (text: string) => number): string[] {
  if (width(word) <= most || word.length < 2) return [word]
  const hyphen = word.indexOf('-') + 1
  if (hyphen > 1 && hyphen < word.length && width(word.slice(0, hyphen)) <= most) return [word.slice(0, hyphen), ...pieces(word.slice(hyphen), most, width)]
  let end = word.length - 1
  while (end > 1 && width(word.slice(0, end)) > most) end--
  return [word.slice(0, end), ...pieces(word.slice(end), most, width)]
}
