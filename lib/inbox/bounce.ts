import { isFromNobody } from './automatic'
import { decodeText, fieldsOf, type Message, type Part } from './message'
import { singleLine } from './plain-text'
import { type Bounce } from './reading'
import { writtenAddress } from './written-address'

type Recipient = Bounce['recipients'][number]

const returned = new Set(['message/rfc822', 'text/rfc822-headers', 'message/rfc822-headers', 'message/global', 'message/global-headers'])
const most = 20

/** A delivery report, as RFC 3464 says it or as mail servers that never read it say it; null where it is none. */
export function bounceIn(message: Message): Bounce | null {
  const status = message.parts.find(({ type }) => type === 'message/delivery-status' || type === 'message/global-delivery-status')
  const isReport = message.type === 'multipart/report' && /^(?:delivery-status)?$/i.test(message.parameters['report-type']?.trim() ?? '')
  if (status || isReport) {
    const recipients = status ? recipientsIn(decodeText(status.bytes, undefined)) : []
    return { recipients: recipients.length > 0 ? recipients : recipientsInWords(message), letterMessageId: letterIn(message) }
  }
  const failed = fieldsOf(message, 'x-failed-recipients').length > 0
  const isServers = isFromNobody(message) || /^(?:mailer-daemon|postmaster)@/i.test(message.mail.from?.value[0]?.address ?? '')
  const recipients = failed || (isServers && isReturning(message.text)) ? recipientsInWords(message) : []
  return failed || recipients.length > 0 ? { recipients, letterMessageId: letterIn(message) } : null
}

/** RFC 3464 section 2: blocks of fields, the first about the message, each other about one recipient. */
function recipientsIn(report: string): Recipient[] {
  const blocks = report.slice(0, 65_536).replace(/\r\n?/g, '\n').replace(/\n[ \t]+/g, ' ').split(/\n\s*\n/).slice(0, 5 * most)
  return unique(blocks.flatMap((block) => {
    const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')).trim().toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]))
    const addresses = ['final-recipient', 'original-recipient'].flatMap((name) => addressOf(fields.get(name) ?? '') ?? [])
    const diagnosis = singleLine((fields.get('diagnostic-code') ?? '').replace(/^\s*[\w-]+\s*;/, ''), 500)
    const status = statusIn(fields.get('status') ?? '') ?? statusIn(diagnosis ?? '')
    const isFailure = /^failed\b/i.test(fields.get('action') ?? '')
    return addresses.map((address) => ({ address, isHard: isFailure && isForGood(status, diagnosis), status, diagnosis }))
  }))
}

/** `rfc822; <zoe@theatre.example>`, or the address alone. */
function addressOf(field: string): string | null {
  return writtenAddress(field.replace(/^\s*(?:rfc822|utf-8)\s*;/i, '').replace(/\([^()]{0,200}\)/g, '').replace(/[<>"\s]/g, ''))
}

const statusIn = (text: string) => /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])/.exec(text)?.[0] ?? null

/** 5.x.x, or a reply of the 500s where no enhanced code is given (RFC 3463, RFC 5321 4.2.1). */
function isForGood(status: string | null, diagnosis: string | null): boolean {
  return status !== null ? status.startsWith('5') : /(?<!\d)5[0-5]\d(?!\d)/.test(diagnosis ?? '')
}

/** Exim and qmail (OVH and many small hosts) write sentences, and the address before the reason. */
function recipientsInWords(message: Message): Recipient[] {
  const said = beforeCopy(textOf(message)).slice(0, 20_000)
  const listed = fieldsOf(message, 'x-failed-recipients').flatMap((field) => field.slice(0, 5000).split(',')).flatMap((one) => addressOf(one) ?? [])
  const blocks = [...said.matchAll(/^[ \t]*<?([^\s<>@]{1,64}@[^\s<>@:]{1,190})>?:?[ \t]*$/gm)]
  const reasons = blocks.map((found, index) => ({
    address: addressOf(found[1]), reason: said.slice(found.index + found[0].length, blocks[index + 1]?.index ?? said.length),
  }))
  const inline = [...said.matchAll(/^[ \t]*<([^\s<>@]{1,64}@[^\s<>@]{1,190})>[: ](.+(?:\n[ \t]+.+){0,8})/gm)].map(([, address, reason]) => ({ address: addressOf(address), reason }))
  const found = [...reasons, ...inline].filter((one) => listed.length === 0 || (one.address !== null && listed.includes(one.address)))
  const isWarning = /delayed|has not (?:yet )?been delivered|will (?:be retried|continue)|retardé|no action is required/i.test(said)
  const recipients = found.flatMap(({ address, reason }) => {
    const diagnosis = singleLine(reason, 500)
    const status = statusIn(reason)
    return address === null ? [] : [{ address, isHard: !isWarning && isForGood(status, diagnosis), status, diagnosis }]
  })
  return unique([...recipients, ...listed.map((address) => ({ address, isHard: false, status: null, diagnosis: null }))])
}

/** With which words a server that speaks no RFC 3464 begins. */
function isReturning(text: string): boolean {
  return /this is the qmail-send program|could ?n(?:o|')t (?:be delivered|deliver)|undeliver|delivery (?:has )?failed|n['’]a pas pu être (?:remis|distribu|délivr)|non remis|delivery to the following recipient|returned (?:mail|to sender)/i.test(text.slice(0, 2000))
}

const textOf = (message: Message) => message.text.slice(0, 65_536)

function beforeCopy(text: string): string {
  const copy = /^-{2,}.{0,100}(?:copy of (?:the|your) message|original message|message d['’]origine).{0,100}$/im.exec(text)
  return copy ? text.slice(0, copy.index) : text
}

/** Message-ID of what came back, from its own head: in a part of the report, or in its text after the sentence that says so. */
function letterIn(message: Message): string | null {
  const part = message.parts.find(({ type }) => returned.has(type))
  if (part) return messageIdIn(headIn(part))
  return messageIdIn(textOf(message).slice(beforeCopy(textOf(message)).length).slice(0, 20_000))
}

function headIn(part: Part): string {
  const text = decodeText(part.bytes.subarray(0, 65_536), 'utf-8').replace(/\r\n?/g, '\n').replace(/^\n+/, '')
  const end = text.indexOf('\n\n')
  return end < 0 ? text : text.slice(0, end)
}

function messageIdIn(head: string): string | null {
  return /^message-id[ \t]*:\s{0,20}<([^<>\s\p{Cc}]{1,250})>/imu.exec(head)?.[1] ?? null
}

function unique(recipients: Recipient[]): Recipient[] {
  return recipients.filter((one, index) => recipients.findIndex(({ address }) => address === one.address) === index).slice(0, most)
}
