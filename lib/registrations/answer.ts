import { record } from '@/lib/activity/record'
import { type Actor, actorName, isOrganiser } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction, type Prisma, type Tx } from '@/lib/db'
import { asQuestion, type Answered, readAnswers, readConsents } from '@/lib/events/questions'
import { closing } from '@/lib/events/rules'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canManage, isTheirs } from './access'
import { findHeld, type Held } from './queries'

/** By the keys of questions and consents, as JSON or a form says them: what they hold is judged here. */
export type AnswersInput = { answers?: Record<string, unknown>; consents?: Record<string, unknown> }
type Refusal = 'not-found' | 'gone' | 'forbidden' | 'called-off' | 'closed' | 'invalid'

/**
 * Changes what somebody answered when they registered, until registering closes, and the consents they gave, at any
 * time: whoever gave one may take it back. All the answers are said anew (those that are left out are withdrawn), each
 * to the question as it is asked now; of the consents only those that are said, and only by their giver.
 * Refusals: `not-found`, `gone` (a link of an older generation), `forbidden`, `called-off` and `closed` (answers),
 * `invalid` with fields `answers.<key>`, `consents.<key>`.
 */
export async function answer(actor: Actor, held: Held, input: AnswersInput, locale: string): Promise<Outcome<{ id: string }, Refusal>> {
  const found = await findHeld(held)
  if (found === 'gone') return refused('gone')
  if (!found) return refused('not-found')
  const isOwn = isTheirs(actor, found, 'token' in held)
  if (!canManage(actor, found, 'token' in held) || (input.consents && !isOwn)) return refused('forbidden')
  if (input.answers && found.event.status === 'called_off') return refused('called-off')
  if (input.answers && closing(found.event) <= now()) return refused('closed')

  return inTransaction(async (tx) => {
    // Two tabs that save at once save one after the other.
    await tx.$queryRaw`SELECT 1 FROM "Registration" WHERE id = ${found.id}::uuid FOR NO KEY UPDATE`
    const questions = input.answers ? (await tx.question.findMany({ where: { eventId: found.eventId, retiredAt: null }, orderBy: { position: 'asc' } })).map(asQuestion) : []
    // A consent to a wording that has changed since can still be taken back.
    const requests = input.consents
      ? await tx.consentRequest.findMany({
          where: { eventId: found.eventId, OR: [{ retiredAt: null }, { consents: { some: { registrationId: found.id, withdrawnAt: null } } }] },
          orderBy: [{ retiredAt: { sort: 'desc', nulls: 'last' } }, { position: 'asc' }],
        })
      : []
    const read = readAnswers(questions, input.answers ?? {}, { lenient: !isOwn })
    const consents = consentsSaid(requests, input.consents ?? {})
    const refusals = [...read.refusals, ...consents.refusals]
    if (refusals.length > 0) return refused('invalid', refusals)

    const changed = [input.answers ? await replaceAnswers(tx, found.id, read.answers) : 0, await settleConsents(tx, found.id, consents, locale)]
    if (changed[0] > 0) await noteAnswers(tx, actor, found, isOwn)
    return done({ id: found.id })
  })
}

type Request = { id: string; key: string; wording: string; wordingTranslation: string | null; retiredAt: Date | null }

/** By key to what is asked now; a wording that is asked no more is named by its id, and can only be taken back. */
function consentsSaid(requests: Request[], given: Record<string, unknown>) {
  const named = requests.map((one) => (one.retiredAt ? { ...one, key: one.id } : one))
  const { given: wanted, not, refusals } = readConsents(named, given)
  const retired = new Set(requests.filter(({ retiredAt }) => retiredAt).map(({ id }) => id))
  return { given: wanted.filter((id) => !retired.has(id)), not, refusals }
}

/** What is said now is what is answered; what is not said any more is gone, under earlier wordings of a question too. Counts what differs. */
async function replaceAnswers(tx: Tx, registrationId: string, answers: Answered[]) {
  const before = await tx.answer.findMany({ where: { registrationId, question: { OR: [{ retiredAt: null }, { replacedById: { not: null } }] } }, select: { questionId: true, value: true } })
  const same = (one: Answered) => before.some(({ questionId, value }) => questionId === one.questionId && JSON.stringify(value) === JSON.stringify(one.value))
  const fresh = answers.filter((one) => !same(one))
  const left = before.map(({ questionId }) => questionId).filter((id) => !answers.some((one) => one.questionId === id && same(one)))
  await tx.answer.deleteMany({ where: { registrationId, questionId: { in: left } } })
  await tx.answer.createMany({ data: fresh.map(({ questionId, value }) => ({ registrationId, questionId, value, at: now() })) })
  return fresh.length + left.length
}

/** Rows are only added and closed: what was given and when, and when it was taken back. Counts what differs. */
async function settleConsents(tx: Tx, registrationId: string, { given, not }: { given: string[]; not: string[] }, locale: string) {
  const { count: withdrawn } = await tx.consent.updateMany({ where: { registrationId, requestId: { in: not }, withdrawnAt: null }, data: { withdrawnAt: now() } })
  const standing = new Set((await tx.consent.findMany({ where: { registrationId, requestId: { in: given }, withdrawnAt: null }, select: { requestId: true } })).map(({ requestId }) => requestId))
  const fresh = given.filter((id) => !standing.has(id))
  await tx.consent.createMany({ data: fresh.map((requestId) => ({ registrationId, requestId, locale, givenAt: now() })) })
  return withdrawn + fresh.length
}

/** The story says that answers changed and by whom, never what they say. */
async function noteAnswers(tx: Tx, actor: Actor, { id, eventId, status }: { id: string; eventId: string; status: Prisma.RegistrationStepUncheckedCreateInput['status'] }, isOwn: boolean) {
  await tx.registration.update({ where: { id }, data: { updatedAt: now() } })
  await tx.registrationStep.create({ data: { registrationId: id, at: now(), status, actor: isOwn ? 'themselves' : actorName(actor), reason: 'answers-changed' } })
  if (!isOwn && isOrganiser(actor)) await record(tx, actor, { verb: 'registration.answer', subject: `registration/${id}`, eventId })
}
