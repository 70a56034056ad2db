// Text that strangers wrote, made fit to be shown: no control characters, no marks that turn the reading direction.

const breaks = /\r\n?|[\v\f\u0085\u2028\u2029]/g
const invisible = /[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\u{E0000}-\u{E0FFF}]/gu

/** Several lines, each ended by a line feed alone, composed accents, at most one empty line in a row. */
export function severalLines(text: string): string {
  const lines = text.replace(breaks, '\n').replaceAll('\t', ' ').replace(invisible, '').replace(/[^\P{Cc}\n]|[\p{Cs}\p{Co}\p{Cn}]/gu, '').normalize('NFC').split('\n')
  return lines.map((line) => line.trimEnd()).join('\n').replace(/\n{3,}/g, '\n\n').trim()
}

/** The same on one line, at most so long; null where nothing is left. */
export function singleLine(text: string, max: number): string | null {
  return cutAt(severalLines(text.slice(0, 4 * max)).replace(/\s+/g, ' '), max) || null
}

/** At most `max` UTF-16 units: cut between words, with an ellipsis that says so. */
export function cutAt(text: string, max: number): string {
  if (text.length <= max) return text
  const short = text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')
  const space = short.search(/\s\S*$/)
  return `${(space > max / 2 ? short.slice(0, space) : short).trimEnd()}…`
}

const inline = new Set(['a', 'abbr', 'acronym', 'b', 'bdi', 'bdo', 'big', 'cite', 'code', 'del', 'dfn', 'em', 'font', 'i', 'ins', 'kbd', 'label', 'mark', 'meta', 'q', 's', 'small', 'span', 'strike', 'strong', 'sub', 'sup', 'td', 'th', 'time', 'tt', 'u', 'var', 'wbr', 'o:p', 'img'])
const unread = new Set(['head', 'style', 'script', 'title', 'template', 'noscript', 'object', 'svg', 'select', 'textarea'])
const spaced = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'table', 'pre', 'blockquote'])
/** Where programs begin what they quote. */
const quoting = /\b(?:gmail_quote|yahoo_quoted|protonmail_quote|tutanota_quote|zmail_extra|divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|ms-outlook-mobile-reference-message)\b/
const longest = 200_000

/**
 * The text of an HTML part, for reading what somebody wrote: one pass, no tree, no styles. Quotations come out with
 * ">" before their lines, and nothing after the mark with which mail programs begin what they answer.
 */
export function textOfHtml(html: string): string {
  const source = html.slice(0, longest)
  const lines: string[] = []
  let line = ''
  let depth = 0
  const end = (empty: boolean) => {
    const text = line.replace(/[ \t\r\n\u00A0]+/g, ' ').trim()
    if (text !== '') lines.push('> '.repeat(Math.min(depth, 5)) + text)
    if (empty && lines.length > 0 && lines.at(-1) !== '') lines.push(depth > 0 ? '>' : '')
    line = ''
  }
  let at = 0
  while (at < source.length) {
    const open = source.indexOf('<', at)
    if (open < 0) break
    line += entitiesRead(source.slice(at, open))
    const tag = tagAt(source, open)
    at = tag.end
    if (tag.name === '') line += tag.text
    else if (unread.has(tag.name) && !tag.closes) at = afterElement(source, tag.name, at)
    else if (tag.name === 'blockquote') {
      end(true)
      depth = Math.max(0, depth + (tag.closes ? -1 : 1))
    } else if (!tag.closes && quoting.test(tag.text) && lines.some((one) => one !== '')) {
      at = source.length
    } else if (tag.name === 'br') {
      if (line.trim() === '') end(true)
      end(false)
    } else if (!inline.has(tag.name)) end(spaced.has(tag.name))
    else if (tag.name === 'td' || tag.name === 'th') line += ' '
  }
  if (at < source.length) line += entitiesRead(source.slice(at))
  end(false)
  return lines.join('\n')
}

/** The tag or comment that begins at a "<"; no name where it is only a sign, or a comment. */
function tagAt(source: string, open: number): { name: string; closes: boolean; text: string; end: number } {
  if (source.startsWith('<!--', open)) {
    const close = source.indexOf('-->', open + 4)
    return { name: '', closes: false, text: '', end: close < 0 ? source.length : close + 3 }
  }
  const closes = source[open + 1] === '/'
  const name = /^[A-Za-z][A-Za-z0-9:]{0,30}|^[!?]/.exec(source.slice(open + (closes ? 2 : 1), open + 40))?.[0].toLowerCase()
  if (name === undefined) return { name: '', closes: false, text: '<', end: open + 1 }
  const close = source.indexOf('>', open)
  const end = close < 0 ? source.length : close + 1
  return /^[!?]/.test(name) ? { name: '', closes, text: '', end } : { name, closes, text: source.slice(open, Math.min(end, open + 500)), end }
}

function afterElement(source: string, name: string, from: number): number {
  const close = new RegExp(`</${name}`, 'gi')
  close.lastIndex = from
  const found = close.exec(source)
  if (!found) return source.length
  const end = source.indexOf('>', found.index)
  return end < 0 ? source.length : end + 1
}

const named = new Map(Object.entries({
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0', laquo: '«', raquo: '»', hellip: '…', ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’',
  ldquo: '“', rdquo: '”', bull: '•', middot: '·', euro: '€', deg: '°', oelig: 'œ', OElig: 'Œ', aelig: 'æ', szlig: 'ß', thinsp: '\u2009', shy: '', copy: '©',
}))
const accents = new Map(Object.entries({ grave: '\u0300', acute: '\u0301', circ: '\u0302', tilde: '\u0303', uml: '\u0308', ring: '\u030A', cedil: '\u0327' }))

function entitiesRead(text: string): string {
  return text.includes('&') ? text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,10}));?/g, (written, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return named.get(name) ?? accented(name) ?? written
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    return code > 0 && code <= 0x10FFFF ? String.fromCodePoint(code) : ''
  }) : text
}

/** `eacute` is e with its accent. */
function accented(name: string): string | undefined {
  const accent = accents.get(name.slice(1))
  return accent === undefined ? undefined : `${name[0]}${accent}`.normalize('NFC')
}
