import { record } from '@/lib/activity/record'
import { type Actor, actorName, isOrganiser } from '@/lib/actor'
import { parseAddress } from '@/lib/address'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import { db, inPeace, inTransaction, type Tx } from '@/lib/db'
import { foldCode } from '@/lib/events/entry-code'
import { hasRoom, placesOf, shut, standing } from '@/lib/events/rules'
import { lockSeating, sitOnKept, countCode } from '@/lib/events/take-seats'
import { newId } from '@/lib/ids'
import { done, type Outcome, refused } from '@/lib/outcome'
import { letterTurn, writeInTurn } from '@/lib/people/letter-turn'
import { isMember } from '@/lib/people/queries'
import { admission, holdsWhileProving, type Pass } from './admission'
import { readSaid } from './keep-answers'
import { doors, giveBack, heldUntil, lockRegistration, type Opened, openNew, pendingKinds, reopen, type Request, sayPendingAgain, settle, takesTurn, type Via } from './open-registration'
import { letterTo, promote, tellStep } from './promote'
import { answerFor, shutToChange, twentyMinutes } from './rules'
import type { RegistrationInput } from './schema'

type Status = 'confirmed' | 'waitlisted' | 'pending'
export type Refusal = 'closed' | 'full' | 'called-off' | 'already-over' | 'not-found' | 'invalid'
/** What a pending one waits for is told where it is no secret: a closed circle says `circle` to everybody. */
type Told = { status: Status; pending?: 'circle' | 'proof' | 'approval'; heldUntil?: Date }
export type Answer = Outcome<Told & { registrationId: string; address: string }, Refusal>

/**
 * Takes a seat, or a place in line, or asks for one. The ordinary case, an address that is new to the event, is one
 * statement: the guard, the row, its story and its letter, all or nothing. An address that is known gets the answer that
 * an unknown one would get now, and its letter tells the truth; then `registrationId` is a decoy.
 * Refusals: `closed`, `full`, `called-off`, `already-over`, `not-found`, `invalid` with the field `email`, `place`,
 * `code`, `answers.<key>`, `consents.<key>` or `access`.
 */
export async function register(actor: Actor, slug: string, input: RegistrationInput, via: Via = 'form', standingId?: string): Promise<Answer> {
  const read = await readRequest(actor, slug, input, via)
  if (!read.ok) return read
  const request = { ...read.value, standingId }
  const answer = await open(request)
  if (via === 'organiser' && answer.ok) {
    const subject = `registration/${answer.value.registrationId}`
    await inTransaction((tx) => record(tx, actor, { verb: 'registration.add', subject, eventId: request.event.id }))
  }
  return answer
}

type Read = Request & { code: Code | null }
type Code = { id: string; allotmentId: string | null; place: 'room' | 'screen' | null }

/** The event whose door it is, as registering needs to know it. */
export const eventAtDoor = (slug: string) => db.event.findUnique({ where: { slug }, select: doors })
export type Door = NonNullable<Awaited<ReturnType<typeof eventAtDoor>>>

/** What was typed, and what can be found out about it without writing anything. Whoever reads many at one door brings its event. Refusals: those of `register`. */
export async function readRequest(actor: Actor, door: string | Door, input: RegistrationInput, via: Via): Promise<Outcome<Read, Refusal>> {
  const event = typeof door === 'string' ? await eventAtDoor(door) : door
  if (!event || event.status === 'draft') return refused('not-found')
  // An organiser still puts somebody on the list when the form has closed.
  const byHand = (via === 'organiser' || via === 'import') && isOrganiser(actor)
  const reason = byHand ? shutToChange(event, now()) : shut(event, now())
  if (reason) return refused(reason)
  // Whoever fills the form in for others is asked nothing: they answer by their link.
  const byOthers = via !== 'form' && via !== 'api'
  const { said, refusals } = readSaid(event, input, byOthers)
  const address = parseAddress(input.email)
  if (!address.ok) return refused('invalid', [{ field: 'email', reason: `address-${address.reason}` }, ...refusals])
  const code = input.code ? await findCode(event.id, input.code) : null
  if (input.code && !code) return refused('invalid', [{ field: 'code', reason: 'unknown' }, ...refusals])
  const places = placesOf(event.mode)
  const place = code?.place ?? input.place ?? places[0]
  if (!places.includes(place)) return refused('invalid', [{ field: 'place', reason: 'not-among' }, ...refusals])
  if (refusals.length > 0) return refused('invalid', refusals)
  const vouched = byHand || code !== null
  // Said to everybody before anybody is looked up: else "full" would tell members from outsiders.
  if (!vouched && event.audience !== 'open' && !event.waitlist && !event.seatings.some((one) => one.place === place && hasRoom(one))) return refused('full')

  const pass: Pass = {
    letIn: vouched || event.audience === 'open' || (await isExpected(event, address.fold)),
    proven: byHand || via === 'standing' || via === 'seed' || readsIt(actor, address.fold),
    approved: vouched,
  }
  return done({
    event,
    id: newId(),
    place,
    name: input.name,
    address: address.address,
    fold: address.fold,
    locale: input.locale ?? config().defaultLocale,
    timeZone: input.timeZone ?? event.timeZone,
    by: readsIt(actor, address.fold) ? 'themselves' : actorName(actor),
    via,
    pass,
    needs: admission(event, pass),
    byHand,
    allotmentId: null,
    said: isSilent(input) && byOthers ? undefined : said,
    code,
  })
}

