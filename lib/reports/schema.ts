import { z } from 'zod'
import { blankIsNull, box, count, date, line, locale, optionalLine, optionalParagraphs, paragraphs, slug, webAddress } from '@/lib/fields'

/**
 * A report as a file: what `npm run admin -- import-report <file>` reads (JSON), also described in docs/report-file.md.
 * Lengths are in characters; a field that is not named here is refused, so that a typing mistake is not a silence.
 */

const required = { error: (issue: { input?: unknown }) => (issue.input === undefined || issue.input === null ? 'required' : 'wrong-kind') }

/** YYYY, YYYY-MM or YYYY-MM-DD: as precise as we know, and no more. */
const publishedOn = z.string(required).refine(isPartOfDate, 'not-a-date')

const number = z.number(required).int('not-a-number').min(1, 'not-a-number').max(1000, 'too-big')

const bothLanguages = <Schema extends z.ZodType>(schema: Schema) => z.strictObject({ fr: schema, en: schema })
const eitherLanguage = (max: number) => z.strictObject({ fr: optionalParagraphs(max).optional(), en: optionalParagraphs(max).optional() })

/** One formulation. `official`: the report's own words; a translation of ours says false. */
const wording = z.strictObject({
  language: locale,
  text: paragraphs(2000),
  official: z.boolean(required),
  source: optionalLine(240).optional(),
})

const recommendation = z.strictObject({
  number,
  /** In order of preference: the first official one is quoted. */
  wordings: z.array(wording, required).min(1, 'required').max(12, 'too-many'),
  /** A few words for a tile of the map. */
  shorts: eitherLanguage(80).optional(),
  section: optionalLine(40).optional(),
  pilots: z.array(line(240), 'wrong-kind').max(20, 'too-many').optional(),
  /** Millions of euros over the report's own span; null or absent where it says none. */
  budgetMEur: z.number('not-a-count').int('not-a-count').min(0, 'not-a-count').max(10_000_000, 'too-big').nullish(),
  /** Is it about culture? `culturalBasis` is the criterion, printed beside the mark. */
  cultural: z.boolean('wrong-kind').optional(),
  culturalBasis: optionalLine(400).optional(),
  culturalNote: optionalLine(600).optional(),
})

const theme = z.strictObject({
  slug,
  /** Needed the first time that a theme is named; given again, they replace the theme's names everywhere. */
  names: bothLanguages(line(120)).optional(),
  shorts: bothLanguages(line(40)).optional(),
  pigment: z.enum(['vermilion', 'blue', 'green', 'violet', 'ochre', 'teal', 'ink'], 'not-among').optional(),
  glyph: z.enum(['spark', 'grid', 'book', 'wave', 'compass', 'key', 'ring', 'leaf', 'eye', 'scale', 'globe', 'plug', 'mask'], 'not-among').optional(),
  position: z.number('not-a-count').int('not-a-count').min(0, 'not-a-count').max(10_000, 'too-big').optional(),
  /** What this reading says of the theme. */
  summaries: eitherLanguage(1200).optional(),
  source: optionalLine(240).optional(),
  /** Numbers of recommendations of this report. */
  recommendations: z.array(number, 'wrong-kind').max(300, 'too-many').optional(),
  /** The links are ours, not the author's. True unless the file says otherwise. */
  inferred: z.boolean('wrong-kind').optional(),
})

const reading = z.strictObject({
  author: line(200),
  title: optionalLine(240).optional(),
  url: blankIsNull(webAddress).optional(),
  on: blankIsNull(date).optional(),
  /** In the reading's own order. */
  themes: z.array(theme, required).max(60, 'too-many'),
})

export const reportFile = z
  .strictObject({
    slug,
    title: line(300),
    publisher: line(200),
    publishedOn,
    language: locale.optional(),
    /** Where the report can be found. */
    url: webAddress,
    /** Where its text itself can be downloaded. */
    pdf: blankIsNull(webAddress).optional(),
    pages: z.number('not-a-count').int('not-a-count').min(1, 'not-a-count').max(100_000, 'too-big').nullish(),
    summaries: eitherLanguage(1200).optional(),
    /** Where we know all this from, in a few words that a reader may see. */
    source: optionalLine(400).optional(),
    confidence: z.enum(['verified', 'recalled', 'uncertain'], 'not-among').optional(),
    recommendationsNote: optionalLine(400).optional(),
    /** How many recommendations the report itself has, where the file holds fewer. */
    announced: z.number('not-a-count').int('not-a-count').min(0, 'not-a-count').max(1000, 'too-big').nullish(),
    totalBudgetMEur: z.number('not-a-count').int('not-a-count').min(0, 'not-a-count').max(10_000_000, 'too-big').nullish(),
    /** Reports are listed by this, then by date; 100 if not given. */
    position: z.number('not-a-count').int('not-a-count').min(0, 'not-a-count').max(10_000, 'too-big').optional(),
    recommendations: z.array(recommendation, required).max(500, 'too-many'),
    readings: z.array(reading, 'wrong-kind').max(20, 'too-many').optional(),
  })
  .superRefine(refuseRepeats)

