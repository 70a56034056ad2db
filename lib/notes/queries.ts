import type { Actor } from '@/lib/actor'
import { db, type Prisma } from '@/lib/db'
import { handoutToken } from '@/lib/events/give-handout'
import { cardInclude, type EventCard } from '@/lib/events/queries'
import { hashToken, isCapability } from '@/lib/ids'
import { recommendationsNamed, themesNamed } from '@/lib/reports/linked'
import { themeFacts, wordings } from '@/lib/reports/queries'
import { canWriteNotes } from './access'
import { type Change, changesBetween, type Count } from './changes'
import { convertApart } from './convert-apart'
import { citedBlocks, emptyDocument, headingsOf, isEmpty, type NotesDocument, passagesOf, type Reference, referenceKey, storedDocument, textOf } from './document'
import { changesCounted, changesShown, passagesBegun, type Reads } from './edition-facts'
import { type Known, reviewOf } from './review'
import { proposedAuthors } from './rules'

export type { Block, Cell, Inline, Mark, NotesDocument, Reference, Table, TaskItem } from './document'

/** The notes as they are being written, or null before the first word. */
export async function notesOf(eventId: string) {
  const row = await db.notes.findUnique({ where: { eventId, revision: { gt: 0 } }, omit: { state: true } })
  return row && { document: storedDocument(row.document), revision: row.revision, updatedAt: row.updatedAt, updatedById: row.updatedById }
}

/** The same as Markdown, for whoever writes on; an empty text before the first word. */
export async function notesText(eventId: string) {
  const [row] = await db.$queryRaw<{ json: string; revision: number; updatedAt: Date }[]>`
    SELECT document::text AS json, revision, "updatedAt" FROM "Notes" WHERE "eventId" = ${eventId}::uuid AND revision > 0`
  return row ? { markdown: await convertApart('write', row.json.length, { json: row.json }), revision: row.revision, updatedAt: row.updatedAt } : null
}

/** The restitution: the newest edition that was not withdrawn, with its table of contents and what its passages are about. */
export async function currentEdition(eventId: string) {
  const row = await db.edition.findFirst({ where: { eventId, withdrawnAt: null }, orderBy: { number: 'desc' } })
  if (!row) return null
  const document = storedDocument(row.document)
  const references = uniqueReferences(document)
  return { ...row, document, headings: headingsOf(document), references, targets: await targetsOf(references) }
}

export type CurrentEdition = NonNullable<Awaited<ReturnType<typeof currentEdition>>>

/** Every edition of an event, the newest first, without their texts. */
export const editionsOf = (eventId: string) =>
  db.edition.findMany({
    where: { eventId },
    orderBy: { number: 'desc' },
    select: { number: true, authors: true, licence: true, publishedAt: true, withdrawnAt: true },
  })

/** An edition as lists show it; of a withdrawn one nothing that it said. `count` compares it to the newest before it that stands, `since`. */
export type ListedEdition = {
  number: number
  authors: string
  licence: string
  publishedAt: Date
  withdrawnAt: Date | null
  why: string | null
  changes: string | null
  isTold: boolean
  since: number | null
  count: Count | null
}

/** A paragraph that stood in another edition; where it was withdrawn since, nothing of it is said. */
export type GonePassage = { id: string; edition: number; publishedAt: Date; excerpt: string | null }

/**
 * The edition of that number, or the newest that stands, or else the newest, with all that its page shows: what its references are, which
 * other editions there are, what changed, and which paragraphs of others are no longer here. `edition` is null where
 * it was withdrawn; the whole is null where there is none.
 */
