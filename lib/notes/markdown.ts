import { type Block, type Cell, dayIn, type Inline, limits, type List, type ListItem, nameIn, newBlockId, type NotesDocument, type Paragraph, readReference, type Reference, referenceKey, type Row, type Table, type TaskItem, type TaskList } from './document'
import { readInline, writeInline } from './markdown-inline'

/**
 * The notes as text and back: headings (`##`, `###`), lists, quotations (`>`), `---`, paragraphs, `**bold**`,
 * `*italic*`, `[links](https://…)`, `@[who speaks](slug)`, tables between pipes, a backslash before what should be
 * taken literally and at the end of a line that breaks there. `{#report-slug/16}` or `{#theme-slug}` at the end of a
 * paragraph or heading ties it. `- [ ] what is to be done {@who} {>2026-12-12}` is a task, `[x]` a done one;
 * `{^…}` there is the follow-up that it carries on.
 */

/** Nesting that is read as such; what is deeper is plain text. */
const deepest = 8

/** More blocks than this fit in no document: what comes behind is left as one plain piece, and is refused as too big. */
const mostBlocks = 40_000

type Left = { blocks: number }

/** Reads Markdown. Blocks get new ids: `withIdsOf` gives back those they had. Anything that is no mark-up is text. */
export function fromMarkdown(markdown: string): NotesDocument {
  const lines = markdown.replace(/\r\n?|[\u2028\u2029]/g, '\n').replaceAll('\t', '    ').split('\n')
  const content = readBlocks(lines, 0, { blocks: mostBlocks })
  return { type: 'doc', content: content.length > 0 ? content : [paragraph('')] }
}

function readBlocks(lines: string[], depth: number, left: Left): Block[] {
  const found: Block[] = []
  let i = 0
  while (i < lines.length) {
    const kind = kindAt(lines, i, depth)
    if (kind !== 'blank' && left.blocks-- <= 0) return [...found, { ...paragraph(''), content: [{ type: 'text', text: lines.slice(i).join(' ') }] }]
    if (kind === 'blank') i++
    else if (kind === 'heading') found.push(heading(lines[i++]))
    else if (kind === 'rule') {
      found.push({ type: 'horizontalRule' })
      i++
    } else if (kind === 'quote') {
      const end = until(lines, i, (at) => kindAt(lines, at, depth) !== 'quote')
      const inside = readBlocks(lines.slice(i, end).map((one) => one.replace(/^ {0,3}> ?/, '')), depth + 1, left)
      found.push({ type: 'blockquote', content: inside.length > 0 ? inside : [paragraph('')] })
      i = end
    } else if (kind === 'list') {
      const { list, end } = readList(lines, i, depth, left)
      if (list.content.length > 0) found.push(list)
      i = end
    } else if (kind === 'table') {
      const { tables, end } = readTable(lines, i, left)
      found.push(...tables)
      i = end
    } else {
      const end = endOfText(lines, i, depth)
      found.push(paragraph(joined(lines.slice(i, end))))
      i = end
    }
  }
  return found
}

