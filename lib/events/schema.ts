import { z } from 'zod'
import { blankIsNull, box, count, line, locale, optionalLine, optionalParagraphs, slug, time, webAddress, zone } from '@/lib/fields'

/** What an organiser says of an event, by form or by API. Limits in characters. */
const text = {
  title: line(140),
  summary: optionalParagraphs(400),
  description: optionalParagraphs(8000),
}

const when = z.string({ error: (issue) => (issue.input === undefined ? 'required' : 'wrong-kind') }).max(40, 'not-a-date')

/** Speakers, partners and venues are picked by slug, or named for the first time. */
const speaker = z.union([
  slug.transform((value) => ({ slug: value })),
  z.strictObject({ slug }),
  z.strictObject({ name: line(120), role: optionalLine(200).optional(), organisation: optionalLine(160).optional() }),
], 'wrong-kind')
const partner = z.strictObject({
  name: line(160),
  url: blankIsNull(webAddress).optional(),
  role: z.enum(['co-organiser', 'venue', 'funder'], 'not-among').default('co-organiser'),
})
const venue = z.union([
  slug.transform((value) => ({ slug: value })),
  z.strictObject({ slug }),
  z.strictObject({ name: line(160), address: optionalLine(240).optional(), city: optionalLine(120).optional() }),
], 'wrong-kind')
const programmeItem = z.strictObject({ time: blankIsNull(time).optional(), title: line(200) })

const eventFields = {
  title: text.title,
  /** RFC 3339, or local time of timeZone; a bare date where the hour is not known. */
  startsAt: when,
  endsAt: blankIsNull(when),
  timeZone: zone,
  mode: z.enum(['online', 'in-person', 'hybrid'], 'not-among'),
  summary: text.summary,
  description: text.description,
  language: locale,
  /** null: no limit. In a hybrid event, of the room. */
  capacity: blankIsNull(count(1_000_000)),
  /** Of the screen, in a hybrid event. */
  screenCapacity: blankIsNull(count(1_000_000)),
  waitlist: box,
  audience: z.enum(['open', 'members', 'invited'], 'not-among'),
  /** null: with the publication. */
  opensAt: blankIsNull(when),
  /** null: at the start. */
  closesAt: blankIsNull(when),
  /** Must an address be proven by its letter's link before its seat counts? */
  provesAddress: box,
  /** Does an organiser say yes to each registration? */
  approves: box,
  /** Waking hours for which a freed seat is offered to the first in line; null: it is theirs at once. */
  offerHours: blankIsNull(count(168).pipe(z.number().min(1, 'too-small'))),
  /** On one registration, beside the person who registers. */
  companionsMost: count(10),
  asksAccess: box,
  venue: blankIsNull(venue),
  joinUrl: blankIsNull(webAddress),
  format: blankIsNull(slug),
  cycles: z.array(slug, 'wrong-kind').max(20, 'too-many'),
  themes: z.array(slug, 'wrong-kind').max(12, 'too-many'),
  recommendations: z.array(
    z.strictObject({ report: slug, number: z.coerce.number('wrong-kind').int().min(1).max(1000), inferred: z.boolean().optional() }),
    'wrong-kind',
  ).max(50, 'too-many'),
  speakers: z.array(speaker, 'wrong-kind').max(50, 'too-many'),
  partners: z.array(partner, 'wrong-kind').max(30, 'too-many'),
  programme: z.array(programmeItem, 'wrong-kind').max(60, 'too-many'),
  notesVisibility: z.enum(['all', 'registered', 'organisers'], 'not-among'),
  translation: blankIsNull(z.strictObject({ title: line(140), summary: optionalParagraphs(400).optional(), description: optionalParagraphs(8000).optional() })),
  slug,
}

/** A new event: four things must be said, the rest has defaults. */
export const eventInput = z.strictObject({
  title: eventFields.title,
  startsAt: eventFields.startsAt,
  timeZone: eventFields.timeZone.optional(),
  mode: eventFields.mode,
  endsAt: eventFields.endsAt.optional(),
  ...partialOf(eventFields, ['title', 'startsAt', 'endsAt', 'timeZone', 'mode']),
})

/** Any of an event's fields: what is not given stays. */
export const eventPatch = z.strictObject(partialOf(eventFields, []))

export const callOffInput = z.strictObject({ reason: optionalParagraphs(600).optional() })

/** Addresses one to a line; empty: nobody is invited yet. */
export const inviteInput = z.strictObject({
  addresses: z.string({ error: (issue) => (issue.input === undefined ? 'required' : 'wrong-kind') }).max(100_000, 'too-long'),
})

export type InviteInput = z.infer<typeof inviteInput>
export type EventInput = z.infer<typeof eventInput>
export type EventPatch = z.infer<typeof eventPatch>

/** Filters of the agenda, as they stand in its address. */
export const agendaFilter = z.object({
  from: when.optional(),
  to: when.optional(),
  theme: slug.optional().catch(undefined),
  series: slug.optional().catch(undefined),
  report: slug.optional().catch(undefined),
  recommendation: z.coerce.number().int().min(1).max(1000).optional().catch(undefined),
  q: line(120).optional().catch(undefined),
})

type Fields = typeof eventFields
type Optional<Without extends keyof Fields> = { [Key in Exclude<keyof Fields, Without>]: z.ZodOptional<Fields[Key]> }

function partialOf<Without extends keyof Fields = never>(fields: Fields, without: Without[]) {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([key]) => !(without as string[]).includes(key))
      .map(([key, schema]) => [key, (schema as z.ZodType).optional()]),
  ) as Optional<Without>
}

