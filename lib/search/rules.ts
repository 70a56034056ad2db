import { fold } from '@/lib/text'

export const kinds = ['event', 'report', 'recommendation', 'passage', 'speaker'] as const
export type Kind = (typeof kinds)[number]

/** A piece of a found thing's text: which piece, in which language; a paragraph of a restitution has its anchor. */
export type Part = { at: string; lang: string; text: string; id?: string | null; refs?: unknown; ids?: string[] }

/** A run of an excerpt; `hit`: one of the words that were looked for. */
export type Run = { text: string; hit: boolean }

export const longestQuery = 200
const mostWords = 8
const longestWord = 40

/** Words too small to look for where there are others; Postgres leaves out more of them. */
const small = new Set('a à au aux ce ces d dans de des du elle en est et il j je l la le les leur m n ne nous on ou où par pas pour qu que qui s sa se ses son sur t un une vous y an and are at be by for from in is it of or that the to was with'.split(' ').map(fold))

/**
 * What was typed, as words to look for: folded as the index is (accents, case, œ, apostrophes), the elided l’ d’ qu’ and
 * the smallest words left out unless there is nothing else, no word twice, eight at most. Whatever is no letter and no
 * figure separates words: no sign of a query language has a meaning here. Well-formed or not, it never throws.
 */
export function wordsIn(typed: string): string[] {
  const all = fold(typed.slice(0, 10_000).replaceAll('\0', ' ').toWellFormed()).match(/[\p{L}\p{N}]+/gu) ?? []
  const unique = [...new Set(all.map((word) => word.slice(0, longestWord)))]
  const telling = unique.filter((word) => !small.has(word))
  return (telling.length > 0 ? telling : unique).slice(0, mostWords)
}

/** The numbers among the words, as recommendations have them: 1 to 1000. */
export const numbersIn = (words: string[]) => words.filter((word) => /^[1-9]\d{0,3}$/.test(word)).map(Number).filter((number) => number <= 1000)

/** The words of a text as the index would see each, and where it stands. */
export function tokensOf(text: string): { token: string; from: number; to: number }[] {
  return [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map((match) => ({ token: fold(match[0]), from: match.index, to: match.index + match[0].length }))
}

const longestExcerpt = 240

/**
 * A stretch of the text around the first words that were found, cut between words, with an ellipsis where it was cut;
 * `hits` are the folded words that count as found. The first of a text in which nothing was found.
 */
export function excerptOf(text: string, hits: ReadonlySet<string>, longest = longestExcerpt): Run[] {
  const tokens = tokensOf(text)
  const found = tokens.filter(({ token }) => hits.has(token))
  const [from, to] = stretch(text, tokens, found[0]?.from ?? 0, longest)
  const runs: Run[] = []
  let place = from
  for (const hit of found.filter((one) => one.from >= from && one.to <= to)) {
    if (hit.from > place) runs.push({ text: text.slice(place, hit.from), hit: false })
    runs.push({ text: text.slice(hit.from, hit.to), hit: true })
    place = hit.to
  }
  if (place < to) runs.push({ text: text.slice(place, to), hit: false })
  const whole = runs.map((run) => ({ ...run, text: run.text.replace(/\s+/g, ' ') }))
  if (from > 0) whole.unshift({ text: '… ', hit: false })
  if (to < text.trimEnd().length) whole.push({ text: ' …', hit: false })
  return joined(whole)
}

/** From a little before the first hit to as far as it may go, between words; at the text's beginning if that is near. */
function stretch(text: string, tokens: { from: number; to: number }[], hit: number, longest: number): [number, number] {
  if (text.length <= longest) return [0, text.length]
  const wanted = Math.max(0, hit - Math.floor(longest / 4))
  const from = wanted < 20 ? 0 : (tokens.find((one) => one.from >= wanted)?.from ?? 0)
  if (text.length - from <= longest) return [from, text.length]
  const last = tokens.filter((one) => one.from >= from && one.to <= from + longest).at(-1)
  return [from, last?.to ?? from + longest]
}

const joined = (runs: Run[]) =>
  runs.reduce<Run[]>((list, run) => {
    const before = list.at(-1)
    if (before && before.hit === run.hit) before.text += run.text
    else if (run.text !== '') list.push({ ...run })
    return list
  }, [])

export const plain = (runs: Run[]) => runs.map(({ text }) => text).join('').trim()

/** The piece to quote: the one with the most different words of those that were found, the earliest of equals; else the first that reads as a text. */
export function tellingPart(parts: Part[], hits: ReadonlySet<string>): Part | null {
  const texts = parts.filter(({ at, text }) => text !== '' && at !== 'about')
  const scored = texts.map((part) => ({ part, hits: new Set(tokensOf(part.text).map(({ token }) => token).filter((token) => hits.has(token))).size }))
  const best = scored.reduce((most, one) => (one.hits > most.hits ? one : most), { part: null as Part | null, hits: 0 })
  return best.part ?? texts.find(({ at }) => ['text', 'summary', 'wording', 'role', 'description'].includes(at)) ?? texts[0] ?? null
}

/** How many letters must be put in, left out, changed or swapped with their neighbour to make one word of the other; `most` + 1 where it is more. */
export function distance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  let [before, last] = [[] as number[], Array.from({ length: other.length + 1 }, (_, i) => i)]
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++) {
      const change = one[i - 1] === other[j - 1] ? 0 : 1
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + change)
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1)
    }
    ;[before, last] = [last, row]
  }
  return Math.min(last[other.length], most + 1)
}

/** The written word that was probably meant, or null: few letters differ for its length, or it goes on as the typed one begins. */
export function meant<Word extends { word: string }>(typed: string, written: Word[]): Word | null {
  const most = typed.length <= 3 ? 0 : typed.length <= 5 ? 1 : typed.length <= 8 ? 2 : 3
  const near = written.map((one) => ({ one, far: distance(typed, one.word, most) })).filter(({ far }) => far <= most)
  if (near.length > 0) return near.reduce((best, next) => (next.far < best.far ? next : best)).one
  return typed.length >= 4 ? (written.filter(({ word }) => word.startsWith(typed)).toSorted((a, b) => a.word.length - b.word.length)[0] ?? null) : null
}
