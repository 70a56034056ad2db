/** How far a recommendation has come. Each says more than the one before it. */
export const depths = ['never', 'planned', 'discussed', 'minuted'] as const
export type Depth = (typeof depths)[number]

/** What is known of one recommendation or theme. Drafts, called-off events and inferred links are in none of it. */
export type Facts = {
  /** Published events to come that name it. */
  coming: number
  /** Past events that named it, of which nobody has said yet what was discussed. A date passing proves nothing. */
  toConfirm: number
  /** Events at which it was confirmed as discussed. */
  discussed: number
  /** Passages about it in current restitutions that everybody may read. */
  passages: number
}

export function depthOf({ coming, toConfirm, discussed, passages }: Facts): Depth {
  if (passages > 0) return 'minuted'
  if (discussed > 0) return 'discussed'
  return coming + toConfirm > 0 ? 'planned' : 'never'
}

/** It reads "planned, to confirm": nothing is to come, and nobody has said what the past event discussed. */
export const awaitsConfirmation = (facts: Facts) => depthOf(facts) === 'planned' && facts.coming === 0

export type Counts = { total: number; never: number; planned: number; discussed: number; minuted: number; toConfirm: number }

/** How many recommendations stand at each depth; `discussed` are those without notes. `toConfirm` is part of `planned`. */
export function countDepths(rows: Facts[]): Counts {
  const of = (depth: Depth) => rows.filter((row) => depthOf(row) === depth).length
  return { total: rows.length, never: of('never'), planned: of('planned'), discussed: of('discussed'), minuted: of('minuted'), toConfirm: rows.filter(awaitsConfirmation).length }
}

type Locale = 'fr' | 'en'

/**
 * The sentence above the map: « Vingt-cinq recommandations. Nous en avons discuté neuf, dont quatre ont une
 * restitution. Cinq sont au programme. Onze n’ont jamais été abordées. »
 */
export function coverageSentence(counts: Counts, locale: Locale): string {
  if (counts.total === 0) return locale === 'fr' ? 'Aucune recommandation.' : 'No recommendations.'
  const said = locale === 'fr' ? french(counts) : english(counts)
  return said.filter(Boolean).join(' ')
}

function french({ total, never, planned, discussed, minuted }: Counts) {
  const touched = discussed + minuted
  const many = total > 1
  const withNotes = touched === 1 ? ', et elle a une restitution' : minuted === touched ? ', toutes avec une restitution' : `, dont ${spell(minuted, 'fr')} ${minuted > 1 ? 'ont' : 'a'} une restitution`
  const talked =
    touched === 0 ? `Nous n’en avons encore discuté aucune.` : touched === total && many ? `Nous les avons toutes discutées${minuted > 0 ? withNotes : ''}.` : `Nous en avons discuté ${spell(touched, 'fr')}${minuted > 0 ? withNotes : ''}.`
  return [
    `${capital(spell(total, 'fr'))} recommandation${many ? 's' : ''}.`,
    total === 1 && touched === 0 ? (planned > 0 ? 'Elle est au programme.' : 'Elle n’a jamais été abordée.') : talked,
    total > 1 && planned > 0 && `${capital(spell(planned, 'fr'))} ${planned > 1 ? 'sont' : 'est'} au programme.`,
    total > 1 && never > 0 && (never === total ? 'Aucune n’est encore au programme.' : `${capital(spell(never, 'fr'))} ${never > 1 ? 'n’ont' : 'n’a'} jamais été abordée${never > 1 ? 's' : ''}.`),
  ]
}

function english({ total, never, planned, discussed, minuted }: Counts) {
  const touched = discussed + minuted
  const many = total > 1
  const withNotes = touched === 1 ? ', with published notes' : minuted === touched ? ', all with published notes' : `, ${spell(minuted, 'en')} of them with published notes`
  const talked = touched === 0 ? 'None has been discussed yet.' : touched === total && many ? `We have discussed all of them${minuted > 0 ? withNotes : ''}.` : `We have discussed ${spell(touched, 'en')}${minuted > 0 ? withNotes : ''}.`
  return [
    `${capital(spell(total, 'en'))} recommendation${many ? 's' : ''}.`,
    total === 1 && touched === 0 ? (planned > 0 ? 'It is on the programme.' : 'It has never been discussed.') : talked,
    total > 1 && planned > 0 && `${capital(spell(planned, 'en'))} ${planned > 1 ? 'are' : 'is'} on the programme.`,
    total > 1 && never > 0 && (never === total ? 'None is on the programme yet.' : `${capital(spell(never, 'en'))} ${never > 1 ? 'have' : 'has'} never come up.`),
  ]
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** A count in words up to ninety-nine (feminine in French, as recommendations are), in figures from there. */
export function spell(n: number, locale: Locale): string {
  if (!Number.isInteger(n) || n < 0 || n > 99) return String(n)
  return locale === 'fr' ? spellFrench(n) : spellEnglish(n)
}

function spellFrench(n: number): string {
  if (n < 20) return frenchUnits[n]
  const [tens, rest] = n < 60 ? [Math.floor(n / 10) * 10, n % 10] : n < 80 ? [60, n - 60] : [80, n - 80]
  const word = frenchTens[tens]
  if (rest === 0) return tens === 80 ? 'quatre-vingts' : word
  if (tens !== 80 && (rest === 1 || rest === 11)) return `${word} et ${frenchUnits[rest]}`
  return `${word}-${frenchUnits[rest]}`
}

const frenchUnits = 'zéro une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf'.split(' ')
const frenchTens: Record<number, string> = { 20: 'vingt', 30: 'trente', 40: 'quarante', 50: 'cinquante', 60: 'soixante', 80: 'quatre-vingt' }

function spellEnglish(n: number): string {
  if (n < 20) return englishUnits[n]
  const tens = englishTens[Math.floor(n / 10) - 2]
  return n % 10 === 0 ? tens : `${tens}-${englishUnits[n % 10]}`
}

const englishUnits = 'none one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ')
const englishTens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')

