import { now } from '@/lib/clock'
import { db, type Prisma } from '@/lib/db'
import { areWritten, candidateRows, type Candidate, countRows, mostCounted } from './candidates'
import { excerptOf, type Kind, kinds, meant, numbersIn, type Part, type Run, tellingPart, tokensOf, wordsIn } from './rules'

export { longestQuery } from './rules'
export type { Kind, Run } from './rules'

/** Where its words were found. `theme`: in the name of a theme or a series alone; `number`: it is the one of that number. */
export type Where = 'title' | 'summary' | 'description' | 'speakers' | 'place' | 'theme' | 'wording' | 'section' | 'report' | 'role' | 'organisation' | 'publisher' | 'notes' | 'about'

export type Found = {
  id: string
  kind: Kind
  title: Run[]
  /** Of the title. */
  language: string
  where: Where
  excerpt: Run[]
  excerptLanguage: string
  /** A recommendation's own number, and the numbers that a passage is about. */
  numbers: number[]
  target: Target
}

export type EventTarget = { slug: string; title: string; language: string; status: string; startDate: string; startTime: string | null; endDate: string | null; endTime: string | null; timeZone: string; startsAt: Date; endsAt: Date | null; overAt: Date }
export type Target =
  | { kind: 'event'; event: EventTarget }
  | { kind: 'passage'; event: EventTarget; anchor: string | null }
  | { kind: 'report'; slug: string; publisher: string }
  | { kind: 'recommendation'; report: { slug: string; title: string; language: string }; number: number }
  | { kind: 'speaker'; events: EventTarget[] }

export type Results = {
  words: string[]
  found: Found[]
  /** How many of each kind; so many at most are counted, and `isMore` says whether there are more. */
  counts: Record<Kind, { count: number; isMore: boolean }>
  hasNext: boolean
  /** The words that were looked for instead of the typed ones, where nothing has these. */
  instead: string | null
  /** Nothing has all of the words: these have some of them. */
  isPartly: boolean
}

/** Of one restitution so many passages among things of other kinds. */
const passagesOfOne = 2

type Asked = { q: string; kind?: Kind; page?: number; perPage?: number }

/**
 * What has the words, the nearest first, as everybody may read it. Where nothing has them: what has the words that were
 * probably meant (`instead`), else what has some of them (`isPartly`). `page` counts from 1. What it costs does not grow
 * with how many things there are: only so many are counted, and only so many are ranked.
 */
export async function search({ q, kind, page = 1, perPage = 20 }: Asked): Promise<Results> {
  const words = wordsIn(q)
  const asIs = await lookFor(words, 'all')
  if (asIs.total > 0 || words.length === 0) return show(asIs, { kind, page, perPage, instead: null, isPartly: false })
  const better = await corrected(words, asIs.each)
  if (better) {
    const mended = await lookFor(better.words, 'all')
    if (mended.total > 0) return show(mended, { kind, page, perPage, instead: better.shown.join(' '), isPartly: false })
  }
  const some = words.length > 1 ? await lookFor(better?.words ?? words, 'some') : asIs
  return show(some, { kind, page, perPage, instead: null, isPartly: some.total > 0 })
}

type Look = { words: string[]; query: string | null; some: string | null; each: (string | null)[]; counts: Results['counts']; total: number }

async function lookFor(words: string[], which: 'all' | 'some'): Promise<Look> {
  const { query, each } = words.length === 0 ? { query: null, each: [] } : await queriesOf(words)
  const some = each.filter((one) => one !== null).map((one) => `(${one})`).join(' | ') || null
  const used = which === 'all' ? query : some
  const counted = used === null ? null : await countRows(used)
  const counts = Object.fromEntries(kinds.map((one) => [one, { count: Math.min(counted?.[one] ?? 0, mostCounted), isMore: (counted?.[one] ?? 0) > mostCounted }])) as Results['counts']
  return { words, query: used, some, each, counts, total: kinds.reduce((sum, one) => sum + counts[one].count, 0) }
}