export type ReportFile = z.infer<typeof reportFile>
export type ReportFileTheme = z.infer<typeof theme>

/** The day that stands for a date, and how much of it is known. `text` is YYYY, YYYY-MM or YYYY-MM-DD. */
export function readPublishedOn(text: string): { day: Date; precision: 'year' | 'month' | 'day' } {
  const precision = text.length === 4 ? 'year' : text.length === 7 ? 'month' : 'day'
  return { day: new Date(`${text}${'-01-01'.slice(text.length === 4 ? 0 : text.length === 7 ? 3 : 6)}T00:00:00Z`), precision }
}

function isPartOfDate(text: string) {
  if (!/^\d{4}(-\d{2}(-\d{2})?)?$/.test(text)) return false
  return date.safeParse(text + '-01-01'.slice(text.length === 4 ? 0 : text.length === 7 ? 3 : 6)).success
}

type Numbered = { recommendations: { number: number }[]; readings?: { themes: { slug: string; recommendations?: number[] }[] }[] }

/** What no single field shows: numbers given twice, themes read twice, links to a recommendation that is not there. */
function refuseRepeats(file: Numbered, context: z.RefinementCtx) {
  const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
  const numbers = file.recommendations.map((one) => one.number)
  numbers.forEach((one, i) => numbers.indexOf(one) < i && refuse(['recommendations', i, 'number'], 'twice'))
  file.readings?.forEach(({ themes }, r) => {
    themes.forEach(({ slug: name, recommendations }, t) => {
      if (themes.findIndex((other) => other.slug === name) < t) refuse(['readings', r, 'themes', t, 'slug'], 'twice')
      recommendations?.forEach((one, i) => {
        if (!numbers.includes(one)) refuse(['readings', r, 'themes', t, 'recommendations', i], 'no-such-recommendation')
        else if (recommendations.indexOf(one) < i) refuse(['readings', r, 'themes', t, 'recommendations', i], 'twice')
      })
    })
  })
}

const formNumber = (most: number) => z.union([z.literal('').transform(() => null), z.null(), count(most)]).optional()

/** A report's own facts as a form sends them; its recommendations and readings are edited one by one. */
export const reportFacts = z.object({
  title: line(300),
  publisher: line(200),
  publishedOn,
  language: locale,
  url: webAddress,
  pdf: blankIsNull(webAddress).optional(),
  pages: formNumber(100_000),
  summaryFr: optionalParagraphs(1200).optional(),
  summaryEn: optionalParagraphs(1200).optional(),
  source: optionalLine(400).optional(),
  confidence: z.enum(['verified', 'recalled', 'uncertain'], 'not-among').optional(),
  recommendationsNote: optionalLine(400).optional(),
  announced: formNumber(1000),
  totalBudgetMEur: formNumber(10_000_000),
})
export type ReportFacts = z.infer<typeof reportFacts>
export const newReport = reportFacts.extend({ slug: blankIsNull(slug).optional() })

/** A wording as a form sends it: an empty text is none, `place` says where it stands among the others. */
const typedWording = z.object({
  place: formNumber(99),
  language: locale,
  text: optionalParagraphs(2000).optional(),
  official: box.optional(),
  source: optionalLine(240).optional(),
})

const lines = z.preprocess(
  (typed) => (typeof typed === 'string' ? typed.split(/\r\n?|\n/).filter((one) => one.trim() !== '') : typed),
  z.array(line(240), 'wrong-kind').max(20, 'too-many'),
)

export const recommendationFacts = z.object({
  number: z.union([z.number(), z.string().trim().regex(/^\d{1,4}$/, 'not-a-number').transform(Number)], 'not-a-number').pipe(number),
  shortFr: optionalLine(80).optional(),
  shortEn: optionalLine(80).optional(),
  section: optionalLine(40).optional(),
  /** One a line, or a list. */
  pilots: lines.optional(),
  budgetMEur: formNumber(10_000_000),
  cultural: box.optional(),
  culturalBasis: optionalLine(400).optional(),
  culturalNote: optionalLine(600).optional(),
  wordings: z.array(typedWording, 'wrong-kind').max(13, 'too-many').refine((all) => all.some(({ text }) => text), 'required'),
  /** Slugs of the themes of the report's first reading that point at it; not said: as they are. */
  themes: z.array(slug, 'wrong-kind').max(60, 'too-many').optional(),
})
export type RecommendationFacts = z.infer<typeof recommendationFacts>

/** A reading's own facts, and the ranks of its themes by their slugs. */
export const readingFacts = z.object({
  author: line(200),
  title: optionalLine(240).optional(),
  url: blankIsNull(webAddress).optional(),
  on: blankIsNull(date).optional(),
  order: z.record(z.string(), formNumber(99)).optional(),
})
