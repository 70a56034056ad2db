import fc from 'fast-check'
import { guest } from '@/lib/actor'
import { now, setClock } from '@/lib/clock'
import { db, Prisma } from '@/lib/db'
import { edit } from '@/lib/events/edit'
import { keepAside } from '@/lib/events/keep-aside'
import { newId } from '@/lib/ids'
import { addCompanion, removeCompanion } from '@/lib/registrations/add-companion'
import { acceptOffer, passOffer } from '@/lib/registrations/answer-offer'
import { cancel } from '@/lib/registrations/cancel'
import { comeBack, takeBack } from '@/lib/registrations/come-back'
import { admit, decline } from '@/lib/registrations/decide'
import { lapseDue } from '@/lib/registrations/lapse'
import { offerWindow } from '@/lib/registrations/offer-window'
import { prove } from '@/lib/registrations/prove'
import { register } from '@/lib/registrations/register'
import { releaseAside } from '@/lib/registrations/release-aside'
import { registrationInput } from '@/lib/registrations/schema'
import { offerByHand, seatByHand } from '@/lib/registrations/seat-by-hand'
import { switchPlace } from '@/lib/registrations/switch-place'
import { fillSeats } from '@/lib/registrations/tell-change'
import { house, linkOf } from './events'

// An event, a few people, and all that they and its organisers may do, in any order and at once. What must hold is held
// against every step: the line is kept here, in memory, apart from the code that keeps it.

type Place = 'room' | 'screen'
const people = 7
const who = fc.integer({ min: 0, max: people - 1 })
const place = fc.constantFrom<Place>('room', 'screen')

/** Who can do what; now and then somebody else tries. */
const able = {
  prove: ({ pendingFor }: Row) => pendingFor === 'proof',
  accept: ({ status }: Row) => status === 'offered',
  pass: ({ status }: Row) => status === 'offered',
  giveUp: ({ status }: Row) => status === 'confirmed' || status === 'offered',
  leave: ({ status }: Row) => status === 'waitlisted' || status === 'pending',
  takeBack: ({ status }: Row) => status === 'cancelled',
  comeBack: ({ status }: Row) => status === 'cancelled',
  bring: ({ status }: Row) => status === 'confirmed',
  leaveOut: ({ companion }: Row) => companion !== null,
  admit: ({ status }: Row) => status === 'pending',
  decline: ({ status }: Row) => status === 'pending',
  seatByHand: ({ status }: Row) => status === 'waitlisted',
  offerByHand: ({ status }: Row) => status === 'waitlisted',
  switch: ({ status }: Row) => status === 'confirmed' || status === 'waitlisted',
  jump: ({ status }: Row) => status === 'waitlisted',
}
type Act = keyof typeof able
const acts: Act[] = ['prove', 'accept', 'accept', 'pass', 'pass', 'giveUp', 'giveUp', 'giveUp', 'leave', 'takeBack', 'comeBack', 'bring', 'leaveOut', 'admit', 'decline', 'seatByHand', 'offerByHand']

type Command =
  | { do: 'register'; who: number; place: Place; by: 'form' | 'organiser' | 'code' }
  | { do: Exclude<Act, 'switch'>; who: number; anybody?: boolean }
  | { do: 'switch'; who: number; place: Place; anybody?: boolean }
  | { do: 'capacity'; place: Place; seats: number }
  | { do: 'keepAside'; place: Place; seats: number }
  | { do: 'release' | 'lapse' }

