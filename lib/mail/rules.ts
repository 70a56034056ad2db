/** Kinds whose facts hold a secret: erased once sent, never sent a second time. */
const secretKinds = new Set(['log-in', 'access-answered'])

export const isSecret = (kind: string) => secretKinds.has(kind)

/** Somebody asks for these in this very moment: they leave even for an address to which others came back. */
const askedFor = new Set(['log-in', 'address-to-prove', 'address-change', 'follow-confirm'])

export const isAskedFor = (kind: string) => askedFor.has(kind)

/**
 * A reminder's kind names its rule and the start that it reminds of, to the minute: said once of each to each person,
 * for ever, however often the event is moved there and back.
 */
export const reminderKind = (ruleId: string, startsAt: Date) => `reminder-${ruleId}-${Math.floor(startsAt.getTime() / 60_000)}`

/** A reminder's kind without its start: all that a rule ever said. */
export const ruleKind = (kind: string) => kind.replace(/^(reminder-.{36})-\d+$/, '$1')

/** A kind as the screens and the composers know it: reminders are one. */
export const plainKind = (kind: string) => (kind.startsWith('reminder-') ? 'reminder' : kind)

/** Where a letter stands, for the screens. */
export type LetterState = 'waiting' | 'retrying' | 'sending' | 'sent' | 'bounced' | 'stopped' | 'failed' | 'overtaken' | 'born-delivered'

/** A letter's state in the words of the screens: those that wait are told from those that were tried. */
export function stateOf(letter: { status: string; attempts: number; lastError?: string | null; bouncedAt?: Date | null }): LetterState {
  if (letter.status === 'sent' && letter.bouncedAt) return 'bounced'
  if (letter.status === 'queued') return letter.attempts > 0 || letter.lastError ? 'retrying' : 'waiting'
  if (letter.status === 'delivered') return 'born-delivered'
  return letter.status === 'sending' || letter.status === 'sent' || letter.status === 'overtaken' || letter.status === 'stopped' ? letter.status : 'failed'
}

const second = 1_000
const minute = 60 * second
const pauses = [10 * second, 30 * second, minute, 5 * minute, 15 * minute]
const hours = 24

/**
 * The pause in milliseconds after so many attempts, or null when it is time to give up: 10 s, 30 s, 1, 5 and 15 min,
 * then hourly for a day. `chance`, from 0 to 1, spreads letters that failed together over a tenth more.
 */
export function pauseAfter(attempts: number, chance: number): number | null {
  if (attempts > pauses.length + hours) return null
  const pause = pauses[attempts - 1] ?? 60 * minute
  return Math.round(pause * (1 + chance / 10))
}

type Failure = { replyCode?: number; command?: string }

/**
 * Is it about our greeting or our log-in, and so about our settings or the server's load, not about the letter? The
 * codes are those of RFC 4954 section 6, which some servers give only when they hear the sender.
 */
export function isAboutUs({ replyCode, command = '' }: Failure): boolean {
  if (['CONN', 'EHLO', 'HELO', 'LHLO', 'STARTTLS'].includes(command) || command.startsWith('AUTH')) return true
  return [530, 534, 535, 538].includes(replyCode ?? 0)
}

/**
 * Will this server refuse this letter tomorrow too? RFC 5321 4.2.1: 4yz may pass later, 5yz will not. A 5yz about
 * ourselves is not the letter's fault: it waits until our settings are mended.
 */
export function isFinal(failure: Failure): boolean {
  return !isAboutUs(failure) && failure.replyCode !== undefined && failure.replyCode >= 500 && failure.replyCode < 600
}

/** Copies of a letter (sent again) are counted above a million, so that no later revision is taken for said already. */
export const copies = 1_000_000

export const revisionOfCopy = (revision: number, newest: number) => (Math.floor(newest / copies) + 1) * copies + (revision % copies)

/** A capability as lib/ids writes it: what a letter that left must not keep lying about in our rows. */
const capabilities = /(?<![a-z0-9])[a-z2-7]{32}(?![a-z0-9])/g

export const withoutCapabilities = (text: string) => text.replace(capabilities, '…')
