import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction, Prisma, type Tx } from '@/lib/db'
import { done, type FieldRefusal, type Outcome, refused } from '@/lib/outcome'
import { canOrganise } from './access'
import { asQuestion, freshKey, opensOthers, type Question, triggersOf } from './questions'
import { readyMade } from './ready-questions'
import type { AskInput, QuestionInput } from './schema'

type Refusal = 'forbidden' | 'not-found' | 'called-off' | 'invalid'
type Wanted = Omit<Question, 'id'>

/** Questions that hang on one answer; the form has so many places for them. */
const mostHanging = 8

/**
 * Says everything that an event asks: questions and consents, the whole list in its order. What somebody may have
 * answered is never altered: a changed question is retired and its successor, with the same key, follows; a dropped one
 * is retired; the answers given stay with the row as it was asked. A draft, which nobody answers, keeps no such past.
 * `changed` counts what was retired in favour of a successor. Refusals: `forbidden`, `not-found`, `called-off`,
 * `invalid` with fields such as `questions.2.dependsOn`.
 */
export async function ask(actor: Actor, slug: string, input: AskInput): Promise<Outcome<{ slug: string; asked: number; changed: number; dropped: number }, Refusal>> {
  if (!canOrganise(actor)) return refused('forbidden')
  return inTransaction(async (tx) => {
    // Two who save the list at once save one after the other, and nobody publishes meanwhile.
    const [event] = await tx.$queryRaw<{ id: string; language: string; status: string }[]>`
      SELECT id, language, status::text FROM "Event" WHERE slug = ${slug} FOR NO KEY UPDATE`
    if (!event) return refused('not-found')
    if (event.status === 'called_off') return refused('called-off')
    const questions = settle(input.questions, event.language)
    const consents = settleConsents(input)
    const refusals = [...questions.refusals, ...consents.refusals]
    if (refusals.length > 0) return refused('invalid', refusals)

    const isDraft = event.status === 'draft'
    const ofQuestions = await putQuestions(tx, event.id, questions.wanted, isDraft)
    const ofConsents = await putConsents(tx, event.id, consents.wanted, isDraft)
    const told = { changed: ofQuestions.changed + ofConsents.changed, dropped: ofQuestions.dropped + ofConsents.dropped }
    await record(tx, actor, {
      verb: 'event.ask',
      subject: `event/${event.id}`,
      eventId: event.id,
      before: { questions: ofQuestions.before, consents: ofConsents.before },
      after: { questions: questions.wanted.map(({ key }) => key), consents: consents.wanted.map(({ key }) => key), ...told },
    })
    return done({ slug, asked: questions.wanted.length, ...told })
  })
}

/** The list as rows: ready-made words filled in, keys given to what is new, conditions checked. */
function settle(list: QuestionInput[], language: string): { wanted: Wanted[]; refusals: FieldRefusal[] } {
  const wanted: Wanted[] = []
  const refusals: FieldRefusal[] = []
  const keys = list.flatMap(({ key }) => key ?? [])
  for (const [place, given] of list.entries()) {
    const refuse = (field: string, reason: string) => refusals.push({ field: `questions.${place}.${field}`, reason })
    const question = worded(given, language, keys)
    if (wanted.some(({ key }) => key === question.key)) refuse(given.ready && !given.key ? 'ready' : 'key', 'twice')
    if (!question.label) refuse('label', 'required')
    if (!given.ready && !given.kind) refuse('kind', 'required')
    const fewest = question.kind === 'one' ? 2 : question.kind === 'several' ? 1 : 0
    if (question.options.length < fewest) refuse('options', 'too-few')
    if (new Set(question.options.map(({ key }) => key)).size < question.options.length) refuse('options', 'twice')
    const fault = hanging(question, wanted)
    if (fault) refuse(fault.field, fault.reason)
    wanted.push(question)
    keys.push(question.key)
  }
  return { wanted, refusals }
}

function worded(given: QuestionInput, language: string, keys: string[]): Wanted {
  const made = given.ready ? readyMade(given.ready, language) : null
  const kind = made?.kind ?? given.kind ?? 'short'
  const own = given.options?.length ? optionsOf(given.options) : null
  const options = own?.options ?? made?.options ?? []
  const label = given.label ?? made?.label ?? ''
  const translated = given.translation?.label ?? (given.label && given.label !== made?.label ? null : made?.translation.label)
  const words = own?.translations ?? made?.translation.options ?? {}
  return {
    key: given.key ?? freshKey(given.ready ?? label, keys, given.ready !== undefined && given.ready !== null),
    kind,
    ready: given.ready ?? null,
    label,
    purpose: given.purpose === undefined ? (made?.purpose ?? null) : given.purpose,
    options: opensOthers(kind) && kind !== 'yes_no' ? options : [],
    translation: translated
      ? { label: translated, purpose: given.translation?.purpose ?? (given.translation ? null : (made?.translation.purpose ?? null)), options: kind === 'one' || kind === 'several' ? words : {} }
      : null,
    required: given.required ?? false,
    dependsOn: given.dependsOn ?? null,
    dependsValues: given.dependsOn ? [...new Set(given.dependsValues ?? [])] : [],
  }
}

