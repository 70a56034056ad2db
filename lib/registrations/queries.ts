import { type Actor, isAdmin, isOrganiser } from '@/lib/actor'
import { entryInclude } from '@/lib/calendar/entry'
import { groundOf } from '@/lib/calendar/keep-feed'
import type { Stored } from '@/lib/calendar/queries'
import { feedWindow, utcDay } from '@/lib/calendar/rules'
import { now } from '@/lib/clock'
import { db, type Prisma } from '@/lib/db'
import { canReadNeeds } from '@/lib/events/access'
import { keepersOf } from '@/lib/events/queries'
import { type AnswerValue, asQuestion, type Question } from '@/lib/events/questions'
import { capability, hashToken, isCapability } from '@/lib/ids'
import { fold, type Locale, localeOf } from '@/lib/text'
import { bestOf } from './rules'

/** By a letter's link, or by id for those who are logged in. */
export type Held = { token: string } | { id: string }

const heldInclude = {
  event: { include: { ...entryInclude, seatings: true } },
  companions: { orderBy: { createdAt: 'asc' as const } },
}

/** The registration that a link or an id names; `gone` where the link is of an older generation. */
export async function findHeld(held: Held) {
  if ('id' in held) return db.registration.findUnique({ where: { id: held.id }, include: heldInclude })
  if (!isCapability(held.token)) return null
  const hash = hashToken(held.token)
  const found = await db.registration.findUnique({ where: { manageHash: hash }, include: heldInclude })
  return found ?? (await retired(hash))
}

/** A link or an address of an older generation is not unknown. */
const retired = async (hash: string) => ((await db.retiredCapability.count({ where: { hash } })) > 0 ? ('gone' as const) : null)

export type HeldRegistration = Exclude<Awaited<ReturnType<typeof findHeld>>, 'gone' | null>

/** How many wait in line before this registration; whoever passed an offer keeps their place in it. */
export const countAhead = ({ eventId, place, line }: Pick<HeldRegistration, 'eventId' | 'place' | 'line'>) =>
  db.registration.count({ where: { eventId, place, status: 'waitlisted', line: { lt: line } } })

/** The story of one registration, from its beginning. */
export const storyOf = (registrationId: string) =>
  db.registrationStep.findMany({ where: { registrationId }, orderBy: { id: 'asc' }, select: { id: true, at: true, status: true, actor: true, reason: true, detail: true }, take: 200 })

/** Everybody who ever registered for an event, by status, then in the order of the line. */
export const registrationsOf = (eventId: string) =>
  db.registration.findMany({ where: { eventId }, orderBy: [{ status: 'asc' }, { line: 'asc' }], include: { companions: { orderBy: { createdAt: 'asc' } } } })

/** The organisers' lists; each shows so many at a time. Offers end soon, so they come before the seats that are taken. */
const lists = {
  decide: { where: { status: 'pending', pendingFor: { in: ['approval', 'circle'] } }, orderBy: [{ pendingFor: 'desc' }, { askedAt: { sort: 'asc', nulls: 'last' } }, { line: 'asc' }] },
  proof: { where: { status: 'pending', pendingFor: 'proof' }, orderBy: [{ line: 'asc' }] },
  seated: { where: { status: { in: ['confirmed', 'offered'] } }, orderBy: [{ status: 'desc' }, { line: 'asc' }] },
  waiting: { where: { status: 'waitlisted' }, orderBy: [{ line: 'asc' }] },
  cancelled: { where: { status: 'cancelled' }, orderBy: [{ cancelledAt: { sort: 'desc', nulls: 'last' } }] },
} satisfies Record<string, { where: Prisma.RegistrationWhereInput; orderBy: Prisma.RegistrationOrderByWithRelationInput[] }>

export type ListName = keyof typeof lists
const perList = 50

