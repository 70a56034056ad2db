import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { pastInclude } from '@/lib/events/queries'
import { passagesAbout } from '@/lib/notes/queries'
import { awaitsConfirmation, countDepths, depthOf, type Facts, stateOf } from './rules'

/** What was asked counts as figures from the database come: whole numbers. */
type Row = Facts & { number: number | null; /** YYYY-MM-DD on the wall of the event. */ lastDiscussed: string | null }

/**
 * What of a report has been discussed, by recommendation, in one statement; `counts` makes the sentence above the
 * map. Null where there is no such report.
 */
export async function coverageOf(reportSlug: string) {
  const rows = await db.$queryRaw<Row[]>`
    SELECT r.number,
      coalesce(planned.coming, 0) AS coming, coalesce(planned."toConfirm", 0) AS "toConfirm",
      coalesce(held.discussed, 0) AS discussed, held."lastDiscussed", coalesce(noted.passages, 0) AS passages
    FROM "Report" report
    LEFT JOIN "Recommendation" r ON r."reportId" = report.id
    LEFT JOIN LATERAL (
      SELECT (count(*) FILTER (WHERE e."startsAt" > ${now()}))::int AS coming,
             (count(*) FILTER (WHERE e."startsAt" <= ${now()} AND c."eventId" IS NULL))::int AS "toConfirm"
      FROM "EventRecommendation" link
      JOIN "Event" e ON e.id = link."eventId" AND e.status = 'published'
      LEFT JOIN "Confirmation" c ON c."eventId" = e.id
      WHERE link."recommendationId" = r.id AND link.origin = 'chosen'
    ) planned ON true
    LEFT JOIN LATERAL (
      SELECT count(*)::int AS discussed, max(e."startDate") AS "lastDiscussed"
      FROM "Discussion" d
      JOIN "Event" e ON e.id = d."eventId" AND e.status = 'published'
      WHERE d."recommendationId" = r.id
    ) held ON true
    LEFT JOIN LATERAL (
      SELECT count(*)::int AS passages
      FROM "Passage" p
      JOIN "Edition" ed ON ed.id = p."editionId" AND ed."withdrawnAt" IS NULL
      JOIN "Event" e ON e.id = p."eventId" AND e.status = 'published' AND e."notesVisibility" = 'all'
      WHERE p."recommendationId" = r.id
        AND NOT EXISTS (SELECT 1 FROM "Edition" newer WHERE newer."eventId" = ed."eventId" AND newer.number > ed.number AND newer."withdrawnAt" IS NULL)
    ) noted ON true
    WHERE report.slug = ${reportSlug}
    ORDER BY r.number`
  if (rows.length === 0) return null
  const recommendations = rows.flatMap(({ number, ...facts }) => (number === null ? [] : [{ number, ...said(facts) }]))
  return { recommendations, counts: countDepths(recommendations) }
}

export type Coverage = NonNullable<Awaited<ReturnType<typeof coverageOf>>>

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
export async function themeCoverage(reportSlug: string) {
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
             max(e."startDate") FILTER (WHERE c."eventId" IS NOT NULL AND d.spoken) AS "lastDiscussed"
      FROM "EventTheme" link
      JOIN "Event" e ON e.id = link."eventId" AND e.status = 'published'
      LEFT JOIN "Confirmation" c ON c."eventId" = e.id
      CROSS JOIN LATERAL (SELECT EXISTS (SELECT 1 FROM "Discussion" one WHERE one."eventId" = e.id) AS spoken) d
      WHERE link."themeId" = t.id
    ) held
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS passages
      FROM "Passage" p
      JOIN "Edition" ed ON ed.id = p."editionId" AND ed."withdrawnAt" IS NULL
      JOIN "Event" e ON e.id = p."eventId" AND e.status = 'published' AND e."notesVisibility" = 'all'
      WHERE p."themeId" = t.id
        AND NOT EXISTS (SELECT 1 FROM "Edition" newer WHERE newer."eventId" = ed."eventId" AND newer.number > ed.number AND newer."withdrawnAt" IS NULL)
    ) noted
    ORDER BY listed.position, t.slug`
  return rows.map(said)
}

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
  return own ? { ...own, events, passages } : null
}

export type RecommendationStory = NonNullable<Awaited<ReturnType<typeof coverageOfRecommendation>>>

/** What the host has said of an event, for the form that asks: null where nothing was said yet. */
export async function discussedAt(eventId: string) {
  const [confirmation, rows] = await Promise.all([
    db.confirmation.findUnique({ where: { eventId } }),
    db.discussion.findMany({ where: { eventId }, select: { recommendation: { select: { number: true, report: { select: { slug: true } } } } } }),
  ])
  return confirmation && { ...confirmation, recommendations: rows.map(({ recommendation }) => ({ report: recommendation.report.slug, number: recommendation.number })) }
}
