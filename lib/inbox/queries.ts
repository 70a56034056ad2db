import { foldAddress } from '@/lib/address'
import { now } from '@/lib/clock'
import { db, Prisma } from '@/lib/db'
import { isId } from '@/lib/ids'
import { fold } from '@/lib/text'
import type { MailDetail, MailKind, MailOutcome } from './rules'

const perPage = 50

const whose = {
  registration: { select: { id: true, name: true, address: true, status: true } },
  event: { select: { id: true, slug: true, title: true, language: true, timeZone: true, startDate: true, startTime: true, endDate: true, endTime: true, startsAt: true, endsAt: true, overAt: true } },
} satisfies Prisma.IncomingMailInclude

const inList = {
  id: true, way: true, arrivedAt: true, fromName: true, fromAddress: true, toAddress: true, subject: true, kind: true, outcome: true,
  detail: true, words: true, registrationId: true, eventId: true, awaits: true, settledAt: true, settledBy: true, size: true,
  ...whose,
} satisfies Prisma.IncomingMailSelect

/** What came in, as the inbox lists it. `other` is what is automatic or cannot be read. */
export type InboxKind = 'calendar' | 'words' | 'bounce' | 'other'

export type InboxAsked = { filter: 'awaiting' | 'all'; kind?: InboxKind; cursor?: string }

/**
 * What came in, newest first, and what awaits an organiser oldest first, so that nobody is forgotten; 50 a page. `next` is
 * the cursor of the page after, null at the end. For organisers.
 */
export async function inboxList({ filter, kind, cursor }: InboxAsked) {
  const order = filter === 'awaiting' ? 'asc' : 'desc'
  const rows = await db.incomingMail.findMany({
    where: { ...(filter === 'awaiting' ? { awaits: true } : {}), ...(kind ? { kind: { in: kinds[kind] } } : {}) },
    orderBy: [{ arrivedAt: order }, { id: order }],
    take: perPage + 1,
    ...(isId(cursor) ? { cursor: { id: cursor }, skip: 1 } : {}),
    select: inList,
  })
  return { rows: rows.slice(0, perPage).map(typed), next: rows.length > perPage ? rows[perPage - 1].id : null }
}

const kinds: Record<InboxKind, string[]> = { calendar: ['calendar'], words: ['words'], bounce: ['bounce'], other: ['automatic', 'unreadable'] }

export type ListedMail = Awaited<ReturnType<typeof inboxList>>['rows'][number]

/** One message with its source, while that is kept, and the answers that it gave. For organisers. */
export async function incomingById(id: string) {
  const row = isId(id) ? await db.incomingMail.findUnique({ where: { id }, include: { ...whose, answers: true } }) : null
  return row && typed(row)
}

export type OpenedMail = NonNullable<Awaited<ReturnType<typeof incomingById>>>

const typed = <Row extends { kind: string; outcome: string; detail: Prisma.JsonValue }>(row: Row) => ({
  ...row,
  kind: row.kind as MailKind,
  outcome: row.outcome as MailOutcome,
  detail: row.detail as MailDetail,
})

/** How many messages wait for an organiser, as far as 999. */
export const countAwaiting = () => db.incomingMail.count({ where: { awaits: true }, take: 999 })

/** Of each registration about which messages wait: those messages, the oldest first; 200 at most in all. For organisers. */
export async function awaitingAbout(registrationIds: string[]): Promise<Map<string | null, { id: string }[]>> {
  const rows = await db.incomingMail.findMany({
    where: { registrationId: { in: registrationIds }, awaits: true },
    orderBy: [{ arrivedAt: 'asc' }, { id: 'asc' }],
    take: 200,
    select: { id: true, registrationId: true },
  })
  return Map.groupBy(rows, ({ registrationId }) => registrationId)
}

/** `moved`: it answers an invitation to another date than the event has now. */
type CalendarAnswer = Prisma.CalendarAnswerGetPayload<object> & { moved: boolean }

/** What an answer `a` answered is known from the letter that had its number; without one it counts for the date as it is. */
const isMoved = Prisma.sql`EXISTS (SELECT 1 FROM "Letter" l JOIN "Registration" r ON r.id = a."registrationId" JOIN "Event" e ON e.id = r."eventId"
  WHERE l.about = 'registration/' || a."registrationId" AND l."calendarSequence" = a.sequence AND l."calendarStartsAt" <> e."startsAt")`

/** What one registration's calendar says, the newest time it proposed, and what it said of an invitation that was replaced, if any. */
export type Answers = { said: CalendarAnswer | null; countered: CalendarAnswer | null; outdated: CalendarAnswer | null }

