import { simpleParser, type Attachment, type ParsedMail, type StructuredHeader } from 'mailparser'
import { largestMail, type Unreadable } from './reading'

/** A part that is no plain text or HTML of the message itself; `bytes` are decoded, not yet of any charset. */
export type Part = { type: string; parameters: Record<string, string>; name: string | null; bytes: Buffer }

export type Message = {
  mail: ParsedMail
  /** The message's own type, lower case, with its parameters. */
  type: string
  parameters: Record<string, string>
  text: string
  html: string
  parts: Part[]
}

const headLimit = 64 * 1024
const partLimit = 60
const multipartLimit = 12

const options = {
  // What is attached as a message is somebody else's: a REQUEST of ours within a bounce is nobody's answer.
  ignoreEmbedded: true,
  keepDeliveryStatus: true,
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  checksumAlgo: false,
  maxHeadSize: headLimit,
  maxChildNodes: partLimit,
} as const

/** The parts of a message, or why nobody should try: looked at from outside first, where that is cheaper than parsing. */
export async function openMessage(raw: Buffer): Promise<Message | Unreadable> {
  if (raw.length > largestMail || headOf(raw).length > headLimit) return 'too-large'
  if (countMultiparts(raw) > multipartLimit) return 'too-deep'
  try {
    return messageOf(await simpleParser(raw, options))
  } catch (error) {
    if (!(error instanceof Error) || !/^Max /.test(error.message)) return 'malformed'
    return /header/.test(error.message) ? 'too-large' : 'too-deep'
  }
}

/** What the head alone says, of a message that is not opened. */
export async function openHead(raw: Buffer): Promise<Message | null> {
  const head = headOf(raw.subarray(0, headLimit))
  try {
    return messageOf(await simpleParser(Buffer.concat([withoutType(head), Buffer.from('\r\n\r\n')]), options))
  } catch {
    return null
  }
}

/** The values of a field, unfolded, as they stand there (RFC 5322 2.2.3), the topmost first. */
export function fieldsOf(message: Message, name: string): string[] {
  return (message.mail.headerLines ?? []).filter(({ key }) => key === name).map(({ line }) =>
    Buffer.from(line.slice(line.indexOf(':') + 1).replace(/\r?\n(?=[ \t])/g, ''), 'latin1').toString().trim())
}

/** Text in the charset that its part names; UTF-8 or, failing that, windows-1252 where it names none that is known. */
export function decodeText(bytes: Buffer, charset: string | undefined): string {
  const start = bytes.subarray(0, 2).toString('latin1')
  const named = start === '\xFE\xFF' ? 'utf-16be' : start === '\xFF\xFE' ? 'utf-16le' : charset?.trim().toLowerCase()
  try {
    if (named && !/^(?:us-)?ascii$|^utf-?8$/.test(named)) return new TextDecoder(named).decode(bytes)
  } catch {
    // A name that nobody knows.
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder(named === undefined || named === 'utf-8' || named === 'utf8' ? 'utf-8' : 'windows-1252').decode(bytes)
  }
}

function messageOf(mail: ParsedMail): Message {
  const type = structured(mail.headers?.get('content-type'))
  return {
    mail,
    type: type.value || 'text/plain',
    parameters: type.params,
    text: mail.text ?? '',
    html: typeof mail.html === 'string' ? mail.html : '',
    parts: mail.attachments.map(partOf),
  }
}

function partOf(attachment: Attachment): Part {
  const { params } = structured(attachment.headers.get('content-type'))
  return { type: attachment.contentType.toLowerCase(), parameters: params, name: attachment.filename ?? null, bytes: attachment.content }
}

function structured(header: unknown): { value: string; params: Record<string, string> } {
  if (!isStructured(header)) return { value: '', params: {} }
  return { value: header.value.trim().toLowerCase(), params: header.params }
}

function isStructured(header: unknown): header is StructuredHeader {
  return typeof header === 'object' && header !== null && 'value' in header && typeof header.value === 'string' && 'params' in header
}

/** The octets before the first empty line; all of them where there is none. */
function headOf(raw: Buffer): Buffer {
  const ends = ['\r\n\r\n', '\n\n', '\n\r\n'].map((end) => raw.indexOf(end)).filter((at) => at >= 0)
  return raw.subarray(0, Math.min(raw.length, ...ends))
}

/** Without its type, a head is a whole message: an empty text. */
function withoutType(head: Buffer): Buffer {
  return Buffer.from(head.toString('latin1').replace(/^content-(?:type|transfer-encoding)[ \t]*:.*(?:\r?\n[ \t].*)*/gim, 'X-Left-Out: yes'), 'latin1')
}

/** Beside or within one another: nobody's message has so many, and it costs nothing to count them. */
function countMultiparts(raw: Buffer): number {
  return raw.toString('latin1').match(/^content-type[ \t]*:[ \t]*(?:\r?\n[ \t]+)?multipart\//gim)?.length ?? 0
}
