import { type Block, citedIn, type NotesDocument, type Paragraph, referenceKey, type TaskItem, textOf } from './document'

/** A stretch of a text: in both, only in the newer one, only in the older one. */
export type Stretch = { is: 'same' | 'added' | 'removed'; text: string }

export type Change = { id: string } & (
  | { is: 'added'; after: string }
  | { is: 'removed'; before: string }
  /** `ties`: what it is about differs; `form`: what it is (a heading, a task that is done …), or its marks. */
  | { is: 'changed'; words: Stretch[]; ties: { before: string[]; after: string[] } | null; form: boolean }
  | { is: 'moved'; after: string }
)

export type Count = Record<Change['is'], number>

type Seen = { id: string; text: string; ties: string[]; form: string }

/** What a newer text does otherwise than an older one, block by block as their ids tell them apart, in the newer one's order; what is gone stands where it stood. */
export function changesBetween(older: NotesDocument, newer: NotesDocument): Change[] {
  // Of long texts that were mended all over, the last paragraphs are shown one beside the other.
  let left = mostStepsInAll
  return between(older, newer, (before, after) => {
    const { stretches, steps } = compared(before, after, Math.min(mostSteps, left))
    left -= steps
    return stretches
  })
}

/** How many of each kind, without a look at the words. */
export const countBetween = (older: NotesDocument, newer: NotesDocument): Count => countChanges(between(older, newer, () => []))

function between(older: NotesDocument, newer: NotesDocument, wordsOf: (before: string, after: string) => Stretch[]): Change[] {
  const [before, after] = [seenIn(older), seenIn(newer)]
  const [was, is] = [byId(before), byId(after)]
  const stayed = new Set(inOrder(after.filter(({ id }) => was.has(id)).map(({ id }) => id), before.map(({ id }) => id)))
  const found = after.flatMap((block): Change[] => {
    const { id, text } = block
    const old = was.get(id)
    if (!old) return text === '' ? [] : [{ id, is: 'added', after: text }]
    const ties = old.ties.join() === block.ties.join() ? null : { before: old.ties, after: block.ties }
    const isChanged = old.text !== text || ties !== null || old.form !== block.form
    if (isChanged && old.text === '' && text !== '') return [{ id, is: 'added', after: text }]
    if (isChanged && (old.text !== '' || text !== '')) return [{ id, is: 'changed', words: wordsOf(old.text, text), ties, form: old.form !== block.form }]
    return stayed.has(id) || text === '' ? [] : [{ id, is: 'moved', after: text }]
  })
  return withGone(found, before.filter(({ id, text }) => !is.has(id) && text !== ''), before.map(({ id }) => id))
}

export function countChanges(changes: Change[]): Count {
  const count: Count = { added: 0, removed: 0, changed: 0, moved: 0 }
  for (const { is } of changes) count[is]++
  return count
}

const byId = (blocks: Seen[]) => new Map(blocks.map((block) => [block.id, block]))

function seenIn(document: NotesDocument): Seen[] {
  return document.content.flatMap(function walk(block: Block): Seen[] {
    if (block.type === 'taskList') return block.content.flatMap((item) => item.content.flatMap((one, i) => (i === 0 && one.type === 'paragraph' ? [seen(one, taskForm(item))] : walk(one))))
    if (block.type === 'blockquote') return block.content.flatMap(walk)
    if (block.type === 'bulletList' || block.type === 'orderedList') return block.content.flatMap((item) => item.content.flatMap(walk))
    return citedIn(block).map((one) => seen(one, one.type === 'heading' ? `heading${one.attrs.level}` : block.type))
  })
}

const taskForm = ({ attrs: { checked, owner, due } }: TaskItem) => ['task', checked, owner, due].join('|')

function seen(block: Pick<Paragraph, 'attrs' | 'content'>, form: string): Seen {
  const marks = (block.content ?? []).flatMap((one) => (one.type === 'text' && one.marks ? [`${one.text}:${JSON.stringify(one.marks)}`] : []))
  return { id: block.attrs.id, text: textOf(block), ties: block.attrs.about.map(referenceKey), form: [form, ...marks].join('\n') }
}

