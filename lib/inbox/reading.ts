/** Octets of a message that we read at all, and that either way in takes; answers of calendars have a few thousand. */
export const largestMail = 1024 * 1024

/** What a message that came in is understood to say, before anybody looks at our rows. */
export type Reading = {
  /** Without its angle brackets; null where it has none. */
  messageId: string | null
  /** SHA-256, hex, of sender, subject, date and decoded parts: the same message by two ways, or sent twice, has one. */
  digest: string
  from: { name: string | null; address: string | null }
  subject: string | null
  sentAt: Date | null
  /** Addresses in Delivered-To, X-Original-To, Envelope-To, To and Cc, in that order, lower case, each once. */
  addressedTo: string[]
  /** Message-IDs of In-Reply-To and References, the latest first. */
  inReplyTo: string[]
  /**
   * The topmost Authentication-Results (RFC 8601), as `dkim=pass spf=fail dmarc=pass`; null where nothing is said.
   * Only in a mailbox did a server of ours write it: what came by SMTP may have been written by the sender.
   */
  authentication: string | null
  content: Content
}

export type Content =
  | { is: 'calendar'; answer: CalendarReply }
  | { is: 'bounce'; bounce: Bounce }
  /** `signature`: the name to stand beside the words, only where the writer asked for it. */
  | { is: 'words'; words: string; signature: string | null }
  | { is: 'automatic'; why: 'auto-submitted' | 'vacation' | 'list' | 'bulk' | 'empty-sender' }
  | { is: 'unreadable'; why: Unreadable }

export type Unreadable = 'winmail' | 'malformed' | 'too-large' | 'too-deep' | 'too-slow' | 'several-events' | 'no-event' | 'nothing-said'

/** A REPLY, COUNTER or REFRESH (RFC 5546 3.2), of whichever client. */
export type CalendarReply = {
  method: 'REPLY' | 'COUNTER' | 'REFRESH'
  uid: string
  sequence: number
  /** DTSTAMP (without a zone: taken as UTC); null where it says none, and when the message came stands for it. */
  stamp: Date | null
  /** The one attendee's address, folded as foldAddress does; null where there is none or there are several. */
  attendee: string | null
  /** PARTSTAT; null where it is none that RFC 5545 3.2.12 knows for events. */
  word: 'accepted' | 'tentative' | 'declined' | 'delegated' | 'needs-action' | null
  comment: string | null
  /** It speaks of one date of a series; none of ours is one. */
  recurrenceId: string | null
  /** What it says of the time: with COUNTER the one proposed. Null for whole days, and where the zone is unknown. */
  start: Date | null
  end: Date | null
  delegatedTo: string | null
}

/** A delivery report (RFC 3464); hard where it will never arrive (Action failed, Status 5.x.x). */
export type Bounce = {
  recipients: { address: string; isHard: boolean; status: string | null; diagnosis: string | null }[]
  /** Message-ID of the letter that came back, where the report holds it. */
  letterMessageId: string | null
}

/** How it reached us: the recipients of the SMTP envelope; none are known from a mailbox. */
export type Envelope = { way: 'smtp' | 'imap'; sender: string | null; recipients: string[] }
