import type { CalendarReply } from './reading'

/** What was made of a message: the screens put each into words. */
export type MailOutcome =
  | 'declined' | 'accepted' | 'tentative' | 'countered' | 'delegated' | 'refresh'
  | 'old' | 'asked-again' | 'older' | 'too-late' | 'attendee-differs' | 'uid-differs'
  | 'unknown-address' | 'no-address' | 'proposed' | 'words'
  | 'bounce-hard' | 'bounce-soft' | 'bounce-unknown' | 'automatic' | 'list' | 'unreadable' | 'tied' | 'put-aside'

export type MailKind = 'calendar' | 'words' | 'bounce' | 'automatic' | 'unreadable'

/** What the sentence about a message counts or quotes; each outcome has some of it. */
export type MailDetail = {
  /** What the first mail server of ours found about the sender, as `dkim=pass spf=fail`. */
  authentication?: string
  /** What a calendar said: its word or method, for whom, to which version, for which event. */
  word?: string
  attendee?: string | null
  sequence?: number
  /** The number that the invitation had by then. */
  current?: number
  uid?: string
  comment?: string
  delegatedTo?: string
  /** ISO 8601, in UTC. */
  proposedStart?: string
  proposedEnd?: string
  /** Why it could not be read (`Unreadable`), or what made it automatic. */
  why?: string
  /** Of a bounce: the letter of ours, its status code (RFC 3463), what the other server said, without addresses. */
  letterId?: string
  status?: string
  diagnosis?: string
  /** A letter asks the registered address about it. */
  asked?: boolean
  /** What had been made of it before somebody tied it or put it aside. */
  was?: MailOutcome
  /** What it was tied as. */
  as?: TiedAs
}

/** What an organiser says that a message means. */
export const tiedAs = ['declined', 'accepted', 'tentative', 'words'] as const
export type TiedAs = (typeof tiedAs)[number]

/** Messages that wait for an organiser keep their source for so many days, others for fewer; whatever concerned nobody goes. */
export const keptDays = { awaiting: 30, settled: 7, unmatched: 90 }

type Kept = { arrivedAt: Date; awaits: boolean; settledAt: Date | null }

/** Until when a message's source is kept; the chore that erases it looks once in an hour. */
export function keptUntil({ arrivedAt, awaits, settledAt }: Kept): Date {
  const from = (at: Date, days: number) => at.getTime() + days * 86_400_000
  const longest = from(arrivedAt, keptDays.awaiting)
  return new Date(awaits ? longest : Math.min(longest, from(settledAt ?? arrivedAt, keptDays.settled)))
}

/** When an answer was given (its DTSTAMP). A clock that goes ahead, or none, counts as now: what comes later from a true one is later. */
export const stampOf = ({ stamp }: { stamp: Date | null }, now: Date) =>
  stamp === null || Number.isNaN(stamp.getTime()) || stamp > now ? now : stamp

/** Numbers and instants as a row can hold them: whoever writes more than that says nothing with it. */
export function sound(answer: CalendarReply): CalendarReply {
  const { sequence, stamp, start, end } = answer
  return { ...answer, sequence: Math.max(-1, Math.min(Math.trunc(sequence) || 0, mostSequence)), stamp: soundDate(stamp), start: soundDate(start), end: soundDate(end) }
}

const mostSequence = 2 ** 31 - 1

const soundDate = (date: Date | null) => (date !== null && date.getTime() > 0 && date.getUTCFullYear() < 3000 ? date : null)

/** How a registration stands when it is answered, under its lock. */
export type Answered = {
  status: 'pending' | 'confirmed' | 'waitlisted' | 'offered' | 'cancelled'
  /** What its invitation is numbered now: the event's part and its own. */
  sequence: number
  /** The event is called off, or has begun. */
  isShut: boolean
  startsAt: Date
  /** When the event began, as the version that is answered said; null: no letter of ours had that number. */
  startThen: Date | null
  /** The stamp of the newest answer that was followed. */
  newestStamp: Date | null
}

export type Judgement = {
  outcome: MailOutcome
  /** Kept, not followed. */
  old: boolean
  /** What follows: the registration is withdrawn, or a letter asks its person again. */
  act?: 'withdraw' | 'ask-again'
  awaits?: boolean
}

/**
 * What an answer leads to that came to the right address, for the right event, from the right person: first its number,
 * then its stamp (RFC 5546 2.1.5), and only a No that answers what stands now ends a registration.
 */
export function judge(answer: Pick<CalendarReply, 'method' | 'word' | 'sequence' | 'stamp' | 'start'>, registration: Answered, now: Date): Judgement {
  const { method, word, sequence, start } = answer
  const { newestStamp, startsAt } = registration
  if (method === 'REFRESH') return { outcome: 'refresh', old: false }
  const stamp = stampOf(answer, now)
  if (newestStamp !== null && stamp <= newestStamp) {
    // Some clients stamp what they were sent, not when it was answered: no No goes unseen for that.
    const isDoubtful = stamp.getTime() === newestStamp.getTime() && word === 'declined' && registration.status !== 'cancelled' && !registration.isShut
    return { outcome: 'older', old: true, ...(isDoubtful ? { awaits: true } : {}) }
  }
  const isOld = sequence < registration.sequence
  if (method === 'COUNTER') return { outcome: 'countered', old: isOld, awaits: true }
  if (word === 'delegated') return { outcome: 'delegated', old: isOld, awaits: true }
  if (word === null || word === 'needs-action') return { outcome: 'unreadable', old: true, awaits: word === null }

  if (registration.isShut) return word === 'declined' || isOld ? { outcome: 'too-late', old: true } : { outcome: word, old: false }
  if (registration.status === 'cancelled') return word === 'accepted' ? { outcome: 'asked-again', old: true, act: 'ask-again' } : { outcome: word === 'declined' ? 'too-late' : 'old', old: true }
  if (!isOld) return { outcome: word, old: false, ...(word === 'declined' ? { act: 'withdraw' as const } : {}) }
  // A client that echoes no time, or asks about a version that we never sent: the date is taken as changed.
  const then = registration.startThen ?? start
  const isMoved = then === null || then.getTime() !== startsAt.getTime()
  return isMoved || word === 'declined' ? { outcome: 'asked-again', old: true, act: 'ask-again' } : { outcome: 'old', old: true }
}

/** What led to something, or was settled by somebody, is nobody else's. */
const concluded: MailOutcome[] = ['declined', 'accepted', 'tentative', 'proposed', 'bounce-hard', 'bounce-soft', 'tied']

/** May an organiser still say whose a message is? What was put aside may be taken up again. */
export const canTie = ({ outcome }: { outcome: MailOutcome }) => !concluded.includes(outcome)

/** What came of a message, for its row. */
export type Made = {
  outcome: MailOutcome
  detail?: MailDetail
  /** Does it wait for an organiser? */
  awaits?: boolean
  /** Whose it turned out to be, where its address does not say. */
  about?: { id: string | null; eventId: string | null }
}

/** What others wrote, as a row can hold it: no NUL, no half of a surrogate pair, not longer than this. */
export const storable = (text: string, max: number) => text.replace(/\0/g, '\uFFFD').slice(0, max).toWellFormed()
