import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { parseAddress } from '@/lib/address'
import { inTransaction, type Tx } from '@/lib/db'
import { questionsOf } from '@/lib/events/queries'
import { lockSeating } from '@/lib/events/take-seats'
import { done, type FieldRefusal, type Outcome, refused } from '@/lib/outcome'
import { canSeeRegistrations } from './access'
import { openNew } from './open-registration'
import { type ListRefusal, type PersonLine, readPeopleList } from './people-list'
import { answerKnown, type Door, eventAtDoor, readRequest, type Refusal } from './register'

type Read = Extract<Awaited<ReturnType<typeof readRequest>>, { ok: true }>['value']
type Standing = 'confirmed' | 'waitlisted' | 'offered' | 'pending' | 'cancelled'

/** What becomes of a line: a seat, a place in line, nothing because somebody is registered or the line is said twice, or wrong. */
export type LineFate = { line: number; name: string; email: string } & (
  | { fate: 'confirmed' | 'waitlisted'; place: 'room' | 'screen'; before?: Standing }
  | { fate: 'already'; before: Standing }
  | { fate: 'twice'; earlier: number }
  | { fate: 'wrong'; wrong: FieldRefusal[] }
)

type Imported = { lines: LineFate[]; aside: string[]; written: boolean }

/**
 * Registers the people of a list, each through the one door of everybody (an organiser vouches for them), in one transaction:
 * of a list with a wrong line nothing is written, unless wrong lines are to be left out; one for whom there is neither a seat
 * nor a line is wrong. The dry run is that same transaction, taken back at its end: what it tells is what would be true now.
 * Whoever is registered already is not written to; whoever had cancelled or waited for an answer gets a seat or a place in line.
 * Refusals: `forbidden`, those of the list, `not-found`, `called-off`, `already-over`.
 */
export async function importPeople(
  actor: Actor,
  slug: string,
  text: string,
  { dryRun = false, leaveOut = false } = {},
): Promise<Outcome<Imported, 'forbidden' | ListRefusal | Refusal>> {
  if (!canSeeRegistrations(actor)) return refused('forbidden')
  const event = await eventAtDoor(slug)
  if (!event) return refused('not-found')
  const list = readPeopleList(text, await questionsOf(event.id))
  if (!list.ok) return list
  const read = await requestsFor(actor, event, list.value.lines)
  if (!read.ok) return read

  const taken = await inTransaction(async (tx) => {
    const lines = await takeAll(tx, event.id, read.value)
    if (dryRun || (!leaveOut && lines.some(({ fate }) => fate === 'wrong'))) throw new TakenBack(lines)
    const added = lines.filter(({ fate }) => fate === 'confirmed' || fate === 'waitlisted').length
    if (added > 0) await record(tx, actor, { verb: 'registration.import', subject: `event/${event.id}`, eventId: event.id, after: { added } })
    return { lines, written: true }
  }, { seconds: patience }).catch((error: unknown) => {
    if (error instanceof TakenBack) return { lines: error.lines, written: false }
    throw error
  })
  return done({ ...taken, aside: list.value.aside })
}

/** Two thousand lines are two seconds' work; a machine that is busy may need many more. */
const patience = 120

/** Undoes a transaction whose fates are wanted and nothing else of it. */
class TakenBack extends Error {
  constructor(readonly lines: LineFate[]) {
    super('taken back')
  }
}

type Wanted = { person: PersonLine; request: Read | null }

/** What each line asks for, judged before anything is locked. The event's own refusals are the whole list's. */
async function requestsFor(actor: Actor, event: Door, lines: PersonLine[]): Promise<Outcome<Wanted[], Refusal>> {
  const wanted: Wanted[] = []
  for (const person of lines) {
    const { name, email, place, locale, answers, wrong, twice } = person
    const read = wrong.length > 0 || twice ? null : await readRequest(actor, event, { name, email, place, locale, answers }, 'import')
    if (read && !read.ok && read.reason !== 'invalid') return read
    wanted.push(read && !read.ok ? { person: { ...person, wrong: read.fields ?? [] }, request: null } : { person, request: read && read.value })
  }
  return done(wanted)
}

async function takeAll(tx: Tx, eventId: string, wanted: Wanted[]): Promise<LineFate[]> {
  // Rooms before screens, as everybody locks them: whoever registers meanwhile waits, and finds what is left.
  for (const place of ['room', 'screen'] as const) await lockSeating(tx, eventId, place)
  const folds = wanted.flatMap(({ person: { email } }) => foldOf(email) ?? [])
  const rows = await tx.registration.findMany({ where: { eventId, addressFold: { in: folds } }, select: { addressFold: true, status: true } })
  const known = new Map(rows.map(({ addressFold, status }) => [addressFold, status]))
  const fates: LineFate[] = []
  for (const { person, request } of wanted) fates.push(await take(tx, person, request, known.get(foldOf(person.email) ?? '')))
  return fates
}

async function take(tx: Tx, { line, name, email, twice, wrong }: PersonLine, request: Read | null, before: Standing | undefined): Promise<LineFate> {
  const who = { line, name, email }
  if (wrong.length > 0) return { ...who, fate: 'wrong', wrong }
  if (twice || !request) return { ...who, fate: 'twice', earlier: twice ?? line }
  if (before === 'confirmed' || before === 'waitlisted' || before === 'offered') return { ...who, fate: 'already', before }
  const status = before ? await openAgain(tx, request) : await openAnew(tx, request)
  if (status === 'full') return { ...who, fate: 'wrong', wrong: [{ field: 'line', reason: 'full' }] }
  return { ...who, fate: status, place: request.place, before }
}

async function openAnew(tx: Tx, request: Read) {
  const opened = await openNew(request, tx)
  if (opened === 'known') throw new Error('An address came between, although its counter was locked')
  return opened === null ? 'full' : seatedOr(opened.status)
}

async function openAgain(tx: Tx, request: Read) {
  const answer = await answerKnown(request, tx)
  return answer.ok ? seatedOr(answer.value.status) : 'full'
}

/** An organiser's word lets in whoever it is: what is left is a seat or the line. */
function seatedOr(status: 'confirmed' | 'waitlisted' | 'pending') {
  if (status === 'pending') throw new Error('An organiser put somebody on the list, and they were held back')
  return status
}

function foldOf(email: string) {
  const address = parseAddress(email)
  return address.ok ? address.fold : null
}
