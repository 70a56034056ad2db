/** What may be followed by letter. */
export type TargetKind = 'series' | 'theme' | 'recommendation'

/** As a Follow's row names it: `theme/<id>`. */
export const targetKey = (kind: TargetKind, id: string) => `${kind}/${id}`

/** The kind and id of a target's key; null where it is none. */
export function readTarget(key: string): { kind: TargetKind; id: string } | null {
  const [, kind, id] = /^(series|theme|recommendation)\/([0-9a-f-]{36})$/.exec(key) ?? []
  return kind && id ? { kind: kind as TargetKind, id } : null
}

/** Something to follow as forms and addresses name it, which is its feed's path: `series/cafe`, `themes/ethique`, `reports/ia/16`. */
export type Named = { kind: 'series' | 'theme'; slug: string } | { kind: 'recommendation'; report: string; number: number }

export function readNamed(follow: string): Named | null {
  if (follow.length > 200) return null
  const [, report, number] = /^reports\/([a-z0-9-]{1,120})\/([1-9]\d{0,3})$/.exec(follow) ?? []
  if (report && number) return { kind: 'recommendation', report, number: Number(number) }
  const [, kind, slug] = /^(series|themes)\/([a-z0-9-]{1,120})$/.exec(follow) ?? []
  return kind && slug ? { kind: kind === 'series' ? 'series' : 'theme', slug } : null
}

export type FollowState = 'unconfirmed' | 'following' | 'stopped'

/** Where a follow stands: before its address has said yes it hears nothing. */
export function stateOfFollow({ confirmedAt, endedAt }: { confirmedAt: Date | null; endedAt: Date | null }): FollowState {
  if (endedAt) return 'stopped'
  return confirmedAt ? 'following' : 'unconfirmed'
}

const day = 86_400_000

/** What was never confirmed is forgotten after so long, and what was stopped after so long. */
export const keptFor = { unconfirmed: 7 * day, stopped: 30 * day }

/** A session whose turn has come waits for those that were published after it, but no longer than this. */
const longestWait = 60 * 60_000

/** So much an address follows at most. */
export const mostFollowed = 100

/** What was published longer ago is no news any more, whyever nobody was told of it. */
export const newsFor = day

/** One confirmation letter for an address and a target. */
export const confirmLimit = { most: 1, seconds: 3600 }

type Published = { id: string; publishedAt: Date }

/**
 * Of the sessions that nobody was told of yet, those to be told of now that the turn of one has come, whatever became of it:
 * none while a later one still has its own turn, which takes all of them along; all of them once the oldest has waited enough.
 */
export function gathered<Event extends Published>(untold: Event[], turn: Published, now: Date): Event[] {
  const isLater = (one: Event) => one.publishedAt > turn.publishedAt || (one.publishedAt.getTime() === turn.publishedAt.getTime() && one.id > turn.id)
  const waited = untold.some((one) => now.getTime() - one.publishedAt.getTime() >= longestWait)
  return untold.some(isLater) && !waited ? [] : untold
}

type Told = { status: string; audience: string; startsAt: Date }

/** Is a session still news to everybody: on, to come, and open to all? */
export const isNews = ({ status, audience, startsAt }: Told, now: Date) => status === 'published' && audience === 'open' && startsAt > now

type Restitution = { withdrawnAt: Date | null; event: { status: string; notesVisibility: string } }

/** Is an edition one that everybody may read? */
export const isReadByAll = ({ withdrawnAt, event }: Restitution) => withdrawnAt === null && event.status === 'published' && event.notesVisibility === 'all'
