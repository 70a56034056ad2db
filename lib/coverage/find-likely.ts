import type { Actor } from '@/lib/actor'
import { db } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canConfirm } from './access'
import { type LikelyInput, likelyInput } from './schema'

export type Likely = { report: string; number: number; /** As they stand in the text, in its order. */ words: string[] }

const most = 6

/**
 * Recommendations that a session's text is likely to be about, the likeliest first. Postgres reduces both to stems (French
 * or English, accents aside); a word that few recommendations have says more than one that many have, and one that stands in
 * the title says twice as much: one word of a summary alone proposes nothing. Nothing is chosen: whoever writes decides. Refusals: `forbidden`, `invalid`.
 */
export async function findLikely(actor: Actor, input: LikelyInput): Promise<Outcome<Likely[], 'forbidden' | 'invalid'>> {
  if (!canConfirm(actor)) return refused('forbidden')
  const read = likelyInput.safeParse(input)
  if (!read.success) return refused('invalid')
  const { title, summary, description, language } = read.data
  const stems = language === 'en' ? 'english' : 'french'
  const rows = await db.$queryRaw<{ report: string; number: number; words: string[] }[]>`
    WITH said AS (
      SELECT stem.lexeme, (array_agg(lower(word.found[1]) ORDER BY text.weight DESC, word.place))[1] AS word, max(text.weight) AS weight, min(text.place * 10000 + word.place) AS place
      FROM (VALUES (${title}, 2, 0), (${`${summary} ${description}`}, 1, 1)) AS text (body, weight, place)
      CROSS JOIN LATERAL regexp_matches(text.body, '[[:alpha:]]{3,}', 'g') WITH ORDINALITY AS word (found, place)
      CROSS JOIN LATERAL unnest(to_tsvector(${stems}::regconfig, search_fold(word.found[1]))) AS stem
      GROUP BY stem.lexeme
    ), told AS (
      SELECT r.id, report.slug, report.position, r.number,
        to_tsvector(${stems}::regconfig, search_fold(concat_ws(' ', CASE WHEN ${language} = 'en' THEN r."shortEn" ELSE r."shortFr" END, w.words, t.names))) AS stems
      FROM "Recommendation" r
      JOIN "Report" report ON report.id = r."reportId"
      LEFT JOIN LATERAL (SELECT string_agg(text, ' ') AS words FROM "Wording" WHERE "recommendationId" = r.id AND language = ${language}) w ON true
      LEFT JOIN LATERAL (
        SELECT string_agg(DISTINCT CASE WHEN ${language} = 'en' THEN theme."shortEn" ELSE theme."shortFr" END, ' ') AS names
        FROM "ReadingLink" link JOIN "Theme" theme ON theme.id = link."themeId" WHERE link."recommendationId" = r.id
      ) t ON true
      LIMIT 5000
    ), spread AS (
      SELECT told.id, stem.lexeme FROM told CROSS JOIN LATERAL unnest(told.stems) AS stem
    ), common AS (
      SELECT lexeme, ln(((SELECT count(*) FROM told) + 1)::float / count(*)) / ln((SELECT count(*) FROM told) + 1) AS worth FROM spread GROUP BY lexeme
    )
    SELECT told.slug AS report, told.number, array_agg(said.word ORDER BY said.place) AS words
    FROM spread
    JOIN said USING (lexeme)
    JOIN common USING (lexeme)
    JOIN told ON told.id = spread.id
    WHERE common.worth > 0.25
    GROUP BY told.id, told.slug, told.position, told.number
    HAVING sum(common.worth * said.weight) > 1.1
    ORDER BY sum(common.worth * said.weight) / sqrt(4 + (SELECT count(*) FROM spread own WHERE own.id = told.id)) DESC, told.position, told.number
    LIMIT ${most}`
  return done(rows)
}