const anybody = fc.constantFrom(false, false, false, false, true)
const registering = fc.record({ do: fc.constant('register' as const), who, place, by: fc.constantFrom<'form' | 'organiser' | 'code'>('form', 'form', 'form', 'form', 'organiser', 'code') })
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 5, arbitrary: registering },
  { weight: 14, arbitrary: fc.record({ do: fc.constantFrom(...(acts as Exclude<Act, 'switch'>[])), who, anybody }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('switch' as const), who, place, anybody }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('capacity' as const), place, seats: fc.integer({ min: 0, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('keepAside' as const), place, seats: fc.integer({ min: 1, max: 2 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom<'release' | 'lapse'>('release', 'lapse', 'lapse') }) },
)

/** Time passes, then these happen, all at once. */
const step = fc.record({ minutes: fc.constantFrom(0, 0, 0, 1, 11, 31, 600), at: fc.array(command, { minLength: 1, maxLength: 4 }) })
const opening = fc.record({ minutes: fc.constant(0), at: fc.array<Command>(registering, { minLength: 2, maxLength: 7 }) })
const storyOf = (rest: fc.Arbitrary<{ minutes: number; at: Command[] }>) =>
  fc.tuple(opening, fc.array(rest, { maxLength: 6 })).map(([first, others]) => [first, ...others])

const event = fc.record({
  hybrid: fc.boolean(),
  seats: fc.integer({ min: 1, max: 2 }),
  waitlist: fc.constantFrom(true, true, true, true, false),
  offerHours: fc.constantFrom(null, 4),
  provesAddress: fc.constantFrom(false, false, false, true),
  approves: fc.constantFrom(false, false, false, true),
  /** Hours before the start at which the first of them acts. */
  before: fc.constantFrom(72, 72, 20, 1),
})

export type Story = { event: typeof event extends fc.Arbitrary<infer Value> ? Value : never; steps: { minutes: number; at: Command[] }[] }

export const stories: fc.Arbitrary<Story> = fc.record({ event, steps: storyOf(step) })

/** The same with somebody who is let past the line behind everybody's back: what must be found. */
export const crookedStories: fc.Arbitrary<Story> = fc.record({
  event: event.map((one) => ({ ...one, hybrid: false, waitlist: true, approves: false, provesAddress: false, offerHours: null })),
  steps: storyOf(fc.record({ minutes: fc.constant(0), at: fc.array(fc.oneof(command, fc.record({ do: fc.constant('jump' as const), who })), { minLength: 1, maxLength: 1 }) })),
})

const start = new Date('2027-01-14T08:00:00Z')
const end = new Date('2027-01-14T09:00:00Z')

type Row = { id: string; address: string; place: Place; status: string; pendingFor: string | null; line: number; seats: number; passed: boolean; held: boolean; kept: boolean; revision: number; companion: string | null }
type Seating = { place: Place; capacity: number | null; taken: number; waiting: number }
type State = { rows: Map<string, Row>; seatings: Seating[]; allotments: { id: string; place: Place; seats: number; code: string }[] }

/** Plays a story on an event of its own; throws where something that must hold does not. */
export async function play({ event: said, steps }: Story) {
  setClock(new Date(start.getTime() - said.before * 3_600_000))
  const { id, slug } = await anEventOf(said)
  let state = await stateOf(id)
  for (const { minutes, at } of steps) {
    setClock(new Date(now().getTime() + minutes * 60_000))
    const before = state
    const outcomes = await Promise.allSettled(at.map((one) => perform(one, { id, slug, hybrid: said.hybrid }, before)))
    const broken = outcomes.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))
    if (broken.length > 0) throw new Error(`An act broke: ${broken.join('; ')}`)
    state = await stateOf(id)
    noneTooMany(state)
    nonePassedOver(before, state, at)
    noneIdle(state, said.offerHours)
  }
  await lapseDue()
}

/** As `create` and `publish` would have written it, in fewer statements: five hundred of them are needed. */
async function anEventOf({ hybrid, seats, ...said }: Story['event']) {
  const [id, places] = [newId(), hybrid ? (['room', 'screen'] as const) : (['screen'] as const)]
  const { slug } = await db.event.create({
    data: {
      id, slug: id, uid: `${id}@x.example`, title: 'Café du jeudi', mode: hybrid ? 'hybrid' : 'online', status: 'published', publishedAt: now(), createdAt: now(), updatedAt: now(),
      startDate: '2027-01-14', startTime: '09:00', endDate: '2027-01-14', endTime: '10:00', timeZone: 'Europe/Paris', startsAt: start, endsAt: end, overAt: end,
      waitlist: said.waitlist, offerHours: said.offerHours, provesAddress: said.provesAddress, approves: said.approves,
      seatings: { create: places.map((place) => ({ place, open: true, capacity: seats })) },
    },
  })
  return { id, slug }
}

