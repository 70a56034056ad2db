import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../corpus', import.meta.url))

export const defaults = {
  /** Of the address rsvp+token@domain. */
  token: 'mzxw6ytboi4dcmrtgq2tmnzyha3tqojq',
  domain: 'reponses.parlons-en.example',
  uid: '6f1c2c0e-5a0b-4d0e-9a57-0d3c9d2f7b11@parlons-en.example',
  attendee: 'zoe.martin@theatre.example',
  /** Of the sender; the attendee's unless given. */
  from: '',
  sequence: '0',
  stamp: '20261123T101500Z',
  start: '20261203T080000Z',
  /** DTEND; alone on its line, the mark ends a block. */
  end: '20261203T090000Z',
  /** The Date field. */
  date: 'Mon, 23 Nov 2026 11:15:00 +0100',
  /** What is before the @ of the Message-ID; the file's name unless given. */
  id: '',
  /** Message-ID, without its brackets, of the letter of ours that is answered or comes back. */
  letter: 'letter-1@parlons-en.example',
  words: 'J’en retiens qu’une charte ne vaut que si quelqu’un la tient : la nôtre a désormais un nom.',
}

export type CorpusValues = Partial<Record<keyof typeof defaults, string | number>>

/** The names of all messages written for the tests. */
export const corpusNames = () => readdirSync(folder).filter((file) => file.endsWith('.eml')).map((file) => file.slice(0, -'.eml'.length)).sort()

/**
 * One message of tests/corpus as it travels. `{{token}}` and the like are filled, in `{{base64 utf-16le}}` … `{{end}}`
 * (or `qp`, `8bit`; a charset, UTF-8 if none; `fold=76`, octets a line) what was filled is then encoded, and lines end
 * in CRLF, unless the file's first line is `{{lf}}`.
 */
export function corpus(name: string, values: CorpusValues = {}): Buffer {
  const all = { ...defaults, id: name, ...given(values) }
  const from = all.from || all.attendee
  const source = readFileSync(join(folder, `${name}.eml`), 'utf8')
  const lineEnd = source.startsWith('{{lf}}\n') ? '\n' : '\r\n'
  const filled = source.replace(/^\{\{lf\}\}\n/, '').replace(/(?<!^(?=\{\{(?:end|base64|qp)\}\}$))\{\{([a-z]+)\}\}/gm, (mark, key: string) => {
    if (!(key in all)) throw new Error(`${name}.eml asks for ${mark}, which nobody gives`)
    return { ...all, from }[key as keyof typeof all]
  })
  return Buffer.concat(filled.split(/^(\{\{(?:base64|qp|8bit)[^}\n]*\}\}\n[^]*?)^\{\{end\}\}\n/m).map((piece) => {
    const block = /^\{\{(base64|qp|8bit)([^}\n]*)\}\}\n([^]*)$/.exec(piece)
    if (!block) return Buffer.from(piece.replaceAll('\n', lineEnd))
    return encoded(block[1], block[2].trim().split(' ').filter(Boolean), block[3], lineEnd)
  }))
}

function given(values: CorpusValues) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined).map(([key, value]) => [key, String(value)]))
}

function encoded(encoding: string, options: string[], text: string, lineEnd: string): Buffer {
  const width = Number(options.find((option) => option.startsWith('fold='))?.slice('fold='.length) ?? 0)
  const charset = options.find((option) => !option.startsWith('fold=')) ?? 'utf-8'
  const bytes = folded(inCharset(text.replaceAll('\n', lineEnd), charset), width, lineEnd)
  if (encoding === '8bit') return bytes
  if (encoding === 'base64') return Buffer.from(`${bytes.toString('base64').replace(/.{76}(?=.)/g, `$&${lineEnd}`)}${lineEnd}`)
  return Buffer.from(quotedPrintable(bytes, lineEnd))
}

/** Octets are counted, as programs do that also cut inside a character; not for charsets of two octets. */
function folded(bytes: Buffer, width: number, lineEnd: string): Buffer {
  if (width === 0) return bytes
  const lines = bytes.toString('latin1').split(lineEnd).map((line) =>
    [line.slice(0, width), ...(line.slice(width).match(new RegExp(`[^]{1,${width - 1}}`, 'g')) ?? [])].join(`${lineEnd} `))
  return Buffer.from(lines.join(lineEnd), 'latin1')
}

const euro: Record<string, string> = { '€': '\xA4', 'Š': '\xA6', 'š': '\xA8', 'Ž': '\xB4', 'ž': '\xB8', 'Œ': '\xBC', 'œ': '\xBD', 'Ÿ': '\xBE' }
const windows: Record<string, string> = { '€': '\x80', '…': '\x85', 'Š': '\x8A', 'Œ': '\x8C', '‘': '\x91', '’': '\x92', '“': '\x93', '”': '\x94', '–': '\x96', '—': '\x97', 'œ': '\x9C' }

function inCharset(text: string, charset: string): Buffer {
  if (charset === 'utf-8') return Buffer.from(text)
  if (charset === 'utf-16le') return Buffer.from(`\uFEFF${text}`, 'utf16le')
  if (charset === 'utf-16be') return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()
  const table = { 'windows-1252': windows, 'iso-8859-15': euro, 'iso-8859-1': {} }[charset]
  if (!table) throw new Error(`The tests write no ${charset}`)
  return Buffer.from(text.replace(/[^\0-\xFF]/g, (letter) => (table as Record<string, string>)[letter] ?? '?'), 'latin1')
}

function quotedPrintable(bytes: Buffer, lineEnd: string) {
  const lines = bytes.toString('latin1').split(lineEnd).map((line) =>
    line.replace(/[^\t\x20-\x3C\x3E-\x7E]|[ \t]$/g, (octet) => `=${octet.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`))
  return lines.map((line) => line.replace(/((?:=[0-9A-F]{2}|[^=]){72})(?=.)/g, `$1=${lineEnd}`)).join(lineEnd)
}