export async function editionPage(eventId: string, number?: number) {
  const editions = await db.edition.findMany({ where: { eventId }, orderBy: { number: 'desc' }, omit: { document: true } })
  const current = editions.find(({ withdrawnAt }) => withdrawnAt === null)
  const row = number === undefined ? (current ?? editions[0]) : editions.find((one) => one.number === number)
  if (!row) return null
  const read = textsOf(row.id)
  const before = (own: number) => editions.find((one) => one.number < own && one.withdrawnAt === null)
  const listed: ListedEdition[] = []
  for (const { id, number: own, authors, licence, publishedAt, withdrawnAt, withdrawnWhy, changes, isTold } of editions) {
    const stands = withdrawnAt === null
    const older = stands ? before(own) : undefined
    listed.push({
      number: own, authors, licence, publishedAt, withdrawnAt, why: withdrawnWhy, changes: stands ? changes : null, isTold,
      since: older?.number ?? null, count: older ? await changesCounted(`${older.id} ${id}`, read) : null,
    })
  }
  const shared = { number: row.number, current: current?.number ?? null, editions: listed, publishedAt: row.publishedAt, withdrawnAt: row.withdrawnAt, why: row.withdrawnWhy }
  if (row.withdrawnAt) return { ...shared, edition: null, gone: [], changes: [] }
  const document = await read(row.id)
  const older = before(row.number)
  const references = uniqueReferences(document)
  const { authors, licence, publishedAt } = row
  return {
    ...shared,
    edition: { id: row.id, number: row.number, authors, licence, publishedAt, changes: row.changes, document, headings: headingsOf(document), references, targets: await targetsOf(references) },
    gone: await goneFrom(document, editions.filter((one) => one.number !== row.number && (row === current || one.number < row.number)), read),
    changes: older ? await changesShown(`${older.id} ${row.id}`, read) : [],
  }
}

/** Reads texts of editions, and keeps the one that the page shows and the last that was read: the next is compared with it. */
function textsOf(shown: string): Reads {
  const text = async (id: string) => storedDocument((await db.edition.findUniqueOrThrow({ where: { id }, select: { document: true } })).document)
  const [kept, last] = [new Map<string, Promise<NotesDocument>>(), { id: '' }]
  return (id) => {
    const found = kept.get(id) ?? text(id)
    if (id !== last.id && last.id !== shown) kept.delete(last.id)
    last.id = id
    kept.set(id, found)
    return found
  }
}

type ListedText = ListedEdition & { document: NotesDocument | null }

export type ReadEdition = Pick<ShownEdition, 'number' | 'authors' | 'licence' | 'publishedAt' | 'document'>

/** The edition that is read, and every edition with its text, the newest first; null where none stands. */
export async function editionTexts(eventId: string): Promise<{ edition: ReadEdition; editions: ListedText[] } | null> {
  const rows = await db.edition.findMany({ where: { eventId }, orderBy: { number: 'desc' } })
  const editions = rows.map(({ document, withdrawnWhy, changes, ...row }): ListedText => ({
    ...row, why: withdrawnWhy, changes: row.withdrawnAt ? null : changes, since: null, count: null, document: row.withdrawnAt ? null : storedDocument(document),
  }))
  const current = editions.find(({ document }) => document !== null)
  return current?.document ? { edition: { ...current, document: current.document }, editions } : null
}

export type EditionPage = NonNullable<Awaited<ReturnType<typeof editionPage>>>

/** What an edition's page shows of its text. */
export type ShownEdition = NonNullable<EditionPage['edition']>

export type { Change, Count, Stretch } from './changes'

type Other = { id: string; number: number; publishedAt: Date; withdrawnAt: Date | null }

/** The paragraphs of other editions, the newest first, that a text no longer has; those of editions that stand before the others. */
async function goneFrom(document: NotesDocument, others: Other[], read: Reads): Promise<GonePassage[]> {
  const seen = new Set(citedBlocks(document).map(({ attrs }) => attrs.id))
  const found: GonePassage[] = []
  for (const { id: edition, number, publishedAt, withdrawnAt } of others.toSorted((a, b) => Number(b.withdrawnAt === null) - Number(a.withdrawnAt === null) || b.number - a.number)) {
    for (const { id, excerpt } of await passagesBegun(edition, read)) {
      if (seen.has(id)) continue
      seen.add(id)
      found.push({ id, edition: number, publishedAt, excerpt: withdrawnAt ? null : excerpt })
    }
  }
  return found
}