/** Of each registration that answered: what its calendar said last, what it proposed last, and the last old answer. One statement. For organisers. */
export async function answersOf(registrationIds: string[]): Promise<Map<string, Answers>> {
  if (registrationIds.length === 0) return new Map()
  const rows = await db.$queryRaw<CalendarAnswer[]>`
    SELECT DISTINCT ON (a."registrationId", a.word = 'countered', a.old) a.id, a."registrationId", a."incomingId", a.word::text, a.sequence, a.stamp, a.at,
      a.old, a.comment, a."proposedStart", a."proposedEnd", a."sentBy", ${isMoved} AS moved
    FROM "CalendarAnswer" a WHERE a."registrationId" = ANY(${registrationIds}::uuid[])
    ORDER BY a."registrationId", a.word = 'countered', a.old, a.stamp DESC, a.id DESC`
  const found = new Map<string, Answers>()
  for (const row of rows) {
    const of = found.get(row.registrationId) ?? { said: null, countered: null, outdated: null }
    const isNewer = of.countered === null || row.stamp > of.countered.stamp
    if (row.word !== 'countered') found.set(row.registrationId, row.old ? { ...of, outdated: row } : { ...of, said: row })
    else if (isNewer) found.set(row.registrationId, { ...of, countered: row })
  }
  return found
}

/** Of those who have a seat at an event, or are offered one, how many said what of the date as it is; `countered` are proposals that somebody still has to look at. For organisers. */
export async function countAnswers(eventId: string) {
  const [[said], countered] = await Promise.all([
    db.$queryRaw<{ seated: number; accepted: number; tentative: number; declined: number }[]>`
      SELECT count(*)::int AS seated, (count(*) FILTER (WHERE a.word = 'accepted'))::int AS accepted,
        (count(*) FILTER (WHERE a.word = 'tentative'))::int AS tentative, (count(*) FILTER (WHERE a.word = 'declined'))::int AS declined
      FROM "Registration" r LEFT JOIN LATERAL (
        SELECT * FROM "CalendarAnswer" WHERE "registrationId" = r.id AND NOT old AND word <> 'countered' ORDER BY stamp DESC, id DESC LIMIT 1
      ) a ON NOT ${isMoved}
      WHERE r."eventId" = ${eventId}::uuid AND r.status IN ('confirmed', 'offered')`,
    db.incomingMail.count({ where: { eventId, outcome: 'countered', awaits: true } }),
  ])
  const { seated, accepted, tentative, declined } = said
  return { seated, accepted, tentative, declined, silent: seated - accepted - tentative - declined, countered }
}

const mostCandidates = 20
/** Answers come before a session and shortly after it. */
const lookBackDays = 60

/**
 * Registrations that a message may be about, by words of a name, an address or an event's title, without accents; a whole
 * address finds all of its own. Twenty at most, of events that are to come or were lately; `more` says that there are others.
 * For organisers.
 */
export async function tieCandidates(text: string) {
  const words = fold(text).split(' ').filter(Boolean).slice(0, 8)
  if (words.length === 0) return { rows: [], more: false }
  const ids = text.trim().includes('@') && words.length === 1 ? await byAddress(text) : await byWords(words)
  const rows = await db.registration.findMany({ where: { id: { in: ids.slice(0, mostCandidates) } }, include: { event: { select: whose.event.select } } })
  const order = new Map(ids.map((id, place) => [id, place]))
  return { rows: rows.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0)), more: ids.length > mostCandidates }
}

export type TieCandidate = Awaited<ReturnType<typeof tieCandidates>>['rows'][number]

async function byAddress(text: string) {
  const rows = await db.registration.findMany({
    where: { addressFold: foldAddress(text), event: { status: { not: 'draft' } } },
    orderBy: [{ event: { startsAt: 'desc' } }, { id: 'asc' }],
    take: mostCandidates + 1,
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

/** Words of the title are looked up in what the agenda's search looks in; the names of those events are read in pieces. */
async function byWords(words: string[]) {
  const events = await db.event.findMany({
    where: { status: { not: 'draft' }, overAt: { gt: new Date(now().getTime() - lookBackDays * 86_400_000) } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    select: { id: true, searchText: true },
    take: mostEvents,
  })
  const titles = new Map(events.map(({ id, searchText }, place) => [id, { searchText, place }]))
  const people = await db.registration.findMany({
    where: { eventId: { in: events.map(({ id }) => id) } },
    select: { id: true, eventId: true, name: true, address: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: mostRead,
  })
  const found = people.filter(({ eventId, name, address }) => {
    const said = `${fold(`${name} ${address}`)} ${titles.get(eventId)?.searchText ?? ''}`
    return words.every((word) => said.includes(word))
  })
  return found.toSorted((a, b) => (titles.get(a.eventId)?.place ?? 0) - (titles.get(b.eventId)?.place ?? 0)).slice(0, mostCandidates + 1).map(({ id }) => id)
}

const mostEvents = 200
const mostRead = 20_000
