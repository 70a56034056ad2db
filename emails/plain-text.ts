import { typo } from '@/lib/text'
import type { Voice } from './say'
import type { Block, Sheet } from './sheet'

const measure = 72

/** The letter as text: the same words in the same order, lines of 72 characters, addresses on lines of their own. */
export function plainText(sheet: Sheet, voice: Voice): string {
  const { slab } = sheet
  const day = slab.day && `${slab.day.weekday} ${slab.day.number} ${slab.day.month}`
  const head = [slab.state?.toUpperCase(), slab.title, [day, slab.line].filter(Boolean).join(', ')].filter(Boolean).join('\n')
  const paragraphs = [
    head,
    '-'.repeat(24),
    sheet.headline,
    ...sheet.blocks.map((block) => textOf(block, voice)),
    '-- ',
    ...sheet.footnotes,
    `${voice.house.name}\n${voice.house.url}`,
  ]
  const text = paragraphs.map((one) => wrap(typo(one, voice.locale))).join('\n\n')
  // The signature's mark belongs to what follows it (RFC 3676 4.3).
  return `${text.replace('-- \n\n', '-- \n')}\n`
}

function textOf(block: Block, { say, locale }: Voice): string {
  switch (block.is) {
    case 'text':
    case 'code':
      return block.is === 'code' ? `    ${block.code}` : block.text
    case 'heading':
      return block.text.toUpperCase()
    case 'quote':
      return block.lines.map((line) => `> ${line}`).join('\n')
    case 'button':
    case 'link':
      return `${block.label}${colon(locale)}\n${block.href.replace(/^mailto:([^?]*).*/, '$1')}`
    case 'details':
      return block.rows
        .map(({ term, text, was, href }) => [`${term}${colon(locale)} ${href ?? text}`, was && `  (${say('avant', 'before')}${colon(locale)} ${was})`].filter(Boolean).join('\n'))
        .join('\n')
  }
}

const colon = (locale: string) => (locale === 'fr' ? '\u00A0:' : ':')

function wrap(text: string): string {
  return text.split('\n').map(wrapLine).join('\n')
}

function wrapLine(line: string): string {
  if (line === '-- ' || line.startsWith('    ')) return line
  const indent = /^> /.test(line) ? '> ' : ''
  const lines: string[] = []
  // Broken at plain spaces only: no-break ones hold their words together.
  for (const word of line.slice(indent.length).split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length + 1 <= measure) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(lines.length === 0 ? indent + word : (indent || '') + word)
  }
  return lines.join('\n')
}
