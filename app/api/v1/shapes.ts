import { z } from 'zod'

/** What the API answers: the mappers are typed by these, the tests hold the answers to them, and OpenAPI is made of them. */

const slug = z.string().meta({ description: 'Stands for it in addresses; never changes once published.' })
const dateOrTime = z.string().meta({ description: 'RFC 3339 with offset; a date alone where the hour is not known.', examples: ['2026-12-03T09:00:00+01:00', '2026-12-03'] })
const inBoth = z.object({ fr: z.string(), en: z.string() })
const inEither = z.object({ fr: z.string().nullable(), en: z.string().nullable() })

export const speaker = z.object({ slug, name: z.string(), role: z.string().nullable(), organisation: z.string().nullable() })

const question = z.object({
  key: z.string().meta({ description: 'Its name in `answers`.' }),
  kind: z.enum(['short', 'long', 'one', 'several', 'yes-no', 'number']),
  label: z.string(),
  purpose: z.string().nullable(),
  options: z.array(z.object({ key: z.string(), label: z.string() })),
  required: z.boolean(),
  when: z
    .object({ question: z.string(), isOneOf: z.array(z.string()) })
    .nullable()
    .meta({ description: 'Asked only of who answered so; of a yes or a no: yes, no. What is not asked is never required.' }),
})

export const event = z.object({
  slug,
  title: z.string(),
  summary: z.string().nullable(),
  language: z.enum(['fr', 'en']).meta({ description: 'The language in which title and summary are written.' }),
  startsAt: dateOrTime,
  endsAt: dateOrTime.nullable().meta({ description: 'null where the end is not known.' }),
  hourKnown: z.boolean(),
  timeZone: z.string().meta({ description: 'IANA name; the time on the wall there is the truth.', examples: ['Europe/Paris'] }),
  status: z.enum(['draft', 'published', 'called-off']),
  mode: z.enum(['online', 'in-person', 'hybrid']),
  audience: z.enum(['open', 'members', 'invited']),
  capacity: z.int().nullable().meta({ description: 'Seats over all places; null: no limit.' }),
  seatsTaken: z.int().nullable().meta({ description: 'null: a closed circle (audience), whose figures its organisers alone are told.' }),
  waitlistLength: z.int().nullable(),
  registration: z.enum(['open', 'closed', 'full', 'waitlist']).meta({ description: 'What somebody new would get now.' }),
  opensAt: z.string().nullable().meta({ description: 'When registering opens, RFC 3339; null: with the publication.', examples: ['2026-11-10T09:00:00+01:00'] }),
  closesAt: z.string().nullable().meta({ description: 'When registering ends, RFC 3339; null: at the start.', examples: ['2026-12-02T18:00:00+01:00'] }),
  provesAddress: z.boolean().meta({ description: 'A seat is held until its address is proven by the link in a letter.' }),
  approves: z.boolean().meta({ description: 'An organiser says yes to each registration.' }),
  offerHours: z.int().nullable().meta({ description: 'Waking hours for which a freed seat is offered to the first in line; null: it is theirs at once.' }),
  companionsMost: z.int().meta({ description: 'Named colleagues on one registration at most.' }),
  asksAccess: z.boolean().meta({ description: 'The form asks what somebody needs in order to take part.' }),
  series: z.array(slug).meta({ description: 'Its format, if any, then its cycles.' }),
  themes: z.array(slug).meta({ description: 'The primary one first.' }),
  recommendations: z.array(z.object({ report: slug, number: z.int() })),
  speakers: z.array(speaker),
  url: z.url(),
  ics: z.url(),
  questions: z.array(question).optional().meta({ description: 'At the event’s own address: what it asks who registers.' }),
  consents: z.array(z.object({ key: z.string(), wording: z.string() })).optional().meta({ description: 'At the event’s own address: never needed to register.' }),
})

export const eventList = z.object({
  data: z.array(event),
  next: z.string().nullable().meta({ description: 'The cursor of the next page; null on the last one.' }),
})

