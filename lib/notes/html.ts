import { Parser } from 'htmlparser2'
import { done, type Outcome, refused } from '@/lib/outcome'
import { type Block, type Cell, type Inline, limits, type Mark, newBlockId, type NotesDocument, type Paragraph, type Row, safeHref, type TaskItem } from './document'
import { apartFromTies } from './markdown'

/** What the page had and notes have not; the words of a link that leads nowhere stay. */
export type Dropped = { pictures: number; embedded: number; scripts: number; links: number }
export type Imported = { document: NotesDocument; dropped: Dropped }

/** Characters of HTML: word processors write four for each of ours. */
export const longestHtml = 4 * limits.bytes
const [deepestTag, deepestNesting, mostBlocks] = [256, 8, 40_000]

/**
 * Reads what a word processor or a site made of notes: headings, lists, tasks, tables, quotations, links, bold and
 * italic; styles, comments and attributes are left out. One pass, so that its time grows with the length alone.
 * Refusals: `too-big`, `too-deep` (256 tags within one another).
 */
export function fromHtml(html: string): Outcome<Imported, 'too-big' | 'too-deep'> {
  if (html.length > longestHtml) return refused('too-big')
  const builder = new Builder()
  let depth = 0
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        // Known before the parser's own list of what stands open grows long: it is searched at each end tag.
        if (++depth > deepestTag) throw new Unfit('too-deep')
        builder.open(name, attributes)
      },
      onclosetag: (name) => {
        depth--
        builder.close(name)
      },
      ontext: (text) => builder.text(text),
    },
    { decodeEntities: true },
  )
  try {
    parser.write(html.toWellFormed().replaceAll('\0', ''))
    parser.end()
    return done(builder.end())
  } catch (error) {
    if (error instanceof Unfit) return refused(error.reason)
    throw error
  }
}

class Unfit extends Error {
  constructor(readonly reason: 'too-big' | 'too-deep') {
    super(reason)
  }
}

type Item = { content: Block[]; task: boolean | null }
type Frame =
  | { kind: 'flow'; blocks: Block[]; item?: Item }
  | { kind: 'list'; start: number | null; items: Item[] }
  | { kind: 'table'; rows: Row[] }
  | { kind: 'row'; cells: Cell[] }
  | { kind: 'cell'; cell: Cell; blocks: Block[] }

const unread = new Set(['script', 'style', 'template', 'noscript', 'title', 'svg', 'math', 'select', 'textarea', 'button'])
const embedded = new Set(['iframe', 'object', 'embed', 'video', 'audio', 'canvas', 'applet'])
const bounds = new Set(['p', 'div', 'section', 'article', 'header', 'footer', 'main', 'nav', 'aside', 'address', 'dl', 'dt', 'dd', 'figure', 'figcaption', 'pre', 'form', 'fieldset', 'legend', 'center', 'caption', 'summary', 'details', 'body', 'html', 'head', 'thead', 'tbody', 'tfoot'])

class Builder {
  private readonly root: Extract<Frame, { kind: 'flow' }> = { kind: 'flow', blocks: [] }
  private readonly frames: Frame[] = [this.root]
  /** For each tag that stands open, how to leave it. */
  private readonly leaving: (() => void)[] = []
  private readonly dropped: Dropped = { pictures: 0, embedded: 0, scripts: 0, links: 0 }
  private words: Inline[] = []
  private heading: 2 | 3 | null = null
  private readonly hrefs: (string | null)[] = []
  private readonly styles = { bold: [false], italic: [false], kept: [false] }
  private silent = 0
  private count = 0

  open(name: string, attributes: Record<string, string>) {
    this.leaving.push(this.enter(name, attributes))
  }

  close(_name: string) {
    this.leaving.pop()?.()
  }

  text(text: string) {
    if (this.silent > 0 || text === '') return
    const isKept = this.styles.kept.at(-1)
    if (isKept && text.includes('\n')) return text.split('\n').forEach((line, i) => (i > 0 && this.words.push({ type: 'hardBreak' }), line && this.say(line)))
    this.say(text)
  }

