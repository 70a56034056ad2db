import { foldAddress } from '@/lib/address'
import { now } from '@/lib/clock'
import { db, Prisma } from '@/lib/db'
import { asQuestion } from '@/lib/events/questions'
import { installation } from '@/lib/installation'
import { isSecret, withoutCapabilities } from '@/lib/mail/rules'
import { followsOf, thingsOf } from '@/lib/syndication/queries'
import { localeOf } from '@/lib/text'
import { webAddress } from '@/lib/web-address'
import type { PersonExport, RegistrationExport } from './schema'

/** Of whom: a person with all their proven addresses, or one registration, by its link. */
export type Subject = { person: string } | { registration: string }

const batch = 100

/**
 * Everything we hold about somebody, as a document of JSON in pieces (lib/privacy/schema.ts says its shape): read in
 * batches, so that no history is too long for it, and written while it is read. Whether the reader may is the door's to
 * ask.
 */
export async function* everythingAbout(subject: Subject): AsyncGenerator<string> {
  const head = { format: 'parlons-en/export/1', house: (await installation()).networkName, madeAt: now().toISOString() }
  const own = 'person' in subject ? await ownOf(subject.person) : null
  yield JSON.stringify({ ...head, ...own?.document }, null, 1).slice(0, -2)
  const where = own ? { addressFold: { in: own.folds } } : { id: 'registration' in subject ? subject.registration : '' }
  yield* list('registrations', registrationsIn(where, own?.folds))
  const about = 'registration' in subject ? await addressesOfOne(subject.registration) : { folds: own?.folds ?? [], abouts: undefined }
  yield* list('letters', lettersTo(about))
  if (own) yield* list('messages', messagesOf(own.folds))
  yield* list('unreachable', unreachableOf(about.folds))
  yield '\n}\n'
}

/** A named list of a JSON object that goes on, item by item. */
async function* list(name: string, batches: AsyncGenerator<object[]>) {
  yield `,\n "${name}": [`
  let first = true
  for await (const rows of batches) {
    for (const row of rows) {
      yield `${first ? '' : ','}\n${JSON.stringify(row)}`
      first = false
    }
  }
  yield ']'
}

const eventSelect = { title: true, slug: true, startsAt: true, status: true, language: true } satisfies Prisma.EventSelect

const eventOf = ({ title, slug, startsAt, status, language }: Prisma.EventGetPayload<{ select: typeof eventSelect }>) => ({
  title,
  page: webAddress('/events/[slug]', { slug }, language),
  startsAt: startsAt.toISOString(),
  status: status === 'called_off' ? ('called-off' as const) : status,
})

type Own = Omit<PersonExport, 'format' | 'house' | 'madeAt' | 'registrations' | 'letters' | 'messages' | 'unreachable'>

async function ownOf(id: string): Promise<{ document: Own; folds: string[] }> {
  const person = await db.person.findUniqueOrThrow({
    where: { id },
    include: {
      addresses: { orderBy: { provenAt: 'asc' } },
      sessions: { orderBy: { createdAt: 'asc' } },
      tokens: { orderBy: { createdAt: 'asc' } },
      accessKeeping: { include: { event: { select: eventSelect } } },
    },
  })
  const folds = [person.addressFold, ...person.addresses.map((other) => other.addressFold)]
  const mine = { where: { addressFold: { in: folds } } }
  const [changes, members, invited, standings, follows, logIns, acts] = await Promise.all([
    db.addressChange.findMany({ where: { personId: id }, orderBy: { createdAt: 'asc' } }),
    db.member.findMany({ where: { kind: 'address', value: { in: folds } } }),
    db.invitee.findMany({ ...mine, include: { event: { select: eventSelect } } }),
    db.standingRegistration.findMany({ ...mine, include: { series: true }, orderBy: { createdAt: 'asc' } }),
    followsOf(folds),
    db.loginChallenge.findMany({ ...mine, orderBy: { createdAt: 'asc' } }),
    db.activity.findMany({ where: { actorId: id }, orderBy: { at: 'asc' } }),
  ])
  const { name, address, role, locale, createdAt, provenAt, feedHash } = person
  const things = await thingsOf(follows.map(({ target }) => target), localeOf(locale))
  return {
    folds,
    document: {
      person: { name, address, role, locale, createdAt: createdAt.toISOString(), provenAt: iso(provenAt), hasCalendarAddress: feedHash !== null },
      otherAddresses: person.addresses.map((other) => ({ address: other.address, provenAt: other.provenAt.toISOString() })),
      addressChanges: changes.map((one) => ({ address: one.address, means: one.means, askedAt: one.createdAt.toISOString(), expires: one.expires.toISOString(), usedAt: iso(one.usedAt) })),
      membership: members.map(({ value, label, since, until }) => ({ value, label, since: day(since), until: day(until) })),
      invitations: invited.map(({ event }) => eventOf(event)),
      standingRegistrations: standings.map((one) => ({
        series: one.locale === 'en' ? one.series.nameEn : one.series.nameFr,
        name: one.name, address: one.address, locale: one.locale, timeZone: one.timeZone, place: one.place,
        createdAt: one.createdAt.toISOString(), provenAt: iso(one.provenAt), pausedAt: iso(one.pausedAt), endedAt: iso(one.endedAt),
      })),
      follows: follows.map((one) => ({
        what: things.get(one.target)?.name ?? one.target.split('/')[0],
        address: one.address, locale: one.locale, askedAt: one.createdAt.toISOString(), confirmedAt: iso(one.confirmedAt), stoppedAt: iso(one.endedAt),
      })),
      sessions: person.sessions.map((one) => ({ device: one.device, createdAt: one.createdAt.toISOString(), expires: one.expires.toISOString() })),
      logIns: logIns.map((one) => ({ address: one.address, askedAt: one.createdAt.toISOString(), usedAt: iso(one.usedAt) })),
      apiTokens: person.tokens.map((one) => ({ name: one.name, createdAt: one.createdAt.toISOString(), lastUsedAt: iso(one.lastUsedAt), revokedAt: iso(one.revokedAt) })),
      accessNeedsKept: person.accessKeeping.map(({ event }) => eventOf(event)),
      journal: acts.map(({ at, verb, subject }) => ({ at: at.toISOString(), verb, subject })),
    },
  }
}