const inList = {
  companions: { orderBy: { createdAt: 'asc' } },
  steps: { orderBy: { id: 'asc' } },
  answers: { orderBy: { at: 'asc' }, include: { question: true } },
  consents: { orderBy: { givenAt: 'asc' }, include: { request: { select: { key: true, wording: true, retiredAt: true } } } },
  allotment: { select: { organisation: true } },
} satisfies Prisma.RegistrationInclude

/** So many of one of the lists from a place in it on; `next` is the place after them, null at the end. For organisers. */
export async function listOf(eventId: string, list: ListName, from = 0) {
  const { where, orderBy } = lists[list]
  const rows = await db.registration.findMany({ where: { eventId, ...where }, orderBy: [...orderBy, { id: 'asc' }], skip: from, take: perList + 1, include: inList })
  return { from, rows: rows.slice(0, perList).map(withAnswers), next: rows.length > perList ? from + perList : null }
}

/** Of each key the newest answer; access needs are not among what organisers read here. */
function withAnswers({ answers, ...row }: Prisma.RegistrationGetPayload<{ include: typeof inList }>) {
  const newest = new Map(answers.map((answer) => [answer.question.key, told(answer)]))
  return { ...row, answers: [...newest.values()] }
}

export type ListedPerson = Awaited<ReturnType<typeof listOf>>['rows'][number]

/** People of an event by a part of their name or address, as they are written or without accents; fifty at most. For organisers. */
export async function findPeople(eventId: string, typed: string) {
  const words = fold(typed).split(' ').filter(Boolean)
  const all = await db.registration.findMany({ where: { eventId }, select: { id: true, name: true, address: true }, orderBy: { line: 'asc' } })
  const ids = all.filter(({ name, address }) => words.every((word) => fold(`${name} ${address}`).includes(word))).slice(0, perList + 1).map(({ id }) => id)
  const rows = await db.registration.findMany({ where: { id: { in: ids.slice(0, perList) } }, orderBy: [{ line: 'asc' }, { id: 'asc' }], include: inList })
  return { rows: rows.map(withAnswers), more: ids.length > perList }
}

/** One person of an event, as the lists show them; null where the id is none of its. For organisers. */
export async function personListed(eventId: string, id: string | undefined) {
  const row = id ? await db.registration.findFirst({ where: { id, eventId }, include: inList }) : null
  return row && withAnswers(row)
}

/** How many stand in each of the organisers' lists; of those to decide, how many a decision is really awaited for. */
export async function countLists(eventId: string) {
  const [count, pending, asked] = await Promise.all([
    countByStatus(eventId),
    db.registration.groupBy({ by: ['pendingFor'], where: { eventId, status: 'pending' }, _count: true }),
    db.registration.count({ where: { eventId, status: 'pending', pendingFor: 'circle', askedAt: { not: null } } }),
  ])
  const of = (what: string) => pending.find(({ pendingFor }) => pendingFor === what)?._count ?? 0
  return {
    decide: of('approval') + of('circle'),
    awaited: of('approval') + asked,
    proof: of('proof'),
    seated: count.confirmed + count.offered,
    offered: count.offered,
    waiting: count.waitlisted,
    cancelled: count.cancelled,
  }
}

/** How many registrations stand where. */
export async function countByStatus(eventId: string) {
  const rows = await db.registration.groupBy({ by: ['status'], where: { eventId }, _count: true })
  const count = { pending: 0, confirmed: 0, waitlisted: 0, offered: 0, cancelled: 0 }
  for (const row of rows) count[row.status] = row._count
  return count
}

/** How many people a change would be told to. */
export const countTold = (eventId: string) =>
  db.registration.count({ where: { eventId, status: { in: ['confirmed', 'waitlisted', 'offered'] } } })

/** The registrations of a person who is logged in, by their proven addresses; those to come first. */
export const registrationsOfPerson = (addressFolds: string[]) =>
  db.registration.findMany({
    where: { addressFold: { in: addressFolds }, event: { status: { not: 'draft' } } },
    orderBy: { event: { startsAt: 'desc' } },
    include: { ...heldInclude, _count: { select: { answers: true } } },
    take: 200,
  })