  end(): Imported {
    while (this.leaving.length > 0) this.leaving.pop()!()
    this.flush()
    const { blocks } = this.root
    return { document: { type: 'doc', content: blocks.length > 0 ? blocks : [paragraphOf([])] }, dropped: this.dropped }
  }

  private enter(name: string, attributes: Record<string, string>): () => void {
    if (unread.has(name) || embedded.has(name)) return this.pass(name)
    if (this.silent > 0) return () => {}
    const mark = this.mark(name, attributes)
    if (mark) return mark
    if (/^h[1-6]$/.test(name)) return this.title(name < 'h3' ? 2 : 3)
    if (name === 'br') this.words.push({ type: 'hardBreak' })
    else if (name === 'img' || name === 'picture') this.dropped.pictures += name === 'img' ? 1 : 0
    else if (name === 'hr') this.add({ type: 'horizontalRule' })
    else if (name === 'input' && attributes.type === 'checkbox') this.tick('checked' in attributes)
    else if (name === 'ul' || name === 'ol') return this.list(name === 'ol' ? numberIn(attributes.start, 9999) : null)
    else if (name === 'li') return this.item(attributes)
    else if (name === 'blockquote') return this.quote()
    else if (name === 'table') return this.table()
    else if (name === 'tr') return this.row()
    else if (name === 'td' || name === 'th') return this.cell(name === 'th', attributes)
    else if (bounds.has(name)) return this.bound(name === 'pre')
    return () => {}
  }

  private pass(name: string) {
    if (this.silent === 0) {
      if (name === 'script') this.dropped.scripts++
      if (embedded.has(name)) this.dropped.embedded++
    }
    this.silent++
    return () => void this.silent--
  }

  /** Bold, italic and links; what a style says counts too, because word processors say it so. */
  private mark(name: string, { style = '', href }: Record<string, string>) {
    if (name === 'a') {
      const safe = href === undefined ? null : safeHref(href.trim())
      if (href !== undefined && !safe && !href.startsWith('#')) this.dropped.links++
      this.hrefs.push(safe ?? this.hrefs.at(-1) ?? null)
      return () => void this.hrefs.pop()
    }
    const isMark = ['b', 'strong', 'i', 'em', 'cite', 'span', 'font', 'u', 'small', 'sup', 'sub', 'mark', 'code'].includes(name)
    if (!isMark) return null
    const said = style.slice(0, 500).toLowerCase()
    const weight = /font-weight:\s*(\w+)/.exec(said)?.[1]
    const slant = /font-style:\s*(\w+)/.exec(said)?.[1]
    const { bold, italic } = this.styles
    bold.push(weight ? weight.startsWith('bold') || Number(weight) >= 600 : bold.at(-1)! || name === 'b' || name === 'strong')
    italic.push(slant ? slant === 'italic' || slant === 'oblique' : italic.at(-1)! || name === 'i' || name === 'em' || name === 'cite')
    return () => {
      bold.pop()
      italic.pop()
    }
  }

  private say(text: string) {
    const href = this.hrefs.at(-1)
    const marks: Mark[] = [...(href ? [{ type: 'link' as const, attrs: { href } }] : []), ...(['bold', 'italic'] as const).filter((type) => this.styles[type].at(-1)).map((type) => ({ type }))]
    this.words.push({ type: 'text', text, ...(marks.length > 0 ? { marks } : {}) })
  }

  private bound(isKept: boolean) {
    this.flush()
    if (isKept) this.styles.kept.push(true)
    return () => {
      this.flush()
      if (isKept) this.styles.kept.pop()
    }
  }

  private title(level: 2 | 3) {
    this.flush()
    this.heading = level
    return () => {
      this.flush()
      this.heading = null
    }
  }

  private nest(frame: Frame, leave: () => void) {
    this.flush()
    this.heading = null
    this.frames.push(frame)
    return () => {
      this.flush()
      this.frames.pop()
      leave()
    }
  }

