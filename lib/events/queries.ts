import { now } from '@/lib/clock'
import { db, type Prisma } from '@/lib/db'
import { fold } from '@/lib/text'
import { shownCode } from './entry-code'
import { asQuestion, type Question } from './questions'

/** What a line of the agenda shows. */
export const cardInclude = {
  seatings: true,
  venue: true,
  format: true,
  cycles: { include: { series: true } },
  translation: true,
  themes: { orderBy: { position: 'asc' }, include: { theme: true } },
  recommendations: {
    orderBy: { position: 'asc' },
    include: { recommendation: { select: { id: true, number: true, report: { select: { slug: true, title: true } } } } },
  },
  speakers: { orderBy: { position: 'asc' }, include: { speaker: true } },
} satisfies Prisma.EventInclude

/** What an event's own page shows besides. */
const pageInclude = {
  ...cardInclude,
  recommendations: {
    orderBy: { position: 'asc' },
    include: {
      recommendation: {
        include: {
          wordings: { orderBy: { position: 'asc' } },
          report: { select: { slug: true, title: true, language: true } },
          readingLinks: { select: { readingTheme: { select: { position: true, theme: true, reading: { select: { id: true, on: true } } } } } },
        },
      },
    },
  },
  partners: { orderBy: { position: 'asc' }, include: { partner: true } },
  programme: { orderBy: { position: 'asc' } },
} satisfies Prisma.EventInclude

export type EventCard = Prisma.EventGetPayload<{ include: typeof cardInclude }>
export type EventPage = Prisma.EventGetPayload<{ include: typeof pageInclude }>

export type AgendaFilter = {
  /** From this instant on; without it, what is not over yet. */
  from?: Date
  to?: Date
  theme?: string
  /** A format's or a cycle's slug. */
  series?: string
  report?: string
  recommendation?: number
  q?: string
  cursor?: string
  limit?: number
}

/** Published and called-off events by start; `next` is the cursor of the page after this one. */
export async function agenda(filter: AgendaFilter = {}): Promise<{ events: EventCard[]; next: string | null }> {
  const since: Prisma.EventWhereInput = filter.from ? { startsAt: { gte: filter.from } } : { overAt: { gt: now() } }
  return page({ AND: [since, matching(filter), after(filter.cursor, 'asc')] }, 'asc', filter.limit)
}

/** What a line about the past shows besides: whether there are notes to read. */
export const pastInclude = {
  ...cardInclude,
  editions: { where: { withdrawnAt: null }, orderBy: { number: 'desc' }, take: 1, select: { number: true, publishedAt: true } },
} satisfies Prisma.EventInclude

export type PastCard = Prisma.EventGetPayload<{ include: typeof pastInclude }>

/** What is over, the newest first, with the newest edition of its notes. */
export async function past(filter: AgendaFilter = {}): Promise<{ events: PastCard[]; next: string | null }> {
  // What is over has begun, which says where in the index to begin.
  return page({ AND: [{ overAt: { lte: now() }, startsAt: { lte: now() } }, matching(filter), after(filter.cursor, 'desc')] }, 'desc', filter.limit)
}

const perPage = 50

async function page(where: Prisma.EventWhereInput, order: 'asc' | 'desc', limit = perPage) {
  const rows = await db.event.findMany({
    where: { status: { in: ['published', 'called_off'] }, ...where },
    orderBy: [{ startsAt: order }, { id: order }],
    take: limit + 1,
    include: pastInclude,
  })
  const events = rows.slice(0, limit)
  const last = events.at(-1)
  return { events, next: rows.length > limit && last ? cursorOf(last) : null }
}

function matching({ to, theme, series, report, recommendation, q }: AgendaFilter): Prisma.EventWhereInput {
  const links = { ...(recommendation ? { number: recommendation } : {}), ...(report ? { report: { slug: report } } : {}) }
  return {
    AND: [
      to ? { startsAt: { lt: to } } : {},
      theme ? { themes: { some: { theme: { slug: theme } } } } : {},
      series ? { OR: [{ format: { slug: series } }, { cycles: { some: { series: { slug: series } } } }] } : {},
      recommendation || report ? { recommendations: { some: { recommendation: links } } } : {},
      ...wordsOf(q).map((word) => ({ searchText: { contains: word } })),
    ],
  }
}

/** Words as the search column keeps them; a plural finds its singular. */
const wordsOf = (q: string | undefined) =>
  fold(q ?? '')
    .split(' ')
    .filter(Boolean)
    .slice(0, 8)
    .map((word) => (word.length > 3 ? word.replace(/[sx]$/, '') : word))

/** A cursor names the last event of a page; nothing else can be said with it. */
const cursorOf = ({ startsAt, id }: { startsAt: Date; id: string }) => Buffer.from(`${startsAt.getTime()}.${id}`).toString('base64url')