async function stateOf(eventId: string): Promise<State> {
  // In one statement, because it is asked after every step.
  const [{ rows, seatings, allotments }] = await db.$queryRaw<{ rows: Row[] | null; seatings: Seating[]; allotments: State['allotments'] | null }[]>`
    SELECT (
      SELECT jsonb_agg(jsonb_build_object('id', r.id, 'address', r."addressFold", 'place', r.place, 'status', r.status, 'pendingFor', r."pendingFor", 'line', r.line, 'seats', r.seats,
        'passed', r.passed, 'held', r."heldUntil" IS NOT NULL, 'kept', r."allotmentId" IS NOT NULL, 'revision', r.revision,
        'companion', (SELECT c.id FROM "Companion" c WHERE c."registrationId" = r.id LIMIT 1)))
      FROM "Registration" r WHERE r."eventId" = ${eventId}::uuid
    ) AS rows, (
      SELECT jsonb_agg(jsonb_build_object('place', s.place, 'capacity', s.capacity, 'taken', s.taken, 'waiting', s.waiting)) FROM "Seating" s WHERE s."eventId" = ${eventId}::uuid
    ) AS seatings, (
      SELECT jsonb_agg(jsonb_build_object('id', a.id, 'place', a.place, 'seats', a.seats, 'code', c.code)) FROM "Allotment" a JOIN "EntryCode" c ON c."allotmentId" = a.id WHERE a."eventId" = ${eventId}::uuid
    ) AS allotments`
  return { rows: new Map((rows ?? []).map((row) => [row.address, row])), seatings, allotments: allotments ?? [] }
}

const addressOf = (n: number) => `p${n}@x.example`
const only = (hybrid: boolean, wanted: Place): Place => (hybrid ? wanted : 'screen')

async function perform(one: Command, event: { id: string; slug: string; hybrid: boolean }, { rows, allotments }: State): Promise<unknown> {
  switch (one.do) {
    case 'register': {
      const at = only(event.hybrid, one.place)
      const code = one.by === 'code' ? allotments[0]?.code : undefined
      const input = registrationInput.parse({ name: 'Anne', email: addressOf(one.who), place: at, code })
      return register(one.by === 'organiser' ? house : guest, event.slug, input, one.by === 'organiser' ? 'organiser' : 'form')
    }
    case 'capacity':
      // The job that follows runs at once.
      await edit(house, event.slug, !event.hybrid || one.place === 'room' ? { capacity: one.seats } : { screenCapacity: one.seats })
      return fillSeats(event.id)
    case 'keepAside':
      return keepAside(house, event.slug, { organisation: 'Un théâtre', place: only(event.hybrid, one.place), seats: one.seats })
    case 'release':
      return allotments.length > 0 ? releaseAside(house, allotments[0].id) : null
    case 'lapse':
      return lapseDue()
  }
  const row = chosen(one, rows)
  if (!row) return null
  const held = linkOf(row.id)
  switch (one.do) {
    case 'prove': return prove(guest, held)
    case 'accept': return acceptOffer(guest, held)
    case 'pass': return passOffer(guest, held)
    case 'giveUp': case 'leave': return cancel(guest, held)
    case 'takeBack': return takeBack(guest, held)
    case 'comeBack': return comeBack(guest, held)
    case 'bring': return addCompanion(guest, held, 'Gaston')
    case 'leaveOut': return row.companion ? removeCompanion(guest, held, row.companion) : null
    case 'admit': return admit(house, row.id)
    case 'decline': return decline(house, row.id)
    case 'seatByHand': return seatByHand(house, row.id)
    case 'offerByHand': return offerByHand(house, row.id)
    case 'switch': return switchPlace(guest, held, only(event.hybrid, one.place))
    case 'jump': return jump(row)
  }
}

