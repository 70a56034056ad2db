import { z } from 'zod'

/**
 * The shape of an export, version 1, written down for whoever reads one (docs/export.md says the same in words). Instants
 * are RFC 3339 in UTC. Nothing in it opens a door: no link, no token, no code.
 */
const instant = z.iso.datetime()
const event = z.strictObject({ title: z.string(), page: z.url(), startsAt: instant, status: z.enum(['draft', 'published', 'called-off']) })

/** What was written to us: as a calendar's answer, in words, or as a report that a letter came back. */
const message = z.strictObject({
  receivedAt: instant,
  /** Null where it came from somebody else, whose words are not in this export. */
  from: z.string().nullable(),
  subject: z.string().nullable(),
  words: z.string().nullable(),
  kind: z.string(),
  /** What was made of it, as a code. */
  outcome: z.string(),
})

const registration = z.strictObject({
  id: z.uuid(),
  event,
  name: z.string(),
  address: z.string(),
  locale: z.string(),
  timeZone: z.string(),
  status: z.enum(['pending', 'confirmed', 'waitlisted', 'offered', 'cancelled']),
  /** What a pending one waits for. */
  pendingFor: z.enum(['circle', 'proof', 'approval']).nullable(),
  heldUntil: instant.nullable(),
  place: z.enum(['room', 'screen']),
  seats: z.int(),
  /** By which door it came: form, api, organiser, import, standing. */
  via: z.string(),
  /** The organisation whose seats it sits on. */
  keptFor: z.string().nullable(),
  createdAt: instant,
  updatedAt: instant,
  provenAt: instant.nullable(),
  approvedAt: instant.nullable(),
  cancelledAt: instant.nullable(),
  /** The request to be let into a closed circle. */
  asked: z.strictObject({ at: instant, words: z.string().nullable() }).nullable(),
  companions: z.array(z.strictObject({ name: z.string(), createdAt: instant })),
  /** As the question was asked; of a choice, what was chosen, in words. */
  answers: z.array(z.strictObject({ question: z.string(), key: z.string(), answer: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]), at: instant })),
  /** A letter was asked for when the notes are published. */
  wantsNotes: z.boolean(),
  consents: z.array(z.strictObject({ to: z.string(), givenAt: instant, withdrawnAt: instant.nullable() })),
  accessNeeds: z
    .strictObject({ needs: z.array(z.string()), words: z.string().nullable(), state: z.string(), reply: z.string().nullable(), repliedAt: instant.nullable(), createdAt: instant })
    .nullable(),
  calendarAnswers: z.array(
    z.strictObject({
      answer: z.enum(['accepted', 'tentative', 'declined', 'delegated', 'countered']),
      givenAt: instant,
      /** It answered an invitation that had changed since, or came after a later answer. */
      old: z.boolean(),
      comment: z.string().nullable(),
      proposedStart: instant.nullable(),
      proposedEnd: instant.nullable(),
    }),
  ),
  messages: z.array(message),
  /** What you said of the session, for its notes; `name` is the one to stand beside it. */
  takeaways: z.array(
    z.strictObject({ words: z.string(), name: z.string().nullable(), by: z.string(), at: instant, decision: z.enum(['open', 'approved', 'declined']), decidedAt: instant.nullable() }),
  ),
  /** Questions that you proposed before the session, and those of others that you gave your vote to. */
  preparedQuestions: z.array(z.strictObject({ words: z.string(), at: instant, votes: z.int(), isSetAside: z.boolean() })),
  votesForQuestions: z.array(z.strictObject({ words: z.string(), at: instant })),
  /** Each step with its reason's code; `by` is yourself, the team, or the program. */
  story: z.array(z.strictObject({ at: instant, status: z.string(), reason: z.string(), by: z.enum(['yourself', 'team', 'program']) })),
})

const letter = z.strictObject({
  subject: z.string().nullable(),
  kind: z.string(),
  to: z.string(),
  status: z.string(),
  writtenAt: instant,
  sentAt: instant.nullable(),
  cameBackAt: instant.nullable(),
})

/** An address to which our letters came back: nothing more is sent there until that is mended. */
const unreachable = z.strictObject({ address: z.string(), since: instant, diagnosis: z.string() })

const standing = z.strictObject({
  series: z.string(),
  name: z.string(),
  address: z.string(),
  locale: z.string(),
  timeZone: z.string(),
  place: z.enum(['room', 'screen']).nullable(),
  createdAt: instant,
  provenAt: instant.nullable(),
  pausedAt: instant.nullable(),
  endedAt: instant.nullable(),
})

/** What is followed by letter: what it is called, or, where it is no more, what kind of thing it was. */
const follow = z.strictObject({ what: z.string(), address: z.string(), locale: z.string(), askedAt: instant, confirmedAt: instant.nullable(), stoppedAt: instant.nullable() })

const head = { format: z.literal('parlons-en/export/1'), house: z.string(), madeAt: instant }

/** What the link of one registration exports. */
export const registrationExport = z.strictObject({ ...head, registrations: z.array(registration), letters: z.array(letter), unreachable: z.array(unreachable) })

/** What somebody who is logged in exports. */
export const personExport = z.strictObject({
  ...head,
  person: z.strictObject({ name: z.string().nullable(), address: z.string(), role: z.string(), locale: z.string(), createdAt: instant, provenAt: instant.nullable(), hasCalendarAddress: z.boolean() }),
  otherAddresses: z.array(z.strictObject({ address: z.string(), provenAt: instant })),
  addressChanges: z.array(z.strictObject({ address: z.string(), means: z.enum(['replace', 'add']), askedAt: instant, expires: instant, usedAt: instant.nullable() })),
  /** The list of members, where one of your addresses stands in it. */
  membership: z.array(z.strictObject({ value: z.string(), label: z.string().nullable(), since: z.iso.date().nullable(), until: z.iso.date().nullable() })),
  invitations: z.array(event),
  standingRegistrations: z.array(standing),
  follows: z.array(follow),
  sessions: z.array(z.strictObject({ device: z.string().nullable(), createdAt: instant, expires: instant })),
  logIns: z.array(z.strictObject({ address: z.string(), askedAt: instant, usedAt: instant.nullable() })),
  apiTokens: z.array(z.strictObject({ name: z.string(), createdAt: instant, lastUsedAt: instant.nullable(), revokedAt: instant.nullable() })),
  accessNeedsKept: z.array(event),
  /** What you did as an organiser. */
  journal: z.array(z.strictObject({ at: instant, verb: z.string(), subject: z.string() })),
  registrations: z.array(registration),
  letters: z.array(letter),
  /** What you wrote to us that belongs to no registration. */
  messages: z.array(message),
  unreachable: z.array(unreachable),
})

export type RegistrationExport = z.infer<typeof registrationExport>
export type PersonExport = z.infer<typeof personExport>