/** The notes as an organiser reads them over: what to look at, what changed since the edition that is read, and who would sign. */
export async function reviewPage(eventId: string) {
  const [notes, edition, editions, writers] = await Promise.all([
    notesOf(eventId),
    db.edition.findFirst({ where: { eventId, withdrawnAt: null }, orderBy: { number: 'desc' } }),
    db.edition.findMany({ where: { eventId }, orderBy: { number: 'desc' }, omit: { document: true } }),
    db.notesWriter.findMany({ where: { eventId }, orderBy: { lastAt: 'asc' }, take: 100, select: { name: true } }),
  ])
  const document = notes?.document ?? emptyDocument()
  const passages = passagesOf(document)
  const changes: Change[] = edition ? changesBetween(storedDocument(edition.document), document) : []
  return {
    revision: notes?.revision ?? 0,
    isEmpty: isEmpty(document),
    blocks: citedBlocks(document).length,
    passages: passages.length,
    tied: uniqueReferences(document).length,
    findings: reviewOf(document, await knownFor(eventId, document)),
    since: edition?.number ?? null,
    changes,
    authors: proposedAuthors(writers, ''),
    editions: editions.map(({ withdrawnWhy, changes: said, ...one }): ListedEdition => ({ ...one, why: withdrawnWhy, changes: one.withdrawnAt ? null : said, since: null, count: null })),
  }
}

export type { Finding } from './review'

/** What a text of an event may speak of, for who reads it over: the reports of the event and of its ties, with their numbers, and which ties lead somewhere. */
async function knownFor(eventId: string, document: NotesDocument): Promise<Known> {
  const references = [...new Map(citedBlocks(document).flatMap(({ attrs }) => attrs.about.map((one): [string, Reference] => [referenceKey(one), one]))).values()]
  const [targets, linked, reports] = await Promise.all([
    targetsOf(references),
    db.eventRecommendation.findMany({ where: { eventId }, orderBy: { position: 'asc' }, select: { recommendation: { select: { report: { select: { slug: true } } } } } }),
    db.report.findMany({ orderBy: { publishedOn: 'asc' }, take: 20, select: { slug: true, recommendations: { select: { number: true } } } }),
  ])
  const first = linked[0]?.recommendation.report.slug
  const all = reports.map(({ slug, recommendations }) => ({ slug, numbers: recommendations.map((one) => one.number) }))
  return { reports: all.toSorted((a, b) => Number(b.slug === first) - Number(a.slug === first)), targets: new Set([...targets.themes.keys(), ...targets.recommendations.keys()]) }
}

/** How many would be told of an edition: those with a seat who asked. */
export const countAsking = (eventId: string) => db.registration.count({ where: { eventId, status: 'confirmed', wantsNotes: true } })

const targetFacts = {
  number: true,
  shortFr: true,
  shortEn: true,
  wordings,
  report: { select: { slug: true, title: true, language: true } },
  readingLinks: {
    select: { readingTheme: { select: { position: true, theme: { select: { slug: true, pigment: true, glyph: true } }, reading: { select: { id: true, on: true } } } } },
  },
} satisfies Prisma.RecommendationSelect

/** What references point at, by `referenceKey`; what does not exist is not in the maps. */
export async function targetsOf(references: Reference[]) {
  const [slugs, ids] = await Promise.all([
    themesNamed(db, references.flatMap((one) => ('theme' in one ? [one.theme] : []))),
    recommendationsNamed(db, references.flatMap((one) => ('theme' in one ? [] : [one]))),
  ])
  const [themes, recommendations] = await Promise.all([
    slugs.size > 0 ? db.theme.findMany({ where: { id: { in: [...slugs.values()] } }, select: themeFacts }) : [],
    ids.size > 0 ? db.recommendation.findMany({ where: { id: { in: [...ids.values()] } }, select: targetFacts }) : [],
  ])
  return {
    themes: new Map(themes.map((one) => [one.slug, one])),
    recommendations: new Map(recommendations.map((one) => [`${one.report.slug}/${one.number}`, one])),
  }
}