export function readCursor(cursor: string) {
  const [, millis, id] = /^(-?\d{1,14})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  return id ? { startsAt: new Date(Number(millis)), id } : null
}

function after(cursor: string | undefined, order: 'asc' | 'desc'): Prisma.EventWhereInput {
  const last = cursor ? readCursor(cursor) : null
  if (!last) return {}
  const beyond = order === 'asc' ? 'gt' : 'lt'
  return { OR: [{ startsAt: { [beyond]: last.startsAt } }, { startsAt: last.startsAt, id: { [beyond]: last.id } }] }
}

/** An event with all that its page shows; a renamed slug answers with the new one (`event.slug`). */
export async function eventBySlug(slug: string): Promise<EventPage | null> {
  const event = await db.event.findUnique({ where: { slug }, include: pageInclude })
  if (event) return event
  const alias = await db.eventAlias.findUnique({ where: { slug } })
  return alias && db.event.findUnique({ where: { id: alias.eventId }, include: pageInclude })
}

/** The organisers' list, drafts too; to come by start, or past, the newest first. `after` is the id of the last one seen. */
export const allEvents = (when: 'coming' | 'past', { take = 200, after }: { take?: number; after?: string } = {}) =>
  db.event.findMany({
    where: when === 'coming' ? { overAt: { gt: now() } } : { overAt: { lte: now() } },
    orderBy: [{ startsAt: when === 'coming' ? 'asc' : 'desc' }, { id: 'asc' }],
    include: cardInclude,
    take,
    ...(after ? { cursor: { id: after }, skip: 1 } : {}),
  })

/** How long after a session its host is reminded of what is due. */
const dueDays = 120

/**
 * Sessions of the last months whose discussions nobody confirmed, or that have no restitution yet: `undiscussed` and
 * `unwritten` say which. What came in from an archive (it has a source) owes nothing.
 */
export async function dueEvents() {
  const hasNoRestitution = { restitutionUrl: null, editions: { none: { withdrawnAt: null } } } satisfies Prisma.EventWhereInput
  const isUndiscussed = { recommendations: { some: {} }, discussions: { none: {} } } satisfies Prisma.EventWhereInput
  const rows = await db.event.findMany({
    where: {
      status: 'published',
      source: null,
      overAt: { lte: now(), gt: new Date(now().getTime() - dueDays * 86_400_000) },
      OR: [hasNoRestitution, isUndiscussed],
    },
    orderBy: { startsAt: 'desc' },
    take: 50,
    include: { ...cardInclude, _count: { select: counted } },
  })
  return rows.map((event) => ({ ...event, ...owed(event) }))
}

const counted = { recommendations: true, discussions: true, editions: { where: { withdrawnAt: null } }, invitees: true } satisfies Prisma.EventCountOutputTypeSelect

/** What one event has and owes. */
export async function duties(eventId: string) {
  const event = await db.event.findUniqueOrThrow({ where: { id: eventId }, select: { restitutionUrl: true, _count: { select: counted } } })
  return { ...owed(event), ...event._count }
}

const owed = (event: { restitutionUrl: string | null; _count: { recommendations: number; discussions: number; editions: number } }) => ({
  undiscussed: event._count.recommendations > 0 && event._count.discussions === 0,
  unwritten: event.restitutionUrl === null && event._count.editions === 0,
})

/** The addresses invited to an event, case-folded, in order. For organisers. */
export const inviteesOf = async (eventId: string) =>
  (await db.invitee.findMany({ where: { eventId }, orderBy: { addressFold: 'asc' } })).map((one) => one.addressFold)

/** Are there codes in people's hands that open this event's door, or seats kept for them? */
export const takesCodes = async (eventId: string) => (await db.entryCode.count({ where: { eventId, revokedAt: null }, take: 1 })) > 0

/** The names of events, by id, for lists that only mention them. */
export async function eventsByIds(ids: string[]) {
  const rows = await db.event.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, slug: true, title: true, language: true } })
  return new Map(rows.map((row) => [row.id, row]))
}

/** What the organiser's form offers to pick from. */
export async function pickables() {
  const [speakers, partners, venues] = await Promise.all([
    db.speaker.findMany({ orderBy: { name: 'asc' }, select: { slug: true, name: true, roleFr: true, organisation: true } }),
    db.partner.findMany({ orderBy: { name: 'asc' }, select: { slug: true, name: true } }),
    db.venue.findMany({ orderBy: { name: 'asc' }, select: { slug: true, name: true, city: true } }),
  ])
  return { speakers, partners, venues }
}

/**
 * What the filters of the agenda (or of the past) can find: themes, series and recommendations that have any such
 * event. Themes come whole, each with how many events to come it has: the margin counts them.
 */
