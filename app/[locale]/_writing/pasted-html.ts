import { parseDocument } from 'htmlparser2'
import { safeHref } from '@/lib/notes/document'

/**
 * What a word processor puts on the clipboard, as plain HTML: headings, paragraphs, lists, tables, quotations, links,
 * bold and italic stay; styles, classes, comments, pictures and whatever else such programs write along do not.
 * What was copied from these notes themselves is left as it is.
 */
export function cleanPaste(html: string): string {
  if (/\sdata-pm-slice=/.test(html)) return html
  const { children } = parseDocument(html)
  return isTooDeep(children) ? `<p>${escaped(html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim())}</p>` : written(flow(children, plain))
}

type ChildNode = ReturnType<typeof parseDocument>['children'][number]
type Element = Extract<ChildNode, { attribs: Record<string, string> }>
type Text = Extract<ChildNode, { data: string }>

const isTag = (node: ChildNode): node is Element => 'attribs' in node
const isText = (node: ChildNode): node is Text => node.type === 'text'

/** No program nests so: of such a page the words stay. */
function isTooDeep(nodes: ChildNode[]): boolean {
  for (let [depth, level] = [0, nodes]; level.length > 0; depth++) {
    if (depth > 400) return true
    level = level.flatMap((node) => (isTag(node) ? node.children : []))
  }
  return false
}

type Style = { bold: boolean; italic: boolean }
const plain: Style = { bold: false, italic: false }

/** A block, or an item of a list that its program wrote as a paragraph (Word): the list is built from what follows one another. */
type Piece = { html: string; item?: { level: number; isOrdered: boolean } }

const dropped = /^(head|style|script|noscript|meta|link|title|xml|img|picture|svg|math|object|embed|iframe|video|audio|canvas|template|input|button|select|textarea|o:p|[vwm]:.*)$/
const blocks = /^(html|body|main|article|section|header|footer|div|p|h[1-6]|ul|ol|li|dl|dt|dd|table|blockquote|pre|hr|address|figure|center|form|fieldset)$/

function flow(nodes: ChildNode[], style: Style): Piece[] {
  const pieces: Piece[] = []
  let run = ''
  const close = () => {
    if (hasWords(run)) pieces.push({ html: `<p>${trimmed(run)}</p>` })
    run = ''
  }
  for (const node of nodes) {
    if (isText(node) || (isTag(node) && !holdsBlock(node))) run += inline(node, style)
    else if (isTag(node) && !isHidden(node)) {
      close()
      pieces.push(...block(node, styleOf(node, style)))
    }
  }
  close()
  return pieces
}

function block(node: Element, style: Style): Piece[] {
  const name = node.name
  if (dropped.test(name)) return []
  if (name === 'hr') return [{ html: '<hr>' }]
  if (name === 'table') return table(node)
  if (name === 'ul' || name === 'ol') return list(node, style)
  if (name === 'blockquote') {
    const inside = written(flow(node.children, style))
    return inside === '' ? [] : [{ html: `<blockquote>${inside}</blockquote>` }]
  }
  const level = headingOf(node)
  if (level !== null) {
    const words = trimmed(inlines(node.children, plain).replace(/<\/?(strong|em)>/g, '').replace(/<br>/g, ' '))
    return hasWords(words) ? [{ html: `<h${level}>${words}</h${level}>` }] : []
  }
  const item = listedIn(node)
  if (item && !node.children.some((one) => isTag(one) && holdsBlock(one))) {
    const words = trimmed(inlines(node.children, style))
    return hasWords(words) ? [{ html: words, item }] : []
  }
  return flow(node.children, style)
}

/** Titles of any depth become the two that notes have. */
function headingOf({ name, attribs }: Element): 2 | 3 | null {
  const [, depth] = /^h([1-6])$/.exec(name) ?? []
  if (depth) return Number(depth) <= 2 ? 2 : 3
  return name !== 'p' ? null : /\bMsoTitle\b/.test(attribs.class ?? '') ? 2 : /\bMsoSubtitle\b/.test(attribs.class ?? '') ? 3 : null
}

/** Word says of a paragraph that it is an item, and writes the sign before it as text. */
function listedIn(node: Element): { level: number; isOrdered: boolean } | null {
  const [, level] = /mso-list:\s*l\d+\s+level(\d)/i.exec(node.attribs.style ?? '') ?? []
  return level ? { level: Number(level), isOrdered: /^\(?([0-9]{1,3}|[a-z]{1,4})[.)]/i.test(signOf(node.children).trim()) } : null
}

const isSign = ({ attribs }: Element) => /mso-list:\s*ignore/i.test(attribs.style ?? '')

const signOf = (nodes: ChildNode[]): string =>
  nodes.map((node) => (isTag(node) ? (isSign(node) ? textOf(node.children) : signOf(node.children)) : '')).join('')

const textOf = (nodes: ChildNode[]): string => nodes.map((node) => (isText(node) ? node.data : isTag(node) ? textOf(node.children) : '')).join('')