export type Targets = Awaited<ReturnType<typeof targetsOf>>

function uniqueReferences(document: NotesDocument): Reference[] {
  const all = passagesOf(document).flatMap(({ about }) => about)
  return [...new Map(all.map((one) => [referenceKey(one), one])).values()]
}

export type Restitution = { event: EventCard; edition: { number: number; authors: string; publishedAt: Date } | null; outside: { url: string; on: Date | null } | null }

const perPage = 30

/**
 * Events that can be read about, the newest first: with an edition that everybody may read, or a restitution that
 * stands elsewhere. `page` counts from 1.
 */
export async function restitutions(page = 1): Promise<{ restitutions: Restitution[]; hasNext: boolean }> {
  const rows = await db.event.findMany({
    where: {
      status: 'published',
      OR: [{ notesVisibility: 'all', editions: { some: { withdrawnAt: null } } }, { restitutionUrl: { not: null } }],
    },
    orderBy: [{ startsAt: 'desc' }, { id: 'desc' }],
    skip: (Math.max(1, page) - 1) * perPage,
    take: perPage + 1,
    include: {
      ...cardInclude,
      editions: { where: { withdrawnAt: null }, orderBy: { number: 'desc' }, take: 1, select: { number: true, authors: true, publishedAt: true } },
    },
  })
  const found = rows.slice(0, perPage).map(({ editions, ...event }) => ({
    event,
    edition: event.notesVisibility === 'all' ? (editions[0] ?? null) : null,
    outside: event.restitutionUrl ? { url: event.restitutionUrl, on: event.restitutionOn } : null,
  }))
  return { restitutions: found, hasNext: rows.length > perPage }
}

/**
 * What the restitutions say about a recommendation or a theme: passages of current editions that everybody may read,
 * by the event's date, the newest first, then in the order of the text. The anchor is `#p-<paragraphId>`.
 */
export async function passagesAbout(about: { recommendationId: string } | { themeId: string }, most = 50) {
  const rows = await db.passage.findMany({
    where: {
      ...about,
      edition: { withdrawnAt: null },
      event: { status: 'published', notesVisibility: 'all' },
    },
    orderBy: [{ event: { startsAt: 'desc' } }, { eventId: 'asc' }, { edition: { number: 'desc' } }, { position: 'asc' }],
    take: most * 4,
    select: {
      paragraphId: true,
      text: true,
      edition: { select: { number: true, authors: true, licence: true, publishedAt: true } },
      event: {
        select: {
          id: true,
          slug: true,
          title: true,
          language: true,
          startDate: true,
          editions: { where: { withdrawnAt: null }, orderBy: { number: 'desc' }, take: 1, select: { number: true } },
        },
      },
    },
  })
  return rows
    .filter(({ edition, event }) => event.editions[0]?.number === edition.number)
    .slice(0, most)
    .map(({ event: { editions: _editions, ...event }, ...passage }) => ({ ...passage, event }))
}

/** What people keep from a session: what waits, the oldest first, then what was decided, the newest first. For organisers. */
export async function proposalsOf(eventId: string) {
  const include = { registration: { select: { name: true, address: true } } }
  const [open, decided, notes] = await Promise.all([
    db.proposedPassage.findMany({ where: { eventId, status: 'open' }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: 100, include }),
    db.proposedPassage.findMany({ where: { eventId, status: { not: 'open' } }, orderBy: [{ decidedAt: 'desc' }, { id: 'asc' }], take: 100, include }),
    notesOf(eventId),
  ])
  const standing = new Map(notes ? citedBlocks(notes.document).map((block) => [block.attrs.id, textOf(block)]) : [])
  return { open, decided: decided.map((one) => ({ ...one, stands: one.paragraphId === null ? null : (standing.get(one.paragraphId) ?? null) })) }
}