function kindAt(lines: string[], i: number, depth: number) {
  const line = lines[i]
  if (line.trim() === '') return 'blank'
  if (/^ {0,3}#{1,6}(?: |$)/.test(line)) return 'heading'
  if (isRule(line)) return 'rule'
  if (depth < deepest && /^ {0,3}>/.test(line)) return 'quote'
  if (depth < deepest && marker(line)) return 'list'
  return isTable(lines, i) ? 'table' : 'text'
}

const isRule = (line: string) => /^ {0,3}(-{3,}|\*{3,}|_{3,})\s*$/.test(line)

function until(lines: string[], from: number, stop: (at: number) => boolean) {
  let end = from
  while (end < lines.length && !stop(end)) end++
  return end
}

const endOfText = (lines: string[], i: number, depth: number) => until(lines, i + 1, (at) => kindAt(lines, at, depth) !== 'text')

/** Lines of one paragraph; two spaces at the end of one break it, as a backslash does. */
const joined = (lines: string[]) => lines.map((line, i) => (i < lines.length - 1 && line.endsWith('  ') ? `${line.trim()}\\` : line.trimStart())).join('\n')

function heading(line: string): Block {
  const [, signs, words] = /^ {0,3}(#{1,6})(?: +(.*))?$/.exec(line.trimEnd()) ?? ['', '##', line]
  const { attrs, content } = paragraph(words ?? '')
  return { type: 'heading', attrs: { ...attrs, level: signs.length > 2 ? 3 : 2 }, ...(content ? { content } : {}) }
}

/** `kind` tells one list from the next: a bullet of another shape begins another list, and so does a task. */
function marker(line: string) {
  const found = isRule(line) ? null : /^( {0,3})([-*+]|(\d{1,4})([.)]))(?: +|$)/.exec(line)
  if (!found) return null
  const box = found[3] === undefined ? /^\[([ xX])\](?: +|$)/.exec(line.slice(found[0].length)) : null
  return {
    width: found[0].length,
    kind: `${found[4] ?? found[2]}${box ? '[]' : ''}`,
    start: found[3] === undefined ? null : Number(found[3]),
    task: box && { isDone: box[1] !== ' ', width: box[0].length },
  }
}

function readList(lines: string[], from: number, depth: number, left: Left): { list: List | TaskList; end: number } {
  const first = marker(lines[from])!
  const items: TaskItem[] = []
  let i = from
  for (let mark = marker(lines[i]); mark && mark.kind === first.kind && left.blocks-- > 0; mark = i < lines.length ? marker(lines[i]) : null) {
    const { width, task } = mark
    const belongs = (line: string) => line.trim() === '' || line.length - line.trimStart().length >= Math.min(width, 2)
    let end = until(lines, i + 1, (at) => !belongs(lines[at]))
    while (end > i + 1 && lines[end - 1].trim() === '') end--
    const begun = lines[i].slice(width + (task?.width ?? 0))
    const inside = [begun, ...lines.slice(i + 1, end).map((line) => line.slice(Math.min(width, line.length - line.trimStart().length)))]
    items.push(task ? readTask(inside, depth, left, task.isDone) : { type: 'taskItem', attrs: noFacts, content: begunByText(readBlocks(inside, depth + 1, left)) })
    i = end
    const next = until(lines, i, (at) => lines[at].trim() !== '')
    if (next < lines.length && marker(lines[next])?.kind === first.kind) i = next
  }
  const plain = (): ListItem[] => items.map(({ content }) => ({ type: 'listItem', content }))
  if (first.task) return { list: { type: 'taskList', content: items }, end: i }
  return { list: first.start === null ? { type: 'bulletList', content: plain() } : { type: 'orderedList', attrs: { start: first.start }, content: plain() }, end: i }
}

const noFacts: TaskItem['attrs'] = { checked: false, owner: null, due: null, follows: null }
const begunByText = (content: Block[]): Block[] => (content[0]?.type === 'paragraph' ? content : [paragraph(''), ...content])

/** What is said of a task stands at the end of its first paragraph. */
function readTask(lines: string[], depth: number, left: Left, checked: boolean): TaskItem {
  if (kindAt(lines, 0, depth + 1) !== 'text') return { type: 'taskItem', attrs: { ...noFacts, checked }, content: begunByText(readBlocks(lines, depth + 1, left)) }
  const end = endOfText(lines, 0, depth + 1)
  const { attrs, content, facts } = tiedParagraph(joined(lines.slice(0, end)), true)
  const first: Paragraph = { type: 'paragraph', attrs, ...(content ? { content } : {}) }
  return { type: 'taskItem', attrs: { ...facts, checked }, content: [first, ...readBlocks(lines.slice(end), depth + 1, left)] }
}

function isTable(lines: string[], i: number) {
  if (i + 1 >= lines.length || !lines[i].includes('|') || !/^[|:\- ]*-[|:\- ]*$/.test(lines[i + 1]) || !lines[i + 1].includes('|')) return false
  const under = cellsOf(lines[i + 1])
  return under.length <= limits.columns && under.every((one) => /^:?-+:?$/.test(one)) && cellsOf(lines[i]).length === under.length
}

/** As wide as its head; what stands beyond that belongs to the last cell. After 500 rows another table begins. An empty head is none. */
function readTable(lines: string[], from: number, left: Left): { tables: Table[]; end: number } {
  const head = cellsOf(lines[from])
  const end = until(lines, from + 2, (at) => !lines[at].includes('|') || lines[at].trim() === '')
  const rows: Row[] = head.every((one) => one === '') && end > from + 2 ? [] : [rowOf(head, 'tableHeader')]
  for (let at = from + 2; at < end; at++) {
    left.blocks -= head.length
    if (left.blocks <= 0) return { tables: tablesOf(rows), end: at }
    const cells = cellsOf(lines[at])
    const fitting = cells.length > head.length ? [...cells.slice(0, head.length - 1), cells.slice(head.length - 1).join(' \\| ')] : cells
    rows.push(rowOf([...fitting, ...Array.from({ length: head.length - fitting.length }, () => '')], 'tableCell'))
  }
  return { tables: tablesOf(rows), end }
}

const tablesOf = (rows: Row[]): Table[] =>
  Array.from({ length: Math.ceil(rows.length / limits.rows) }, (_, i) => ({ type: 'table', content: rows.slice(i * limits.rows, (i + 1) * limits.rows) }))

const rowOf = (cells: string[], type: Cell['type']): Row => ({ type: 'tableRow', content: cells.map((text) => ({ type, attrs: { colspan: 1, rowspan: 1 }, content: cellParagraphs(text) })) })

/** `<br>` breaks a line, two of them a paragraph. */
function cellParagraphs(text: string): Paragraph[] {
  const lines = text.replace(/\\[^]|<br ?\/?>/gi, (found) => (found.startsWith('<') ? '\n' : found))
  return lines.split(/\n *\n/).map((one) => paragraph(one.trim().replaceAll('\n', '\\\n')))
}

/** The pieces between pipes that no backslash precedes. */
function cellsOf(line: string): string[] {
  const text = line.trim()
  const found: string[] = []
  let begin = text.startsWith('|') ? 1 : 0
  for (let i = begin; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '|') {
      found.push(text.slice(begin, i).trim())
      begin = i + 1
    }
  }
  return begin < text.length || found.length === 0 ? [...found, text.slice(begin).trim()] : found
}

