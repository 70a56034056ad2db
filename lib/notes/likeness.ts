/** From this share of the same words on a text is another one mended, and no new one. */
const enough = 0.5
/** Shorter texts (in characters) are compared by their letters: of « Bonjor » no word is left in « Bonjour ». */
const short = 60
/** Where so many texts were changed at once, words have to do: their letters would take seconds. */
const many = 1000
/** What stands in more of the texts than this leads to none of them, and no more than this are looked at for each. */
const few = 8

type Words = { words: Set<string>; letters: Set<string> | null }

/**
 * For each of `fresh` the one of `old` that it was made from by mending, as pairs of places, each in one pair at most:
 * the likest first, of equal ones the nearest. The work grows with the length of the texts, not with their number
 * times itself: candidates are found by the words that stand in few of them.
 */
export function likest(old: { text: string; at: number }[], fresh: { text: string; at: number }[]): [old: number, fresh: number][] {
  const byLetters = old.length <= many && fresh.length <= many
  const was = old.map(({ text }) => wordsOf(text, byLetters))
  const byPiece = new Map<string, number[]>()
  was.forEach((one, i) => {
    for (const piece of piecesOf(one)) {
      const places = byPiece.get(piece)
      if (places) places.push(i)
      else byPiece.set(piece, [i])
    }
  })
  const found = fresh.flatMap(({ text, at }, i) => {
    const is = wordsOf(text, byLetters)
    return candidates(is, byPiece, old.length).map((place) => ({ place, i, likeness: likeness(was[place], is), far: Math.abs(old[place].at - at) }))
  })
  const [taken, given] = [new Set<number>(), new Set<number>()]
  const pairs: [number, number][] = []
  for (const { place, i } of found.filter((one) => one.likeness >= enough).sort((a, b) => b.likeness - a.likeness || a.far - b.far)) {
    if (taken.has(place) || given.has(i)) continue
    taken.add(place)
    given.add(i)
    pairs.push([old[place].at, fresh[i].at])
  }
  return pairs
}

function candidates(is: Words, byPiece: Map<string, number[]>, count: number): number[] {
  const votes = new Map<number, number>()
  for (const piece of piecesOf(is)) {
    const places = byPiece.get(piece) ?? []
    if (count > 2 * few && places.length > few) continue
    for (const place of places) votes.set(place, (votes.get(place) ?? 0) + 1)
  }
  return [...votes].sort((a, b) => b[1] - a[1]).slice(0, few).map(([place]) => place)
}

/** Twice what both have among what each has: 1 where they say the same, 0 where they share nothing. */
function likeness(one: Words, other: Words): number {
  const [a, b] = one.letters && other.letters ? [one.letters, other.letters] : [one.words, other.words]
  let both = 0
  for (const piece of a) if (b.has(piece)) both++
  return a.size + b.size === 0 ? 0 : (2 * both) / (a.size + b.size)
}

function wordsOf(text: string, byLetters: boolean): Words {
  const words = new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
  return { words, letters: byLetters && text.length < short ? new Set([...words].flatMap(threes)) : null }
}

function* piecesOf({ words, letters }: Words) {
  for (const word of words) yield word
  for (const three of letters ?? []) yield `…${three}`
}

/** The letters of a word three by three, its beginning and end among them. */
function threes(word: string): string[] {
  const letters = [...` ${word} `]
  return letters.slice(2).map((_, i) => letters.slice(i, i + 3).join(''))
}
