import { fieldsOf, type Message } from './message'
import { type Content } from './reading'

type Why = Extract<Content, { is: 'automatic' }>['why']

const absence = /^\W*(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response|réponse)|out of (?:the )?office|r[ée]ponse automatique|message automatique|absence|absente?\b|abwesen|automatische antwort|respuesta autom|risposta automatica|automatisch antwoord|vacation)/i

/**
 * Written by a program in answer to whatever comes, or to many at once: never an answer of this one person, even with
 * a calendar part in it. Null for all else; a calendar's own REPLY is auto-generated and is none of these.
 */
export function answersAnybody(message: Message): Why | null {
  const precedence = precedenceOf(message)
  if (message.type === 'multipart/report') return 'auto-submitted'
  if (submitted(message) === 'auto-replied' || has(message, 'x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-autoreply-from') || precedence === 'auto_reply') return 'vacation'
  if (has(message, 'list-id', 'list-post', 'x-mailing-list') || precedence === 'list') return 'list'
  return precedence === 'bulk' || precedence === 'junk' ? 'bulk' : null
}

/** The same, and all that no person wrote (RFC 3834 section 2): for a message that is read for its words. */
export function writtenByNobody(message: Message): Why | null {
  if (absence.test(message.mail.subject ?? '') && looksAutomatic(message)) return 'vacation'
  if (submitted(message) !== null || isReceipt(message)) return 'auto-submitted'
  if (has(message, 'list-unsubscribe', 'list-owner', 'list-help', 'list-subscribe', 'list-archive', 'feedback-id')) return 'list'
  return isFromNobody(message) ? 'empty-sender' : null
}

/** Return-Path of the last delivery; a listener of ours that writes none knows it from the envelope. */
export function isFromNobody(message: Message): boolean {
  return /^<\s*>$/.test(fieldsOf(message, 'return-path')[0] ?? '')
}

/** Read, or deleted unread (RFC 8098), and what complaint desks send (RFC 5965). */
function isReceipt({ type, parameters }: Message): boolean {
  return type === 'multipart/report' && parameters['report-type']?.toLowerCase() !== 'delivery-status'
}

/** A header that says so: an absence in the subject alone may be what somebody writes about. X-Auto-Response-Suppress alone stands in every invitation of Exchange. */
function looksAutomatic(message: Message): boolean {
  return submitted(message) !== null || isFromNobody(message) || has(message, 'x-auto-response-suppress', 'precedence', 'x-ms-exchange-inbox-rules-loop')
}

/** RFC 3834 section 5: the word before parameters and comments; null where it is "no" or nothing. */
function submitted(message: Message): string | null {
  const word = /^[a-z-]+/i.exec(fieldsOf(message, 'auto-submitted')[0] ?? '')?.[0].toLowerCase() ?? 'no'
  return word === 'no' ? null : word
}

function precedenceOf(message: Message): string {
  return fieldsOf(message, 'precedence')[0]?.toLowerCase().trim() ?? ''
}

function has(message: Message, ...names: string[]): boolean {
  return names.some((name) => fieldsOf(message, name).length > 0)
}
