import MailComposer from 'nodemailer/lib/mail-composer'
import { config } from '@/lib/config'
import { parseAddress } from '@/lib/address'
import { capability } from '@/lib/ids'
import { cleanLine, unlinked } from '@/lib/text'

/** A letter once composed, as its row keeps it. */
export type ComposedLetter = {
  id: string
  locale: string
  messageId: string
  toName: string | null
  toAddress: string
  fromName: string | null
  fromAddress: string | null
  subject: string | null
  html: string | null
  text: string | null
  calendar: string | null
  calendarMethod: string | null
  composedAt: Date | null
  /** Where the mail program's own button for leaving posts to (RFC 8058). */
  listUnsubscribe?: string | null
}

/** One part of the message as it travels, with the parts inside it. */
export type Part = { type: string; method: string | null; filename: string | null; encoding: string | null; parts: Part[] }

/** This recipient cannot be written to: the address could reach somebody else, or nobody. */
export class RecipientRefused extends Error {}

/** Why this letter cannot leave, or null. */
export function recipientProblem(letter: { toAddress: string }): string | null {
  const parsed = parseAddress(letter.toAddress)
  return parsed.ok ? null : `recipient refused: ${parsed.reason}`
}

/**
 * The message of a composed letter, the same bytes at every call: RFC 5322 with the parts that calendars look for
 * (RFC 6047 2.4; multipart/mixed of an alternative whose last part is the calendar, and the same as an attachment).
 * Throws RecipientRefused for what is not one mailbox.
 */
export function messageOf(letter: ComposedLetter) {
  const node = new MailComposer(optionsOf(letter)).compile()
  return { node, envelope: { from: returnPathOf(letter), to: recipientOf(letter).address } }
}

export function partsOf(node: ReturnType<typeof messageOf>['node']): Part {
  const [type, ...parameters] = String(node.getHeader('Content-Type') ?? node.contentType ?? '').split(/;\s*/)
  const disposition = String(node.getHeader('Content-Disposition') ?? '')
  return {
    type,
    method: parameters.find((one) => one.startsWith('method='))?.slice(7) ?? null,
    filename: /filename=("?)([^";]+)\1/.exec(disposition)?.[2] ?? null,
    encoding: node.getHeader('Content-Transfer-Encoding') ? String(node.getHeader('Content-Transfer-Encoding')) : null,
    parts: node.childNodes.map(partsOf),
  }
}

function optionsOf(letter: ComposedLetter) {
  return {
    from: senderOf(letter),
    to: recipientOf(letter),
    subject: letter.subject ?? '',
    text: letter.text ?? '',
    ...(letter.html === null ? {} : { html: letter.html }),
    ...(letter.calendar === null ? {} : { icalEvent: invitationOf(letter.calendar, letter.calendarMethod) }),
    messageId: `<${letter.messageId}>`,
    date: letter.composedAt ?? undefined,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
      'Content-Language': letter.locale,
      ...(letter.listUnsubscribe ? leaveBy(letter.listUnsubscribe) : {}),
    },
    // Made from the letter, so that a second try sends the same bytes.
    baseBoundary: letter.id.replaceAll('-', ''),
    xMailer: false as const,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** One click, without a page: RFC 2369 says where, RFC 8058 that a POST of these very words is enough. Never folded inside the address. */
const leaveBy = (url: string) => ({ 'List-Unsubscribe': { prepared: true, value: `<${url}>` }, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' })

/**
 * The method is the calendar's own: another one beside it makes Outlook refuse the invitation (RFC 6047 2.4). Always
 * encoded (RFC 6047 2.5): bare, as a file of ASCII alone would travel, a relay may rewrap its lines.
 */
function invitationOf(calendar: string, method: string | null) {
  return { method: method ?? 'PUBLISH', filename: 'invitation.ics', content: calendar.replace(/\r?\n/g, '\r\n'), contentTransferEncoding: 'base64' as const }
}

function senderOf(letter: ComposedLetter) {
  const { name, address } = config().mailFrom
  return { name: headerName(letter.fromName ?? name), address: letter.fromAddress ?? address }
}

/**
 * Where a delivery report goes (RFC 5321 4.4): to the registration's own address, which its From is, or to one that only this
 * letter has, so that a report tells which letter came back even where it does not quote it.
 */
function returnPathOf(letter: ComposedLetter) {
  const { answersRead, replyDomain } = config()
  if (letter.fromAddress !== null || !answersRead) return senderOf(letter).address
  return `bounce+${capability('bounce', letter.id)}@${replyDomain}`
}

/** An object, never a string: in a string, a comma or a line break reaches other mailboxes. */
function recipientOf(letter: ComposedLetter) {
  const parsed = parseAddress(letter.toAddress)
  if (!parsed.ok) throw new RecipientRefused(`recipient refused: ${parsed.reason}`)
  return { name: headerName(unlinked(letter.toName ?? '')), address: parsed.address }
}

const headerName = (name: string) => cleanLine(name.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ').slice(0, 200), 200) ?? ''
