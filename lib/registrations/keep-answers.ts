import { now } from '@/lib/clock'
import { Prisma, type Tx } from '@/lib/db'
import type { asking } from '@/lib/events/queries'
import { type Answered, asQuestion, readAnswers, readConsents } from '@/lib/events/questions'
import type { AccessInput } from '@/lib/events/schema'
import { insertLetters } from '@/lib/mail/write-letter'
import type { FieldRefusal } from '@/lib/outcome'
import { twentyMinutes } from './rules'

/** What somebody says besides their name: answers, consents given (by the id of their request), needs. */
export type Said = { answers: Answered[]; consents: string[]; access: AccessInput | null }

export type SaidInput = { answers?: Record<string, unknown>; consents?: Record<string, unknown>; access?: AccessInput }

/**
 * Reads what somebody says when they register, before anybody is looked up and anything is written. `lenient` where
 * another registers them: nothing is required of them now, they can answer by their link; nor does anybody consent for them.
 */
export function readSaid(event: Prisma.EventGetPayload<{ select: typeof asking }>, input: SaidInput, lenient: boolean): { said: Said; refusals: FieldRefusal[] } {
  const { answers, refusals } = readAnswers(event.questions.map(asQuestion), input.answers ?? {}, { lenient })
  const consents = readConsents(event.consentRequests, input.consents ?? {})
  const isNeed = input.access !== undefined && (input.access.needs.length > 0 || Boolean(input.access.words))
  const unasked = isNeed && !event.asksAccess ? [{ field: 'access', reason: 'unknown-field' }] : []
  const said = { answers, consents: lenient ? [] : consents.given, access: isNeed && event.asksAccess ? input.access! : null }
  return { said, refusals: [...refusals, ...consents.refusals, ...unasked] }
}

type Registering = { said: Said; event: { id: string; startsAt: Date }; locale: string; via: string }

/** More steps of the statement that registers somebody, after `taken` (its row): what they said, and word to who reads needs. */
export function keepSaid({ said, event, locale, via }: Registering): Prisma.Sql {
  const { answers, consents, access } = said
  const at = now()
  const rows = JSON.stringify(answers.map(({ questionId, value }) => ({ questionId, value })))
  const answered = answers.length > 0 && Prisma.sql`, answered AS (
        INSERT INTO "Answer" ("registrationId", "questionId", value, at)
        SELECT taken.id, a."questionId", a.value, ${at} FROM taken CROSS JOIN jsonb_to_recordset(${rows}::jsonb) AS a("questionId" uuid, value jsonb)
      )`
  const consented = consents.length > 0 && Prisma.sql`, consented AS (
        INSERT INTO "Consent" (id, "registrationId", "requestId", locale, "givenAt")
        SELECT gen_random_uuid(), taken.id, c.id, ${locale}, ${at} FROM taken CROSS JOIN unnest(${consents}::uuid[]) AS c(id)
      )`
  const needed = access && Prisma.sql`, needed AS (
        INSERT INTO "AccessNeed" ("registrationId", "eventId", needs, words, "createdAt", "updatedAt")
        SELECT taken.id, ${event.id}::uuid, ${access.needs}::text[], ${access.words ?? null}, ${at}, ${at} FROM taken
      ), told AS (${lettersToKeepers(event, { among: Prisma.sql`taken CROSS JOIN`, bornDelivered: via === 'seed' })})`
  return Prisma.sql`${answered || Prisma.empty}${consented || Prisma.empty}${needed || Prisma.empty}`
}

/** A row that is opened again says what is said now: what it said before is replaced; a consent not given now is taken back. */
export async function keepSaidAgain(tx: Tx, registrationId: string, { said, event, locale, via }: Registering) {
  await tx.answer.deleteMany({ where: { registrationId } })
  await tx.answer.createMany({ data: said.answers.map(({ questionId, value }) => ({ registrationId, questionId, value, at: now() })) })
  await tx.consent.updateMany({ where: { registrationId, withdrawnAt: null, requestId: { notIn: said.consents } }, data: { withdrawnAt: now() } })
  const standing = (await tx.consent.findMany({ where: { registrationId, withdrawnAt: null }, select: { requestId: true } })).map(({ requestId }) => requestId)
  const fresh = said.consents.filter((id) => !standing.includes(id))
  await tx.consent.createMany({ data: fresh.map((requestId) => ({ registrationId, requestId, locale, givenAt: now() })) })
  await tx.accessNeed.deleteMany({ where: { registrationId } })
  if (!said.access) return
  await tx.accessNeed.create({ data: { registrationId, eventId: event.id, needs: said.access.needs, words: said.access.words ?? null, createdAt: now(), updatedAt: now() } })
  await tx.$executeRaw(lettersToKeepers(event, { bornDelivered: via === 'seed' }))
}

/**
 * Word to each who reads an event's needs (its keepers, else admins) that there are some, and nothing of what they are. One
 * letter in twenty minutes, at their end, for all that was told meanwhile; at once where the session begins before.
 */
export function lettersToKeepers(event: { id: string; startsAt: Date }, { among = Prisma.empty, bornDelivered = false }: { among?: Prisma.Sql; bornDelivered?: boolean } = {}) {
  const span = twentyMinutes(now())
  const end = new Date((span + 1) * 1_200_000)
  const keepers = Prisma.sql`SELECT k."personId" FROM "AccessKeeper" k JOIN "Person" q ON q.id = k."personId" WHERE k."eventId" = ${event.id}::uuid AND q.role <> 'participant'`
  return insertLetters({
    from: Prisma.sql`FROM ${among} "Person" p WHERE p.id IN (${keepers}) OR (p.role = 'admin' AND NOT EXISTS (${keepers}))`,
    about: Prisma.sql`'access/' || ${event.id}::text || '/' || p.id`,
    kind: 'access-need',
    revision: span,
    eventId: event.id,
    locale: Prisma.sql`p.locale`,
    toName: Prisma.sql`p.name`,
    toAddress: Prisma.sql`p.address`,
    dueAt: end < event.startsAt ? end : undefined,
    bornDelivered,
  })
}
