import { now } from '@/lib/clock'
import { db, Prisma } from '@/lib/db'
import { pastInclude } from '@/lib/events/queries'
import { storedDocument } from '@/lib/notes/document'
import { followUpsIn } from '@/lib/notes/keep-follow-ups'
import { passagesAbout } from '@/lib/notes/queries'
import { report } from '@/lib/reports/queries'
import { awaitsConfirmation, countDepths, type CoverageFilter, depthOf, type EventState, type Facts, isCounted, missingOf, stateOf } from './rules'

/** What was asked counts as figures from the database come: whole numbers. */
type Row = Facts & { number: number | null; /** YYYY-MM-DD on the wall of the event. */ lastDiscussed: string | null }

/**
 * What of a report has been discussed, by recommendation, in one statement; `counts` makes the sentence above the
 * map. A filter leaves only the sessions that fit it, and what was said at them. Null where there is no such report.
 */
export async function coverageOf(reportSlug: string, filter: CoverageFilter = {}) {
  const rows = await db.$queryRaw<Row[]>`
    SELECT r.number,
      coalesce(touched.coming, 0) AS coming, coalesce(touched."toConfirm", 0) AS "toConfirm",
      coalesce(touched.discussed, 0) AS discussed, touched."lastDiscussed", coalesce(noted.passages, 0) AS passages
    FROM "Report" report
    LEFT JOIN "Recommendation" r ON r."reportId" = report.id
    LEFT JOIN LATERAL (
      SELECT (count(*) FILTER (WHERE e."startsAt" > ${now()}))::int AS coming,
             (count(*) FILTER (WHERE e."startsAt" <= ${now()} AND NOT link.held AND c."eventId" IS NULL))::int AS "toConfirm",
             (count(*) FILTER (WHERE e."startsAt" <= ${now()} AND link.held))::int AS discussed,
             max(e."startDate") FILTER (WHERE e."startsAt" <= ${now()} AND link.held) AS "lastDiscussed"
      FROM (
        SELECT named."eventId", bool_or(named.held) AS held
        FROM (
          SELECT "eventId", false AS held FROM "EventRecommendation" WHERE "recommendationId" = r.id AND origin = 'chosen'
          UNION ALL
          SELECT "eventId", true AS held FROM "Discussion" WHERE "recommendationId" = r.id
        ) named
        GROUP BY named."eventId"
      ) link
      JOIN "Event" e ON e.id = link."eventId" AND e.status = 'published' ${within(filter)}
      LEFT JOIN "Confirmation" c ON c."eventId" = e.id
    ) touched ON true
    LEFT JOIN LATERAL (
      SELECT count(*)::int AS passages
      FROM "Passage" p
      JOIN "Edition" ed ON ed.id = p."editionId" AND ed."withdrawnAt" IS NULL
      JOIN "Event" e ON e.id = p."eventId" AND e.status = 'published' AND e."notesVisibility" = 'all' ${within(filter)}
      WHERE p."recommendationId" = r.id AND ${isCurrent}
    ) noted ON true
    WHERE report.slug = ${reportSlug}
    ORDER BY r.number`
  if (rows.length === 0) return null
  const recommendations = rows.flatMap(({ number, ...facts }) => (number === null ? [] : [{ number, ...said(facts) }]))
  return { recommendations, counts: countDepths(recommendations) }
}

export type Coverage = NonNullable<Awaited<ReturnType<typeof coverageOf>>>

/** Of an event `e`. */
const within = ({ from, to, series }: CoverageFilter) =>
  Prisma.sql`${from ? Prisma.sql`AND e."startDate" >= ${from}` : Prisma.empty} ${to ? Prisma.sql`AND e."startDate" <= ${to}` : Prisma.empty} ${
    series
      ? Prisma.sql`AND EXISTS (SELECT 1 FROM "Series" s WHERE s.slug = ${series} AND (s.id = e."formatId" OR EXISTS (SELECT 1 FROM "EventCycle" ec WHERE ec."eventId" = e.id AND ec."seriesId" = s.id)))`
      : Prisma.empty
  }`

/** Of an edition `ed`: none newer stands. */
const isCurrent = Prisma.sql`NOT EXISTS (SELECT 1 FROM "Edition" newer WHERE newer."eventId" = ed."eventId" AND newer.number > ed.number AND newer."withdrawnAt" IS NULL)`