const isSilent = ({ answers, consents, access }: RegistrationInput) => !answers && !consents && !access

async function findCode(eventId: string, typed: string): Promise<Code | null> {
  const code = foldCode(typed)
  if (code.length < 4 || code.length > 40) return null
  const found = await db.entryCode.findUnique({ where: { eventId_code: { eventId, code } }, include: { allotment: { select: { place: true } } } })
  if (!found || found.revokedAt || (found.most !== null && found.used >= found.most)) return null
  return { id: found.id, allotmentId: found.allotmentId, place: found.allotment?.place ?? null }
}

/** Somebody who is logged in with this very address need not prove it again. */
const readsIt = (actor: Actor, fold: string) => actor.kind === 'person' && actor.addressFolds.includes(fold)

/** Is the folded address on the list of a closed circle: that of the members, today, or that of the event's guests? */
export async function isExpected(event: { id: string; audience: string }, fold: string) {
  if (event.audience === 'members') return isMember(fold)
  return (await db.invitee.count({ where: { eventId: event.id, addressFold: fold } })) > 0
}

async function open(request: Read): Promise<Answer> {
  const opened = request.code ? await inTransaction((tx) => openByCode(tx, request)) : await inPeace(() => openNew(request))
  if (opened === 'known') return answerKnown(request)
  if (opened === 'used-up') return refused('invalid', [{ field: 'code', reason: 'unknown' }])
  if (opened === null) return refused((await whyNot(request)) ?? 'full')
  return done({ registrationId: request.id, ...toldOf(request, opened), address: request.address })
}

/** Whoever is on the list of a closed circle is answered as an outsider is, unless they proved who they are: the letter says the rest. */
function toldOf({ event, pass, needs }: Request, { status, heldUntil }: Opened): Told {
  if (event.audience !== 'open' && !pass.approved && !pass.proven) return { status: 'pending', pending: 'circle' }
  return needs === 'seat' ? { status } : { status: 'pending', pending: needs, heldUntil: heldUntil ?? undefined }
}

/** `used-up` where others used the code meanwhile. A code of an allotment seats on what was kept aside, then like everybody. */
async function openByCode(tx: Tx, request: Read) {
  const seatings = await lockSeating(tx, request.event.id, request.place)
  if (!seatings) return null
  const known = await tx.registration.count({ where: { eventId: request.event.id, addressFold: request.fold } })
  if (known > 0) return 'known' as const
  const entered = await enter(tx, request)
  if (!entered) return 'used-up' as const
  const opened = await openNew(entered, tx)
  if (opened === null) await leave(tx, entered)
  return opened
}

/** Counts the use of the code, and takes one of the seats that it leads to. */
async function enter(tx: Tx, request: Read): Promise<Read | null> {
  const { code, needs, event, pass } = request
  if (!code) return request
  if (!(await countCode(tx, code.id))) return null
  // While the address is being proven, a seat kept aside is held like any other.
  const isDue = needs === 'seat' || (needs === 'proof' && holdsWhileProving(event, pass))
  const kept = isDue && code.allotmentId !== null && (await sitOnKept(tx, code.allotmentId, 1))
  return { ...request, allotmentId: kept ? code.allotmentId : null }
}

/** Nobody came in after all: a code with few uses is not used up by those who are refused. */
async function leave(tx: Tx, { code, allotmentId }: Read) {
  if (code) await countCode(tx, code.id, -1)
  if (allotmentId) await sitOnKept(tx, allotmentId, -1)
}

/**
 * The address has a row already. Cancelled before, it is opened again under the same row, so that what its calendar received
 * stays known; still pending, it gets what it waits for, or hears of it again; else nothing changes and a letter tells its
 * owner where they stand.
 */
