import type { Prisma } from '@/lib/db'
import { entryInclude } from '@/lib/calendar/entry'
import { config } from '@/lib/config'
import { takeawayAt } from '@/lib/events/takeaway'
import { reminderKind } from '@/lib/mail/rules'
import type { Locale } from '@/lib/text'
import { addDays } from '@/lib/time'
import type { LetterSubject } from './letter-facts'
import { offerWindow } from './offer-window'
import { holdMinutes } from './rules'

export const exampleInclude = { ...entryInclude, reminders: true } satisfies Prisma.EventInclude

export type ExampleEvent = Prisma.EventGetPayload<{ include: typeof exampleInclude }>

export type LetterGroup = 'registering' | 'line' | 'reminders' | 'after' | 'changes' | 'leaving' | 'answers' | 'access' | 'address'

/** A letter that an event sends, about a registration that is none. */
export type Example = {
  /** Names it in an address: its kind, and which of the kind. */
  key: string
  group: LetterGroup
  kind: string
  at: Date
  row?: Partial<LetterSubject>
  facts?: Prisma.JsonObject
  /** The rule, of a reminder. */
  reminder?: ExampleEvent['reminders'][number]
}

/** Nobody's: its links open nothing. */
export const exampleId = '00000000-0000-4000-8000-000000000000'

const day = 86_400_000

/** A registration such as the event could have, with the reader's language. */
export function exampleRow(event: ExampleEvent, locale: Locale, at: Date, over: Partial<LetterSubject> = {}): LetterSubject {
  return {
    id: exampleId,
    eventId: event.id,
    // What is previewed is what leaves while the event is on.
    event: { ...event, status: 'published' },
    place: event.mode === 'online' ? 'screen' : 'room',
    status: 'confirmed',
    name: 'Camille Martin',
    address: 'camille.martin@theatre.example',
    addressFold: 'camille.martin@theatre.example',
    locale,
    timeZone: event.timeZone,
    seats: 1,
    line: 1,
    revision: 0,
    generation: 0,
    manageHash: '',
    replyHash: '',
    via: 'form',
    pendingFor: null,
    heldUntil: null,
    passed: false,
    provenAt: null,
    wantsNotes: false,
    approvedAt: null,
    askedAt: null,
    askedWords: null,
    cancelledAt: null,
    allotmentId: null,
    standingId: null,
    createdAt: at,
    updatedAt: at,
    companions: [],
    standing: null,
    accessNeed: null,
    ...over,
  }
}

/** Every letter that an event sends by its settings, in the order in which somebody could get them. */
export function examplesOf(event: ExampleEvent, locale: Locale, now: Date): Example[] {
  const at = new Date(Math.min(now.getTime(), event.startsAt.getTime() - 3 * day))
  const example = (group: LetterGroup, kind: string, more: Partial<Example> = {}): Example => ({ key: kind, group, kind, at, ...more })
  const closed = event.audience !== 'open'
  const said = words[locale]
  const pending = (pendingFor: LetterSubject['pendingFor'], more: Partial<LetterSubject> = {}) => ({ status: 'pending' as const, pendingFor, ...more })
  const when = (asked: boolean, examples: () => Example[]) => (asked ? examples() : [])
  return [
    ...when(closed, () => [
      example('registering', 'registration-pending', { row: pending('circle') }),
      example('registering', 'registration-pending', { key: 'registration-pending-asked', row: pending('circle', { askedAt: at }) }),
    ]),
    ...when(event.provesAddress, () => [example('registering', 'address-to-prove', { row: pending('proof', { heldUntil: event.approves ? null : heldFrom(at, event) }) })]),
    ...when(event.approves, () => [example('registering', 'approval-awaited', { row: pending('approval') })]),
    ...when(closed || event.approves, () => [example('registering', 'registration-declined', { row: { status: 'cancelled' }, facts: { words: said.declined } })]),
    example('registering', 'seat-confirmed'),
    example('registering', 'registration-again'),
    ...when(event.waitlist, () => [
      example('line', 'seat-waitlisted', { row: { status: 'waitlisted' } }),
      ...when(event.offerHours !== null, () => [
        example('line', 'seat-offered', { row: { status: 'offered', heldUntil: offeredUntil(at, event) } }),
        example('line', 'offer-passed', { key: 'offer-passed-refused', row: { status: 'waitlisted', passed: true }, facts: { why: 'refused' } }),
        example('line', 'offer-passed', { key: 'offer-passed-lapsed', row: { status: 'waitlisted', passed: true }, facts: { why: 'lapsed' } }),
      ]),
      example('line', 'seat-promoted'),
    ]),
    ...event.reminders.filter(({ dueAt }) => dueAt !== null).map((reminder) =>
      example('reminders', reminderKind(reminder.id, event.startsAt), {
        key: `reminder-${reminder.id}`, reminder, at: reminder.dueAt ?? at, facts: { startsAt: event.startsAt.toISOString() },
      })),
    ...when(event.asksTakeaway, () => [example('after', 'takeaway', { at: takeawayAt(event) })]),
    ...when(event.notesVisibility !== 'organisers', () => [example('after', 'notes-out', { at: new Date(takeawayAt(event).getTime() + day), row: { wantsNotes: true }, facts: { edition: 1, authors: said.authors } })]),
    ...when(event.companionsMost > 0, () => [example('changes', 'companion-changed', { row: withCompanion(at), facts: { added: ['Aïcha Benali'] } })]),
    ...when(event.mode === 'hybrid', () => [example('changes', 'place-switched', { row: { place: 'screen' } })]),
    example('changes', 'event-changed', { row: { revision: 1 }, facts: { was: before(event) } }),
    example('changes', 'event-called-off', { row: { event: { ...event, status: 'called_off', calledOffReason: event.calledOffReason ?? said.calledOff } } }),
    example('changes', 'event-back-on'),
    example('leaving', 'registration-cancelled', { key: 'registration-cancelled-person', row: { status: 'cancelled' }, facts: { by: 'person', hadSeat: true } }),
    example('leaving', 'registration-cancelled', { key: 'registration-cancelled-organiser', row: { status: 'cancelled' }, facts: { by: 'organiser', hadSeat: true } }),
    ...when(config().answersRead, () => [
      example('answers', 'registration-cancelled', { key: 'registration-cancelled-calendar', row: { status: 'cancelled' }, facts: { by: 'calendar', hadSeat: true } }),
      example('answers', 'answer-again', { row: { revision: 1 }, facts: { said: 'declined', startsAt: new Date(event.startsAt.getTime() - 7 * day).toISOString() } }),
      example('answers', 'answer-unsure', { facts: { said: 'declined', attendee: 'camille.martin@perso.example' } }),
    ]),
    example('address', 'address-change'),
    example('address', 'address-changed'),
    example('address', 'registration-cancelled', { key: 'registration-cancelled-readdressed', facts: { readdressed: true, hadSeat: true } }),
    ...when(event.asksAccess, () => [
      example('access', 'access-need'),
      example('access', 'access-answered', { row: { accessNeed: answered(event.id, said.answered, at) } }),
    ]),
  ]
}