/** The registration that a person who is logged in has at an event, if any: of two addresses, the one that holds most. */
export async function seatOf(eventId: string, addressFolds: string[]) {
  const rows = await db.registration.findMany({ where: { eventId, addressFold: { in: addressFolds } }, include: { companions: true } })
  return bestOf(rows) ?? null
}

/** The secret part of one's own calendar address, or null where none was ever made (renewFeed makes it). */
export async function feedTokenOf(personId: string): Promise<string | null> {
  const person = await db.person.findUnique({ where: { id: personId }, select: { feedHash: true, feedGeneration: true } })
  return person?.feedHash ? capability('feed', personId, person.feedGeneration) : null
}

/** Whose calendar an address is, and what tells whether it has changed. */
export type FeedHolder = { personId: string; locale: Locale; hash: string; version: string; facts: string; stored: Omit<Stored, 'body'> | null }

/**
 * Whose calendar an address is: one statement, which reads no event. `facts` changes with the person's registrations,
 * `version` with anything that a feed shows; `stored` is what was last made of both, if it still holds. `gone` where the
 * address was renewed since, null where it is none of ours.
 */
export async function feedHolder(token: string): Promise<FeedHolder | 'gone' | null> {
  if (!isCapability(token)) return null
  const hash = hashToken(token)
  const [row] = await db.$queryRaw<(Omit<Stored, 'body'> & { id: string | null; locale: string; gone: boolean; version: string; said: string | null; ground: string | null; day: string })[]>`
    SELECT p.id, p.locale, r.hash IS NOT NULL AS gone, coalesce((SELECT n FROM "FeedVersion"), 0)::text AS version,
      s.version AS ground, s.day, s.etag, s.octets, s."modifiedAt",
      (SELECT string_agg(concat_ws(' ', one.id, one.status, one.revision, one."updatedAt"), ',' ORDER BY one.id) FROM "Registration" one
        WHERE one."addressFold" = ANY (array_append(ARRAY(SELECT o."addressFold" FROM "OtherAddress" o WHERE o."personId" = p.id), p."addressFold"))) AS said
    FROM (VALUES (${hash})) AS asked (hash) LEFT JOIN "Person" p ON p."feedHash" = asked.hash
    LEFT JOIN "RetiredCapability" r ON r.hash = asked.hash LEFT JOIN "StoredFeed" s ON s.name = 'me ' || asked.hash`
  if (row.id === null) return row.gone ? 'gone' : null
  const { id: personId, version, ground, day, etag, octets, modifiedAt } = row
  const facts = [personId, row.locale, row.said].join(' ')
  const holds = ground === groundOf({ version, facts }) && day === utcDay(now())
  return { personId, locale: localeOf(row.locale), hash, version, facts, stored: holds ? { etag, octets, modifiedAt } : null }
}

/**
 * What the calendar of a person shows: where they have a seat or wait, in the window that feeds have. `restitution`: its
 * notes were published, and whoever has this registration may read them. Of two registrations under two addresses the
 * better one, with the number of the one that changed most: it never falls.
 */