export async function agendaChoices(when: 'coming' | 'past') {
  const event = { status: { in: ['published', 'called_off'] }, overAt: when === 'coming' ? { gt: now() } : { lte: now() } } satisfies Prisma.EventWhereInput
  const toCome = { status: 'published', overAt: { gt: now() } } satisfies Prisma.EventWhereInput
  const [themes, series, recommendations] = await Promise.all([
    db.theme.findMany({
      where: when === 'past' ? { events: { some: { event } } } : {},
      orderBy: [{ position: 'asc' }, { nameFr: 'asc' }],
      include: { _count: { select: { events: { where: { event: toCome } } } } },
    }),
    db.series.findMany({
      where: { OR: [{ formatEvents: { some: event } }, { cycleEvents: { some: { event } } }] },
      orderBy: [{ nature: 'asc' }, { position: 'asc' }, { nameFr: 'asc' }],
    }),
    db.recommendation.findMany({
      where: { events: { some: { event } } },
      orderBy: [{ report: { position: 'asc' } }, { reportId: 'asc' }, { number: 'asc' }],
      select: { number: true, shortFr: true, shortEn: true, report: { select: { slug: true, title: true, language: true } } },
    }),
  ])
  return { themes, series, recommendations }
}

export type AgendaChoices = Awaited<ReturnType<typeof agendaChoices>>

/** An event's rules of reminding, the earliest first. */
export const remindersOf = (eventId: string) =>
  db.reminder.findMany({
    where: { eventId },
    orderBy: [{ daysBefore: { sort: 'desc', nulls: 'last' } }, { atTime: { sort: 'asc', nulls: 'last' } }, { minutesBefore: 'desc' }],
    select: { id: true, daysBefore: true, atTime: true, minutesBefore: true, dueAt: true, doneFor: true },
  })

/** What an event asks now, in order. */
export const questionsOf = async (eventId: string): Promise<Question[]> =>
  (await db.question.findMany({ where: { eventId, retiredAt: null }, orderBy: { position: 'asc' } })).map(asQuestion)

/** The consents that an event asks for now, in order. */
export const consentRequestsOf = (eventId: string) => db.consentRequest.findMany({ where: { eventId, retiredAt: null }, orderBy: { position: 'asc' } })

/** What an event asked before: changed or dropped questions that somebody answered, the last retired first. For organisers. */
export const retiredQuestionsOf = async (eventId: string) =>
  (await db.question.findMany({ where: { eventId, retiredAt: { not: null }, answers: { some: {} } }, orderBy: { retiredAt: 'desc' }, include: { _count: { select: { answers: true } } } })).map(asQuestion)

/** Who reads an event's access needs; nobody: admins do. Whoever left the team reads nothing. For organisers. */
export const keepersOf = async (eventId: string) =>
  (await db.accessKeeper.findMany({ where: { eventId, person: { role: { not: 'participant' } } }, orderBy: { person: { addressFold: 'asc' } }, select: { person: { select: { id: true, name: true, address: true, role: true } } } })).map(({ person }) => person)

/** How many have answered each question that an event asks now, and given each consent, by their keys. For organisers. */
export async function answersToEach(eventId: string) {
  const now = { eventId, retiredAt: null }
  const [questions, consents] = await Promise.all([
    db.question.findMany({ where: now, select: { key: true, _count: { select: { answers: true } } } }),
    db.consentRequest.findMany({ where: now, select: { key: true, _count: { select: { consents: true } } } }),
  ])
  return {
    questions: Object.fromEntries(questions.map(({ key, _count }) => [key, _count.answers])),
    consents: Object.fromEntries(consents.map(({ key, _count }) => [key, _count.consents])),
  }
}

/** Seats kept aside for organisations, in the order in which they were, each with the code of its people as it is read aloud. For organisers. */
export async function allotmentsOf(eventId: string) {
  const rows = await db.allotment.findMany({
    where: { eventId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    include: { codes: { where: { revokedAt: null }, orderBy: { createdAt: 'desc' }, take: 1, select: { code: true } } },
  })
  return rows.map(({ codes, ...row }) => ({ ...row, code: codes[0] ? shownCode(codes[0].code) : null }))
}

/** Codes that lead to no seats of their own, as they are read aloud; those that let somebody in still, first. For organisers. */
export async function codesOf(eventId: string) {
  const rows = await db.entryCode.findMany({ where: { eventId, allotmentId: null }, orderBy: [{ revokedAt: { sort: 'desc', nulls: 'first' } }, { createdAt: 'asc' }] })
  return rows.map((row) => ({ ...row, code: shownCode(row.code) }))
}

/** What is asked at an event, to be read with it in one statement. */
export const asking = {
  asksAccess: true,
  questions: { where: { retiredAt: null }, orderBy: { position: 'asc' } },
  consentRequests: { where: { retiredAt: null }, orderBy: { position: 'asc' } },
} satisfies Prisma.EventSelect

/** What the event of that slug asks, for a form's door; an older slug asks nothing. */
export async function askedAt(slug: string) {
  const event = await db.event.findUnique({ where: { slug }, select: asking })
  return event && { ...event, questions: event.questions.map(asQuestion) }
}
