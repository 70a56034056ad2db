import { createHash } from 'node:crypto'
import { answersAnybody, writtenByNobody } from './automatic'
import { bounceIn } from './bounce'
import { calendarReplyIn } from './calendar-reply'
import { fieldsOf, type Message, openHead, openMessage, type Part } from './message'
import { singleLine, textOfHtml } from './plain-text'
import { type Content, type Reading, type Unreadable } from './reading'
import { ownWords } from './words'
import { writtenAddress } from './written-address'

const mostAddresses = 50

/** What a raw message says, whoever sent it: never rejects. Pure: the same octets have the same reading. */
export async function readMail(raw: Buffer): Promise<Reading> {
  const opened = await openMessage(raw)
  if (typeof opened === 'string') return unopened(raw, opened, await openHead(raw))
  return { ...headOf(opened), digest: digestOf(opened, decodedParts(opened)), content: contentOf(opened) }
}

/** A reading of what cannot be opened, as far as its head says something. */
export function unopened(raw: Buffer, why: Unreadable, head: Message | null = null): Reading {
  const empty = { messageId: null, from: { name: null, address: null }, subject: null, sentAt: null, addressedTo: [], inReplyTo: [], authentication: null }
  const digest = head === null ? hashOf([raw]) : digestOf(head, [raw.subarray(Math.max(0, raw.indexOf('\n\r\n')))])
  return { ...(head === null ? empty : headOf(head)), digest, content: { is: 'unreadable', why } }
}

function contentOf(message: Message): Content {
  const bounce = bounceIn(message)
  if (bounce !== null) return { is: 'bounce', bounce }
  const toAnybody = answersAnybody(message)
  if (toAnybody !== null) return { is: 'automatic', why: toAnybody }
  const answer = calendarReplyIn(message.parts)
  if (typeof answer === 'string') return { is: 'unreadable', why: answer }
  if (answer !== null) return { is: 'calendar', answer }
  const nobody = writtenByNobody(message)
  if (nobody !== null) return { is: 'automatic', why: nobody }
  return isHeadless(message) ? { is: 'unreadable', why: 'malformed' } : wordsOf(message)
}

function wordsOf(message: Message): Content {
  const winmail = message.parts.find(isWinmail)
  const own = ownWords(message.text.trim() === '' ? textOfHtml(message.html) : message.text)
  // An answer to a meeting that Outlook packed in its own way: what stands beside it is no answer of the calendar.
  if (winmail && (own.words === '' || /Schedule\.Meeting\.Resp|MtgResp/i.test(winmail.bytes.subarray(0, 4096).toString('latin1')))) return { is: 'unreadable', why: 'winmail' }
  return own.words === '' ? { is: 'unreadable', why: 'nothing-said' } : { is: 'words', ...own }
}

function isWinmail({ type, name }: Part): boolean {
  return /^application\/(?:vnd\.)?ms-tnef$/.test(type) || /^winmail\.dat$/i.test(name ?? '')
}

/** Octets that are no message at all. */
function isHeadless(message: Message): boolean {
  return !['from', 'date', 'message-id', 'received', 'to'].some((name) => fieldsOf(message, name).length > 0)
}

function headOf(message: Message): Omit<Reading, 'digest' | 'content'> {
  const { mail } = message
  const sender = mail.from?.value.flatMap((one) => one.group ?? one)[0]
  return {
    messageId: idsIn(fieldsOf(message, 'message-id')[0] ?? '')[0] ?? null,
    from: { name: singleLine(sender?.name ?? '', 200), address: writtenAddress(sender?.address ?? '') },
    subject: singleLine(mail.subject ?? '', 300),
    sentAt: dateOf(fieldsOf(message, 'date')[0] ?? ''),
    addressedTo: addressesIn(['delivered-to', 'x-original-to', 'envelope-to', 'to', 'cc'].flatMap((name) => fieldsOf(message, name))),
    inReplyTo: [...new Set(['in-reply-to', 'references'].flatMap((name) => idsIn(fieldsOf(message, name).join(' ')).reverse()))].slice(0, mostAddresses),
    authentication: authenticationIn(fieldsOf(message, 'authentication-results')[0] ?? ''),
  }
}

/** By their shape alone: for finding our own addresses it does not matter in which part of the field they stand. */
function addressesIn(fields: string[]): string[] {
  const found = fields.flatMap((field) => field.slice(0, 16_384).match(/[^\s<>()[\]\\,;:"@]{1,64}@[^\s<>()[\]\\,;:"@]{1,190}/g) ?? [])
  return [...new Set(found.flatMap((one) => writtenAddress(one) ?? []))].slice(0, mostAddresses)
}

function idsIn(field: string): string[] {
  const ids = field.slice(0, 16_384).match(/<[^<>\s\p{Cc}]{1,250}>/gu)?.map((id) => id.slice(1, -1))
  return ids ?? (field.match(/^[^<>\s\p{Cc}]{1,250}$/u) ?? [])
}

/** RFC 5322 3.3; null where it is none, or out of all reason. */
function dateOf(field: string): Date | null {
  const date = new Date(field.slice(0, 100).replace(/\([^()]*\)/g, ' ').trim())
  return date.getTime() > 0 && date.getUTCFullYear() <= 2200 ? date : null
}

/** RFC 8601 section 2.2: the first result of each method that says something about the sender. */
function authenticationIn(field: string): string | null {
  const said = field.slice(0, 4000).replace(/\([^()]*\)/g, ' ')
  const results = ['dkim', 'spf', 'dmarc'].flatMap((method) => {
    const result = new RegExp(`;\\s*${method}\\s*=\\s*([a-z]{3,10})\\b`, 'i').exec(said)?.[1].toLowerCase()
    return result === undefined ? [] : [`${method}=${result}`]
  })
  return results.join(' ') || null
}

/** Line ends and transfer encodings are rewritten on the way: they make no other message. */
function decodedParts({ text, html, parts }: Message): Buffer[] {
  const decoded = parts.map(({ type, bytes }) => {
    const isLines = /^(?:text|message)\//.test(type) || type === 'application/ics'
    return isLines ? Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n').trim(), 'latin1') : bytes
  })
  return [Buffer.from(text.trim()), Buffer.from(html.trim()), ...decoded]
}

function digestOf(head: Message, parts: Buffer[]): string {
  const said = [head.mail.from?.value[0]?.address ?? '', head.mail.subject ?? '', fieldsOf(head, 'date')[0] ?? '']
  return hashOf([...said.map((one) => Buffer.from(one.trim())), ...parts])
}

/** Each with its length before it, so that nothing can move from one to the next. */
function hashOf(pieces: Buffer[]): string {
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(`${piece.length}\n`).update(piece)
  return hash.digest('hex')
}