export async function feedOfPerson(personId: string) {
  const person = await db.person.findUnique({ where: { id: personId }, select: { addressFold: true, addresses: { select: { addressFold: true } } } })
  if (!person) return []
  const { past, calledOff, ahead } = feedWindow(now())
  const rows = await db.registration.findMany({
    where: {
      addressFold: { in: [person.addressFold, ...person.addresses.map((other) => other.addressFold)] },
      status: { not: 'pending' },
      event: { startsAt: { lt: ahead }, OR: [{ status: 'published', overAt: { gt: past } }, { status: 'called_off', overAt: { gt: calledOff } }] },
    },
    orderBy: [{ event: { startsAt: 'desc' } }, { id: 'asc' }],
    select: {
      status: true, revision: true, updatedAt: true, line: true, seats: true, createdAt: true, eventId: true,
      event: { include: { ...entryInclude, editions: { where: { withdrawnAt: null }, select: { number: true }, take: 1 } } },
    },
    take: 500,
  })
  return [...Map.groupBy(rows, ({ eventId }) => eventId).values()].flatMap((same) => {
    const best = bestOf(same)
    if (!best || best.status === 'cancelled' || best.status === 'pending') return []
    const { status, event } = best
    const mayRead = event.notesVisibility === 'all' || (event.notesVisibility === 'registered' && status === 'confirmed')
    const updatedAt = new Date(Math.max(...same.map((one) => one.updatedAt.getTime())))
    return [{ event, status, updatedAt, revision: Math.max(...same.map(({ revision }) => revision)), restitution: event.editions.length > 0 && mayRead }]
  })
}

/** The name that somebody last registered with, under a proven address of theirs: the next time they need not type it. */
export async function nameUsedBy(addressFolds: string[]): Promise<string | null> {
  const last = await db.registration.findFirst({ where: { addressFold: { in: addressFolds } }, orderBy: { createdAt: 'desc' }, select: { name: true } })
  return last?.name ?? null
}

/** What somebody answered and consented to, and what they need: for themselves alone. An answer to a wording that changed since counts as theirs. */
export async function saidBy(registrationId: string) {
  const [answers, consents, need] = await Promise.all([
    db.answer.findMany({ where: { registrationId }, orderBy: { at: 'asc' }, include: { question: true } }),
    db.consent.findMany({ where: { registrationId, withdrawnAt: null }, orderBy: { givenAt: 'asc' }, include: { request: true } }),
    db.accessNeed.findUnique({ where: { registrationId } }),
  ])
  return { answers: answers.map(({ value, question, at }) => ({ value: value as AnswerValue, question: asQuestion(question), at })), consents, need }
}

/**
 * What everybody registered for an event answered, by registration: of each key the newest answer (`earlier`: it was given
 * to a wording that changed since, or to a question that was dropped), and each consent with its dates. Access needs are
 * not among it. For organisers and exports.
 */
export async function answersOfEvent(eventId: string) {
  const [answers, consents] = await Promise.all([
    db.answer.findMany({ where: { registration: { eventId } }, orderBy: [{ at: 'asc' }, { question: { createdAt: 'asc' } }], include: { question: true } }),
    db.consent.findMany({ where: { registration: { eventId } }, orderBy: { givenAt: 'asc' }, include: { request: { select: { key: true, wording: true, retiredAt: true } } } }),
  ])
  const said = new Map<string, { answers: Map<string, ToldAnswer>; consents: typeof consents }>()
  const of = (id: string) => said.get(id) ?? said.set(id, { answers: new Map(), consents: [] }).get(id)!
  for (const answer of answers) of(answer.registrationId).answers.set(answer.question.key, told(answer))
  for (const consent of consents) of(consent.registrationId).consents.push(consent)
  return said
}

type ToldAnswer = { value: AnswerValue; at: Date; question: Question; earlier: boolean }

const told = ({ value, at, question }: Prisma.AnswerGetPayload<{ include: { question: true } }>): ToldAnswer =>
  ({ value: value as AnswerValue, at, question: asQuestion(question), earlier: question.retiredAt !== null })

/** The access needs of an event, open ones first; null for whoever may not read them. A cancelled registration needs nothing. */
export async function accessNeedsOf(actor: Actor, eventId: string) {
  const keepers = await keepersOf(eventId)
  if (!canReadNeeds(actor, keepers.map(({ id }) => id))) return null
  const needs = await db.accessNeed.findMany({
    where: { eventId, registration: { status: { not: 'cancelled' } } },
    orderBy: [{ state: 'asc' }, { createdAt: 'asc' }],
    include: { registration: { select: { name: true, address: true, status: true, place: true, locale: true } } },
  })
  return { keepers, needs }
}