export async function answerKnown(request: Read, within?: Tx): Promise<Answer> {
  const { event, address } = request
  const answer = within ? await ask(within, request) : await inTransaction((tx) => ask(tx, request))
  if (answer !== 'told') return answer
  const current = await (within ?? db).event.findUniqueOrThrow({ where: { id: event.id }, select: doors })
  const said = answerFor[standing(current, now())]
  if (said === 'closed' && !request.byHand) return refused(said)
  if (said === 'full') return refused(said)
  const status = said === 'waitlisted' ? said : 'confirmed'
  const told = toldOf(request, { status, heldUntil: status === 'confirmed' ? heldUntil(request) : null })
  return done({ registrationId: newId(), ...told, address })
}

async function ask(tx: Tx, request: Read): Promise<Answer | 'told'> {
  const { event, fold, address, pass } = request
  const known = await tx.registration.findUniqueOrThrow({ where: { eventId_addressFold: { eventId: event.id, addressFold: fold } } })
  // The seats that a code leads to may be of the other place: both are held, in their order.
  if (request.code?.allotmentId) for (const place of placesOf(event.mode)) await lockSeating(tx, event.id, place)
  const { row } = await lockRegistration(tx, known)
  const letIn = pass.letIn || row.approvedAt !== null
  // An earlier yes was said to whoever reads the address, not to whoever types it.
  const needs = admission(event, { ...pass, letIn, approved: pass.approved || (pass.proven && row.approvedAt !== null) })
  if (row.status === 'cancelled') {
    const entered = await enter(tx, { ...request, needs })
    if (!entered) return refused('invalid', [{ field: 'code', reason: 'unknown' }])
    const opened = await reopen(tx, row.id, entered)
    if (!opened) await leave(tx, entered)
    return opened ? done({ registrationId: row.id, ...toldOf(request, opened), address }) : refused('full')
  }
  if (request.code?.allotmentId && (row.status === 'waitlisted' || (row.status === 'pending' && needs === 'seat'))) {
    const entered = await enter(tx, { ...request, needs: 'seat' })
    if (!entered) return refused('invalid', [{ field: 'code', reason: 'unknown' }])
    if (entered.allotmentId) {
      await seatOnKept(tx, row, entered)
      return done({ registrationId: newId(), ...toldOf(request, { status: 'confirmed', heldUntil: null }), address })
    }
    await leave(tx, entered)
  }
  if (row.status === 'pending') {
    if (needs === 'seat') {
      const status = await settle(tx, row, { actor: request.by, reason: 'asked-again', turn: await turnFor(tx, request) })
      return status ? done({ registrationId: row.id, ...toldOf(request, { status, heldUntil: null }), address }) : refused('full')
    }
    await (needs === row.pendingFor ? sayPendingAgain(tx, row, needs) : advance(tx, row, needs, { actor: request.by, reason: 'asked-again', turn: await turnFor(tx, request) }))
    return 'told'
  }
  // In the name that the registration bears: what was typed now is anybody's, and nothing has changed.
  await writeInTurn(tx, fold, { ...letterTo(row), kind: 'registration-again', revision: twentyMinutes(now()), to: { name: row.name, address } })
  return 'told'
}

/** Whoever waits or asks already, and was given the code since, sits on what is kept for them; what they held goes to the line. */
async function seatOnKept(tx: Tx, row: Pending, request: Read) {
  const freed = await giveBack(tx, row)
  await tx.registration.update({
    where: { id: row.id },
    data: {
      status: 'confirmed', pendingFor: null, heldUntil: null, passed: false, place: request.place, allotmentId: request.allotmentId,
      approvedAt: now(), revision: { increment: 1 }, updatedAt: now(),
    },
  })
  await tellStep(tx, [row.id], { kind: 'seat-confirmed', actor: request.by, reason: 'asked-again', turn: await turnFor(tx, request) })
  if (freed) await promote(tx, row.eventId, row.place, 'seat-given-back')
}

const turnFor = async (tx: Tx, request: Request) => (takesTurn(request) ? letterTurn(request.fold, tx) : undefined)

type Pending = Parameters<typeof giveBack>[1] & { id: string }

/** A pending registration waits for something else from now on; a seat that was held for it goes to the line. */
export async function advance(tx: Tx, row: Pending, needs: 'circle' | 'proof' | 'approval', step: { actor: string; reason: string; turn?: Date }) {
  const freed = await giveBack(tx, row)
  await tx.registration.update({ where: { id: row.id }, data: { pendingFor: needs, heldUntil: null, allotmentId: null, revision: { increment: 1 }, updatedAt: now() } })
  await tellStep(tx, [row.id], { kind: pendingKinds[needs], ...step })
  if (freed) await promote(tx, row.eventId, row.place, 'hold-lapsed')
}

async function whyNot({ event, byHand }: Request) {
  const current = await db.event.findUniqueOrThrow({ where: { id: event.id }, select: doors })
  return byHand ? shutToChange(current, now()) : shut(current, now())
}