  private get nesting() {
    return this.frames.filter(({ kind }) => kind === 'list' || kind === 'flow').length
  }

  private list(start: number | null) {
    if (this.nesting > deepestNesting * 2) return this.bound(false)
    const frame: Frame = { kind: 'list', start, items: [] }
    return this.nest(frame, () => listsOf(frame.items, start).forEach((list) => this.add(list)))
  }

  private item(attributes: Record<string, string>) {
    const list = this.frames.at(-1)
    if (list?.kind !== 'list') return this.bound(false)
    const item: Item = { content: [], task: attributes['data-type'] === 'taskItem' ? attributes['data-checked'] === 'true' : null }
    list.items.push(item)
    return this.nest({ kind: 'flow', blocks: item.content, item }, () => {})
  }

  private tick(isDone: boolean) {
    const item = this.frames.findLast((frame) => frame.kind === 'flow')
    if (item?.kind === 'flow' && item.item) item.item.task ??= isDone
  }

  private quote() {
    if (this.nesting > deepestNesting * 2) return this.bound(false)
    const blocks: Block[] = []
    return this.nest({ kind: 'flow', blocks }, () => blocks.length > 0 && this.add({ type: 'blockquote', content: blocks }))
  }

  /** A table in a table gives its words; one of a single cell is a frame around them. */
  private table() {
    if (this.frames.some(({ kind }) => kind === 'table')) return this.bound(false)
    const rows: Row[] = []
    return this.nest({ kind: 'table', rows }, () => {
      if (rows.length === 1 && rows[0].content.length === 1) rows[0].content[0].content.forEach((one) => this.add(one))
      else for (let i = 0; i < rows.length; i += limits.rows) this.add({ type: 'table', content: rows.slice(i, i + limits.rows) })
    })
  }

  private row() {
    const table = this.frames.at(-1)
    if (table?.kind !== 'table') return this.bound(false)
    const cells: Cell[] = []
    return this.nest({ kind: 'row', cells }, () => cells.length > 0 && table.rows.push({ type: 'tableRow', content: cells }))
  }

  private cell(isHead: boolean, attributes: Record<string, string>) {
    const row = this.frames.at(-1)
    if (row?.kind !== 'row') return this.bound(false)
    const width = row.cells.reduce((sum, { attrs }) => sum + attrs.colspan, 0)
    const colspan = Math.min(numberIn(attributes.colspan, limits.columns), limits.columns - width)
    const isBeyond = width >= limits.columns
    const cell: Cell = isBeyond ? row.cells.at(-1)! : { type: isHead ? 'tableHeader' : 'tableCell', attrs: { colspan, rowspan: numberIn(attributes.rowspan, limits.rows) }, content: [] }
    if (!isBeyond) row.cells.push(cell)
    return this.nest({ kind: 'cell', cell, blocks: [] }, () => {
      if (cell.content.length === 0) cell.content.push(this.counted(paragraphOf([])))
    })
  }

  private flush() {
    const words = collapsed(this.words)
    this.words = []
    if (words.length === 0) return
    const block = paragraphOf(words)
    this.add(this.heading ? { ...block, type: 'heading', attrs: { ...block.attrs, level: this.heading } } : block)
  }

  private add(block: Block) {
    this.counted(block)
    if (this.words.length > 0) this.flush()
    const frame = this.frames.at(-1)!
    if (frame.kind === 'flow') frame.blocks.push(block)
    else if (frame.kind === 'cell') frame.cell.content.push(...paragraphsIn(block))
    else if (frame.kind === 'list') this.lastItem(frame.items).content.push(block)
    // Words between rows belong to no cell: they stand before the table.
    else this.flowAround().push(block)
  }

  private lastItem(items: Item[]) {
    if (items.length === 0) items.push({ content: [], task: null })
    return items.at(-1)!
  }

  private flowAround(): Block[] {
    const around = this.frames.findLast((frame) => frame.kind === 'flow' || frame.kind === 'list')
    if (around?.kind === 'list') return this.lastItem(around.items).content
    return around?.kind === 'flow' ? around.blocks : this.root.blocks
  }

