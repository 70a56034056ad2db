/** A seat is held for so long while its address is being proven. */
export const holdMinutes = 30

/** For so long whoever gave a seat back may take it back as it was, if nobody has it. */
export const takeBackMinutes = 10

type Step = { status: string; actor: string; reason: string } | undefined

/** Did its own person, on its page or from their calendar, give a seat, or an offered one, back so short a time ago? `before` and `ending` are the last two steps of its story. */
export const isJustGivenBack = ({ status, cancelledAt }: { status: string; cancelledAt: Date | null }, { before, ending }: { before: Step; ending: Step }, now: Date) =>
  status === 'cancelled' && isTheirWord(ending) && (before?.status === 'confirmed' || before?.status === 'offered')
  && cancelledAt !== null && cancelledAt.getTime() > now.getTime() - takeBackMinutes * 60_000

/** Their calendar's word is theirs, even where an organiser found out whose it was. */
const isTheirWord = (ending: Step) => ending?.reason === 'declined-in-calendar' || (ending?.reason === 'cancelled' && ending.actor === 'themselves')

/** For so long the page that registered somebody may put the address right. */
export const mistakeMinutes = 30

/** Numbers what one person's calendar receives (RFC 5545 3.8.7.4): both parts only ever rise. */
export const personalSequence = (eventSequence: number, revision: number) => eventSequence + revision

/**
 * A letter that an unproven visitor can cause is said once in twenty minutes: its revision is the twenty minutes it
 * falls in, and the outbox holds (about, kind, revision) once. So at most three an hour reach an address that way.
 */
export const twentyMinutes = (now: Date) => Math.floor(now.getTime() / 1_200_000)

/** Why a registration does not follow any more, whoever asks. */
export function shutToChange(event: { status: string; startsAt: Date }, now: Date) {
  if (event.status === 'called_off') return 'called-off' as const
  return event.startsAt <= now ? ('already-over' as const) : null
}

/** What the form's next visitor would be told: nobody learns from it who is registered. */
export const answerFor = { open: 'confirmed', waitlist: 'waitlisted', full: 'full', closed: 'closed' } as const

/** For so long the link to a new address waits to be confirmed. */
export const addressChangeHours = 24

/** What one person, or the holders of one registration's link, may ask for. */
export const mostAddressChanges = { most: 10, seconds: 3600 }

type Standing = { status: keyof typeof rank; line: number; seats: number; createdAt: Date }

const rank = { confirmed: 4, offered: 3, waitlisted: 2, pending: 1, cancelled: 0 }

/**
 * Of two registrations of one person at one event, does the first stand better? A seat before an offer before the line;
 * in line who came first; of two seats the one that brings more people, so that no colleague loses theirs.
 */
export function isBetter(one: Standing, other: Standing): boolean {
  if (one.status !== other.status) return rank[one.status] > rank[other.status]
  if (one.status === 'cancelled' || one.status === 'pending') return false
  return one.status === 'waitlisted' ? one.line < other.line : one.seats > other.seats
}

/** The one of several that one person keeps: the best, and of equals the one that was made first. */
export const bestOf = <Row extends Standing>(rows: Row[]): Row | undefined =>
  rows.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime()).reduce<Row | undefined>((best, row) => (!best || isBetter(row, best) ? row : best), undefined)

type Reader = { status: string; event: { status: string; notesVisibility: string } }

/** May they ask to be told when the notes are published? Whoever has a seat, where others than organisers will read them. */
export const mayWantNotes = ({ status, event }: Reader) => status === 'confirmed' && event.status === 'published' && event.notesVisibility !== 'organisers'
