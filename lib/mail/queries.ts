import { config } from '@/lib/config'
import { db, type Prisma } from '@/lib/db'
import { messageOf, type Part, partsOf, RecipientRefused } from './mime'
import { plainKind, ruleKind, stateOf } from './rules'

const inList = {
  id: true, about: true, kind: true, revision: true, toName: true, toAddress: true, locale: true, subject: true,
  status: true, attempts: true, lastError: true, createdAt: true, dueAt: true, sentAt: true, bouncedAt: true, calendarMethod: true,
} as const satisfies Prisma.LetterSelect

const perPage = 50

/**
 * What was said about each of these things (`registration/<id>`), oldest first; the newest thousand in all. For organisers.
 * That somebody's need was answered is shown to those alone who read needs (`needs`).
 */
export async function lettersAboutEach(abouts: string[], { needs = false } = {}) {
  const letters = await db.letter.findMany({ where: { about: { in: abouts }, ...(needs ? {} : { kind: { not: 'access-answered' } }) }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 1000, select: inList })
  return Map.groupBy(letters.toReversed().map((letter) => ({ ...letter, kind: plainKind(letter.kind), state: stateOf(letter) })), (letter) => letter.about)
}

/** The built-in mailbox exists only where nothing leaves by SMTP. */
export const hasMailbox = () => config().smtpUrl === undefined

/** What the built-in mailbox holds, newest first, 50 a page. */
export async function mailbox(after?: string) {
  const letters = await db.letter.findMany({
    where: { status: 'sent', composedAt: { not: null } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: perPage + 1,
    ...(after ? { cursor: { id: after }, skip: 1 } : {}),
    select: inList,
  })
  return { letters: letters.slice(0, perPage), next: letters.length > perPage ? letters[perPage - 1].id : null }
}

/** A letter of the built-in mailbox as it would have travelled; null if it holds none of that id. */
export async function mailboxLetter(id: string): Promise<MailboxLetter | null> {
  const row = await db.letter.findUnique({ where: { id } })
  if (!row?.composedAt || row.status !== 'sent') return null
  try {
    const { node, envelope } = messageOf(row)
    const source = await node.build()
    // Asked for after the building: only then are the encodings chosen.
    const parts = partsOf(node)
    const headers = source.toString('utf8').split('\r\n\r\n', 1)[0]
    const named = (name: string | null, address: string) => (name ? `${name} <${address}>` : address)
    const { name, address } = config().mailFrom
    const sender = named(row.fromName ?? name, row.fromAddress ?? address)
    return { ...row, parts, headers, source, sender, returnPath: envelope.from, recipient: named(row.toName, envelope.to) }
  } catch (error) {
    if (error instanceof RecipientRefused) return null
    throw error
  }
}

export type MailboxLetter = Prisma.LetterGetPayload<object> & {
  parts: Part
  headers: string
  /** The whole message. */
  source: Buffer
  sender: string
  /** The sender of the envelope: where a delivery report goes. */
  returnPath: string
  recipient: string
}

/** `sent` counts those that came back, too; `invented` are those of seeded people: written, never sent. */
export type LetterCount = { sent: number; bounced: number; waiting: number; stopped: number; failed: number; overtaken: number; invented: number }

/** How many letters an event sent, by kind; a reminder's copies by its rule (`reminder-<id>`). For organisers. */
export async function countLetters(eventId: string): Promise<Map<string, LetterCount>> {
  const rows = await db.letter.groupBy({ by: ['kind', 'status'], where: { eventId }, _count: { _all: true, bouncedAt: true } })
  const counts = new Map<string, LetterCount>()
  for (const { kind, status, _count } of rows) {
    const key = ruleKind(kind)
    const count = counts.get(key) ?? { sent: 0, bounced: 0, waiting: 0, stopped: 0, failed: 0, overtaken: 0, invented: 0 }
    const place = status === 'delivered' ? 'invented' : status === 'queued' || status === 'sending' ? 'waiting' : status
    counts.set(key, { ...count, [place]: count[place] + _count._all, bounced: count.bounced + _count.bouncedAt })
  }
  return counts
}

/** How the outbox stands; `oldest` is how many seconds ago the first of those that are due was due. */
export async function outboxState() {
  const [row] = await db.$queryRaw<{ due: number; later: number; retrying: number; oldest: number; failed: number }[]>`
    SELECT (count(*) FILTER (WHERE status = 'sending' OR "dueAt" <= clock_timestamp()))::int AS due,
      (count(*) FILTER (WHERE status = 'queued' AND "dueAt" > clock_timestamp()))::int AS later,
      (count(*) FILTER (WHERE status = 'queued' AND (attempts > 0 OR "lastError" IS NOT NULL)))::int AS retrying,
      coalesce(extract(epoch FROM clock_timestamp() - min("dueAt") FILTER (WHERE "dueAt" <= clock_timestamp())), 0)::int AS oldest,
      (SELECT count(*)::int FROM "Letter" WHERE status = 'failed' AND "createdAt" > clock_timestamp() - interval '7 days') AS failed
    FROM "Letter" WHERE status IN ('queued', 'sending')`
  return row
}

/** Of these folded addresses those to which letters come back, with since when, and what the other server said. */
export async function unreachableAmong(folds: string[]): Promise<Map<string, { addressFold: string; address: string; since: Date; diagnosis: string; letterId: string | null }>> {
  if (folds.length === 0) return new Map()
  const rows = await db.unreachable.findMany({ where: { addressFold: { in: [...new Set(folds)] } } })
  return new Map(rows.map((row) => [row.addressFold, row]))
}

/** What became of one letter. */
export const letterById = (id: string) => db.letter.findUnique({ where: { id }, select: { status: true, attempts: true, lastError: true } })