export type OpenProposal = Awaited<ReturnType<typeof proposalsOf>>['open'][number]
export type DecidedProposal = Awaited<ReturnType<typeof proposalsOf>>['decided'][number]

/** How many wait for the host. */
export const countProposals = (eventId: string) => db.proposedPassage.count({ where: { eventId, status: 'open' } })

/** The sessions where what people keep waits for a yes or no, with how many. */
export async function proposalsAwaiting(actor: Actor) {
  if (!canWriteNotes(actor)) return []
  const groups = await db.proposedPassage.groupBy({ by: ['eventId'], where: { status: 'open' }, _count: true, orderBy: { eventId: 'asc' }, take: 50 })
  const events = await db.event.findMany({ where: { id: { in: groups.map(({ eventId }) => eventId) } }, orderBy: { startsAt: 'asc' }, select: { id: true, slug: true, title: true, language: true } })
  return events.map(({ id, ...event }) => ({ ...event, open: groups.find(({ eventId }) => eventId === id)?._count ?? 0 }))
}

/** What the person of one registration said, by whichever door, the oldest first. */
export const takeawaysOf = (registrationId: string) =>
  db.proposedPassage.findMany({
    where: { registrationId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true, text: true, signature: true, via: true, status: true, createdAt: true, decidedAt: true, paragraphId: true },
  })

/** What goes with an event, in order; `shown` leaves out what still waits for an organiser. */
export const resourcesOf = (eventId: string, { shown = false } = {}) =>
  db.resource.findMany({
    where: { eventId, ...(shown ? { shownAt: { not: null } } : {}) },
    orderBy: [{ position: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }],
    omit: { eventId: true },
  })

export type EventResource = Awaited<ReturnType<typeof resourcesOf>>[number]

/** One file of an event, whoever asks: the door asks whether they may. */
export const fileOf = (eventId: string, id: string) => db.resource.findFirst({ where: { id, eventId, kind: 'file' } })

/** How many that speakers sent wait for an organiser. */
export const countResources = (eventId: string) => db.resource.count({ where: { eventId, shownAt: null, speakerId: { not: null } } })

/** The sessions where what speakers sent waits to be shown, with how many. */
export async function resourcesAwaiting(actor: Actor) {
  if (!canWriteNotes(actor)) return []
  const groups = await db.resource.groupBy({ by: ['eventId'], where: { shownAt: null, speakerId: { not: null } }, _count: true, orderBy: { eventId: 'asc' }, take: 50 })
  const events = await db.event.findMany({ where: { id: { in: groups.map(({ eventId }) => eventId) } }, orderBy: { startsAt: 'asc' }, select: { id: true, slug: true, title: true, language: true } })
  return events.map(({ id, ...event }) => ({ ...event, open: groups.find(({ eventId }) => eventId === id)?._count ?? 0 }))
}

/** Whose link to send slides by this is, with what they sent so far: `gone` where a newer one was made, null where it never was one. */
export async function findHandout(token: string) {
  if (!isCapability(token)) return null
  const include = { speaker: { select: { id: true, name: true } }, event: { select: { id: true, slug: true, title: true, language: true, overAt: true, status: true } } }
  const found = await db.eventSpeaker.findUnique({ where: { handoutHash: hashToken(token) }, include })
  if (!found) return (await db.retiredCapability.count({ where: { hash: hashToken(token) } })) > 0 ? ('gone' as const) : null
  const sent = await db.resource.findMany({ where: { eventId: found.eventId, speakerId: found.speakerId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })
  return { ...found, sent }
}

export type Handout = Exclude<NonNullable<Awaited<ReturnType<typeof findHandout>>>, 'gone'>

export { allPrepared, preparedFor, preparedQuestions, type PreparedRow } from './prepared'
export { followUps, type FollowUpRow } from './follow-ups'

/** The token of the link that a speaker has, or null where none was made. For organisers. */
export const handoutOf = (speaking: Parameters<typeof handoutToken>[0] & { handoutHash: string | null }) => (speaking.handoutHash === null ? null : handoutToken(speaking))
