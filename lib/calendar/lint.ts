import type { CalendarEvent, SeatState } from './calendar-event'
import { entriesOf, lineNamed, methodOf, readFile, timeIn, type CalendarFile } from './calendar-file'
import { oneLine, uriOf } from './content-lines'
import { fileRules } from './file-rules'
import { addressRules, invitationRules, mailRules, orderRules } from './invitation-rules'
import { readMessage } from './mail-message'
import { timeRules } from './time-rules'
import { isUniversal } from './time-zone'

/**
 * `wrong`: a rule is broken, by our fault. `warning`: something that an organiser can mend. `good`: the rule was looked
 * at and holds. `code` names the sentence; `detail` is what stands in the file.
 */
export type Finding = { rule: number | null; level: 'wrong' | 'warning' | 'good'; code: string; detail: string | null }

export type LintInput = {
  /** The message that brings it, as it travels. */
  mail?: string
  /** What the same address had before. */
  before?: string
  /** The event as it is known, for what an organiser can mend. */
  event?: CalendarEvent
  state?: SeatState
  answersRead?: boolean
  /** What people typed besides: names and the like. */
  typed?: string[]
}

/** Everything that the rules say of one person's invitation, update or withdrawal; first what is wrong, then what could be better. */
export function lint(text: string, { mail, before, event, state = 'confirmed', answersRead, typed = [] }: LintInput = {}): Finding[] {
  const file = readFile(text)
  const { title, summary, place, themes = [] } = event ?? {}
  const written = [title, summary, ...themes, ...(typeof place === 'object' ? [place.name, place.address] : []), ...typed].filter((one) => one !== undefined)
  const told = { file, answersRead, typed: written }
  const sent = mail === undefined ? undefined : { ...told, mail: readMessage(mail) }
  const cancels = methodOf(file) === 'CANCEL'
  // Of the two about cancelling, one at most is about this file.
  const inapt = cancels ? (lineNamed(entriesOf(file)[0], 'STATUS') ? [30] : [29]) : [29, 30]
  const found = [
    ...[fileRules, timeRules, invitationRules].flatMap((rules) => judged(rules, told, [...inapt, ...seriesRules])),
    ...(sent ? [mailRules, addressRules].flatMap((rules) => judged(rules, sent, [32])) : []),
    ...(before === undefined ? [] : judged(orderRules, { before: readFile(before), file }, [])),
  ]
  return [...inWords(found), ...(event && !cancels ? advice(file, event, state, answersRead) : [])].toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level))
}

const levels = ['wrong', 'warning', 'good']

/** Of a file without a series they hold by themselves; that it has none is rule 21. */
const seriesRules = [14, 18, 19, 20]

type Judged = { rule: number; faults: string[] }

const judged = <Looked>(rules: Record<number, (looked: Looked) => string[]>, looked: Looked, inapt: number[]): Judged[] =>
  Object.entries(rules).map(([rule, check]) => ({ rule: Number(rule), faults: check(looked) })).filter(({ rule }) => !inapt.includes(rule))

/** One finding for each rule, though some are asked of the file and of the message. */
function inWords(found: Judged[]): Finding[] {
  const byRule = Map.groupBy(found, ({ rule }) => rule)
  return [...byRule].map(([rule, several]): Finding => {
    const faults = [...new Set(several.flatMap(({ faults: some }) => some))]
    return { rule, level: faults.length === 0 ? 'good' : 'wrong', code: String(rule), detail: faults.length === 0 ? null : faults.slice(0, 3).join('\n') }
  }).toSorted((a, b) => (a.rule ?? 0) - (b.rule ?? 0))
}

/** Longer titles are cut by most phones. */
const longTitle = 80

/** What is valid, and yet could serve people better. */
function advice(file: CalendarFile, event: CalendarEvent, state: SeatState, answersRead: boolean | undefined): Finding[] {
  const said: Finding[] = []
  const warn = (code: string, detail: string | null = null) => said.push({ rule: null, level: 'warning', code, detail })
  const start = timeIn(lineNamed(entriesOf(file)[0], 'DTSTART'))
  if (event.start.time === null) warn('no-hour')
  else if (start?.kind === 'date') warn('no-last-hour')
  else if (event.end?.time == null) warn('no-end')
  if (start?.kind === 'utc' && !isUniversal(event.timeZone)) warn('in-utc', event.timeZone)
  if (event.place === undefined) warn('no-place')
  if (event.place === 'online' && event.joinUrl === undefined && state === 'confirmed') warn('no-join')
  if (event.joinUrl !== undefined && !/^https:/.test(uriOf(event.joinUrl) ?? '')) warn('join-not-https', event.joinUrl)
  const length = [...oneLine(event.title)].length
  if (length > longTitle) warn('long-title', String(length))
  if (!event.summary?.trim()) warn('no-summary')
  if (answersRead === false) warn('answers-not-read')
  return said
}