/** The ways in which an event can stand in somebody's calendar, whether its settings lead there or not. */
export const entryStates = ['seat', 'waiting', 'offered', 'called-off'] as const
export type EntryState = (typeof entryStates)[number]

export function exampleOfState(event: ExampleEvent, state: EntryState, locale: Locale, now: Date): Example {
  const at = new Date(Math.min(now.getTime(), event.startsAt.getTime() - 3 * day))
  const facts = { group: 'registering' as const, key: state, at }
  switch (state) {
    case 'seat':
      return { ...facts, kind: 'seat-confirmed' }
    case 'waiting':
      return { ...facts, kind: 'seat-waitlisted', row: { status: 'waitlisted' } }
    case 'offered':
      return { ...facts, kind: 'seat-offered', row: { status: 'offered', heldUntil: offeredUntil(at, event) } }
    case 'called-off':
      return { ...facts, kind: 'event-called-off', row: { event: { ...event, status: 'called_off', calledOffReason: event.calledOffReason ?? words[locale].calledOff } } }
  }
}

const words = {
  fr: { declined: 'Ici se lisent vos mots, si vous en écrivez.', calledOff: 'Ici se lit votre raison, si vous en donnez une.', answered: 'Ici se lit votre réponse.', authors: 'Ici se lisent les noms qui signent' },
  en: { declined: 'Your words stand here, if you write any.', calledOff: 'Your reason stands here, if you give one.', answered: 'Your answer stands here.', authors: 'The names of who signs stand here' },
}

const heldFrom = (at: Date, { startsAt }: ExampleEvent) => new Date(Math.min(at.getTime() + holdMinutes * 60_000, startsAt.getTime()))

function offeredUntil(at: Date, { startsAt, timeZone, offerHours }: ExampleEvent) {
  const window = offerWindow(at, startsAt, timeZone, offerHours ?? 24)
  return 'until' in window ? window.until : startsAt
}

const withCompanion = (at: Date): Partial<LetterSubject> => ({ seats: 2, companions: [{ id: exampleId, registrationId: exampleId, name: 'Aïcha Benali', createdAt: at }] })

/** As if the event had been announced for the week before. */
const before = (event: ExampleEvent): Prisma.JsonObject => ({
  title: event.title,
  startDate: addDays(event.startDate, -7),
  startTime: event.startTime,
  endDate: event.endDate && addDays(event.endDate, -7),
  endTime: event.endTime,
  timeZone: event.timeZone,
  place: event.venue?.name ?? null,
})

const answered = (eventId: string, reply: string, at: Date): LetterSubject['accessNeed'] => ({
  registrationId: exampleId, eventId, needs: [], words: null, state: 'arranged', reply, repliedBy: null, repliedAt: at, createdAt: at, updatedAt: at,
})
