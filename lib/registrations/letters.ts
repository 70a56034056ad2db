import type { EventFacts, Pigment, RegistrationFacts, WhereFacts } from '@/emails/facts'
import { foldAddress } from '@/lib/address'
import { calendarEvent, entryInclude } from '@/lib/calendar/entry'
import { invitation } from '@/lib/calendar/ics'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import { db, type Prisma } from '@/lib/db'
import { shown } from '@/lib/events/rules'
import { capability } from '@/lib/ids'
import { installation } from '@/lib/installation'
import type { Composed, LetterRow } from '@/lib/mail/deliver'
import type { Locale } from '@/lib/text'
import type { Announced } from '@/lib/time'
import { webAddress } from '@/lib/web-address'
import { personalSequence } from './rules'

const include = { companions: { orderBy: { createdAt: 'asc' } }, event: { include: entryInclude } } satisfies Prisma.RegistrationInclude

type Row = Prisma.RegistrationGetPayload<{ include: typeof include }>

/**
 * What a letter about a registration says, from what is true when its turn comes. Null where nothing is left to say:
 * the registration is gone, or a seat was announced at an event that has been called off meanwhile.
 */
export async function composeAboutRegistration(letter: LetterRow): Promise<Composed | null> {
  const row = await db.registration.findUnique({ where: { id: letter.about.slice('registration/'.length) }, include })
  if (!row) return null
  // The address was corrected meanwhile: whoever has the old one learns that the registration is withdrawn, no more.
  const readdressed = foldAddress(letter.toAddress) !== row.addressFold
  if (readdressed && letter.kind !== 'registration-cancelled') return null
  const calledOff = row.event.status === 'called_off'
  if (calledOff && !['event-called-off', 'registration-cancelled'].includes(letter.kind)) return null
  const said = await wordsOf(letter, row)
  if (!said) return null
  return { letter: said, from: senderOf(row), calendar: calendarOf(letter, row) }
}

async function wordsOf(letter: LetterRow, row: Row): Promise<Composed['letter'] | null> {
  const facts = factsOf(letter, row)
  const own = letter.facts as { was?: Announced; added?: string[]; removed?: string[]; by?: 'person' | 'organiser'; hadSeat?: boolean }
  switch (letter.kind) {
    case 'seat-confirmed':
    case 'seat-waitlisted':
    case 'seat-promoted':
      return row.status === 'cancelled' ? null : { kind: letter.kind, ...facts }
    case 'registration-again':
      return { kind: letter.kind, ...facts, standing: standingOf(row) }
    case 'registration-pending': {
      const { event, name, readerZone, manageUrl } = facts
      const audience = row.event.audience === 'invited' ? 'invited' : 'members'
      return { kind: letter.kind, event, name, readerZone, manageUrl, audience, contact: (await installation()).contact }
    }
    case 'registration-cancelled':
      return { kind: letter.kind, ...facts, by: own.by ?? 'person', hadSeat: own.hadSeat ?? true, reason: null, returnUrl: foldAddress(letter.toAddress) === row.addressFold ? facts.manageUrl : null }
    case 'companion-changed':
      return { kind: letter.kind, ...facts, standing: standingOf(row), added: own.added ?? [], removed: own.removed ?? [] }
    case 'event-changed':
      return own.was && row.status !== 'cancelled' ? { kind: letter.kind, ...facts, was: own.was, place: row.event.venue?.name ?? null, standing: standingOf(row) } : null
    case 'event-called-off':
      return { kind: letter.kind, ...facts, reason: row.event.calledOffReason, agendaUrl: webAddress('/', {}, row.locale) }
    default:
      throw new Error(`No letter about a registration is called ${letter.kind}`)
  }
}

/** What every such letter knows. The join link only for whoever has a seat. */
function factsOf(letter: LetterRow, row: Row): RegistrationFacts {
  const locale: Locale = row.locale === 'en' ? 'en' : 'fr'
  return {
    event: eventFacts(row, locale),
    name: letter.toName ?? row.name,
    companions: row.companions.map(({ name }) => name),
    manageUrl: webAddress('/registrations/[token]', { token: capability('manage', row.id, row.generation) }, locale),
    readerZone: row.timeZone,
    answersRead: config().answersRead,
  }
}

function eventFacts({ event, place, status }: Row, locale: Locale): EventFacts {
  const { title, language } = shown(event, locale)
  return {
    title,
    language,
    pigment: (event.themes[0]?.theme.pigment ?? 'ink') as Pigment,
    url: webAddress('/events/[slug]', { slug: event.slug }, locale),
    moment: {
      start: { date: event.startDate, time: event.startTime },
      end: event.endDate ? { date: event.endDate, time: event.endTime } : null,
      timeZone: event.timeZone,
      startsAt: event.startsAt.toISOString(),
      endsAt: event.endsAt?.toISOString() ?? null,
    },
    where: whereFacts(event, place, status === 'confirmed'),
  }
}

function whereFacts({ mode, venue, joinUrl }: Row['event'], place: Row['place'], hasSeat: boolean): WhereFacts {
  if (mode === 'online' || place === 'screen') return { is: 'online', joinUrl: hasSeat ? joinUrl : null }
  return { is: 'in-person', venue: venue?.name ?? null, address: [venue?.address, venue?.city].filter(Boolean).join(', ') || null }
}

const standingOf = ({ status }: Row) => (status === 'cancelled' ? 'pending' : status)

/** From and ORGANIZER are one address, the same for the registration's life, which tells whose answer comes back. */
const senderOf = ({ id }: Row) => ({
  name: config().mailFrom.name,
  address: `rsvp+${capability('reply', id)}@${config().replyDomain}`,
})

/** The invitation, its update or its withdrawal; none for whoever never had a place in the calendar. */
function calendarOf(letter: LetterRow, row: Row): Composed['calendar'] {
  const withdrawn = letter.kind === 'registration-cancelled'
  const calledOff = letter.kind === 'event-called-off'
  if (letter.kind === 'registration-pending' || (row.status === 'pending' && !withdrawn)) return undefined
  if (row.status === 'cancelled' && !withdrawn && !calledOff) return undefined
  const locale: Locale = row.locale === 'en' ? 'en' : 'fr'
  const event = calendarEvent(row.event, locale)
  const method = withdrawn || calledOff ? 'CANCEL' : 'REQUEST'
  const content = invitation({
    method,
    reason: withdrawn ? 'registration' : 'event',
    event: row.place === 'screen' ? { ...event, place: 'online' } : { ...event, joinUrl: undefined },
    sequence: personalSequence(row.event.sequence, withdrawn ? letter.revision : row.revision),
    stamp: now(),
    organiser: senderOf(row),
    attendee: { name: letter.toName ?? row.name, address: letter.toAddress },
    state: row.status === 'waitlisted' || row.status === 'offered' ? row.status : 'confirmed',
    asksAnswer: config().answersRead,
    locale,
  })
  return { method, content }
}