function list(node: Element, style: Style): Piece[] {
  const items: string[] = []
  for (const child of node.children) {
    if (!isTag(child) || isHidden(child)) continue
    if (child.name === 'li') {
      const inside = written(flow(child.children, styleOf(child, style)))
      if (inside !== '') items.push(inside.startsWith('<p>') ? inside : `<p></p>${inside}`)
    } else if (child.name === 'ul' || child.name === 'ol') {
      // Google writes a deeper list beside its item, not in it.
      const inner = written(list(child, style))
      if (items.length > 0) items[items.length - 1] += inner
      else if (inner !== '') items.push(`<p></p>${inner}`)
    } else {
      const inside = written(block(child, style))
      if (inside !== '') items.push(inside.startsWith('<p>') ? inside : `<p></p>${inside}`)
    }
  }
  return items.length === 0 ? [] : [{ html: `<${node.name}>${items.map((item) => `<li>${item}</li>`).join('')}</${node.name}>` }]
}

function table(node: Element): Piece[] {
  const rows = rowsOf(node).map((row) =>
    row.children.filter(isTag).filter(({ name }) => name === 'td' || name === 'th').map((cell) => {
      const paragraphs = cellWords(cell.children)
      return `<${cell.name}${spans(cell)}>${paragraphs.length > 0 ? paragraphs.map((words) => `<p>${words}</p>`).join('') : '<p></p>'}</${cell.name}>`
    }).join(''),
  )
  const filled = rows.filter((row) => row !== '')
  return filled.length === 0 ? [] : [{ html: `<table><tbody>${filled.map((row) => `<tr>${row}</tr>`).join('')}</tbody></table>` }]
}

const rowsOf = (node: Element): Element[] =>
  node.children.filter(isTag).flatMap((child) => (child.name === 'tr' ? [child] : /^(thead|tbody|tfoot)$/.test(child.name) ? rowsOf(child) : []))

const spans = ({ attribs }: Element) =>
  ['colspan', 'rowspan'].map((name) => (/^([2-9]|[1-3]\d|40)$/.test(attribs[name] ?? '') ? ` ${name}="${attribs[name]}"` : '')).join('')

/** In a cell stand paragraphs alone. */
function cellWords(nodes: ChildNode[]): string[] {
  const inside = written(flow(nodes, plain))
  return [...inside.matchAll(/<(p|h2|h3)>(.*?)<\/\1>/g)].map(([, , words]) => words).filter(hasWords)
}

const holdsBlock = (node: Element): boolean => blocks.test(node.name) || (!dropped.test(node.name) && node.children.some((child) => isTag(child) && holdsBlock(child)))

const isHidden = ({ name, attribs }: Element) =>
  dropped.test(name) || /display:\s*none|mso-hide:\s*all|mso-element:\s*(comment|footnote-separator)/i.test(attribs.style ?? '') || /\b(MsoComment|msocomanchor)/.test(attribs.class ?? '')

function styleOf({ name, attribs }: Element, around: Style): Style {
  const said = attribs.style ?? ''
  const weight = /(?:^|[;\s])font-weight:\s*(\w+)/i.exec(said)?.[1]
  const slant = /(?:^|[;\s])font-style:\s*(\w+)/i.exec(said)?.[1]
  return {
    bold: weight ? /bold/i.test(weight) || Number(weight) >= 600 : around.bold || name === 'b' || name === 'strong',
    italic: slant ? /italic|oblique/i.test(slant) : around.italic || name === 'i' || name === 'em' || name === 'cite',
  }
}

const inlines = (nodes: ChildNode[], style: Style) => nodes.map((node) => inline(node, style)).join('')

function inline(node: ChildNode, around: Style): string {
  if (isText(node)) return marked(escaped(node.data.replace(/[\s\u00a0]*\n[\s\u00a0]*/g, ' ').replace(/[ \t]+/g, ' ')), around)
  if (!isTag(node) || isHidden(node) || isSign(node)) return ''
  if (node.name === 'br') return /Apple-interchange-newline/.test(node.attribs.class ?? '') ? '' : '<br>'
  const style = styleOf(node, around)
  const inside = inlines(node.children, style)
  const href = node.name === 'a' ? safeHref(node.attribs.href?.trim()) : null
  return href && hasWords(inside) ? `<a href="${escaped(href)}">${inside}</a>` : inside
}

const marked = (words: string, { bold, italic }: Style) => {
  if (words.trim() === '') return words
  const slanted = italic ? `<em>${words}</em>` : words
  return bold ? `<strong>${slanted}</strong>` : slanted
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)

const hasWords = (html: string) => html.replace(/<[^>]*>/g, '').replace(/[\s\u00a0\u200b\ufeff]/g, '') !== ''

/** Programs write a space or a break where a paragraph ends. */
const trimmed = (html: string) => html.replace(/^(?:[\s\u00a0]|<br>)+|(?:[\s\u00a0]|<br>)+$/g, '').replace(/<\/strong>(\s*)<strong>/g, '$1').replace(/<\/em>(\s*)<em>/g, '$1')

/** The pieces in a row; items one after the other become lists, deeper ones in those before them. */
function written(pieces: Piece[]): string {
  let html = ''
  const open: { level: number; tag: string }[] = []
  const closeTo = (level: number) => {
    while ((open.at(-1)?.level ?? 0) > level) html += `</li></${open.pop()!.tag}>`
  }
  for (const { html: words, item } of pieces) {
    if (!item) {
      closeTo(0)
      html += words
      continue
    }
    closeTo(item.level)
    const tag = item.isOrdered ? 'ol' : 'ul'
    const last = open.at(-1)
    if (last?.level === item.level && last.tag === tag) html += '</li><li>'
    else {
      if (last?.level === item.level) closeTo(item.level - 1)
      open.push({ level: item.level, tag })
      html += `<${tag}><li>`
    }
    html += `<p>${words}</p>`
  }
  closeTo(0)
  return html
}