export const reportSummary = z.object({
  slug,
  title: z.string(),
  publisher: z.string(),
  publishedOn: z.string().meta({ description: 'As precise as it is known.', examples: ['2024-03-13', '2024-12', '2025'] }),
  language: z.enum(['fr', 'en']),
  source: z.url().meta({ description: 'Where the report can be found.' }),
  pdf: z.url().nullable(),
  pages: z.int().nullable(),
  summary: inEither,
  recommendationCount: z.int().meta({ description: 'How many recommendations are held here.' }),
  url: z.url(),
})

export const reportList = z.object({ data: z.array(reportSummary) })

export const recommendation = z.object({
  number: z.int(),
  title: z.string().meta({ description: 'The official wording, where one is known.' }),
  language: z.enum(['fr', 'en']),
  official: z.boolean(),
  short: inEither,
  wordings: z.array(z.object({ language: z.enum(['fr', 'en']), text: z.string(), official: z.boolean(), source: z.string().nullable() })),
  section: z.string().nullable(),
  pilots: z.array(z.string()),
  budgetMEur: z.int().nullable().meta({ description: 'Millions of euros over the report’s own span.' }),
  cultural: z.boolean(),
  culturalBasis: z.string().nullable().meta({ description: 'The criterion of the mark.' }),
  themes: z.array(slug),
  url: z.url(),
})

export const theme = z.object({
  slug,
  name: inBoth,
  short: inBoth,
  summary: inEither,
  pigment: z.string(),
  glyph: z.string(),
  recommendations: z.array(z.object({ number: z.int(), inferred: z.boolean() })).meta({ description: 'inferred: the link is ours, not the author’s.' }),
  url: z.url(),
})

export const report = reportSummary.extend({
  recommendations: z.array(recommendation),
  themes: z.array(theme).meta({ description: 'The first reading’s, in its order.' }),
  reading: z.object({ author: z.string(), title: z.string().nullable(), url: z.string().nullable(), on: z.string().nullable() }).nullable(),
})

export const registered = z.object({
  status: z.enum(['confirmed', 'waitlisted', 'pending']).meta({ description: 'What an address that is new here gets; the letter tells its owner the rest.' }),
})

export const registration = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  status: z.enum(['pending', 'confirmed', 'waitlisted', 'offered', 'cancelled']),
  place: z.enum(['room', 'screen']),
  seats: z.int().meta({ description: 'The person and their companions.' }),
  companions: z.array(z.string()),
  locale: z.enum(['fr', 'en']),
  answers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])).meta({ description: 'By the question’s key; options by theirs.' }),
  earlier: z.array(z.string()).meta({ description: 'Keys whose answer was given to a wording that changed since, or to a question that is asked no more.' }),
  consents: z
    .record(z.string(), z.object({ wording: z.string(), givenAt: z.iso.datetime({ offset: true }), withdrawnAt: z.iso.datetime({ offset: true }).nullable() }))
    .meta({ description: 'By the consent’s key, the newest; who never consented has none.' }),
  via: z.string().meta({ description: 'The door: form, api, organiser.' }),
  registeredAt: z.iso.datetime({ offset: true }),
  updatedAt: z.iso.datetime({ offset: true }),
})

export const registrationList = z.object({ data: z.array(registration) })

const depth = z.enum(['never', 'planned', 'discussed', 'minuted']).meta({ description: 'minuted: published notes speak of it.' })
const day = z.string().meta({ examples: ['2026-10-08'] })
const coveredSession = z.object({
  slug,
  title: z.string(),
  date: day,
  state: z.enum(['coming', 'to-confirm', 'discussed', 'not-discussed', 'inferred', 'called-off']).meta({ description: 'to-confirm: over, and nobody has said yet what was discussed. not-discussed: planned, and its host said that it was not. inferred: the link is ours.' }),
  url: z.url(),
})

