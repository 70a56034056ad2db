import { type Block, type Inline, limits, type ListItem, type Mark, newBlockId, type NotesDocument, readReference, type Reference, referenceKey, safeHref } from './document'

/**
 * The notes as text and back: headings (`##`, `###`), lists, quotations (`>`), `---`, paragraphs, `**bold**`,
 * `*italic*`, `[links](https://…)`, a backslash before what should be taken literally and at the end of a line that
 * breaks there. `{#report-slug/16}` or `{#theme-slug}` at the end of a paragraph or heading ties it.
 */

/** Nesting that is read as such; what is deeper is plain text. */
const deepest = 8

/** Reads Markdown. Blocks get new ids: `withIdsOf` gives back those they had. Anything that is no mark-up is text. */
export function fromMarkdown(markdown: string): NotesDocument {
  const lines = markdown.replace(/\r\n?|[\u2028\u2029]/g, '\n').replaceAll('\t', '    ').split('\n')
  const content = readBlocks(lines, 0)
  return { type: 'doc', content: content.length > 0 ? content : [paragraph('')] }
}

function readBlocks(lines: string[], depth: number): Block[] {
  const found: Block[] = []
  let i = 0
  while (i < lines.length) {
    const line = lines[i]
    const heading = /^ {0,3}(#{1,6})(?: +(.*))?$/.exec(line)
    if (line.trim() === '') i++
    else if (heading) {
      found.push({ ...paragraph(heading[2] ?? ''), type: 'heading' } as Block)
      const last = found.at(-1)
      if (last?.type === 'heading') last.attrs = { ...last.attrs, level: heading[1].length > 2 ? 3 : 2 }
      i++
    } else if (isRule(line)) {
      found.push({ type: 'horizontalRule' })
      i++
    } else if (depth < deepest && /^ {0,3}>/.test(line)) {
      const end = until(lines, i, (one) => !/^ {0,3}>/.test(one))
      const inside = readBlocks(lines.slice(i, end).map((one) => one.replace(/^ {0,3}> ?/, '')), depth + 1)
      found.push({ type: 'blockquote', content: inside.length > 0 ? inside : [paragraph('')] })
      i = end
    } else if (depth < deepest && marker(line)) {
      const { list, end } = readList(lines, i, depth)
      found.push(list)
      i = end
    } else {
      const end = until(lines, i + 1, (one) => one.trim() === '' || /^ {0,3}(#{1,6} |>)/.test(one) || isRule(one) || (depth < deepest && marker(one) !== null))
      found.push(paragraph(lines.slice(i, end).map((one) => one.trimStart()).join('\n')))
      i = end
    }
  }
  return found
}

const isRule = (line: string) => /^ {0,3}(-{3,}|\*{3,}|_{3,})\s*$/.test(line)

function until(lines: string[], from: number, stop: (line: string) => boolean) {
  let end = from
  while (end < lines.length && !stop(lines[end])) end++
  return end
}

/** `kind` tells one list from the next: a bullet of another shape begins another list. */
function marker(line: string) {
  const found = isRule(line) ? null : /^( {0,3})([-*+]|(\d{1,4})([.)]))(?: +|$)/.exec(line)
  return found && { width: found[0].length, kind: found[4] ?? found[2], start: found[3] === undefined ? null : Number(found[3]) }
}

function readList(lines: string[], from: number, depth: number): { list: Block; end: number } {
  const first = marker(lines[from])!
  const items: ListItem[] = []
  let i = from
  for (let mark = marker(lines[i]); mark && mark.kind === first.kind; mark = i < lines.length ? marker(lines[i]) : null) {
    const { width } = mark
    const belongs = (line: string) => line.trim() === '' || line.length - line.trimStart().length >= Math.min(width, 2)
    let end = until(lines, i + 1, (line) => !belongs(line))
    while (end > i + 1 && lines[end - 1].trim() === '') end--
    const inside = [lines[i].slice(width), ...lines.slice(i + 1, end).map((line) => line.slice(Math.min(width, line.length - line.trimStart().length)))]
    const content = readBlocks(inside, depth + 1)
    items.push({ type: 'listItem', content: content[0]?.type === 'paragraph' ? content : [paragraph(''), ...content] })
    i = end
    const next = until(lines, i, (line) => line.trim() !== '')
    if (next < lines.length && marker(lines[next])?.kind === first.kind) i = next
  }
  const list: Block = first.start === null ? { type: 'bulletList', content: items } : { type: 'orderedList', attrs: { start: first.start }, content: items }
  return { list, end: i }
}

function paragraph(text: string): Extract<Block, { type: 'paragraph' }> {
  const about: Reference[] = []
  let rest = text.trimEnd()
  for (let tie = tied(rest); tie; tie = tied(rest)) {
    about.unshift(...tie.about)
    rest = tie.rest
  }
  const unique = about.filter((one, i) => about.findIndex((other) => referenceKey(other) === referenceKey(one)) === i)
  const content = readInline(rest, [])
  return { type: 'paragraph', attrs: { id: newBlockId(), about: unique.slice(0, limits.references) }, ...(content.length > 0 ? { content } : {}) }
}

function tied(text: string) {
  if (!text.endsWith('}')) return null
  const open = text.lastIndexOf('{')
  if (open === -1 || text[open - 1] === '\\') return null
  const keys = text.slice(open + 1, -1).trim().split(/\s+/)
  const about = keys.map((key) => (key.startsWith('#') ? readReference(key.slice(1)) : null))
  return about.every((one) => one !== null) ? { about, rest: text.slice(0, open).trimEnd() } : null
}

/** Reads marks in one pass: no kind stands in itself, and a kind without an end is not looked for twice. */
function readInline(text: string, marks: Mark[]): Inline[] {
  const found: Inline[] = []
  const endless = new Set<string>()
  let plain = ''
  const flush = () => {
    if (plain !== '') found.push({ type: 'text', text: plain, ...(marks.length > 0 ? { marks } : {}) })
    plain = ''
  }
  const has = (type: Mark['type']) => marks.some((mark) => mark.type === type)
  for (let i = 0; i < text.length; ) {
    const char = text[i]
    if (char === '\\' && i + 1 < text.length) {
      if (text[i + 1] === '\n') {
        flush()
        found.push({ type: 'hardBreak' })
      } else plain += /[!-/:-@[-`{-~]/.test(text[i + 1]) ? text[i + 1] : text.slice(i, i + 2)
      i += 2
      continue
    }
    if (char === '\n') {
      plain += ' '
      i++
      continue
    }
    const inner = span(text, i, endless)
    if (inner && !has(inner.mark.type)) {
      flush()
      found.push(...readInline(inner.text, inOrder([...marks, inner.mark])))
      i = inner.end
      continue
    }
    plain += char
    i++
  }
  flush()
  return found
}

const order = ['link', 'bold', 'italic']
const inOrder = (marks: Mark[]) => marks.toSorted((a, b) => order.indexOf(a.type) - order.indexOf(b.type))

const linkHere = /\[((?:[^[\]\\]|\\[^]){1,1000})\]\(([^()\s\\]{1,2000})\)/y

function span(text: string, at: number, endless: Set<string>): { mark: Mark; text: string; end: number } | null {
  const char = text[at]
  if (char === '[') {
    linkHere.lastIndex = at
    const here = linkHere.exec(text)
    const href = safeHref(here?.[2])
    return here && href ? { mark: { type: 'link', attrs: { href } }, text: here[1], end: at + here[0].length } : null
  }
  if (char !== '*' && char !== '_') return null
  const double = text[at + 1] === char
  const sign = double ? char + char : char
  if (endless.has(sign) || /^\s|^$/.test(text.slice(at + sign.length, at + sign.length + 1))) return null
  if (char === '_' && isWordy(text[at - 1])) return null
  for (let i = at + sign.length; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === char) {
      let run = 1
      while (text[i + run] === char) run++
      const fits = double ? run >= 2 : run !== 2
      const begin = double && run >= 3 ? i + run - 2 : i
      if (fits && begin > at + sign.length && !/\s/.test(text[i - 1]) && (char !== '_' || !isWordy(text[begin + sign.length]))) {
        return { mark: { type: double ? 'bold' : 'italic' }, text: text.slice(at + sign.length, begin), end: begin + sign.length }
      }
      i += run - 1
    }
  }
  endless.add(sign)
  return null
}

const isWordy = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}]/u.test(char)

/** Writes a document as Markdown that `fromMarkdown` reads as the same one, but for empty paragraphs. */
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
    lines.push(...written)
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
      return block.content.flatMap((item) => writeItem(item, alternate ? '*' : '-'))
    case 'orderedList':
      return block.content.flatMap((item, i) => writeItem(item, `${block.attrs.start + i}${alternate ? ')' : '.'}`))
    case 'heading':
      return [['#'.repeat(block.attrs.level), writeInline(block.content ?? []).replaceAll('\\\n', ' '), ...ties(block.attrs.about)].filter(Boolean).join(' ')]
    case 'paragraph': {
      const text = writeInline(block.content ?? []).split('\n').map(escapeStart).join('\n')
      return text === '' ? [] : [text, ...ties(block.attrs.about)].join(' ').split('\n')
    }
  }
}

function writeItem(item: ListItem, sign: string): string[] {
  const [first, ...more] = writeBlocks(item.content)
  const indent = ' '.repeat(sign.length + 1)
  return [`${sign} ${first ?? ''}`.trimEnd(), ...more.map((line) => (line === '' ? '' : indent + line))]
}

const ties = (about: Reference[]) => (about.length > 0 ? [`{${about.map((one) => `#${referenceKey(one)}`).join(' ')}}`] : [])

/** What would make a block of a line: there it is a letter. */
const escapeStart = (line: string) =>
  line.trimStart().replace(/^(#{1,6}(?= |$)|[-+>](?= |$)|>|-{3,}(?=\s*$))/, '\\$1').replace(/^(\d{1,4})([.)])(?= |$)/, '$1\\$2')

type Written = { before: string; text: string; after: string }

function writeInline(content: Inline[]): string {
  return writeMarked(content, order).trim().replace(/\\$/, '')
}

/** Runs that share a mark are written together, links outside, italics inside. */
function writeMarked(content: Inline[], kinds: string[]): string {
  const [kind, ...inner] = kinds
  if (kind === undefined) return content.map((one) => (one.type === 'text' ? escapeText(one.text) : '\\\n')).join('')
  const runs: { mark: Mark | undefined; content: Inline[] }[] = []
  for (const one of content) {
    const mark = one.type === 'text' ? one.marks?.find(({ type }) => type === kind) : undefined
    const last = runs.at(-1)
    if (last && sameMark(last.mark, mark)) last.content.push(one)
    else runs.push({ mark, content: [one] })
  }
  return runs.map((run, i) => {
    const text = writeMarked(run.content, inner)
    if (!run.mark) return text
    const { before, text: words, after } = apart(text)
    if (words === '') return text
    if (run.mark.type === 'link') return `${before}[${words}](${run.mark.attrs.href.replaceAll('(', '%28').replaceAll(')', '%29')})${after}`
    if (run.mark.type === 'bold') return `${before}**${words}**${after}`
    const near = (other: { content: Inline[] } | undefined, edge: 0 | -1) => other && plainOf(other.content).at(edge)
    const inWord = (before === '' && isWordy(near(runs[i - 1], -1))) || (after === '' && isWordy(near(runs[i + 1], 0)))
    return inWord ? `${before}*${words}*${after}` : `${before}_${words}_${after}`
  }).join('')
}

const plainOf = (content: Inline[]) => content.map((one) => (one.type === 'text' ? one.text : '\n')).join('')

const sameMark = (a: Mark | undefined, b: Mark | undefined) =>
  a?.type === b?.type && (a?.type !== 'link' || b?.type !== 'link' || a.attrs.href === b.attrs.href)

/** A mark begins and ends at a word: spaces at its edges stand outside. */
function apart(text: string): Written {
  const begin = /^(?:\s|\\\n)*/.exec(text)![0].length
  let end = text.length
  // Walked from the end: a pattern that looks for it from the front takes a minute for a long run of spaces.
  while (end > begin && /\s/.test(text[end - 1])) end -= end - 2 >= begin && text.slice(end - 2, end) === '\\\n' ? 2 : 1
  return { before: text.slice(0, begin), text: text.slice(begin, end), after: text.slice(end) }
}

const escapeText = (text: string) => text.replace(/[\\*_[\]]/g, '\\$&').replace(/\{(?=#)|\}$/g, '\\$&')