/** The words as one query of Postgres, and each as one of its own; null where there is nothing to look for. */
async function queriesOf(words: string[]): Promise<{ query: string | null; each: (string | null)[] }> {
  const [row] = await db.$queryRaw<{ query: string | null; each: (string | null)[] }[]>`
    SELECT search_query(${words}::text[])::text AS query, ARRAY(SELECT search_query(ARRAY[word])::text FROM unnest(${words}::text[]) WITH ORDINALITY AS w (word, place) ORDER BY place) AS each`
  return row
}

/** The words that nothing has, each replaced by the nearest that something has; null where there is none. */
async function corrected(words: string[], each: (string | null)[]): Promise<{ words: string[]; shown: string[] } | null> {
  const asked = words.flatMap((word, i) => (each[i] === null || /\p{N}/u.test(word) ? [] : [{ word, query: each[i] }]))
  const written = asked.length === 0 ? [] : await areWritten(asked.map(({ query }) => query))
  const mended = new Map(await Promise.all(asked.filter((_, i) => !written[i]).map(async ({ word }) => [word, await meantBy(word)] as const)))
  if ([...mended.values()].every((one) => one === null)) return null
  return { words: words.map((word) => mended.get(word)?.word ?? word), shown: words.map((word) => mended.get(word)?.shown ?? word) }
}

async function meantBy(word: string): Promise<{ word: string; shown: string } | null> {
  const near = await db.$queryRaw<{ word: string; shown: string }[]>`
    SELECT word, shown FROM "SearchWord" WHERE word % ${word} ORDER BY word <-> ${word}, word LIMIT 12`
  // A word of what was withdrawn since is nobody's suggestion.
  for (let left = near, tries = 0; left.length > 0 && tries < 4; tries++) {
    const likely = meant(word, left)
    if (likely === null) return null
    const { query } = await queriesOf([likely.word])
    if (query !== null && (await areWritten([query]))[0]) return likely
    left = left.filter((one) => one !== likely)
  }
  return null
}

type Shown = { kind?: Kind; page: number; perPage: number; instead: string | null; isPartly: boolean }

async function show({ words, query, some, counts }: Look, { kind, page, perPage, instead, isPartly }: Shown): Promise<Results> {
  const wanted = kinds.filter((one) => (kind === undefined || one === kind) && counts[one].count > 0)
  const asked = { kinds: wanted.map((one) => ({ kind: one, isMany: counts[one].isMore })), numbers: numbersIn(words), ofOne: kind === undefined ? passagesOfOne : null, at: now() }
  const ranked = query === null || wanted.length === 0 ? [] : await candidateRows(query, asked)
  const [from, to] = [(page - 1) * perPage, page * perPage]
  const found = await told(ranked.slice(from, to), some)
  return { words, found, counts, hasNext: ranked.length > to, instead, isPartly }
}

/** What is to be read of each; one that was taken back a moment ago is left out. */
async function told(candidates: Candidate[], some: string | null): Promise<Found[]> {
  if (candidates.length === 0 || some === null) return []
  const rows = await db.searchEntry.findMany({ where: { id: { in: candidates.map(({ id }) => id) } } })
  const entries = rows.map((row) => ({ ...row, parts: row.parts as unknown as Part[] }))
  const [hits, targets] = await Promise.all([hitsIn(entries, some), targetsOf(candidates)])
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  return candidates.flatMap((candidate) => {
    const [entry, target] = [byId.get(candidate.id), targets.get(candidate.id)]
    return entry && target ? [foundOf(candidate, entry, target, hits)] : []
  })
}

type Entry = { id: string; title: string; language: string; parts: Part[]; number: number | null }

function foundOf({ kind }: Candidate, entry: Entry, known: Target, hits: ReadonlySet<string>): Found {
  const part = tellingPart(entry.parts, hits)
  const inTitle = kind !== 'passage' && tokensOf(entry.title).some(({ token }) => hits.has(token))
  const inPart = part !== null && tokensOf(part.text).some(({ token }) => hits.has(token))
  const target = known.kind === 'passage' ? { ...known, anchor: part?.id ?? known.anchor } : known
  const about = entry.parts.flatMap(({ refs }) => (Array.isArray(refs) ? refs : [])) as { number?: number }[]
  return {
    id: entry.id,
    kind,
    title: kind === 'passage' ? [{ text: entry.title, hit: false }] : excerptOf(entry.title, hits, 400),
    language: entry.language,
    where: inTitle ? 'title' : inPart ? placeOf(part.at) : kind === 'passage' ? 'about' : kind === 'event' ? 'theme' : 'title',
    excerpt: part === null ? [] : excerptOf(part.text, hits),
    excerptLanguage: part?.lang ?? entry.language,
    numbers: kind === 'recommendation' ? [entry.number ?? 0] : about.flatMap(({ number }) => (typeof number === 'number' ? [number] : [])),
    target,
  }
}