/** The coming events where needs wait for this person's answer, with how many; nothing for whoever keeps none. */
export async function needsAwaiting(actor: Actor) {
  if (actor.kind !== 'person') return []
  const unkept = { asksAccess: true, accessKeepers: { none: { person: { role: { not: 'participant' as const } } } } }
  const events = await db.event.findMany({
    where: {
      overAt: { gt: now() },
      registrations: { some: openNeed },
      ...(isAdmin(actor) ? { OR: [{ accessKeepers: { some: { personId: actor.id } } }, unkept] } : { accessKeepers: { some: { personId: actor.id } } }),
    },
    orderBy: { startsAt: 'asc' },
    select: { slug: true, title: true, language: true, startsAt: true, _count: { select: { registrations: { where: openNeed } } } },
    take: 50,
  })
  return isOrganiser(actor) ? events.map(({ _count, ...event }) => ({ ...event, open: _count.registrations })) : []
}

/** The coming events where requests wait for an organiser's yes or no, with how many. */
export async function decisionsAwaiting(actor: Actor) {
  if (!isOrganiser(actor)) return []
  const events = await db.event.findMany({
    where: { status: 'published', startsAt: { gt: now() }, registrations: { some: undecided } },
    orderBy: { startsAt: 'asc' },
    select: { slug: true, title: true, language: true, _count: { select: { registrations: { where: undecided } } } },
    take: 50,
  })
  return events.map(({ _count, ...event }) => ({ ...event, open: _count.registrations }))
}

/** Whoever is no member and asked nothing awaits nothing. */
const undecided = {
  status: 'pending',
  OR: [{ pendingFor: 'approval' }, { pendingFor: 'circle', askedAt: { not: null } }],
} satisfies Prisma.RegistrationWhereInput

const openNeed = { status: { not: 'cancelled' as const }, accessNeed: { is: { state: 'open' as const } } }

/** The change of address that the link in a letter to the new address confirms; `gone` once it was used or 24 hours are over. */
export async function findAddressChange(token: string) {
  if (!isCapability(token)) return null
  const change = await db.addressChange.findUnique({ where: { linkHash: hashToken(token) } })
  return change && (change.usedAt !== null || change.expires <= now()) ? ('gone' as const) : change
}

/** Of which event a change of one registration's address is, and from which address. */
export const registrationOfChange = (registrationId: string) =>
  db.registration.findUnique({ where: { id: registrationId }, select: { name: true, address: true, event: { include: entryInclude } } })

/** By its letter's link, or by id for those who are logged in: a standing registration, with its series. */
export async function findStanding(held: Held) {
  if ('id' in held) return db.standingRegistration.findUnique({ where: { id: held.id }, include: { series: true } })
  if (!isCapability(held.token)) return null
  const hash = hashToken(held.token)
  const found = await db.standingRegistration.findUnique({ where: { manageHash: hash }, include: { series: true } })
  return found ?? (await retired(hash))
}

export type HeldStanding = Exclude<Awaited<ReturnType<typeof findStanding>>, 'gone' | null>

/** The standing registrations of a person who is logged in, those that go on first. */
export const standingsOfPerson = (addressFolds: string[]) =>
  db.standingRegistration.findMany({
    where: { addressFold: { in: addressFolds } },
    include: { series: true },
    orderBy: [{ endedAt: { sort: 'desc', nulls: 'first' } }, { createdAt: 'asc' }],
    take: 100,
  })

/** The coming sessions of a format, and where the address of a standing registration stands at each. */
export async function standingDates({ seriesId, addressFold }: { seriesId: string; addressFold: string }) {
  const events = await db.event.findMany({
    where: { formatId: seriesId, status: 'published', startsAt: { gt: now() } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    include: { ...entryInclude, seatings: true, registrations: { where: { addressFold } } },
    take: 50,
  })
  return events.map(({ registrations, ...event }) => ({ event, registration: registrations[0] ?? null }))
}