function optionsOf(given: NonNullable<QuestionInput['options']>) {
  const keys = given.flatMap(({ key }) => key ?? [])
  const options = given.map(({ key, label }) => {
    const own = key ?? freshKey(label, keys)
    if (!key) keys.push(own)
    return { key: own, label }
  })
  const translations = Object.fromEntries(given.flatMap(({ translation }, place) => (translation ? [[options[place].key, translation]] : [])))
  return { options, translations }
}

/** What is wrong with the condition of a question: it hangs on an earlier one that has options, and on some of these. */
function hanging(question: Wanted, before: Wanted[]) {
  if (question.dependsOn === null) return null
  const parent = before.find(({ key }) => key === question.dependsOn)
  if (!parent) return { field: 'dependsOn', reason: 'unknown' }
  if (!opensOthers(parent.kind)) return { field: 'dependsOn', reason: 'opens-nothing' }
  if (before.filter(({ dependsOn }) => dependsOn === parent.key).length >= mostHanging) return { field: 'dependsOn', reason: 'too-many' }
  if (question.dependsValues.length === 0) return { field: 'dependsValues', reason: 'required' }
  const triggers = triggersOf(parent)
  return question.dependsValues.every((value) => triggers.includes(value)) ? null : { field: 'dependsValues', reason: 'not-among' }
}

type WantedConsent = { key: string; wording: string; wordingTranslation: string | null }

function settleConsents({ consents }: AskInput): { wanted: WantedConsent[]; refusals: FieldRefusal[] } {
  const keys = consents.flatMap(({ key }) => key ?? [])
  const wanted = consents.map(({ key, wording, translation }) => {
    const own = key ?? freshKey(wording.split(' ').slice(0, 6).join(' '), keys)
    if (!key) keys.push(own)
    return { key: own, wording, wordingTranslation: translation ?? null }
  })
  const twice = wanted.flatMap(({ key }, place) => (wanted.findIndex((one) => one.key === key) < place ? [{ field: `consents.${place}.key`, reason: 'twice' }] : []))
  return { wanted, refusals: twice }
}

async function putQuestions(tx: Tx, eventId: string, wanted: Wanted[], isDraft: boolean) {
  const current = (await tx.question.findMany({ where: { eventId, retiredAt: null }, orderBy: { position: 'asc' } })).map(asQuestion)
  const { kept, gone, fresh } = sift(current, wanted, contentOf)
  for (const { row, position } of kept) if (row.position !== position) await tx.question.update({ where: { id: row.id }, data: { position } })
  const ids = gone.map(({ id }) => id)
  if (isDraft) await tx.question.deleteMany({ where: { id: { in: ids } } })
  else await tx.question.updateMany({ where: { id: { in: ids } }, data: { retiredAt: now() } })
  let changed = 0
  for (const { one, position } of fresh) {
    const { id } = await tx.question.create({ data: { ...one, eventId, position, translation: one.translation ?? Prisma.DbNull, createdAt: now() } })
    const before = gone.find(({ key }) => key === one.key)
    if (before && !isDraft) await tx.question.update({ where: { id: before.id }, data: { replacedById: id } })
    if (before) changed++
  }
  return { before: current.map(({ key }) => key), changed, dropped: gone.length - changed }
}

async function putConsents(tx: Tx, eventId: string, wanted: WantedConsent[], isDraft: boolean) {
  const current = await tx.consentRequest.findMany({ where: { eventId, retiredAt: null }, orderBy: { position: 'asc' } })
  const { kept, gone, fresh } = sift(current, wanted, ({ key, wording, wordingTranslation }) => JSON.stringify([key, wording, wordingTranslation]))
  for (const { row, position } of kept) if (row.position !== position) await tx.consentRequest.update({ where: { id: row.id }, data: { position } })
  const ids = gone.map(({ id }) => id)
  if (isDraft) await tx.consentRequest.deleteMany({ where: { id: { in: ids } } })
  else await tx.consentRequest.updateMany({ where: { id: { in: ids } }, data: { retiredAt: now() } })
  await tx.consentRequest.createMany({ data: fresh.map(({ one, position }) => ({ ...one, eventId, position, createdAt: now() })) })
  const changed = gone.filter(({ key }) => fresh.some(({ one }) => one.key === key)).length
  return { before: current.map(({ key }) => key), changed, dropped: gone.length - changed }
}

/** What says the same as before stays the row that it is, perhaps elsewhere in the list. */
function sift<Row extends One, One extends { key: string }>(current: Row[], wanted: One[], content: (one: One) => string) {
  const rowOf = (one: One) => current.find((row) => row.key === one.key && content(row) === content(one))
  const placed = wanted.map((one, position) => ({ one, position, row: rowOf(one) }))
  const kept = placed.flatMap(({ row, position }) => (row ? [{ row, position }] : []))
  return { kept, gone: current.filter((row) => !kept.some((one) => one.row === row)), fresh: placed.filter(({ row }) => !row) }
}

/** All that makes a question what it is; its place in the list does not. */
const contentOf = (one: Wanted) =>
  JSON.stringify([
    one.kind, one.ready, one.label, one.purpose, one.options.map(({ key, label }) => [key, label]),
    one.translation && [one.translation.label, one.translation.purpose, Object.entries(one.translation.options).toSorted()],
    one.required, one.dependsOn, one.dependsValues.toSorted(),
  ])