const placeOf = (at: string): Where => (at === 'text' ? 'notes' : at === 'short' ? 'title' : (at as Where))

/** Which words of these texts answer the query: stems are Postgres's affair, and keep a word's first letters. */
async function hitsIn(entries: Entry[], some: string): Promise<Set<string>> {
  const beginnings = new Set([...some.matchAll(/'([^'=]{1,2})/g)].map(([, letters]) => letters))
  const tokens = new Set(entries.flatMap(({ title, parts }) => [title, ...parts.map(({ text }) => text)]).flatMap((text) => tokensOf(text).map(({ token }) => token)))
  const likely = [...tokens].filter((token) => beginnings.has(token.slice(0, 2)) || beginnings.has(token))
  if (likely.length === 0) return new Set()
  const rows = await db.$queryRaw<{ token: string }[]>`
    SELECT token FROM unnest(${likely}::text[]) AS token
    WHERE to_tsvector('french', token) || to_tsvector('english', token) || to_tsvector('simple', token) @@ ${some}::tsquery`
  return new Set(rows.map(({ token }) => token))
}

const eventFacts = {
  slug: true, title: true, language: true, status: true, startDate: true, startTime: true, endDate: true, endTime: true, timeZone: true, startsAt: true, endsAt: true, overAt: true,
} satisfies Prisma.EventSelect

/** Where each leads, by the entry's id. Asked again of the things themselves: an entry alone opens nothing. */
async function targetsOf(candidates: Candidate[]): Promise<Map<string, Target>> {
  const refs = (kind: Kind) => candidates.filter((one) => one.kind === kind).map(({ ref }) => ref)
  const shown = { status: { not: 'draft' } } satisfies Prisma.EventWhereInput
  const [events, reports, recommendations, speakers] = await Promise.all([
    db.event.findMany({ where: { id: { in: [...refs('event'), ...refs('passage')] }, ...shown }, select: { id: true, ...eventFacts } }),
    refs('report').length === 0 ? [] : db.report.findMany({ where: { id: { in: refs('report') } }, select: { id: true, slug: true, publisher: true } }),
    refs('recommendation').length === 0 ? [] : db.recommendation.findMany({ where: { id: { in: refs('recommendation') } }, select: { id: true, number: true, report: { select: { slug: true, title: true, language: true } } } }),
    refs('speaker').length === 0 ? [] : db.eventSpeaker.findMany({
      where: { speakerId: { in: refs('speaker') }, event: shown }, orderBy: { event: { startsAt: 'desc' } }, take: 200, select: { speakerId: true, event: { select: eventFacts } },
    }),
  ])
  const byId = <Row extends { id: string }>(rows: Row[]) => new Map(rows.map((row) => [row.id, row]))
  const [ofEvents, ofReports, ofRecommendations] = [byId(events), byId(reports), byId(recommendations)]
  const targetOf = ({ kind, ref }: Candidate): Target | null => {
    const event = ofEvents.get(ref)
    if (kind === 'event') return event ? { kind, event } : null
    if (kind === 'passage') return event ? { kind, event, anchor: null } : null
    if (kind === 'report') return ofReports.has(ref) ? { kind, ...ofReports.get(ref)! } : null
    if (kind === 'recommendation') return ofRecommendations.has(ref) ? { kind, ...ofRecommendations.get(ref)! } : null
    const theirs = speakers.filter(({ speakerId }) => speakerId === ref).map((one) => one.event)
    return theirs.length > 0 ? { kind: 'speaker', events: theirs.slice(0, 3) } : null
  }
  return new Map(candidates.flatMap((one): [string, Target][] => [targetOf(one)].flatMap((target) => (target ? [[one.id, target]] : []))))
}
