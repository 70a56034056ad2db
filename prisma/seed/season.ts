import { guest, type PersonActor } from '@/lib/actor'
import { now, setClock } from '@/lib/clock'
import { ask } from '@/lib/events/ask'
import { callOff } from '@/lib/events/call-off'
import { create } from '@/lib/events/create'
import { nameKeepers } from '@/lib/events/name-keepers'
import { publish } from '@/lib/events/publish'
import { type AskInput, askInput, eventInput } from '@/lib/events/schema'
import { capability } from '@/lib/ids'
import { addCompanion } from '@/lib/registrations/add-companion'
import { cancel } from '@/lib/registrations/cancel'
import { register } from '@/lib/registrations/register'
import { instantOf, wallOf } from '@/lib/time'
import { sessionDay } from './days'
import { tellAfterwards } from './notes'
import { bringPeople, type Participant, shuffled } from './people'
import { readData, told } from './read'
import { tellRelays } from './relays'
import { tellTakeaways } from './takeaways'

const zone = 'Europe/Paris'
const hour = 3_600_000
const day = 24 * hour

export type Plan = {
  /** Weeks from now, and the weekday from 1, Monday. */
  week: number
  weekday: number
  start: string
  end: string
  event: Record<string, unknown>
  /** Registrations that get a seat, in the room where there is one; `screen` and `members` where those are asked for. */
  seats?: number
  screen?: number
  members?: number
  companions?: number
  waiting?: number
  cancelled?: number
  /** What it asks, and what those who register say, each in turn. */
  asks?: AskInput
  answers?: Record<string, string | boolean | string[]>[]
  /** Are access needs asked for? The organiser reads them. */
  asksAccess?: boolean
  calledOff?: string
  draft?: boolean
  /** Numbers of the recommendations that the host confirmed, and the file of the published notes. */
  discussed?: number[]
  notes?: string
  /** Houses that took it up, each so many days later, and whether the host shows what they told. */
  relays?: { house: string; days: number; text: string; shown?: boolean }[]
  /** Links that go with it, and its replay. */
  links?: { kind: 'link' | 'replay'; title: string; url: string }[]
  /** What people keep from it, each so many hours after it began, and what of it the host keeps, and about what. */
  takeaways?: { by: number; hours: number; via: 'mail' | 'page'; text: string; signed?: boolean; kept?: string[] }[]
}

/** Something that happened, and when: the season is told in the order it happened, by a clock set to each hour. */
export type Act = { at: Date; tell: () => Promise<unknown> }

/**
 * An invented season around today, marked as demonstration. Its people do not exist, their addresses lead nowhere, and
 * every letter to them is born delivered.
 */
export async function tellSeason() {
  const begun = now()
  const today = wallOf(begun, zone).date
  const { organiser, participants } = await bringPeople()
  const taken = new Set<string>()
  const plans = readData<Plan[]>('season/events.json')
  const acts = [...plans.entries()].flatMap(([n, plan]) => {
    const date = sessionDay(today, plan.week, plan.weekday, taken)
    taken.add(date)
    return actsOf(plan, date, begun, organiser, shuffled(participants, n))
  })
  try {
    for (const { at, tell } of acts.sort((a, b) => a.at.getTime() - b.at.getTime())) {
      setClock(at)
      await tell()
    }
  } finally {
    setClock(null)
  }
}

function actsOf(plan: Plan, date: string, begun: Date, organiser: PersonActor, people: Participant[]): Act[] {
  const input = eventInput.parse({ ...plan.event, startsAt: `${date}T${plan.start}`, endsAt: `${date}T${plan.end}` })
  const startsAt = instantOf({ date, time: plan.start }, zone) as Date
  const announced = new Date(Math.min(startsAt.getTime() - 42 * day, begun.getTime() - 9 * day))
  const made: Made = { slug: '' }

  const announce = async () => {
    const { slug } = await told(input.title, create(organiser, input, { demonstration: true }))
    made.slug = slug
    if (plan.asks) await told(slug, ask(organiser, slug, askInput.parse(plan.asks)))
    if (plan.asksAccess) await told(slug, nameKeepers(organiser, slug, { asksAccess: true, keepers: [organiser.address] }))
    if (!plan.draft) await told(slug, publish(organiser, slug))
  }
  const until = new Date(Math.min(startsAt.getTime() - 3 * hour, begun.getTime() - 2 * day))
  const acts = [{ at: announced, tell: announce }, ...spread(seatActs(plan, made, people), announced, until)]
  if (plan.calledOff) acts.push({ at: new Date(begun.getTime() - day), tell: () => told(made.slug, callOff(organiser, made.slug, plan.calledOff)) })
  return [...acts, ...tellAfterwards(plan, made, startsAt, organiser), ...tellTakeaways(plan, made, startsAt, begun, organiser, people), ...tellRelays(plan, made, startsAt, organiser)]
}

export type Made = { slug: string }

/** Who takes a seat, in order: those who bring somebody early, those who wait last, and a few who change their mind. */
function seatActs(plan: Plan, made: Made, people: Participant[]): Act['tell'][] {
  const { seats = 0, screen = 0, members = 0, companions = 0, waiting = 0, cancelled = 0 } = plan
  const invited = members > 0 ? people.filter(({ member }) => member) : people
  const place = screen > 0 ? 'room' : undefined
  const said = (one: Participant) => plan.answers?.[people.indexOf(one) % plan.answers.length]
  const come = (one: Participant, where: 'room' | 'screen' | undefined = place) =>
    told(one.email, register(guest, made.slug, { name: one.name, email: one.email, locale: one.locale, timeZone: zone, place: where, answers: said(one) }, 'seed'))

  const leave = invited.slice(-cancelled || invited.length).map((one) => async () => {
    const { registrationId } = await come(one)
    setClock(new Date(now().getTime() + hour / 4))
    await told(one.email, cancel(guest, { token: capability('manage', registrationId) }))
  })
  const sit = invited.slice(0, seats + members).map((one, i) => async () => {
    const { registrationId } = await come(one)
    setClock(new Date(now().getTime() + hour / 4))
    if (i < companions) await told(one.email, addCompanion(guest, { token: capability('manage', registrationId) }, invited[invited.length - 8 - i].name))
  })
  const watch = invited.slice(seats, seats + screen).map((one) => () => come(one, 'screen'))
  const wait = invited.slice(seats + members, seats + members + waiting).map((one) => () => come(one))
  return [...leave, ...sit, ...watch, ...wait]
}

/** So many acts between two instants, more of them soon after the announcement than later. */
function spread(tells: Act['tell'][], from: Date, to: Date): Act[] {
  const span = to.getTime() - from.getTime() - 2 * hour
  return tells.map((tell, i) => ({ at: new Date(from.getTime() + 2 * hour + span * ((i + 1) / (tells.length + 1)) ** 2), tell }))
}
