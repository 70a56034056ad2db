/** Why the house does not take what was written: too much in all, too fast, or in no form that it knows. */
export type Refusal = 'too-big' | 'too-fast' | 'malformed'
/** Why nobody may write here now. */
export type Ending = 'right-ended' | 'logged-out' | 'organisers-only' | 'called-off' | 'no-seat' | 'not-yet' | 'over' | 'too-many'

/** What happened between this browser and the house, one thing at a time. */
export type News =
  | { kind: 'opened' }
  | { kind: 'lost' }
  /** A change of one's own, not yet anywhere but here. */
  | { kind: 'typed' }
  /** This browser's own store has all that was typed, or refuses to. */
  | { kind: 'kept'; all: boolean }
  /** The house has stored the text; `all`: with everything that was typed here. */
  | { kind: 'stored'; at: Date | null; all: boolean }
  | { kind: 'refused'; reason: Refusal }
  | { kind: 'ended'; why: Ending }

export interface Connection {
  /** Has the text ever come? Before, nothing can be shown. */
  isOpen: boolean
  isOn: boolean
  /** Something typed here is not stored by the house yet. */
  isPending: boolean
  /** … and stands on this device alone, if anywhere. */
  isKept: boolean
  hasTyped: boolean
  storedAt: Date | null
  refused: Refusal | null
  ended: Ending | null
}

export const beginning = (storedAt: Date | null): Connection => ({ isOpen: false, isOn: false, isPending: false, isKept: false, hasTyped: false, storedAt, refused: null, ended: null })

export function after(now: Connection, news: News): Connection {
  switch (news.kind) {
    case 'opened':
      return { ...now, isOpen: true, isOn: true }
    case 'lost':
      return { ...now, isOn: false }
    case 'typed':
      return { ...now, isPending: true, isKept: false, hasTyped: true }
    case 'kept':
      return { ...now, isKept: news.all }
    case 'stored':
      return { ...now, storedAt: news.at, isPending: now.isPending && !news.all, refused: news.all ? null : now.refused }
    case 'refused':
      return { ...now, refused: news.reason }
    case 'ended':
      return { ...now, isOn: false, ended: news.why }
  }
}

/** Where the text stands, as the line under the tools says it. */
export type Standing =
  | { kind: 'opening' }
  | { kind: 'unreachable' }
  | { kind: 'stored'; at: Date | null; mine: boolean }
  | { kind: 'writing' }
  | { kind: 'offline'; isPending: boolean; isKept: boolean }
  | { kind: 'refused'; reason: Refusal }
  | { kind: 'ended'; why: Ending; isPending: boolean }

export function standingOf({ isOpen, isOn, isPending, isKept, hasTyped, storedAt, refused, ended }: Connection, isLate = false): Standing {
  if (ended) return { kind: 'ended', why: ended, isPending }
  if (refused) return { kind: 'refused', reason: refused }
  if (!isOpen) return { kind: isLate ? 'unreachable' : 'opening' }
  if (!isOn) return { kind: 'offline', isPending, isKept }
  return isPending ? { kind: 'writing' } : { kind: 'stored', at: storedAt, mine: hasTyped }
}

/** Would closing the page lose words? Not once the house or this device has them. */
export const wouldLose = ({ isPending, isKept, ended, refused }: Connection) => isPending && (!isKept || (ended !== null && ended !== 'too-many') || refused === 'too-big' || refused === 'malformed')

/** What a connection's end says, by its code or its one word; null: try again. */
export function endingOf(code: number, reason: string): { ended: Ending } | { refused: Refusal } | null {
  if (code === 4403 || reason === 'right-ended') return { ended: 'right-ended' }
  if (code === 4413 || reason === 'too-big') return { refused: 'too-big' }
  // Too fast is 4429 as well: that passes, and the connection is made again.
  if (reason === 'too-many') return { ended: 'too-many' }
  return null
}