/** `events`: those that name it or discussed it, each once; `awaitsConfirmation`: "planned, to confirm", see rules.ts. */
const said = <Known extends Facts>(facts: Known) => ({
  ...facts,
  depth: depthOf(facts),
  awaitsConfirmation: awaitsConfirmation(facts),
  events: facts.coming + facts.toConfirm + facts.discussed,
})

type ThemeRow = Facts & { slug: string; nameFr: string; nameEn: string; shortFr: string; shortEn: string; pigment: string; glyph: string; lastDiscussed: string | null }

/**
 * The same of the themes that a report is read by, in the reading's order. A theme was discussed where the host of an
 * event of that theme has said what was discussed there.
 */
export async function themeCoverage(reportSlug: string, filter: CoverageFilter = {}) {
  const rows = await db.$queryRaw<ThemeRow[]>`
    SELECT t.slug, t."nameFr", t."nameEn", t."shortFr", t."shortEn", t.pigment, t.glyph,
      held.coming, held."toConfirm", held.discussed, held."lastDiscussed", noted.passages
    FROM (
      SELECT rt."themeId", min(rt.position) AS position
      FROM "ReadingTheme" rt
      JOIN "Reading" reading ON reading.id = rt."readingId"
      JOIN "Report" report ON report.id = reading."reportId" AND report.slug = ${reportSlug}
      GROUP BY rt."themeId"
    ) listed
    JOIN "Theme" t ON t.id = listed."themeId"
    CROSS JOIN LATERAL (
      SELECT (count(*) FILTER (WHERE e."startsAt" > ${now()}))::int AS coming,
             (count(*) FILTER (WHERE e."startsAt" <= ${now()} AND c."eventId" IS NULL))::int AS "toConfirm",
             (count(*) FILTER (WHERE e."startsAt" <= ${now()} AND c."eventId" IS NOT NULL AND d.spoken))::int AS discussed,
             max(e."startDate") FILTER (WHERE e."startsAt" <= ${now()} AND c."eventId" IS NOT NULL AND d.spoken) AS "lastDiscussed"
      FROM "EventTheme" link
      JOIN "Event" e ON e.id = link."eventId" AND e.status = 'published' ${within(filter)}
      LEFT JOIN "Confirmation" c ON c."eventId" = e.id
      CROSS JOIN LATERAL (SELECT EXISTS (SELECT 1 FROM "Discussion" one WHERE one."eventId" = e.id) AS spoken) d
      WHERE link."themeId" = t.id
    ) held
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS passages
      FROM "Passage" p
      JOIN "Edition" ed ON ed.id = p."editionId" AND ed."withdrawnAt" IS NULL
      JOIN "Event" e ON e.id = p."eventId" AND e.status = 'published' AND e."notesVisibility" = 'all' ${within(filter)}
      WHERE p."themeId" = t.id AND ${isCurrent}
    ) noted
    ORDER BY listed.position, t.slug`
  return rows.map(said)
}

type TouchRow = {
  number: number
  eventId: string
  slug: string
  title: string
  language: string
  startDate: string
  startsAt: Date
  status: string
  isChosen: boolean
  isDiscussed: boolean
  isConfirmed: boolean
}

export type Touch = Omit<TouchRow, 'status' | 'isChosen' | 'isDiscussed' | 'isConfirmed'> & { state: EventState }

/** So many sessions of one recommendation are listed, the newest; their number stays the whole one. */
const mostListed = 200

/**
 * Every session that names a recommendation of the report or discussed one, and where it stands towards it, the oldest
 * first, in one statement. Drafts are left out; `counts` says of each whether it is counted.
 */
