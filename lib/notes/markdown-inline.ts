import { type Inline, type Mark, nameIn, safeHref, slugIn, type SpeakerNode } from './document'

// The words within a block, as Markdown and back: bold, italic, links, who speaks, broken lines.

/** Reads marks in one pass: no kind stands in itself, and a kind without an end is not looked for twice. */
export function readInline(text: string, marks: Mark[] = []): Inline[] {
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
    const named = char === '@' ? speakerAt(text, i) : null
    if (named) {
      flush()
      found.push(named.speaker)
      i = named.end
      continue
    }
    const inner = span(text, i, endless, has)
    if (inner) {
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

const speakerHere = /@\[((?:[^[\]\\]|\\[^]){1,300})\]\(([a-z0-9-]{0,120})\)/y

function speakerAt(text: string, at: number): { speaker: SpeakerNode; end: number } | null {
  speakerHere.lastIndex = at
  const here = speakerHere.exec(text)
  const name = here && nameIn(here[1].replace(/\\([^])/g, '$1'))
  return here && name ? { speaker: { type: 'speaker', attrs: { slug: slugIn(here[2]), name } }, end: at + here[0].length } : null
}

function span(text: string, at: number, endless: Set<string>, has: (type: Mark['type']) => boolean): { mark: Mark; text: string; end: number } | null {
  const char = text[at]
  if (char === '[') {
    if (has('link')) return null
    linkHere.lastIndex = at
    const here = linkHere.exec(text)
    const href = safeHref(here?.[2])
    return here && href ? { mark: { type: 'link', attrs: { href } }, text: here[1], end: at + here[0].length } : null
  }
  if (char !== '*' && char !== '_') return null
  const double = text[at + 1] === char
  const sign = double ? char + char : char
  if (has(double ? 'bold' : 'italic') || endless.has(sign) || /^\s|^$/.test(text.slice(at + sign.length, at + sign.length + 1))) return null
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

type Written = { before: string; text: string; after: string }

/** The same as text, on as many lines as it has. */
export function writeInline(content: Inline[]): string {
  // Of a break at the very end the backslash is left; a backslash that was said is two.
  return writeMarked(content, order).trim().replace(/(^|[^\\])((?:\\\\)*)\\$/, '$1$2')
}

/** Runs that share a mark are written together, links outside, italics inside. */
function writeMarked(content: Inline[], kinds: string[]): string {
  const [kind, ...inner] = kinds
  if (kind === undefined) return content.map(writeOne).join('')
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
    if (run.mark.type === 'link') return `${before}[${words}](${run.mark.attrs.href.replaceAll('(', '%28').replaceAll(')', '%29').replaceAll('|', '%7C')})${after}`
    if (run.mark.type === 'bold') return `${before}**${words}**${after}`
    const near = (other: { content: Inline[] } | undefined, edge: 0 | -1) => other && plainOf(other.content).at(edge)
    const inWord = (before === '' && isWordy(near(runs[i - 1], -1))) || (after === '' && isWordy(near(runs[i + 1], 0)))
    return inWord ? `${before}*${words}*${after}` : `${before}_${words}_${after}`
  }).join('')
}

function writeOne(one: Inline): string {
  if (one.type === 'text') return escapeText(one.text)
  return one.type === 'hardBreak' ? '\\\n' : `@[${one.attrs.name.replace(/[\\*_[\]]/g, '\\$&')}](${one.attrs.slug ?? ''})`
}

const written = { text: (one: Inline) => ('text' in one ? one.text : ''), hardBreak: () => '\n', speaker: () => '@)' }
const plainOf = (content: Inline[]) => content.map((one) => written[one.type](one)).join('')

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
