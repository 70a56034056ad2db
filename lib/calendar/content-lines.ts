// Lines of an iCalendar file (RFC 5545 section 3.1) and what may stand in them. The generator writes some fields as it
// gets them: the UID, the time zone, a calendar's name, description, address and source, and every property of ours that
// it does not know. So nothing reaches it, or stands beside what it writes, that did not come through here; and `fold`
// looks at every line once more before it leaves.

const breaks = /\r\n|[\r\n\v\f\u0085\u2028\u2029]/g
const controls = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069\uFEFF]/gu

/** Text on one line: breaks become spaces; control characters, half surrogates and reading-direction marks go. */
export function oneLine(text: string): string {
  return text.replace(breaks, ' ').replaceAll('\t', ' ').replace(controls, '').replace(/ {2,}/g, ' ').trim()
}

/** Text that may have several lines, each ended by a line feed alone. */
export function manyLines(text: string): string {
  const lines = text.replace(breaks, '\n').replaceAll('\t', ' ').split('\n')
  return lines.map((line) => line.replace(controls, '').trimEnd()).join('\n').replace(/\n{3,}/g, '\n\n').trim()
}

/**
 * A name for a CN parameter: without the marks that RFC 6868 would write as ^' and ^^, which reach people
 * literally in programs that do not know it.
 */
export function personName(name: string, otherwise: string): string {
  return oneLine(name.replaceAll('"', '’').replaceAll('^', ' ')) || otherwise
}

/** TEXT as RFC 5545 section 3.3.11 writes it, each mark escaped once; whatever else could end the line is cleaned away. */
export function escapeText(text: string): string {
  return manyLines(text).replace(/[\\;,]/g, (mark) => `\\${mark}`).replaceAll('\n', '\\n')
}

/** A SEQUENCE (RFC 5545 section 3.8.7.4): an integer from 0 that a signed 32-bit number holds. */
export function sequenceOf(sequence: number): number {
  if (!Number.isInteger(sequence) || sequence < 0 || sequence >= 2 ** 31) throw new RangeError(`Not a SEQUENCE: ${sequence}`)
  return sequence
}

/** A web address as a URI value: ASCII, absolute, without the marks that some programs unescape. Null if it is none. */
export function uriOf(address: string): string | null {
  if (!/^(?:https?|webcals?):\/\//i.test(address) || !URL.canParse(address)) return null
  return new URL(address).href.replace(/[,;'"\\\s\p{Cc}]/gu, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
}

/** A UID that cannot break its line. It is assigned by us once, so anything else is a fault of ours. */
export function uidOf(uid: string): string {
  if (!/^[A-Za-z0-9._@+-]{1,255}$/.test(uid)) throw new RangeError(`Not a calendar UID: ${JSON.stringify(uid.slice(0, 300))}`)
  return uid
}

/** A mailbox that cannot break its line or name two mailboxes. Addresses are parsed at the door; this is the last look. */
export function mailboxOf(address: string): string {
  if (address.length > 254 || !/^[A-Za-z0-9.#$&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]+$/.test(address)) throw new RangeError(`Not a mailbox: ${JSON.stringify(address.slice(0, 300))}`)
  return address
}

/** The mailbox as it stands after mailto: (RFC 6068 section 2), where a question mark would begin header fields. */
export function mailtoOf(address: string): string {
  return address.replace(/[/?#&=^`{|}]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** The logical lines of a file, folds undone. */
export function unfold(file: string): string[] {
  return file.replace(/\r\n[ \t]/g, '').split('\r\n').filter((line) => line !== '')
}

/**
 * The file of these lines: at most 75 octets each, never cut inside a character, each ended by CRLF. The last look: a
 * line that something could end early, or that begins like none, stops the file instead of leaving with it.
 */
export function fold(lines: string[]): string {
  for (const line of lines) if (!/^[A-Z][A-Z0-9-]*[:;]/.test(line) || unfit.test(line)) throw new RangeError(`Not a content line: ${JSON.stringify(line.slice(0, 300))}`)
  return lines.map((line) => `${foldLine(line)}\r\n`).join('')
}

/** What no line of RFC 5545 section 3.1 holds, nor UTF-8 knows. */
const unfit = /[\p{Cc}\p{Cs}\u2028\u2029]/u

function foldLine(line: string): string {
  if (Buffer.byteLength(line) <= 75) return line
  const folded: string[] = []
  let current = ''
  let octets = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > 75) {
      folded.push(current)
      current = ' '
      octets = 1
    }
    current += character
    octets += size
  }
  return [...folded, current].join('\r\n')
}