export async function touchesOf(reportSlug: string, filter: CoverageFilter = {}): Promise<(Touch & { counts: boolean })[]> {
  const rows = await db.$queryRaw<TouchRow[]>`
    SELECT * FROM (
      SELECT r.number, e.id AS "eventId", e.slug, e.title, e.language, e."startDate", e."startsAt", e.status::text AS status,
        link.chosen AS "isChosen", link.held AS "isDiscussed", c."eventId" IS NOT NULL AS "isConfirmed",
        row_number() OVER (PARTITION BY r.id ORDER BY e."startsAt" DESC, e.id DESC) AS place
      FROM (
        SELECT named."recommendationId", named."eventId", bool_or(named.chosen) AS chosen, bool_or(named.held) AS held
        FROM (
          SELECT er."recommendationId", er."eventId", er.origin = 'chosen' AS chosen, false AS held
          FROM "EventRecommendation" er JOIN "Recommendation" own ON own.id = er."recommendationId" JOIN "Report" report ON report.id = own."reportId" AND report.slug = ${reportSlug}
          UNION ALL
          SELECT d."recommendationId", d."eventId", false, true
          FROM "Discussion" d JOIN "Recommendation" own ON own.id = d."recommendationId" JOIN "Report" report ON report.id = own."reportId" AND report.slug = ${reportSlug}
        ) named
        GROUP BY named."recommendationId", named."eventId"
      ) link
      JOIN "Recommendation" r ON r.id = link."recommendationId"
      JOIN "Event" e ON e.id = link."eventId" AND e.status <> 'draft' ${within(filter)}
      LEFT JOIN "Confirmation" c ON c."eventId" = e.id
    ) listed
    WHERE place <= ${mostListed}
    ORDER BY "startsAt", "eventId", number`
  return rows.map(({ status, isChosen, isDiscussed, isConfirmed, ...row }) => {
    const state = stateOf({ status, startsAt: row.startsAt }, { isChosen, isDiscussed, isConfirmed }, now())
    return { ...row, state, counts: isCounted(state) }
  })
}

export type Quoted = { number: number; id: string; text: string; eventId: string; event: string; title: string; language: string; startDate: string; edition: number }

/** Every passage about a recommendation of the report in current restitutions that everybody may read, in one statement. */
export const passagesOf = (reportSlug: string, filter: CoverageFilter = {}) =>
  db.$queryRaw<Quoted[]>`
    SELECT * FROM (
      SELECT r.number, p."paragraphId" AS id, p.text, e.id AS "eventId", e.slug AS event, e.title, e.language, e."startDate", ed.number AS edition, p.position, e."startsAt",
        row_number() OVER (PARTITION BY r.id ORDER BY e."startsAt" DESC, e.id, p.position) AS place
      FROM "Report" report
      JOIN "Recommendation" r ON r."reportId" = report.id
      JOIN "Passage" p ON p."recommendationId" = r.id
      JOIN "Edition" ed ON ed.id = p."editionId" AND ed."withdrawnAt" IS NULL
      JOIN "Event" e ON e.id = p."eventId" AND e.status = 'published' AND e."notesVisibility" = 'all' ${within(filter)}
      WHERE report.slug = ${reportSlug} AND ${isCurrent}
    ) listed
    WHERE place <= ${mostListed}
    ORDER BY number, place`

/** What a coverage may be sifted by: formats and cycles whose sessions name the report, and the days between which they lie. */
export async function coverageChoices(reportSlug: string) {
  const [series, [span]] = await Promise.all([
    db.$queryRaw<{ slug: string; nameFr: string; nameEn: string }[]>`
      WITH named AS (${namedBy(reportSlug)})
      SELECT s.slug, s."nameFr", s."nameEn" FROM "Series" s
      WHERE s.id IN (SELECT "formatId" FROM named) OR s.id IN (SELECT ec."seriesId" FROM "EventCycle" ec JOIN named ON named.id = ec."eventId")
      ORDER BY s.nature, s.position, s.slug`,
    db.$queryRaw<{ first: string | null; last: string | null }[]>`
      WITH named AS (${namedBy(reportSlug)}) SELECT min("startDate") AS first, max("startDate") AS last FROM named`,
  ])
  return { series, first: span?.first ?? null, last: span?.last ?? null }
}

export type CoverageChoices = Awaited<ReturnType<typeof coverageChoices>>

/** Sessions that are counted for any recommendation of the report. */
const namedBy = (reportSlug: string) => Prisma.sql`
  SELECT DISTINCT e.id, e."formatId", e."startDate"
  FROM "Report" report
  JOIN "Recommendation" r ON r."reportId" = report.id
  JOIN LATERAL (
    SELECT "eventId" FROM "EventRecommendation" WHERE "recommendationId" = r.id AND origin = 'chosen'
    UNION
    SELECT "eventId" FROM "Discussion" WHERE "recommendationId" = r.id
  ) link ON true
  JOIN "Event" e ON e.id = link."eventId" AND e.status = 'published'
  WHERE report.slug = ${reportSlug}`

/**
 * One recommendation's own: each event that names it or discussed it, the newest first, with where it stands
 * (`stateOf`), and the passages about it. Drafts are left out; what was inferred or called off is shown, never counted.
 */
