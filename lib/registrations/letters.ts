import { foldAddress } from '@/lib/address'
import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { capability } from '@/lib/ids'
import type { Composed, LetterRow } from '@/lib/mail/deliver'
import { plainKind } from '@/lib/mail/rules'
import type { Announced } from '@/lib/time'
import { webAddress } from '@/lib/web-address'
import { calendarOf, letterInclude, type LetterSubject, registrationFacts, senderOf, standingOf, type Word } from './letter-facts'

/** What a letter about a registration is composed from, besides the registration: its row, or what a preview puts in its place. */
export type Said = Pick<LetterRow, 'kind' | 'revision' | 'toName' | 'toAddress' | 'facts'>

/** What this address had before about the registration. */
export type Earlier = {
  /** Any letter at all. */
  told: boolean
  /** Does an entry that we made stand in its calendar? */
  invited: boolean
  /** How the registration stood before it was cancelled, and why it was. */
  stood: string | null
  ending: string | null
  /** Is the last that it heard of the event that it is called off? */
  calledOff: boolean
}

/**
 * What a letter about a registration says, from what is true when its turn comes. Null where its moment has passed: the
 * registration is gone or stands otherwise by now, the offer is over, the event was moved, called off or has begun.
 */
export async function composeAboutRegistration(letter: LetterRow): Promise<Composed | null> {
  const row = await db.registration.findUnique({ where: { id: letter.about.slice('registration/'.length) }, include: letterInclude })
  if (row && letter.kind === 'notes-out' && !(await isOut(row.eventId, Number((letter.facts as Own).edition)))) return null
  return row && composeFor(letter, row, await earlierThan(letter))
}

/** Can that edition still be read? */
const isOut = async (eventId: string, number: number) => (await db.edition.count({ where: { eventId, number, withdrawnAt: null } })) > 0

/** The same from rows at hand, as at that instant. */
export function composeFor(letter: Said, row: LetterSubject, earlier: Earlier, at = now()): Composed | null {
  // The address was changed meanwhile: whoever has the old one learns that the registration left, no more.
  if (isReaddressed(letter, row) && (letter.kind !== 'registration-cancelled' || !earlier.told)) return null
  const calledOff = row.event.status === 'called_off'
  if (calledOff && !['event-called-off', 'registration-cancelled'].includes(letter.kind)) return null
  const said = wordsOf(letter, row, earlier, at)
  if (!said) return null
  const word = wordFor(said, letter, row, earlier)
  return { letter: said, from: senderOf(row), calendar: word && calendarOf(letter, row, word) }
}

const isReaddressed = ({ toAddress }: Said, { addressFold }: LetterSubject) => foldAddress(toAddress) !== addressFold

type Own = {
  was?: Announced
  added?: string[]
  removed?: string[]
  by?: 'person' | 'calendar' | 'organiser'
  hadSeat?: boolean
  words?: string | null
  why?: 'refused' | 'lapsed'
  startsAt?: string
  readdressed?: boolean
  /** What a calendar answered, for whom, and when the event began as it knew it. */
  said?: 'accepted' | 'tentative' | 'declined'
  attendee?: string | null
  /** Of an edition that is out: its number, and what is said of it. */
  edition?: number
  authors?: string
  changes?: string | null
}