export const coverage = z.object({
  report: z.object({
    slug,
    title: z.string(),
    publishedOn: z.string(),
    url: z.url(),
    sentence: inBoth.meta({ description: 'The figures in words, as above the map.' }),
    counts: z.object({ total: z.int(), never: z.int(), planned: z.int(), discussed: z.int(), minuted: z.int(), toConfirm: z.int() }).meta({ description: 'Recommendations at each depth; toConfirm is part of planned.' }),
  }),
  recommendations: z.array(
    z.object({
      number: z.int(),
      title: z.string().meta({ description: 'The official wording, where one is known.' }),
      short: inEither,
      cultural: z.boolean(),
      depth,
      toConfirm: z.boolean().meta({ description: 'Planned, and nobody has said yet whether the session that is over discussed it.' }),
      lastDiscussed: day.nullable(),
      eventCount: z.int(),
      passageCount: z.int(),
      events: z.array(coveredSession).meta({ description: 'Those that are counted, the oldest first; at most the 200 newest.' }),
      notCounted: z.array(coveredSession).meta({ description: 'Called off, linked by us, or planned and then not discussed: shown, never counted.' }),
      passages: z.array(z.object({ id: z.string(), text: z.string(), event: slug, edition: z.int(), url: z.url() })).meta({ description: 'Of current restitutions that everybody may read; the address leads to the paragraph.' }),
      relays: z.array(z.object({ house: z.string(), on: day, text: z.string(), event: slug })).meta({ description: 'What other houses made of its sessions.' }),
      url: z.url(),
    }),
  ),
  themes: z.array(z.object({ slug, depth, events: z.int(), passages: z.int(), lastDiscussed: day.nullable() })),
})

export const discussed = z.object({ discussed: z.int().meta({ description: 'How many recommendations are now said to have been discussed at this session.' }) })

const ties = { recommendations: z.array(z.object({ report: slug, number: z.int() })), themes: z.array(slug) }

export const notes = z.object({
  event: slug,
  edition: z.int(),
  authors: z.string(),
  licence: z.string(),
  publishedAt: z.iso.datetime({ offset: true }),
  url: z.url(),
  markdown: z.string(),
  document: z.unknown().meta({ description: 'The same as Tiptap’s JSON; each paragraph has an id for ever.' }),
  passages: z
    .array(z.object({ id: z.string(), text: z.string(), recommendations: z.array(z.object({ report: slug, number: z.int() })), themes: z.array(slug), url: z.url() }))
    .meta({ description: 'Paragraphs that are tied to a recommendation or a theme.' }),
  editions: z
    .array(
      z.object({
        number: z.int(),
        publishedAt: z.iso.datetime({ offset: true }),
        authors: z.string().nullable(),
        licence: z.string(),
        changes: z.string().nullable().meta({ description: 'What changes in it, as its editors say.' }),
        withdrawn: z.boolean(),
        url: z.url().meta({ description: 'Its own address, for ever; a paragraph’s is this with `#p-<id>`.' }),
        paragraphs: z.array(z.object({ id: z.string().meta({ description: 'The same from one edition to the next.' }), text: z.string(), ...ties })).optional().meta({ description: 'Not of a withdrawn one.' }),
      }),
    )
    .meta({ description: 'Every edition, the newest first.' }),
})

export const published = z.object({ number: z.int(), url: z.url().meta({ description: 'The edition’s own address, for ever.' }) })

export const notesSaved = z.object({ revision: z.int().meta({ description: 'Raised by each save, whoever saves.' }), passages: z.int().meta({ description: 'Paragraphs tied to a recommendation or a theme.' }) })

export const found = z.object({
  data: z
    .array(z.object({ kind: z.enum(['event', 'report', 'recommendation', 'passage', 'speaker']), title: z.string(), excerpt: z.string(), url: z.url() }))
    .meta({ description: 'The nearest first. A passage bears its session’s title; its address leads to the paragraph, a speaker’s to their next session or the last.' }),
})

export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().meta({ description: 'French or English, by Accept-Language.' }),
  reason: z.string().meta({ description: 'For programs: does not change with the language.' }),
  errors: z
    .array(z.object({ field: z.string().meta({ description: 'Its path: programme.0.title' }), reason: z.string(), detail: z.string() }))
    .optional(),
})

export type EventJson = z.infer<typeof event>