export async function coverageOfRecommendation(reportSlug: string, number: number) {
  const found = await db.recommendation.findFirst({ where: { report: { slug: reportSlug }, number }, select: { id: true } })
  if (!found) return null
  const recommendationId = found.id
  const [rows, passages, coverage] = await Promise.all([
    db.event.findMany({
      where: {
        status: { not: 'draft' },
        OR: [{ recommendations: { some: { recommendationId } } }, { discussions: { some: { recommendationId } } }],
      },
      orderBy: [{ startsAt: 'desc' }, { id: 'desc' }],
      take: 100,
      include: { ...pastInclude, discussions: { where: { recommendationId } }, confirmation: true },
    }),
    passagesAbout({ recommendationId }),
    coverageOf(reportSlug),
  ])
  const events = rows.map(({ discussions, confirmation, ...event }) => {
    const link = event.recommendations.find((one) => one.recommendationId === recommendationId)
    const state = stateOf(event, { isChosen: link?.origin === 'chosen', isDiscussed: discussions.length > 0, isConfirmed: confirmation !== null }, now())
    return { event, state, isInferred: link?.origin === 'inferred' }
  })
  const own = coverage?.recommendations.find((one) => one.number === number)
  return own ? { id: recommendationId, ...own, events, passages } : null
}

export type RecommendationStory = NonNullable<Awaited<ReturnType<typeof coverageOfRecommendation>>>

export type OpenFollowUp = { number: number; id: string; text: string; owner: string | null; due: string | null; event: string; title: string; language: string; startDate: string; blockId: string }

/**
 * What was left to do about a report's recommendations and nobody has closed, in the words of a current restitution
 * that everybody reads (the notes may have gone on since); what is due first comes first. With a number, of that
 * recommendation alone. `due` is YYYY-MM-DD.
 */