function wordsOf(letter: Said, row: LetterSubject, earlier: Earlier, at: Date): Composed['letter'] | null {
  const facts = registrationFacts(letter, row)
  const { event, name, readerZone, manageUrl, answersRead } = facts
  const own = letter.facts as Own
  const { status, pendingFor, heldUntil } = row
  const kind = plainKind(letter.kind)
  switch (kind) {
    case 'seat-confirmed':
    case 'seat-promoted':
      return status === 'confirmed' ? { kind, ...facts } : null
    case 'seat-waitlisted':
      return status === 'waitlisted' ? { kind, ...facts } : null
    case 'seat-offered':
      return status === 'offered' && heldUntil && heldUntil > at ? { kind, ...facts, heldUntil: heldUntil.toISOString() } : null
    case 'offer-passed':
      return status === 'waitlisted' && row.event.startsAt > at ? { kind, ...facts, why: own.why ?? 'lapsed' } : null
    case 'place-switched':
      return status === 'confirmed' || status === 'waitlisted' ? { kind, ...facts, standing: standingOf(row) } : null
    case 'reminder':
      return status === 'confirmed' && row.event.startsAt > at && own.startsAt === row.event.startsAt.toISOString() ? { kind, ...facts } : null
    case 'takeaway': {
      if (status !== 'confirmed' || row.event.status !== 'published' || row.event.overAt > at) return null
      const takeawayUrl = webAddress('/registrations/[token]/takeaway', { token: capability('manage', row.id, row.generation) }, row.locale)
      return { kind, event, name, readerZone, takeawayUrl, answersRead: facts.answersRead, readers: row.event.notesVisibility }
    }
    case 'notes-out': {
      const { notesVisibility, slug, status: standing } = row.event
      if (status !== 'confirmed' || !row.wantsNotes || standing !== 'published' || notesVisibility === 'organisers') return null
      const notesUrl = webAddress('/events/[slug]/notes', { slug }, row.locale)
      return { kind, event, name, readerZone, manageUrl, answersRead, notesUrl, edition: own.edition ?? 1, authors: own.authors ?? '', changes: own.changes ?? null, readers: notesVisibility }
    }
    case 'address-to-prove':
      return pendingFor === 'proof' && (heldUntil === null || heldUntil > at) ? { kind, ...facts, heldUntil: heldUntil?.toISOString() ?? null } : null
    case 'approval-awaited':
      return pendingFor === 'approval' ? { kind, ...facts } : null
    case 'registration-pending': {
      const audience = row.event.audience === 'invited' ? 'invited' : 'members'
      return pendingFor === 'circle' ? { kind, event, name, readerZone, manageUrl, audience, asked: row.askedAt !== null, answersRead } : null
    }
    case 'registration-declined':
      return status === 'cancelled' ? { kind, event, name, readerZone, words: own.words?.trim() || null, agendaUrl: webAddress('/', {}, row.locale), answersRead } : null
    case 'registration-again':
      return { kind, ...facts, standing: standingOf(row) }
    case 'registration-cancelled': {
      // Two registrations of one person were made one: theirs goes on elsewhere, nobody gave it back.
      const by = isReaddressed(letter, row) || own.readdressed || earlier.ending === 'united' ? 'readdressed' : (own.by ?? 'person')
      const isFollowed = row.event.status === 'published' && row.event.startsAt > at
      const returnUrl = isFollowed && (by === 'person' || by === 'calendar') ? manageUrl : null
      return { kind, event, name, readerZone, by, hadSeat: own.hadSeat ?? true, wasInLine: earlier.stood === 'waitlisted', reason: null, returnUrl }
    }
    case 'access-answered': {
      const need = row.accessNeed
      return need && need.state !== 'open' ? { kind, event, name, readerZone, manageUrl, state: need.state, reply: need.reply, answersRead } : null
    }
    case 'companion-changed':
      return status === 'cancelled' ? null : { kind, ...facts, standing: standingOf(row), added: own.added ?? [], removed: own.removed ?? [] }
    case 'event-changed':
      return own.was && status !== 'cancelled' ? { kind, ...facts, was: own.was, place: row.event.venue?.name ?? null, standing: standingOf(row) } : null
    case 'event-back-on':
      return earlier.calledOff && status !== 'cancelled' && row.event.startsAt > at ? { kind, ...facts, standing: standingOf(row), asksAccess: row.event.asksAccess } : null
    case 'answer-again': {
      // What is cancelled is asked about only where the answer was Yes: it says the way back, unless it goes on elsewhere.
      if (!own.said || row.event.startsAt <= at || (status === 'cancelled' && (own.said !== 'accepted' || earlier.ending === 'united'))) return null
      return { kind, ...facts, standing: standingOf(row), said: own.said, was: own.startsAt ?? null }
    }
    case 'answer-unsure':
      if (!own.said || row.event.startsAt <= at || status === 'cancelled') return null
      return { kind, ...facts, standing: standingOf(row), said: own.said, attendee: own.attendee ?? null }
    case 'event-called-off':
      // It is back on already: nothing was said, so there is nothing to take back.
      if (row.event.status !== 'called_off') return null
      return { kind, event, name, readerZone, reason: row.event.calledOffReason, agendaUrl: webAddress('/', {}, row.locale), answersRead }
    default:
      throw new Error(`No letter about a registration is called ${letter.kind}`)
  }
}

/** These say nothing that a calendar does not know: their invitation came with another letter, or is yet to come. */
const withoutCalendar = ['reminder', 'takeaway', 'notes-out', 'answer-unsure', 'access-answered', 'registration-pending', 'address-to-prove', 'approval-awaited']

/**
 * What the calendar is told beside the words. Whoever only asked for a seat has no entry yet; one that was made before
 * stays withdrawn. Withdrawn is only what was sent.
 */
function wordFor({ kind }: { kind: string }, { revision }: Said, row: LetterSubject, { invited }: Earlier): Word | undefined {
  if (withoutCalendar.includes(kind)) return undefined
  if (kind === 'event-called-off') return invited ? { method: 'CANCEL', of: 'event', revision: row.revision } : undefined
  if (kind === 'registration-cancelled' || kind === 'registration-declined') return invited ? { method: 'CANCEL', of: 'registration', revision } : undefined
  return row.status === 'pending' || row.status === 'cancelled' ? undefined : { method: 'REQUEST' }
}

/** What was composed before is kept, sent or not: letters about the same thing leave one after the other. */
async function earlierThan(letter: LetterRow): Promise<Earlier> {
  if (!['registration-cancelled', 'registration-declined', 'event-called-off', 'event-back-on', 'answer-again'].includes(letter.kind)) return { told: true, invited: true, stood: null, ending: null, calledOff: false }
  const [letters, steps] = await Promise.all([
    db.letter.findMany({
      where: { about: letter.about, composedAt: { not: null }, id: { not: letter.id } },
      orderBy: { composedAt: 'desc' },
      select: { kind: true, toAddress: true, calendarMethod: true },
    }),
    db.registrationStep.findMany({ where: { registrationId: letter.about.slice('registration/'.length) }, orderBy: { id: 'desc' }, select: { status: true, reason: true } }),
  ])
  const here = letters.filter(({ toAddress }) => foldAddress(toAddress) === foldAddress(letter.toAddress))
  const ending = steps.findIndex(({ status }) => status === 'cancelled')
  return {
    told: here.length > 0,
    invited: here.find(({ calendarMethod }) => calendarMethod !== null)?.calendarMethod === 'REQUEST',
    stood: ending < 0 ? null : (steps[ending + 1]?.status ?? null),
    ending: ending < 0 ? null : steps[ending].reason,
    calledOff: here.find(({ kind }) => kind === 'event-called-off' || kind === 'event-back-on')?.kind === 'event-called-off',
  }
}
