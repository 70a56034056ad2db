import { z } from 'zod'
import { fieldRefusals } from '@/lib/errors'
import { type ConsentRequest, freshKey, type Option, opensOthers, type Question, type QuestionKind, type Ready, triggersOf } from '@/lib/events/questions'
import { readyMade } from '@/lib/events/ready-questions'
import { type AskInput, askInput } from '@/lib/events/schema'
import type { FieldRefusal } from '@/lib/outcome'

/** Everything that an event asks, as the fields of the editor show it: lines of text, and what they were made of. */
export type Draft = { questions: QuestionDraft[]; consents: ConsentDraft[] }

export type QuestionDraft = {
  /** Empty as long as it was never read back. */
  key: string
  ready: Ready | ''
  kind: QuestionKind
  label: string
  purpose: string
  required: boolean
  /** One to a line. */
  options: string
  /** The options as they were last read: a line that says the same, or stands where it stood, keeps its key. */
  known: Option[]
  translation: { label: string; purpose: string; options: string }
  /** The key of the question on whose answer this one hangs, and those of its options. */
  dependsOn: string
  values: string[]
}

export type ConsentDraft = { key: string; wording: string; translation: string }

const kinds = ['short', 'long', 'one', 'several', 'yes_no', 'number'] as const
const words = z.string().catch('')
const known = z.string().transform((text) => JSON.parse(text) as unknown).pipe(z.array(z.object({ key: z.string(), label: z.string() })))
const hanging = z.record(z.string(), z.union([z.array(z.string()), z.string().transform((one) => [one])]))
const untranslated = { label: '', purpose: '', options: '' }

const asTyped = z.object({
  key: words,
  ready: z.enum(['organisation', 'region', 'role']).or(z.literal('')).catch(''),
  kind: z.enum(kinds).catch('short'),
  label: words,
  purpose: words,
  required: z.literal('on').transform(() => true).catch(false),
  options: words,
  known: z.string().refine(isJson).pipe(known).catch([]),
  translation: z.object({ label: words, purpose: words, options: words }).catch(untranslated),
  dependsOn: words,
  values: hanging.catch({}),
})

const formOfDraft = z.object({
  questions: z.array(asTyped).catch([]),
  consents: z.array(z.object({ key: words, wording: words, translation: words })).catch([]),
})

/** The editor as it was sent, whatever was sent: judging it is for `inputOf` and the verb. */
export function readDraft(sent: unknown): Draft {
  const { questions, consents } = formOfDraft.parse(sent)
  return named({ questions: questions.slice(0, 60).map(({ values, ...one }) => ({ ...one, values: Object.hasOwn(values, one.dependsOn) ? values[one.dependsOn] : [] })), consents: consents.slice(0, 60) })
}

/** What an event asks now, as the editor shows it. */
export function draftOf(questions: Question[], consents: ConsentRequest[]): Draft {
  return {
    questions: questions.map(({ key, ready, kind, label, purpose, options, translation, required, dependsOn, dependsValues }) => ({
      key, kind, label, required,
      ready: ready ?? '',
      purpose: purpose ?? '',
      options: options.map((one) => one.label).join('\n'),
      known: options,
      translation: {
        label: translation?.label ?? '',
        purpose: translation?.purpose ?? '',
        options: translation ? options.map((one) => translation.options[one.key] ?? '').join('\n').trimEnd() : '',
      },
      dependsOn: dependsOn ?? '',
      values: dependsValues,
    })),
    consents: consents.map(({ key, wording, wordingTranslation }) => ({ key, wording, translation: wordingTranslation ?? '' })),
  }
}

const fresh: QuestionDraft = { key: '', ready: '', kind: 'short', label: '', purpose: '', required: false, options: '', known: [], translation: untranslated, dependsOn: '', values: [] }

/** A question in the house's words, in the event's language, with its translation. */
function readyDraft(ready: Ready, language: string): QuestionDraft {
  const { kind, label, purpose, options, translation } = readyMade(ready, language)
  return draftOf([{ id: '', key: ready, ready, kind, label, purpose, options, translation, required: false, dependsOn: null, dependsValues: [] }], []).questions[0]
}

export type Lines = 'questions' | 'consents'
/** What became of a press: the field to go on from, and what to say aloud. */
export type Rearranged = { draft: Draft; focus: string; said: 'added' | 'moved' | 'removed' | 'freed' | 'updated' | null }