const registrationInclude = {
  event: { select: eventSelect },
  allotment: { select: { organisation: true } },
  companions: { orderBy: { createdAt: 'asc' } },
  answers: { include: { question: true }, orderBy: { question: { position: 'asc' } } },
  consents: { include: { request: true }, orderBy: { givenAt: 'asc' } },
  accessNeed: true,
  calendarAnswers: { orderBy: { at: 'asc' } },
  incoming: { orderBy: { arrivedAt: 'asc' }, omit: { raw: true } },
  proposals: { orderBy: { createdAt: 'asc' } },
  preparedQuestions: { orderBy: { createdAt: 'asc' }, include: { _count: { select: { votes: true } } } },
  questionVotes: { orderBy: { at: 'asc' }, include: { question: { select: { text: true } } } },
  steps: { orderBy: { id: 'asc' } },
} satisfies Prisma.RegistrationInclude

async function* registrationsIn(where: Prisma.RegistrationWhereInput, own?: string[]): AsyncGenerator<RegistrationExport['registrations']> {
  for (let last: string | undefined; ; ) {
    const rows = await db.registration.findMany({ where, include: registrationInclude, orderBy: { id: 'asc' }, take: batch, ...(last ? { cursor: { id: last }, skip: 1 } : {}) })
    yield rows.map((row) => registrationOf(row, own ?? [row.addressFold]))
    if (rows.length < batch) return
    last = rows[rows.length - 1].id
  }
}

function registrationOf(row: Prisma.RegistrationGetPayload<{ include: typeof registrationInclude }>, own: string[]): RegistrationExport['registrations'][number] {
  const { id, name, address, locale, timeZone, status, pendingFor, place, seats, via, accessNeed: need } = row
  return {
    id,
    event: eventOf(row.event),
    name, address, locale, timeZone, status, pendingFor, place, seats, via,
    heldUntil: iso(row.heldUntil),
    keptFor: row.allotment?.organisation ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    provenAt: iso(row.provenAt),
    approvedAt: iso(row.approvedAt),
    cancelledAt: iso(row.cancelledAt),
    asked: row.askedAt && { at: row.askedAt.toISOString(), words: row.askedWords },
    companions: row.companions.map((one) => ({ name: one.name, createdAt: one.createdAt.toISOString() })),
    answers: row.answers.map(({ question, value, at }) => ({ question: question.label, key: question.key, answer: inWords(question, value), at: at.toISOString() })),
    consents: row.consents.map((one) => ({ to: one.request.wording, givenAt: one.givenAt.toISOString(), withdrawnAt: iso(one.withdrawnAt) })),
    wantsNotes: row.wantsNotes,
    accessNeeds: need && {
      needs: need.needs, words: need.words, state: need.state, reply: need.reply, repliedAt: iso(need.repliedAt), createdAt: need.createdAt.toISOString(),
    },
    calendarAnswers: row.calendarAnswers.map((one) => ({
      answer: one.word, givenAt: one.stamp.toISOString(), old: one.old, comment: one.comment && withoutCapabilities(one.comment), proposedStart: iso(one.proposedStart), proposedEnd: iso(one.proposedEnd),
    })),
    messages: row.incoming.map((one) => messageOf(one, own)),
    takeaways: row.proposals.map((one) => ({ words: one.text, name: one.signature, by: one.via, at: one.createdAt.toISOString(), decision: one.status, decidedAt: iso(one.decidedAt) })),
    preparedQuestions: row.preparedQuestions.map((one) => ({ words: one.text, at: one.createdAt.toISOString(), votes: one._count.votes, isSetAside: one.hiddenAt !== null })),
    votesForQuestions: row.questionVotes.map(({ question, at }) => ({ words: question.text, at: at.toISOString() })),
    story: row.steps.map(({ at, status: stood, reason, actor }) => ({ at: at.toISOString(), status: stood, reason, by: byWhom(actor, row) })),
  }
}