/** Of those who can, the one whose turn it is by their address. */
function chosen(one: Extract<Command, { do: Act }>, rows: State['rows']) {
  const those = [...rows.values()].filter((row) => one.anybody || able[one.do](row)).toSorted((a, b) => (a.address < b.address ? -1 : 1))
  return those[one.who % those.length]
}

/** Counted as it should be, told as it should be, and unfair. */
async function jump(row: Row) {
  if (row.status !== 'waitlisted' || row.passed) return
  await db.$executeRaw`
    WITH seat AS (UPDATE "Seating" s SET taken = taken + 1, waiting = waiting - 1, capacity = capacity + 1 FROM "Registration" r WHERE r.id = ${row.id}::uuid AND s."eventId" = r."eventId" AND s.place = r.place)
    UPDATE "Registration" SET status = 'confirmed' WHERE id = ${row.id}::uuid`
}

const holdsSeat = (row: Row) => row.status === 'confirmed' || row.status === 'offered' || (row.status === 'pending' && row.held)
const waits = (row: Row) => row.status === 'waitlisted' && !row.passed

/** Counted anew from the rows, whatever the counters say. */
function noneTooMany({ rows, seatings, allotments }: State) {
  for (const { place, capacity } of seatings) {
    const seated = [...rows.values()].filter((row) => row.place === place && holdsSeat(row) && !row.kept).reduce((sum, row) => sum + row.seats, 0)
    const kept = allotments.filter((one) => one.place === place).reduce((sum, one) => sum + one.seats, 0)
    if (capacity !== null && seated + kept > capacity) throw new Error(`${seated + kept} seats taken of ${capacity} at the ${place}`)
  }
}

/** First come, first served: whoever waited before and after, and did nothing meanwhile, has nobody seated before them who came later. */
function nonePassedOver(before: State, after: State, at: Command[]) {
  const byHand = new Set(at.flatMap((one) => (one.do === 'seatByHand' || one.do === 'offerByHand' ? [chosen(one, before.rows)?.address] : [])))
  const still = [...after.rows.values()].filter((row) => waits(row) && before.rows.get(row.address)?.revision === row.revision && waits(before.rows.get(row.address)!))
  for (const row of after.rows.values()) {
    const was = before.rows.get(row.address)
    if (!holdsSeat(row) || row.kept || was?.kept || byHand.has(row.address) || (was && holdsSeat(was) && was.place === row.place)) continue
    const first = still.find((one) => one.place === row.place && one.line < row.line)
    if (first) throw new Error(`${row.address}, number ${row.line}, has a seat while ${first.address}, number ${first.line}, waits`)
  }
}

/** Nobody waits beside an empty seat, unless it is too late to offer it. */
function noneIdle({ seatings }: State, offerHours: number | null) {
  if (now() >= start || (offerHours !== null && 'tooLate' in offerWindow(now(), start, 'Europe/Paris', offerHours))) return
  const idle = seatings.find(({ capacity, taken, waiting }) => waiting > 0 && (capacity === null || taken < capacity))
  if (idle) throw new Error(`A seat is empty at the ${idle.place} while ${idle.waiting} wait`)
}

/** So that the next story is checked alone, whatever became of this one. */
export async function forgetAll() {
  for (const table of ['Letter', 'Registration', 'Event']) await db.$executeRawUnsafe(`DELETE FROM "${table}"`)
}

export const sqlOf = (parts: { rule: string; violations: Prisma.Sql }[]) =>
  Prisma.join(parts.map(({ rule, violations }) => Prisma.sql`(SELECT ${rule}::text AS rule, found.what::text FROM (${violations}) found)`), ' UNION ALL ')
