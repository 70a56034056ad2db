import { citedBlocks, newBlockId, type NotesDocument, textOf } from './document'
import { likest } from './likeness'

/**
 * Gives the blocks of a document that lost its ids (written again as text) those of the document it came from: the
 * same words keep their id, moved ones too; a mended one keeps that of what it is most like, whatever came or went
 * beside it; between two that stayed, as many blocks as before keep theirs in order.
 */
export function withIdsOf(before: NotesDocument, after: NotesDocument): NotesDocument {
  const [old, fresh] = [citedBlocks(before), citedBlocks(after)]
  const from = aligned(old.map(textOf), fresh.map(textOf))
  const taken = new Set(from.flatMap((place) => (place === undefined ? [] : [old[place].attrs.id])))
  fresh.forEach((block, i) => {
    const place = from[i]
    const id = place === undefined ? newBlockId(taken) : old[place].attrs.id
    taken.add(id)
    block.attrs.id = id
  })
  return after
}

/** For each of `fresh` the place of `old` that it comes from. Grows with the length times its logarithm. */
export function aligned(old: string[], fresh: string[]): (number | undefined)[] {
  const from: (number | undefined)[] = fresh.map(() => undefined)
  let [start, endOld, end] = [0, old.length, fresh.length]
  for (; start < endOld && start < end && old[start] === fresh[start]; start++) from[start] = start
  for (; endOld > start && end > start && old[endOld - 1] === fresh[end - 1]; endOld--, end--) from[end - 1] = endOld - 1
  for (const [place, i] of anchors(old, fresh, start, endOld, end)) from[i] = place
  let [last, begin] = [start - 1, start]
  for (let i = start; i <= end; i++) {
    const place = i === end ? endOld : from[i]
    if (place === undefined) continue
    sameWords(old, fresh, from, { place: last + 1, upTo: place, begin, end: i })
    ;[last, begin] = [place, i + 1]
  }
  moved(old, fresh, from)
  mended(old, fresh, from)
  pairUp(from, old.length)
  return from
}

/** What stands once in both is the frame; the longest part of it that kept its order stays. */
function anchors(old: string[], fresh: string[], start: number, endOld: number, end: number): [number, number][] {
  const places = new Map<string, { old: number; fresh: number }>()
  const note = (text: string, key: 'old' | 'fresh', i: number) => {
    const one = places.get(text) ?? { old: -1, fresh: -1 }
    one[key] = one[key] === -1 ? i : -2
    places.set(text, one)
  }
  for (let i = start; i < endOld; i++) note(old[i], 'old', i)
  for (let i = start; i < end; i++) note(fresh[i], 'fresh', i)
  const once = [...places.values()].filter((one) => one.old >= 0 && one.fresh >= 0).sort((a, b) => a.fresh - b.fresh)
  return rising(once.map((one) => one.old)).map((i) => [once[i].old, once[i].fresh])
}

/** The places of a longest rising part, found by laying piles. */
function rising(values: number[]): number[] {
  const [tops, before]: [number[], (number | undefined)[]] = [[], []]
  values.forEach((value, i) => {
    let [low, high] = [0, tops.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (values[tops[middle]] < value) low = middle + 1
      else high = middle
    }
    before[i] = tops[low - 1]
    tops[low] = i
  })
  const found: number[] = []
  for (let i = tops.at(-1); i !== undefined; i = before[i]) found.push(i)
  return found.reverse()
}

/** Between two anchors: the same words in the same order, each the first that is left. */
function sameWords(old: string[], fresh: string[], from: (number | undefined)[], gap: { place: number; upTo: number; begin: number; end: number }) {
  if (gap.begin >= gap.end || gap.place >= gap.upTo) return
  const left = queues(old, gap.place, gap.upTo, () => true)
  let last = gap.place - 1
  for (let i = gap.begin; i < gap.end; i++) {
    const queue = left.get(fresh[i])
    while (queue && queue.next < queue.places.length && queue.places[queue.next] <= last) queue.next++
    if (!queue || queue.next === queue.places.length) continue
    last = from[i] = queue.places[queue.next++]
  }
}

function moved(old: string[], fresh: string[], from: (number | undefined)[]) {
  const used = new Set(from)
  const left = queues(old, 0, old.length, (place) => !used.has(place) && old[place] !== '')
  fresh.forEach((text, i) => {
    const queue = from[i] === undefined ? left.get(text) : undefined
    if (queue && queue.next < queue.places.length) from[i] = queue.places[queue.next++]
  })
}

function mended(old: string[], fresh: string[], from: (number | undefined)[]) {
  const used = new Set(from)
  const left = (texts: string[], isLeft: (at: number) => boolean) => texts.flatMap((text, at) => (isLeft(at) ? [{ text, at }] : []))
  const [were, are] = [left(old, (at) => !used.has(at)), left(fresh, (at) => from[at] === undefined)]
  if (were.length > 0 && are.length > 0) for (const [place, i] of likest(were, are)) from[i] = place
}

function queues(texts: string[], start: number, end: number, counts: (place: number) => boolean) {
  const found = new Map<string, { places: number[]; next: number }>()
  for (let place = start; place < end; place++) {
    if (!counts(place)) continue
    const queue = found.get(texts[place])
    if (queue) queue.places.push(place)
    else found.set(texts[place], { places: [place], next: 0 })
  }
  return found
}

/** Worded quite anew: where as many stand between two that stayed as before, in order. */
function pairUp(from: (number | undefined)[], length: number) {
  const used = new Set(from)
  for (let i = 0; i < from.length; i++) {
    if (from[i] !== undefined) continue
    let upTo = i
    while (upTo < from.length && from[upTo] === undefined) upTo++
    const start = i === 0 ? 0 : from[i - 1]! + 1
    const end = upTo === from.length ? length : from[upTo]!
    const free = start + upTo - i === end && Array.from({ length: upTo - i }, (_, j) => start + j).every((place) => !used.has(place))
    if (free) for (let j = i; j < upTo; j++) from[j] = start + j - i
    i = upTo
  }
}
