import { fold } from '@/lib/text'
import type { Pick } from './room-facts'

const most = 6

/**
 * What `#…` may mean, the likeliest first: the number itself, numbers that begin so, then by words; what the session
 * announced before the rest. Accents and capitals do not matter, words may be begun only. Without a word: what was
 * announced, then the themes.
 */
export function rankPicks(picks: Pick[], typed: string): Pick[] {
  const words = fold(typed).split(' ').filter(Boolean)
  const found = picks.flatMap((pick) => {
    const score = words.length === 0 ? (pick.planned ? 2 : pick.number === null ? 1 : 0) : scoreOf(pick, words)
    return score > 0 ? [{ pick, score: score + (pick.planned ? 0.5 : 0) }] : []
  })
  return found.toSorted((a, b) => b.score - a.score || (a.pick.number ?? 0) - (b.pick.number ?? 0)).slice(0, most).map(({ pick }) => pick)
}

/** 0 where a word is not found. */
function scoreOf({ number, words: folded }: Pick, words: string[]): number {
  let score = 0
  for (const word of words) {
    const one = /^\d+$/.test(word) ? scoreOfNumber(number, word) : scoreOfWord(folded, word)
    if (one === 0) return 0
    score += one
  }
  return score / words.length
}

const scoreOfNumber = (number: number | null, typed: string) => (number === null ? 0 : String(number) === typed ? 10 : String(number).startsWith(typed) ? 4 : 0)

const scoreOfWord = (folded: string, word: string) => (` ${folded} `.includes(` ${word} `) ? 3 : ` ${folded}`.includes(` ${word}`) ? 2 : word.length > 2 && folded.includes(word) ? 1 : 0)

export interface SpeakerPick {
  slug: string | null
  name: string
}

/** Who `@…` may mean: the speakers announced, then the very name that was typed, where it looks like one. */
export function rankSpeakers(speakers: SpeakerPick[], typed: string): SpeakerPick[] {
  const words = fold(typed).split(' ').filter(Boolean)
  const found = speakers.filter(({ name }) => words.every((word) => ` ${fold(name)}`.includes(` ${word}`))).slice(0, most)
  const name = typed.trim()
  const isName = /^\p{L}[\p{L}.’'-]*(?: \p{L}[\p{L}.’'-]*){0,3}$/u.test(name) && !found.some((one) => fold(one.name) === fold(name))
  return isName ? [...found, { slug: null, name }] : found
}
