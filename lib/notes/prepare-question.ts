import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction, type Tx } from '@/lib/db'
import { fieldRefusals } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { done, type Outcome, refused } from '@/lib/outcome'
import { findHeld, type Held } from '@/lib/registrations/queries'
import { canPropose } from './access'
import { mayPrepare, mostPrepared } from './rules'
import { preparedInput } from './schema'

type Shut = 'not-asked' | 'called-off' | 'too-late' | 'no-seat'
type Theirs = 'not-found' | 'gone' | 'forbidden'

/**
 * What somebody with a seat wants to have talked about, until the session ends. The same words again are the same
 * question. Refusals: `not-found`, `gone`, `forbidden` (it is not theirs), `not-asked`, `called-off`, `too-late`,
 * `no-seat`, `too-many` (five stand already), `invalid` (field `text`).
 */
export async function prepareQuestion(actor: Actor, held: Held, input: { text: string }): Promise<Outcome<{ id: string }, Shut | Theirs | 'too-many' | 'invalid'>> {
  const found = await theirs(actor, held)
  if (!found.ok) return found
  const read = preparedInput.safeParse(input)
  if (!read.success) return refused('invalid', fieldRefusals(read.error))
  return inTransaction(async (tx) => {
    const eventId = await openFor(tx, found.value.id)
    if (!eventId.ok) return eventId
    const own = await tx.preparedQuestion.findMany({ where: { registrationId: found.value.id }, select: { id: true, text: true } })
    const same = own.find(({ text }) => text === read.data.text)
    if (same) return done({ id: same.id })
    if (own.length >= mostPrepared) return refused('too-many')
    const id = newId()
    await tx.preparedQuestion.create({ data: { id, eventId: eventId.value, registrationId: found.value.id, text: read.data.text, createdAt: now() } })
    return done({ id })
  })
}

/**
 * A voice for a question of somebody else, or (`isFor` false) the voice taken back; twice is once. Refusals: those of
 * `prepareQuestion`, and `own` (their own question has theirs already).
 */
export async function voteForQuestion(actor: Actor, held: Held, id: string, isFor = true): Promise<Outcome<{ id: string }, Shut | Theirs | 'own'>> {
  const found = await theirs(actor, held)
  if (!found.ok) return found
  return inTransaction(async (tx) => {
    const eventId = await openFor(tx, found.value.id)
    if (!eventId.ok) return eventId
    const question = await tx.preparedQuestion.findFirst({ where: { id, eventId: eventId.value, hiddenAt: null }, select: { registrationId: true } })
    if (!question) return refused('not-found')
    if (question.registrationId === found.value.id) return refused('own')
    const vote = { questionId: id, registrationId: found.value.id }
    if (isFor) await tx.preparedQuestionVote.createMany({ data: [{ ...vote, at: now() }], skipDuplicates: true })
    else await tx.preparedQuestionVote.deleteMany({ where: vote })
    return done({ id })
  })
}

/** Takes one's own question back, with the voices it had; also after the session. Refusals: `not-found`, `gone`, `forbidden`. */
export async function withdrawQuestion(actor: Actor, held: Held, id: string): Promise<Outcome<{ id: string }, Theirs>> {
  const found = await theirs(actor, held)
  if (!found.ok) return found
  return inTransaction(async (tx) => ((await tx.preparedQuestion.deleteMany({ where: { id, registrationId: found.value.id } })).count === 1 ? done({ id }) : refused('not-found')))
}

async function theirs(actor: Actor, held: Held): Promise<Outcome<{ id: string }, Theirs>> {
  const found = await findHeld(held)
  if (found === 'gone') return refused('gone')
  if (!found) return refused('not-found')
  return canPropose(actor, found, 'token' in held) ? done({ id: found.id }) : refused('forbidden')
}

/** Under the lock of the registration, so that what somebody sends twice at once comes one after the other. */
async function openFor(tx: Tx, registrationId: string): Promise<Outcome<string, Shut | 'not-found'>> {
  await tx.$queryRaw`SELECT 1 FROM "Registration" WHERE id = ${registrationId}::uuid FOR NO KEY UPDATE`
  const registration = await tx.registration.findUnique({ where: { id: registrationId }, select: { eventId: true, status: true, event: { select: { status: true, endsAt: true, overAt: true, asksQuestions: true } } } })
  if (!registration) return refused('not-found')
  const reason = mayPrepare(registration, now())
  return reason ? refused(reason) : done(registration.eventId)
}