export async function openFollowUps(reportSlug: string, number?: number): Promise<OpenFollowUp[]> {
  const rows = await db.$queryRaw<(Omit<OpenFollowUp, 'text' | 'owner' | 'due'> & { task: unknown })[]>`
    SELECT r.number, f.id, f."blockId", e.slug AS event, e.title, e.language, e."startDate", said.task
    FROM "Report" report
    JOIN "Recommendation" r ON r."reportId" = report.id ${number === undefined ? Prisma.empty : Prisma.sql`AND r.number = ${number}`}
    JOIN "FollowUpLink" link ON link."recommendationId" = r.id
    JOIN "FollowUp" f ON f.id = link."followUpId" AND f."closedAt" IS NULL AND f."droppedAt" IS NULL
    JOIN "Event" e ON e.id = f."eventId" AND e.status = 'published' AND e."notesVisibility" = 'all'
    JOIN "Edition" ed ON ed."eventId" = e.id AND ed."withdrawnAt" IS NULL AND ${isCurrent}
    CROSS JOIN LATERAL (SELECT jsonb_path_query_first(ed.document, '$.** ? (@.type == "taskItem" && @.content[0].attrs.id == $id)', jsonb_build_object('id', f."blockId")) AS task) said
    WHERE report.slug = ${reportSlug} AND said.task IS NOT NULL
    ORDER BY e."startsAt" DESC, f.id
    LIMIT 500`
  const told = rows.flatMap(({ task, ...row }) => taskSaid(task).map(({ text, owner, due }) => ({ ...row, text, owner, due })))
  return told.toSorted((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9'))
}

/** One item as its edition has it; one that was ticked there is not open for whoever reads it. */
const taskSaid = (task: unknown) =>
  followUpsIn(storedDocument({ type: 'doc', content: [{ type: 'taskList', content: [task] }] })).filter(({ checked }) => !checked).slice(0, 1)

/** What is missing of a report (`missingOf`), with all that its page says; null where there is no such report. `today` is YYYY-MM-DD. */
export async function missing(reportSlug: string, today: string) {
  const [whole, coverage, followUps] = await Promise.all([report(reportSlug), coverageOf(reportSlug), openFollowUps(reportSlug)])
  if (!whole || !coverage) return null
  const [open, told] = [Map.groupBy(followUps, ({ number }) => number), new Map(whole.recommendations.map((one) => [one.number, one]))]
  const rows = coverage.recommendations.flatMap((facts) => {
    const recommendation = told.get(facts.number)
    if (!recommendation) return []
    const themes = [...new Map(recommendation.readingLinks.map(({ readingTheme: { theme } }) => [theme.slug, theme])).values()]
    return [{ ...facts, recommendation, themes, cultural: recommendation.cultural, followUps: open.get(facts.number)?.length ?? 0 }]
  })
  const byNumber = new Map(rows.map((row) => [row.number, row]))
  const ranked = missingOf(rows.map((row) => ({ ...row, themes: row.themes.length })), whole.publishedOn.toISOString().slice(0, 10), today)
  return { report: whole, missing: ranked.flatMap((one) => { const row = byNumber.get(one.number); return row ? [{ ...row, ...one }] : [] }) }
}

export type MissingRow = NonNullable<Awaited<ReturnType<typeof missing>>>['missing'][number]

/** What the host has said of an event, for the form that asks: null where nothing was said yet. */
export async function discussedAt(eventId: string) {
  const [confirmation, rows] = await Promise.all([
    db.confirmation.findUnique({ where: { eventId } }),
    db.discussion.findMany({ where: { eventId }, select: { recommendation: { select: { number: true, report: { select: { slug: true } } } } } }),
  ])
  return confirmation && { ...confirmation, recommendations: rows.map(({ recommendation }) => ({ report: recommendation.report.slug, number: recommendation.number })) }
}

const relayFacts = { id: true, house: true, heldOn: true, text: true, language: true } satisfies Prisma.RelaySelect
const newestRelays = [{ heldOn: 'desc' }, { id: 'asc' }] satisfies Prisma.RelayOrderByWithRelationInput[]

/** « Chez moi aussi »: the houses that took an event up and whose word was approved, the newest first. */
export const relaysAt = (eventId: string) => db.relay.findMany({ where: { eventId, status: 'approved' }, orderBy: newestRelays, select: relayFacts, take: 200 })

export type ShownRelay = Awaited<ReturnType<typeof relaysAt>>[number]

/**
 * The houses to credit beside each recommendation of a report, by its number, the newest first: those that took up a
 * published session which discussed it or, while nobody has said what was discussed, which named it. They credit; they
 * change no depth. With a number, those of that recommendation alone.
 */
export async function relaysOf(reportSlug: string, number?: number) {
  const ofReport = { recommendation: { report: { slug: reportSlug }, ...(number ? { number } : {}) } }
  const events = await db.event.findMany({
    where: { status: 'published', relays: { some: { status: 'approved' } }, OR: [{ discussions: { some: ofReport } }, { confirmation: null, recommendations: { some: { origin: 'chosen', ...ofReport } } }] },
    select: {
      slug: true, title: true, language: true, confirmation: { select: { eventId: true } },
      relays: { where: { status: 'approved' }, select: relayFacts },
      discussions: { where: ofReport, select: { recommendation: { select: { number: true } } } },
      recommendations: { where: { origin: 'chosen', ...ofReport }, select: { recommendation: { select: { number: true } } } },
    },
    take: 500,
  })
  const credits = events.flatMap(({ relays, discussions, recommendations, confirmation, ...event }) =>
    (confirmation ? discussions : recommendations).flatMap(({ recommendation }) => relays.map((relay) => ({ number: recommendation.number, ...relay, event }))),
  )
  const newestFirst = credits.sort((a, b) => b.heldOn.getTime() - a.heldOn.getTime() || a.id.localeCompare(b.id))
  return Map.groupBy(newestFirst, (credit) => credit.number)
}

export type RelayCredit = Awaited<ReturnType<typeof relaysOf>> extends Map<number, (infer Credit)[]> ? Credit : never

/** What houses sent, for organisers: what waits, the oldest first, then what was decided, the newest first. */
export async function relaysSent() {
  const event = { select: { slug: true, title: true, language: true, timeZone: true } }
  const [open, decided] = await Promise.all([
    db.relay.findMany({ where: { status: 'open' }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: 100, include: { event } }),
    db.relay.findMany({ where: { status: { not: 'open' } }, orderBy: [{ decidedAt: 'desc' }, { id: 'asc' }], take: 100, include: { event } }),
  ])
  return { open, decided }
}

export type SentRelay = Awaited<ReturnType<typeof relaysSent>>['open'][number]

/** How many wait for an organiser. */
export const countRelays = () => db.relay.count({ where: { status: 'open' } })