/**
 * What a button of the editor does to it: `add.questions`, `add.questions.region`, `up.questions.2`,
 * `remove.consents.0`, `refresh`. What would put a question before the one that it hangs on does nothing.
 */
export function rearrange(draft: Draft, pressed: string, language: string): Rearranged {
  const [what, list, which] = pressed.split('.')
  if (list !== 'questions' && list !== 'consents') return { draft, focus: '', said: what === 'refresh' ? 'updated' : null }
  const place = Number(which)
  if (what === 'add') return add(draft, list, which, language)
  if (!Number.isInteger(place) || !draft[list][place]) return { draft, focus: '', said: null }
  if (what === 'remove') return remove(draft, list, place)
  const to = what === 'up' ? place - 1 : place + 1
  if (!canSwap(draft, list, Math.min(place, to))) return { draft, focus: `${what}.${list}.${place}`, said: null }
  const lines: (QuestionDraft | ConsentDraft)[] = [...draft[list]]
  ;[lines[place], lines[to]] = [lines[to], lines[place]]
  const moved = { ...draft, [list]: lines }
  const again = canSwap(moved, list, what === 'up' ? to - 1 : to) ? what : what === 'up' ? 'down' : 'up'
  return { draft: moved, focus: `${again}.${list}.${to}`, said: 'moved' }
}

function add(draft: Draft, list: Lines, which: string | undefined, language: string): Rearranged {
  const place = draft[list].length
  if (list === 'consents') return { draft: { ...draft, consents: [...draft.consents, { key: '', wording: '', translation: '' }] }, focus: `consents.${place}.wording`, said: 'added' }
  const ready = which === 'organisation' || which === 'region' || which === 'role' ? which : null
  if (ready && draft.questions.some(({ key }) => key === ready)) return { draft, focus: '', said: null }
  return { draft: { ...draft, questions: [...draft.questions, ready ? readyDraft(ready, language) : fresh] }, focus: `questions.${place}.label`, said: 'added' }
}

function remove(draft: Draft, list: Lines, place: number): Rearranged {
  const focus = `add.${list}`
  if (list === 'consents') return { draft: { ...draft, consents: draft.consents.filter((_, at) => at !== place) }, focus, said: 'removed' }
  const { key } = draft.questions[place]
  const isFreed = (one: QuestionDraft) => key !== '' && one.dependsOn === key
  const questions = draft.questions.filter((_, at) => at !== place).map((one) => (isFreed(one) ? { ...one, dependsOn: '', values: [] } : one))
  return { draft: { ...draft, questions }, focus, said: draft.questions.some(isFreed) ? 'freed' : 'removed' }
}

/** May this line and the next change places? Not where the next hangs on it. */
export function canSwap(draft: Draft, list: Lines, place: number) {
  const [one, next] = [draft[list][place], draft[list][place + 1]]
  return Boolean(one && next) && !('dependsOn' in next && next.dependsOn !== '' && next.dependsOn === one.key)
}

export type Parent = { one: QuestionDraft; where: number; triggers: readonly string[] }

/** The questions on which the one at `place` may hang, with the answers that may open it. */
export const parentsOf = (draft: Draft, place: number): Parent[] =>
  draft.questions.slice(0, place).flatMap((one, where) => (one.key && opensOthers(one.kind) ? [{ one, where, triggers: triggersOf({ kind: one.kind, options: one.known }) }] : []))

/** Gives a key to what has words and none yet, so that another question can hang on it at once. */
function named({ questions, consents }: Draft): Draft {
  const taken = questions.flatMap(({ key }) => key || [])
  return {
    consents,
    questions: questions.map((one) => {
      const key = one.key || (one.label.trim() && freshKey(one.label, taken))
      if (key && !one.key) taken.push(key)
      return { ...one, key, known: hasOptions(one) ? optionsOf(one) : one.known }
    }),
  }
}

export const hasOptions = ({ kind }: { kind: QuestionKind }) => opensOthers(kind) && kind !== 'yes_no'

/** The lines as options: who says the same as before keeps its key; where their number is the same, so does who stands there. */
function optionsOf({ options, known }: Pick<QuestionDraft, 'options' | 'known'>): Option[] {
  const labels = linesOf(options)
  const same = labels.map((label) => known.find((one) => one.label === label)?.key)
  const moved = labels.length === known.length ? known.map(({ key }) => (same.includes(key) ? undefined : key)) : []
  const taken = known.map(({ key }) => key)
  return labels.map((label, place) => {
    const key = same[place] ?? moved[place] ?? freshKey(label, taken)
    taken.push(key)
    return { key, label }
  })
}