function paragraph(text: string): Paragraph {
  const { attrs, content } = tiedParagraph(text, false)
  return { type: 'paragraph', attrs, ...(content ? { content } : {}) }
}

function tiedParagraph(text: string, isTask: boolean) {
  const about: Reference[] = []
  const facts = { ...noFacts }
  let rest = text.trimEnd()
  for (let tie = tied(rest, isTask); tie; tie = tied(rest, isTask)) {
    about.push(...(tie.about ?? []).toReversed())
    Object.assign(facts, tie.facts)
    rest = tie.rest
  }
  const unique = [...new Map(about.reverse().map((one) => [referenceKey(one), one])).values()]
  const content = readInline(rest)
  return { attrs: { id: newBlockId(), about: unique.slice(0, limits.references) }, content: content.length > 0 ? content : undefined, facts }
}

/** Words whose last ones tie the paragraph, as they come from elsewhere than Markdown. */
export function apartFromTies(words: Inline[]): { about: Reference[]; content: Inline[] } {
  const last = words.at(-1)
  if (last?.type !== 'text' || !last.text.endsWith('}')) return { about: [], content: words }
  const about: Reference[] = []
  let rest = last.text
  for (let tie = tied(rest, false); tie?.about; tie = tied(rest, false)) {
    about.push(...tie.about.toReversed())
    rest = tie.rest
  }
  const unique = [...new Map(about.reverse().map((one) => [referenceKey(one), one])).values()].slice(0, limits.references)
  return { about: unique, content: rest === '' ? words.slice(0, -1) : [...words.slice(0, -1), { ...last, text: rest }] }
}

type Tie = { about?: Reference[]; facts?: Partial<TaskItem['attrs']>; rest: string }

function tied(text: string, isTask: boolean): Tie | null {
  if (!text.endsWith('}') || text.at(-2) === '\\') return null
  const open = text.lastIndexOf('{')
  if (open === -1 || text[open - 1] === '\\') return null
  const inside = text.slice(open + 1, -1).trim()
  const rest = text.slice(0, open).trimEnd()
  const facts = isTask ? taskFact(inside) : null
  if (facts) return { facts, rest }
  const about = inside.split(/\s+/).map((key) => (key.startsWith('#') ? readReference(key.slice(1)) : null))
  return about.every((one) => one !== null) ? { about, rest } : null
}

function taskFact(inside: string): Partial<TaskItem['attrs']> | null {
  const said = inside.slice(1).trim()
  const [owner, due] = [inside.startsWith('@') ? nameIn(said) : null, inside.startsWith('>') ? dayIn(said) : null]
  if (owner) return { owner }
  if (due) return { due }
  return inside.startsWith('^') && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(said) ? { follows: said } : null
}

/**
 * Writes a document as Markdown that `fromMarkdown` reads as the same one, but for empty paragraphs, and for what
 * tables have beyond it: merged cells (their place stays empty), heads elsewhere than in the first row.
 */
export function toMarkdown(document: NotesDocument): string {
  return `${writeBlocks(document.content).join('\n')}\n`
}