type Message = { arrivedAt: Date; fromAddress: string | null; subject: string | null; words: string | null; kind: string; outcome: string }

/** Somebody else's words are theirs, though they came to this person's address. */
function messageOf({ arrivedAt, fromAddress, subject, words, kind, outcome }: Message, own: string[]): RegistrationExport['registrations'][number]['messages'][number] {
  const isOwn = fromAddress !== null && own.includes(foldAddress(fromAddress))
  const told = (text: string | null) => (isOwn && text ? withoutCapabilities(text) : null)
  return { receivedAt: arrivedAt.toISOString(), from: isOwn ? fromAddress : null, subject: told(subject), words: told(words), kind, outcome }
}

/** What they wrote to us that was tied to no registration; such messages are kept for three months. */
async function* messagesOf(folds: string[]): AsyncGenerator<RegistrationExport['registrations'][number]['messages']> {
  const rows = await db.$queryRaw<Message[]>`
    SELECT "arrivedAt", "fromAddress", subject, words, kind, outcome FROM "IncomingMail"
    WHERE "registrationId" IS NULL AND lower("fromAddress") = ANY(${folds}) ORDER BY "arrivedAt" LIMIT 1000`
  yield rows.map((row) => messageOf(row, folds))
}

async function* unreachableOf(folds: string[]): AsyncGenerator<PersonExport['unreachable']> {
  const rows = await db.unreachable.findMany({ where: { addressFold: { in: folds } }, orderBy: { since: 'asc' } })
  yield rows.map(({ address, since, diagnosis }) => ({ address, since: since.toISOString(), diagnosis }))
}

/** An option by its label, as it was read. */
function inWords(question: Parameters<typeof asQuestion>[0], value: Prisma.JsonValue): string | number | boolean | string[] {
  const { options } = asQuestion(question)
  const label = (key: unknown) => options.find((option) => option.key === key)?.label ?? String(key)
  if (Array.isArray(value)) return value.map(label)
  if (typeof value === 'number' || typeof value === 'boolean') return value
  return label(value)
}

/** Who of the team it was is theirs to tell. */
function byWhom(actor: string, { name, address }: { name: string; address: string }) {
  if (['guest', 'themselves', name, address].includes(actor)) return 'yourself' as const
  return ['waitlist', 'standing', 'address-change', 'calendar', 'seed', 'worker', 'program'].includes(actor) ? ('program' as const) : ('team' as const)
}

async function addressesOfOne(id: string) {
  const row = await db.registration.findUnique({ where: { id }, select: { addressFold: true } })
  return { folds: row ? [row.addressFold] : [], abouts: [`registration/${id}`] }
}

/**
 * Letters to these addresses, however they were typed; of one registration, those about it. Found by the addresses as
 * they were ever typed, which an index knows.
 */
async function* lettersTo({ folds, abouts }: { folds: string[]; abouts?: string[] }): AsyncGenerator<RegistrationExport['letters']> {
  const toAddress = { in: await spellingsOf(folds) }
  for (let last: string | undefined; ; ) {
    const rows = await db.letter.findMany({
      where: { toAddress, ...(abouts ? { about: { in: abouts } } : {}) },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: batch,
      select: { id: true, subject: true, kind: true, toAddress: true, status: true, createdAt: true, sentAt: true, bouncedAt: true },
      ...(last ? { cursor: { id: last }, skip: 1 } : {}),
    })
    yield rows.filter((one) => folds.includes(foldAddress(one.toAddress))).map((one) => ({
      subject: isSecret(one.kind) ? null : one.subject,
      kind: one.kind,
      to: one.toAddress,
      status: one.status,
      writtenAt: one.createdAt.toISOString(),
      sentAt: iso(one.sentAt),
      cameBackAt: iso(one.bouncedAt),
    }))
    if (rows.length < batch) return
    last = rows[rows.length - 1].id
  }
}

async function spellingsOf(folds: string[]) {
  const rows = await db.$queryRaw<{ address: string }[]>(Prisma.sql`
    SELECT address FROM "Registration" WHERE "addressFold" = ANY(${folds})
    UNION SELECT address FROM "StandingRegistration" WHERE "addressFold" = ANY(${folds})
    UNION SELECT address FROM "Follow" WHERE "addressFold" = ANY(${folds})
    UNION SELECT address FROM "Person" WHERE "addressFold" = ANY(${folds})
    UNION SELECT address FROM "OtherAddress" WHERE "addressFold" = ANY(${folds})
    UNION SELECT address FROM "LoginChallenge" WHERE "addressFold" = ANY(${folds})
    UNION SELECT address FROM "AddressChange" WHERE "addressFold" = ANY(${folds})
    UNION SELECT unnest(${folds}::text[])`)
  return rows.map(({ address }) => address)
}

const iso = (at: Date | null) => at?.toISOString() ?? null
const day = (at: Date | null) => at?.toISOString().slice(0, 10) ?? null