  private counted<One extends Block>(block: One): One {
    if (++this.count > mostBlocks) throw new Unfit('too-big')
    return block
  }
}

const numberIn = (sent: string | undefined, most: number) => Math.min(/^\d{1,4}$/.test(sent ?? '') ? Math.max(1, Number(sent)) : 1, most)

function paragraphOf(words: Inline[]): Paragraph {
  const { about, content } = apartFromTies(words)
  return { type: 'paragraph', attrs: { id: newBlockId(), about }, ...(content.length > 0 ? { content } : {}) }
}

function paragraphsIn(block: Block): Paragraph[] {
  if (block.type === 'paragraph') return [block]
  if (block.type === 'heading') return [{ ...block, type: 'paragraph', attrs: { id: block.attrs.id, about: block.attrs.about } }]
  return 'content' in block ? (block.content as { content: Block[] }[]).flatMap((one) => ('type' in one && isBlock(one) ? paragraphsIn(one) : one.content.flatMap(paragraphsIn))) : []
}

const isBlock = (one: object): one is Block => 'type' in one && typeof one.type === 'string' && !['listItem', 'taskItem', 'tableRow'].includes(one.type)

/** Runs of tasks and of other items, each a list of its own. A box drawn as a letter makes a task too. */
function listsOf(items: Item[], start: number | null): Block[] {
  const found: Block[] = []
  for (const { content, task } of items) {
    const begun: Block[] = content[0]?.type === 'paragraph' ? content : [paragraphOf([]), ...content]
    const drawn = task === null ? drawnBox(begun[0]) : null
    const done = task ?? drawn
    const last = found.at(-1)
    if (done !== null) {
      const item: TaskItem = { type: 'taskItem', attrs: { checked: done, owner: null, due: null, follows: null }, content: begun }
      if (last?.type === 'taskList') last.content.push(item)
      else found.push({ type: 'taskList', content: [item] })
    } else if (last?.type === 'bulletList' || last?.type === 'orderedList') last.content.push({ type: 'listItem', content: begun })
    else found.push(start === null ? { type: 'bulletList', content: [{ type: 'listItem', content: begun }] } : { type: 'orderedList', attrs: { start }, content: [{ type: 'listItem', content: begun }] })
  }
  return found
}

function drawnBox(block: Block): boolean | null {
  const first = block.type === 'paragraph' ? block.content?.[0] : undefined
  const box = first?.type === 'text' ? /^([☐☑☒✅✔])\uFE0F?\s+/.exec(first.text) : null
  if (!box || first?.type !== 'text') return null
  first.text = first.text.slice(box[0].length)
  if (first.text === '' && block.type === 'paragraph') block.content?.shift()
  return box[1] !== '☐'
}

/** Spaces as a page shows them: one between words, none at the edges; the same marks side by side are one piece. */
function collapsed(words: Inline[]): Inline[] {
  const found: Inline[] = []
  let isSpaced = true
  for (const one of words) {
    const last = found.at(-1)
    if (one.type !== 'text') {
      if (last?.type === 'text') last.text = last.text.trimEnd()
      if (found.length > 0) found.push(one)
      isSpaced = true
      continue
    }
    const text = one.text.replace(/[ \t\n\r\f]+/g, ' ')
    const rest: string = isSpaced && text.startsWith(' ') ? text.slice(1) : text
    if (rest === '') continue
    isSpaced = rest.endsWith(' ')
    if (last?.type === 'text' && JSON.stringify(last.marks) === JSON.stringify(one.marks)) last.text += rest
    else found.push({ ...one, text: rest })
  }
  while (found.at(-1)?.type === 'hardBreak') found.pop()
  const end = found.at(-1)
  if (end?.type === 'text') end.text = end.text.trimEnd()
  return found.filter((one) => one.type !== 'text' || one.text !== '').map((one) => (one.type === 'text' ? { ...one, text: one.text.replaceAll('\u00AD', '') } : one))
}