function writeBlocks(blocks: Block[]): string[] {
  const lines: string[] = []
  let alternate = false
  blocks.forEach((block, i) => {
    const follows = i > 0 && block.type === blocks[i - 1].type && block.type.endsWith('List')
    alternate = follows ? !alternate : false
    const written = writeBlock(block, alternate)
    if (written.length === 0) return
    if (lines.length > 0) lines.push('')
    for (const line of written) lines.push(line)
  })
  return lines
}

function writeBlock(block: Block, alternate: boolean): string[] {
  switch (block.type) {
    case 'horizontalRule':
      return ['---']
    case 'blockquote':
      return writeBlocks(block.content).map((line) => (line === '' ? '>' : `> ${line}`))
    case 'bulletList':
      return block.content.flatMap((item) => writeItem(writeBlocks(item.content), alternate ? '*' : '-'))
    case 'orderedList':
      return block.content.flatMap((item, i) => writeItem(writeBlocks(item.content), `${block.attrs.start + i}${alternate ? ')' : '.'}`))
    case 'taskList':
      return block.content.flatMap((item) => writeTask(item, alternate ? '*' : '-'))
    case 'table':
      return writeTable(block)
    case 'heading':
      return [['#'.repeat(block.attrs.level), writeInline(block.content ?? []).replaceAll('\\\n', ' '), ...ties(block.attrs.about)].filter(Boolean).join(' ')]
    case 'paragraph':
      return writeParagraph(block, ties(block.attrs.about))
  }
}

function writeParagraph(block: Paragraph, marks: string[]): string[] {
  const text = writeInline(block.content ?? []).split('\n').map(escapeStart).join('\n')
  return text === '' ? [] : [text, ...marks].join(' ').split('\n')
}

function writeItem([first, ...more]: string[], sign: string): string[] {
  const indent = ' '.repeat(sign.length + 1)
  return [`${sign} ${first ?? ''}`.trimEnd(), ...more.map((line) => (line === '' ? '' : indent + line))]
}

function writeTask({ attrs: { checked, owner, due, follows }, content }: TaskItem, bullet: string): string[] {
  const [begun, ...rest] = content
  const first = begun?.type === 'paragraph' ? begun : paragraph('')
  const marks = [...(owner ? [`{@${owner}}`] : []), ...(due ? [`{>${due}}`] : []), ...(follows ? [`{^${follows}}`] : []), ...ties(first.attrs.about)]
  const written = writeParagraph(first, marks)
  const [line, ...more] = written.length > 0 ? written : [marks.join(' ')]
  const others = writeBlocks(first === begun ? rest : content)
  return writeItem([`[${checked ? 'x' : ' '}] ${line}`.trimEnd(), ...more, ...(others.length > 0 ? ['', ...others] : [])], bullet)
}

function writeTable({ content }: Table): string[] {
  const width = Math.max(1, ...content.map((row) => row.content.reduce((sum, { attrs }) => sum + attrs.colspan, 0)))
  const hasHead = content[0]?.content.some(({ type }) => type === 'tableHeader')
  const lines = content.map((row) => {
    const cells = row.content.flatMap((cell) => [cell.content.map(writeCell).filter(Boolean).join('<br><br>'), ...Array.from({ length: cell.attrs.colspan - 1 }, () => '')])
    return `| ${[...cells, ...Array.from({ length: width - cells.length }, () => '')].join(' | ')} |`
  })
  const [head, ...body] = hasHead ? lines : [`|${'  |'.repeat(width)}`, ...lines]
  return [head, `|${' --- |'.repeat(width)}`, ...body]
}

function writeCell(block: Paragraph): string {
  const text = writeInline(block.content ?? [])
  return text === '' ? '' : [text.replace(/\\\n|[|<]/g, (found) => (found === '\\\n' ? '<br>' : `\\${found}`)), ...ties(block.attrs.about)].join(' ')
}

const ties = (about: Reference[]) => (about.length > 0 ? [`{${about.map((one) => `#${referenceKey(one)}`).join(' ')}}`] : [])

/** What would make a block of a line, or a table of it and the one before: there it is a letter. */
const escapeStart = (line: string) =>
  line
    .trimStart()
    .replace(/^(#{1,6}(?= |$)|[-+](?= |$)|>|-{3,}(?=\s*$)|[|:-](?=[|:\- ]*$))/, '\\$1')
    .replace(/^(\d{1,4})([.)])(?= |$)/, '$1\\$2')