/** The longest run of `ids` that stand in the same order in `order`: these did not move. */
function inOrder(ids: string[], order: string[]): string[] {
  const place = new Map(order.map((id, i) => [id, i]))
  const ends: number[] = []
  const before: number[] = []
  ids.forEach((id, i) => {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (place.get(ids[ends[middle]])! < place.get(id)!) low = middle + 1
      else high = middle
    }
    before[i] = low > 0 ? ends[low - 1] : -1
    ends[low] = i
  })
  const found: string[] = []
  for (let i = ends.at(-1) ?? -1; i >= 0; i = before[i]) found.unshift(ids[i])
  return found
}

/** What is gone stands behind the change before which it stood, or at the end. */
function withGone(found: Change[], gone: Seen[], order: string[]): Change[] {
  const place = new Map(order.map((id, i) => [id, i]))
  const behind = new Map<number, Change[]>()
  // What is gone comes in the older one's order: the change behind it never stands before that of the one before.
  let next = 0
  for (const { id, text } of gone) {
    const isBehind = (one: Change) => one.is !== 'added' && one.is !== 'moved' && (place.get(one.id) ?? -1) > place.get(id)!
    while (next < found.length && !isBehind(found[next])) next++
    const those = behind.get(next) ?? []
    those.push({ id, is: 'removed', before: text })
    behind.set(next, those)
  }
  return [...found.flatMap((one, i) => [...(behind.get(i) ?? []), one]), ...(behind.get(found.length) ?? [])]
}

/** Steps at most of one comparison of words, and of all that are made for one page: beyond, the one text is shown beside the other. */
const [mostSteps, mostStepsInAll] = [400_000, 4_000_000]

/** Two texts compared by words: what stayed, what came, what went. */
export const wordsBetween = (before: string, after: string): Stretch[] => compared(before, after, mostSteps).stretches

function compared(before: string, after: string, most: number): { stretches: Stretch[]; steps: number } {
  const [a, b] = [before, after].map((text) => text.match(/\s+|[\p{L}\p{N}]+(?:[’'-][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]/gu) ?? [])
  let [start, end] = [0, 0]
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const [was, is] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  const steps = was.length * is.length
  const same = (words: string[]) => words.map((text): Stretch => ({ is: 'same', text }))
  return { stretches: joined([...same(a.slice(0, start)), ...lcs(was, is, steps <= most), ...same(a.slice(a.length - end))]), steps: steps <= most ? steps : 0 }
}

function lcs(a: string[], b: string[], mayTakeLong: boolean): Stretch[] {
  const gone = (words: string[]) => words.map((text): Stretch => ({ is: 'removed', text }))
  const came = (words: string[]) => words.map((text): Stretch => ({ is: 'added', text }))
  if (a.length === 0 || b.length === 0 || !mayTakeLong) return [...gone(a), ...came(b)]
  const width = b.length + 1
  const lengths = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] = a[i] === b[j] ? lengths[(i + 1) * width + j + 1] + 1 : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
    }
  }
  const found: Stretch[] = []
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      found.push({ is: 'same', text: a[i++] })
      j++
    } else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) found.push({ is: 'removed', text: a[i++] })
    else found.push({ is: 'added', text: b[j++] })
  }
  return [...found, ...gone(a.slice(i)), ...came(b.slice(j))]
}

/** Neighbours of a kind are one; a space alone between two changes belongs to them. */
function joined(stretches: Stretch[]): Stretch[] {
  const found: Stretch[] = []
  let [removed, added] = ['', '']
  const flush = () => {
    if (removed) found.push({ is: 'removed', text: removed })
    if (added) found.push({ is: 'added', text: added })
    removed = added = ''
  }
  stretches.forEach((one, i) => {
    if (one.is === 'removed') removed += one.text
    else if (one.is === 'added') added += one.text
    else if (/^\s+$/.test(one.text) && removed && added && stretches[i + 1] && stretches[i + 1].is !== 'same') {
      removed += one.text
      added += one.text
    } else {
      flush()
      const last = found.at(-1)
      if (last?.is === 'same') last.text += one.text
      else found.push({ ...one })
    }
  })
  flush()
  return found
}