export const eventStates = ['coming', 'to-confirm', 'discussed', 'not-discussed', 'inferred', 'called-off'] as const
export type EventState = (typeof eventStates)[number]

/** Does an event that stands so say anything of how far a recommendation has come? The others are shown, never counted. */
export const isCounted = (state: EventState) => state === 'coming' || state === 'to-confirm' || state === 'discussed'

/** Where one event stands towards one recommendation. */
export function stateOf(event: { status: string; startsAt: Date }, link: { isChosen: boolean; isDiscussed: boolean; isConfirmed: boolean }, now: Date): EventState {
  if (event.status === 'called_off') return 'called-off'
  // What was said of a session that was then put off to a later day is said again after that day.
  const isToCome = event.startsAt > now
  if (link.isDiscussed) return isToCome ? 'coming' : 'discussed'
  if (!link.isChosen) return 'inferred'
  if (isToCome) return 'coming'
  return link.isConfirmed ? 'not-discussed' : 'to-confirm'
}

/** Which sessions a coverage is reckoned of: days of their own walls (YYYY-MM-DD, both inside), and a format or cycle. */
export type CoverageFilter = { from?: string; to?: string; series?: string }

/** The theatre's year that a day belongs to, by the year in which it begins: from the 1st of September. */
export const seasonOf = (day: string) => Number(day.slice(0, 4)) - (day.slice(5) < '09-01' ? 1 : 0)

/** The first and the last day of the season that begins in that year. */
export const spanOfSeason = (year: number) => ({ from: `${year}-09-01`, to: `${year + 1}-08-31` })

/** Whole days from one day to another, never below nothing. Days are YYYY-MM-DD. */
export const daysBetween = (from: string, to: string) => Math.max(0, Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000))

export type Untouched = { since: 'published' | 'discussed'; days: number }

/**
 * For how many days nobody has talked about it: since it was last discussed, or since the report came out where it never
 * was. A passage of a restitution without a confirmed discussion says that it was, but not when: null then.
 */
export function untouchedFor({ lastDiscussed, depth }: { lastDiscussed: string | null; depth: Depth }, publishedOn: string, today: string): Untouched | null {
  if (lastDiscussed) return { since: 'discussed', days: daysBetween(lastDiscussed, today) }
  return depth === 'minuted' ? null : { since: 'published', days: daysBetween(publishedOn, today) }
}

/** What speaks for taking a recommendation up next, in the order in which it weighs. */
export type Want = 'never' | 'untouched' | 'toConfirm' | 'followUps' | 'culture' | 'themes'

export type Wanting = Facts & {
  number: number
  lastDiscussed: string | null
  cultural: boolean
  /** Names of the themes that a reading reads it by. */
  themes: number
  /** Things to be done about it that nobody has closed. */
  followUps: number
}

export type Missing = { number: number; score: number; wants: Want[]; untouched: Untouched | null }

/** After so many days a talk is long ago. */
export const LONG_AGO = 180

/**
 * What is missing, the most wanted first: what nobody ever talked about, and what was touched long ago. What stands on
 * the agenda is not missing, nor is what was talked about of late and leaves nothing to do. The weights are whole and
 * few, so that the reasons that stand beside each explain its place; equal ones stand by number.
 */
export function missingOf(rows: Wanting[], publishedOn: string, today: string): Missing[] {
  return rows
    .flatMap((row) => {
      if (row.coming > 0) return []
      const depth = depthOf(row)
      const untouched = untouchedFor({ ...row, depth }, publishedOn, today)
      const isLongAgo = untouched?.since === 'discussed' && untouched.days >= LONG_AGO
      if (depth !== 'never' && depth !== 'planned' && !isLongAgo && row.followUps === 0) return []
      const wants: Want[] = [
        ...(depth === 'never' ? (['never'] as const) : []),
        ...(isLongAgo ? (['untouched'] as const) : []),
        ...(awaitsConfirmation(row) ? (['toConfirm'] as const) : []),
        ...(row.followUps > 0 ? (['followUps'] as const) : []),
        ...(row.cultural ? (['culture'] as const) : []),
        ...(row.themes > 0 ? (['themes'] as const) : []),
      ]
      const score =
        (depth === 'never' ? 100 : 0) +
        (isLongAgo ? 20 + Math.min(40, Math.floor(untouched.days / 30)) : 0) +
        (awaitsConfirmation(row) ? 10 : 0) +
        (row.cultural ? 40 : 0) +
        Math.min(30, 10 * row.followUps) +
        Math.min(20, 5 * row.themes)
      return [{ number: row.number, score, wants, untouched }]
    })
    .sort((a, b) => b.score - a.score || a.number - b.number)
}

/** « Chez moi aussi » is for what everybody could come to: published, open, not called off. */
export const mayBeRelayed = ({ status, audience }: { status: string; audience: string }) => status === 'published' && audience === 'open'

/** So many accounts of one event may wait for an organiser. */
export const mostRelaysOpen = 30