/** Seats kept aside for an organisation. */
export const allotmentInput = z.strictObject({
  organisation: line(120),
  seats: count(10_000).refine((seats) => seats > 0, 'not-a-count'),
  place: z.enum(['room', 'screen'], 'not-among').optional(),
})

export type AllotmentInput = z.infer<typeof allotmentInput>

/** A code for invited people; how often it may be used, or always. */
export const codeInput = z.strictObject({ label: optionalLine(120).optional(), most: blankIsNull(count(10_000)).optional() })

export type CodeInput = z.infer<typeof codeInput>

const daysBefore = z.strictObject({
  daysBefore: count(60),
  /** On the event's wall; null: the hour at which it starts. */
  atTime: blankIsNull(time).optional(),
}).transform(({ daysBefore, atTime }) => ({ daysBefore, atTime: atTime ?? null, minutesBefore: null }))
const minutesBefore = z.strictObject({ minutesBefore: count(2880).pipe(z.number().min(5, 'too-small')) })
  .transform(({ minutesBefore }) => ({ daysBefore: null, atTime: null, minutesBefore }))

/** Rules of reminding that one event has. */
export const mostReminders = 6

/** By which rules people are reminded: so many days before at an hour, or so many minutes before. */
export const remindersInput = z.strictObject({ reminders: z.array(z.union([daysBefore, minutesBefore], 'wrong-kind'), 'wrong-kind').max(mostReminders, 'too-many') })

export type RemindersInput = z.infer<typeof remindersInput>

/** The name of a question, of an option or of a consent in the API, the form and the exports. */
const key = z.string({ error: 'wrong-kind' }).regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'not-a-slug').max(40, 'too-long').refine((name) => !(name in Object.prototype), 'not-a-slug')
const ownKey = blankIsNull(key).optional()

/** One question as an organiser asks it. Without a key it is a new one; `ready` brings the house's words, which may be said otherwise. */
const questionInput = z.strictObject({
  key: ownKey,
  ready: blankIsNull(z.enum(['organisation', 'region', 'role'], 'not-among')).optional(),
  kind: z.enum(['short', 'long', 'one', 'several', 'yes_no', 'number'], 'not-among').optional(),
  label: optionalLine(200).optional(),
  /** Why it is asked: shown under it. */
  purpose: optionalLine(300).optional(),
  /** Of one or several; `translation` is the label in the other language. */
  options: z.array(z.strictObject({ key: ownKey, label: line(120), translation: optionalLine(120).optional() }), 'wrong-kind').max(40, 'too-many').optional(),
  /** In the other language. */
  translation: blankIsNull(z.strictObject({ label: optionalLine(200).optional(), purpose: optionalLine(300).optional() })).optional(),
  required: box.optional(),
  /** The key of an earlier question, and those of its options (yes, no) on which this one is asked. */
  dependsOn: ownKey,
  dependsValues: z.array(z.string('wrong-kind').max(80, 'too-long'), 'wrong-kind').max(40, 'too-many').optional(),
})

/** Everything that an event asks, in order: what is not in the list is asked no more. */
export const askInput = z.strictObject({
  questions: z.array(questionInput, 'wrong-kind').max(20, 'too-many').default([]),
  consents: z.array(z.strictObject({ key: ownKey, wording: line(400), translation: optionalLine(400).optional() }), 'wrong-kind').max(8, 'too-many').default([]),
})

export type QuestionInput = z.infer<typeof questionInput>
export type AskInput = z.infer<typeof askInput>

const fewKeys = (given: object) => Object.keys(given).length <= 60

/** Answers by the questions' keys and consents by theirs; lib/events/questions.ts judges what they say. */
export const answersInput = z
  .record(z.string(), z.union([z.string().max(8_000, 'too-long'), z.number(), z.boolean(), z.array(z.string().max(200, 'too-long')).max(60, 'too-many'), z.null()], 'wrong-kind'), 'wrong-kind')
  .refine(fewKeys, 'too-many')
  .meta({ description: 'By the question’s key: a text, a number, true or false, an option’s key, or a list of them.' })
export const consentsInput = z
  .record(z.string(), z.boolean('wrong-kind'), 'wrong-kind')
  .refine(fewKeys, 'too-many')
  .meta({ description: 'By the consent’s key; what is not said is not given.' })

export const accessKinds = ['sign-language', 'captions', 'step-free', 'hearing-loop', 'diet', 'other'] as const

/** What somebody needs in order to take part: of the kinds, and in words. */
export const accessInput = z.strictObject({
  needs: z.array(z.enum(accessKinds, 'not-among'), 'wrong-kind').max(accessKinds.length, 'too-many').default([]).transform((needs) => accessKinds.filter((one) => needs.includes(one))),
  words: optionalParagraphs(600).optional(),
})

export type AccessInput = z.infer<typeof accessInput>

/** Who reads the access needs: organisers, by their addresses, one to a line; nobody: an admin does. */
export const keepersInput = z.strictObject({
  asksAccess: box.optional(),
  keepers: z.array(z.string('wrong-kind').max(1000, 'too-long'), 'wrong-kind').max(20, 'too-many').default([]),
})

export type KeepersInput = z.infer<typeof keepersInput>

/** A keeper's answer to a need. `seen`: the need's `updatedAt` as the keeper read it (RFC 3339). */
export const needAnswerInput = z.strictObject({
  state: z.enum(['arranged', 'impossible'], 'not-among'),
  reply: optionalParagraphs(1000).optional(),
  seen: z.string('wrong-kind').max(40, 'too-long').optional(),
})

export type NeedAnswerInput = z.infer<typeof needAnswerInput>