const linesOf = (text: string) => text.split(/\r?\n/).map((one) => one.trim()).filter(Boolean)
const translatedLines = (text: string) => text.trimEnd().split(/\r?\n/).map((one) => one.trim())

/** Lines that nobody wrote anything into count for nothing. */
export const withoutBlanks = ({ questions, consents }: Draft): Draft => ({
  questions: questions.filter(({ label, purpose, options }) => `${label}${purpose}${options}`.trim() !== ''),
  consents: consents.filter(({ wording, translation }) => `${wording}${translation}`.trim() !== ''),
})

/** The editor as the verb takes it; refusals bear the names of its fields. */
export function inputOf(draft: Draft): { input: AskInput } | { refusals: FieldRefusal[] } {
  const refusals = draft.questions.flatMap((one, place) => untranslatable(one).map(({ field, reason }) => ({ field: `questions.${place}.${field}`, reason })))
  const read = askInput.safeParse({ questions: draft.questions.map(asInput), consents: draft.consents.map(({ key, ...one }) => ({ ...one, key: key || null })) })
  if (!read.success) refusals.push(...inFields(fieldRefusals(read.error)))
  return read.success && refusals.length === 0 ? { input: read.data } : { refusals }
}

function asInput(one: QuestionDraft) {
  const translated = translatedLines(one.translation.options)
  const { label, purpose } = one.translation
  return {
    key: one.key || null,
    ready: one.ready || null,
    kind: one.kind,
    label: one.label,
    purpose: one.purpose,
    options: hasOptions(one) ? one.known.map((option, place) => ({ ...option, translation: translated[place] ?? '' })) : [],
    translation: label.trim() ? { label, purpose } : null,
    required: one.required,
    dependsOn: one.dependsOn || null,
    dependsValues: one.dependsOn ? one.values : [],
  }
}

/** A translation begins with the question itself, and has no more answers than there are. */
function untranslatable({ translation: { label, purpose, options }, ...one }: QuestionDraft): FieldRefusal[] {
  const lines = hasOptions(one) ? translatedLines(options) : ['']
  return [
    ...(!label.trim() && `${purpose}${lines.join('')}`.trim() ? [{ field: 'translation.label', reason: 'required' }] : []),
    ...(lines.length > Math.max(1, one.known.length) ? [{ field: 'translation.options', reason: 'more-than-answers' }] : []),
  ]
}

/** The verb's refusals by the names of the editor's fields. */
export const inFields = (refusals: FieldRefusal[]): FieldRefusal[] =>
  refusals.map(({ field, reason }) => {
    const [list, place, part, line, inner] = field.split('.')
    if (place === undefined) return { field: list, reason }
    if (part === 'options') return { field: `${list}.${place}.${inner === 'translation' ? 'translation.options' : 'options'}`, reason }
    if (part === 'dependsValues' && reason === 'required') return { field: `${list}.${place}.values`, reason: 'none-ticked' }
    const own = part === 'dependsValues' ? 'values' : part === 'key' || part === 'ready' ? (list === 'consents' ? 'wording' : 'label') : part
    return { field: [list, place, own, line].filter((one) => one !== undefined).join('.'), reason }
  })

export type Loss = { list: Lines; words: string; count: number; what: 'changed' | 'dropped' }

/** What was answered and will not be asked in the same words any more. `counts` are by key. */
export function losses(before: Draft, after: Draft, counts: { questions: Record<string, number>; consents: Record<string, number> }): Loss[] {
  const lost = <One extends { key: string }>(list: Lines, were: One[], are: One[], say: (one: One) => string, content: (one: One) => unknown) =>
    were.flatMap((one): Loss[] => {
      const count = counts[list][one.key] ?? 0
      const is = are.find(({ key }) => key === one.key)
      if (count === 0 || (is && JSON.stringify(content(is)) === JSON.stringify(content(one)))) return []
      return [{ list, words: say(one), count, what: is ? 'changed' : 'dropped' }]
    })
  return [
    ...lost('questions', before.questions, after.questions, ({ label }) => label, (one) => trimmed(asInput(one))),
    ...lost('consents', before.consents, after.consents, ({ wording }) => wording, trimmed),
  ]
}

const trimmed = (content: unknown) => JSON.parse(JSON.stringify(content, (_, value: unknown) => (typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : value))) as unknown

function isJson(text: string) {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
