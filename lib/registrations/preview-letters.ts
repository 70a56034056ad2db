import type { Actor } from '@/lib/actor'
import { type Finding, lint } from '@/lib/calendar/lint'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import { db } from '@/lib/db'
import { shown } from '@/lib/events/rules'
import type { Composed } from '@/lib/mail/deliver'
import { preview, type Preview, previewMessage } from '@/lib/mail/preview'
import { done, type Outcome, refused } from '@/lib/outcome'
import type { Locale } from '@/lib/text'
import { canSeeRegistrations } from './access'
import { type EntryState, type Example, type ExampleEvent, exampleId, exampleInclude, exampleOfState, exampleRow, examplesOf } from './letter-examples'
import { entryOf, seatStateOf } from './letter-facts'
import { composeFor } from './letters'
import { accessNeedOf, addressChangedOf, addressChangeOf } from './letters-besides'
import { addressChangeHours } from './rules'

export type LetterPreview = Preview & { to: { name: string; address: string } }

/** Every letter that an event sends by its settings, each by its key. Refusals: `forbidden`, `not-found`. */
export async function lettersOfEvent(actor: Actor, slug: string): Promise<Outcome<Example[], 'forbidden' | 'not-found'>> {
  if (!canSeeRegistrations(actor)) return refused('forbidden')
  const event = await db.event.findUnique({ where: { slug }, include: exampleInclude })
  return event ? done(examplesOf(event, 'fr', now())) : refused('not-found')
}

/**
 * One of them in a language, exactly as it would be sent to a registration such as the event could have: composed and
 * rendered by what composes and renders the real ones. Nothing is written. Refusals: `forbidden`, `not-found`.
 */
export async function previewLetter(actor: Actor, slug: string, key: string, locale: Locale): Promise<Outcome<LetterPreview, 'forbidden' | 'not-found'>> {
  if (!canSeeRegistrations(actor)) return refused('forbidden')
  const event = await db.event.findUnique({ where: { slug }, include: exampleInclude })
  const example = event && examplesOf(event, locale, now()).find((one) => one.key === key)
  if (!event || !example) return refused('not-found')
  const { name, address } = exampleRow(event, locale, example.at)
  const composed = await exampleSaid(event, example, locale)
  if (!composed) throw new Error(`The example of ${key} says nothing`)
  return done({ ...(await preview(composed, locale, example.at)), to: { name, address } })
}

export type InvitationPreview = { method: 'REQUEST' | 'CANCEL'; file: string; timeZone: string; findings: Finding[] }

/**
 * What a letter of the event, or one of the ways to stand in somebody's calendar, would tell it, and what the rules say of
 * that: of the file and of the message that brings it. Null where the letter tells calendars nothing.
 * Refusals: `forbidden`, `not-found`.
 */
export async function previewInvitation(actor: Actor, slug: string, of: { letter: string } | { state: EntryState }, locale: Locale): Promise<Outcome<InvitationPreview | null, 'forbidden' | 'not-found'>> {
  if (!canSeeRegistrations(actor)) return refused('forbidden')
  const event = await db.event.findUnique({ where: { slug }, include: exampleInclude })
  const example = event && ('state' in of ? exampleOfState(event, of.state, locale, now()) : examplesOf(event, locale, now()).find((one) => one.key === of.letter))
  if (!event || !example) return refused('not-found')
  const composed = await exampleSaid(event, example, locale)
  if (!composed?.calendar) return done(null)
  const row = exampleRow(event, locale, example.at, example.row)
  const { method, content } = composed.calendar
  const mail = await previewMessage(await preview(composed, locale, example.at), { name: row.name, address: row.address }, locale, example.at)
  const findings = lint(content, { mail, event: entryOf(row), state: seatStateOf(row), answersRead: config().answersRead, typed: row.companions.map(({ name }) => name) })
  return done({ method, file: content, timeZone: event.timeZone, findings })
}

async function exampleSaid(event: ExampleEvent, { kind, at, row: over, facts }: Example, locale: Locale): Promise<Composed | null> {
  const { title } = shown(event, locale)
  if (kind === 'access-need') return { letter: accessNeedOf(event, locale) }
  if (kind === 'address-changed') return { letter: await addressChangedOf('replace', title) }
  if (kind === 'address-change') {
    const change = { id: exampleId, means: 'replace' as const, expires: new Date(at.getTime() + addressChangeHours * 3_600_000) }
    return { letter: addressChangeOf(change, title, event.timeZone, locale) }
  }
  const row = exampleRow(event, locale, at, over)
  const letter = { kind, revision: row.revision, toName: row.name, toAddress: row.address, facts: facts ?? {} }
  return composeFor(letter, row, { told: true, invited: kind !== 'registration-declined', stood: 'confirmed', ending: null, calledOff: true }, at)
}
