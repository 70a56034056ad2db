import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { guest } from '@/lib/actor'
import { calendarEvent } from '@/lib/calendar/entry'
import { readFile, type CalendarFile, entriesOf } from '@/lib/calendar/calendar-file'
import { oneLine } from '@/lib/calendar/content-lines'
import { feed } from '@/lib/calendar/feed'
import { lint } from '@/lib/calendar/lint'
import { feedEvents, feedName } from '@/lib/calendar/queries'
import { setClock } from '@/lib/clock'
import { completeConfig, config } from '@/lib/config'
import { db } from '@/lib/db'
import { callOff } from '@/lib/events/call-off'
import { create } from '@/lib/events/create'
import { publish } from '@/lib/events/publish'
import { callOffInput, type EventInput, eventInput } from '@/lib/events/schema'
import { addCompanion } from '@/lib/registrations/add-companion'
import { cancel } from '@/lib/registrations/cancel'
import { register } from '@/lib/registrations/register'
import { companionInput, registrationInput } from '@/lib/registrations/schema'
import { unlinked } from '@/lib/text'
import { createSeries } from '@/lib/series/create'
import { house, linkOf, must } from '@/tests/support/events'
import { filesTo } from '@/tests/support/invitations'
import { settle } from '@/tests/support/jobs'
import { messageOf } from '@/lib/mail/mime'
import { readEvent } from '@/tests/support/mime'

beforeEach(() => setClock(new Date('2026-11-23T08:00:00Z')))
afterEach(() => {
  setClock(null)
  vi.unstubAllEnvs()
  const { databaseUrl, authSecret } = config()
  completeConfig({ databaseUrl, authSecret })
})

/** What could end a line, begin a component, close a quote, hide in a fold, or be taken for an escape. */
const hostile: Record<string, string> = {
  CRLF: 'Café\r\nATTENDEE:mailto:x@evil.example',
  LF: 'Café\nBEGIN:VALARM\nACTION:AUDIO\nEND:VALARM',
  CR: 'Café\rX-EVIL:1',
  NUL: 'Café\0\r\nSTATUS:CANCELLED',
  'a next line': 'Café\u0085METHOD:CANCEL',
  'a line separator': 'Café\u2028UID:other\u2029SEQUENCE:99',
  'a vertical tab and a form feed': 'Café\v\fEND:VEVENT',
  'half a character': 'Café\uD83D débat \uDE00',
  'a fold': 'Café\r\n ;X=1:y\r\n\tz',
  'the end of the file': 'Café\r\nEND:VEVENT\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR',
  'a parameter': 'Café;VALUE=URI:https://evil.example',
  'quotes and colons': '"Café":"débat";CN="x":mailto:x@evil.example',
  'carets': 'Café ^n^n ^\' ^^ débat',
  'escapes': 'Café \\n \\\\, \\; \\N, fin\\',
  'replacement patterns': 'Café $& $1 $` débat',
  'emoji at the folds': '👩‍👩‍👧🏳️‍🌈é'.repeat(8),
  'right to left': '\u202Eéfac\u202C \u200Fمسرح\u200E \u2066x\u2069',
  'a mark of the beginning': '\uFEFFCafé',
  'HTML': '<script>x</script> & <b>Café</b> &amp;',
  'null and undefined': 'null undefined NaN',
  'long': 'Très long, '.repeat(11),
}

const shape = (file: CalendarFile) => entriesOf(file).map((entry) => [...new Set(entry.lines.map(({ name }) => name)), ...entry.parts.map(({ name }) => name)].toSorted())
const accepted = <Value>(parsed: { success: boolean; data?: Value }) => (parsed.success ? parsed.data : undefined)

/** Everything that somebody can type into an event, in their own way in: what the form refuses stays as it was. */
function eventWith(text: string): EventInput {
  const usual = { title: 'Café du jeudi', startsAt: '2027-01-14T09:00', endsAt: '2027-01-14T10:00', timeZone: 'Europe/Paris', mode: 'hybrid', companionsMost: 1, themes: ['donnees'] }
  const typed: Record<string, unknown> = {
    title: text, summary: text.slice(0, 390), description: text, venue: { name: text, address: text, city: text }, joinUrl: `https://visio.example/${text}`, slug: text,
    speakers: [{ name: text, role: text, organisation: text }], partners: [{ name: text }], programme: [{ title: text }], translation: { title: text, summary: text.slice(0, 390) },
  }
  return eventInput.parse(Object.entries(typed).reduce<Record<string, unknown>>((event, [field, value]) => (eventInput.safeParse({ ...event, [field]: value }).success ? { ...event, [field]: value } : event), usual))
}

/** The same, past every form: as if all of them let everything in. Postgres alone refuses NUL and halves of characters. */
function eventPast(text: string): EventInput {
  const stored = text.replace(/\0|\p{Cs}/gu, '')
  return { ...eventWith('Café'), title: stored, summary: stored, venue: { name: stored, address: stored, city: stored }, joinUrl: `https://visio.example/${stored}`, translation: { title: stored, summary: stored } }
}

type Typed = { name: string; companion: string; reason: string | null }

/** A seat, a colleague, a move, a second seat given back, and the end of it all. */
async function toldOf(event: EventInput, { name, companion, reason }: Typed) {
  const { slug } = must(await create(house, event))
  must(await publish(house, slug))
  const seat = must(await register(guest, slug, { ...registrationInput.parse({ name: 'x', email: anne, place: 'room' }), name }))
  await settle()
  must(await addCompanion(guest, linkOf(seat.registrationId), companion))
  const other = must(await register(guest, slug, { ...registrationInput.parse({ name: 'x', email: zoe, place: 'screen', locale: 'en' }), name }))
  await settle()
  must(await cancel(guest, linkOf(other.registrationId)))
  must(await callOff(house, slug, reason))
  await settle()
  return db.event.findUniqueOrThrow({ where: { slug } })
}

const anne = 'anne+{^}$&*@x.example'
const zoe = 'zoe@x.example'

const plain = ['ATTENDEE', 'CATEGORIES', 'CREATED', 'DESCRIPTION', 'DTEND', 'DTSTAMP', 'DTSTART', 'LAST-MODIFIED', 'LOCATION', 'ORGANIZER', 'SEQUENCE', 'STATUS', 'SUMMARY', 'TRANSP', 'UID', 'URL']

async function isUnharmed({ id, title }: { id: string; title: string }, text: string) {
  const told = [...(await filesTo(anne)), ...(await filesTo(zoe))]
  expect(told.map(({ calendarMethod }) => calendarMethod)).toEqual(['REQUEST', 'REQUEST', 'CANCEL', 'REQUEST', 'CANCEL'])
  for (const letter of told) {
    const file = letter.calendar
    const mail = (await messageOf(letter).node.build()).toString('utf8')
    expect(lint(file, { mail, answersRead: false, typed: [text, oneLine(text), oneLine(unlinked(text)), text.replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')] }).filter(({ level }) => level === 'wrong'), file).toEqual([])
    const [entry] = shape(readFile(file))
    expect(entry.filter((name) => !plain.includes(name) && name !== 'CONFERENCE')).toEqual([])
    const said = readEvent(file)
    expect([said.uid, said.attendees.map(({ address }) => address), said.organiser.split('@')[0].length]).toEqual([id, [letter.toAddress], 37])
    if (letter.locale === 'fr') expect(said.summary).toBe(`${/^STATUS:CANCELLED/m.test(file) ? 'Annulé : ' : ''}${oneLine(title)}`)
  }
  const rows = await feedEvents({ kind: 'events' })
  const name = await feedName({ kind: 'series', slug: 'cafe' })
  const all = feed({ name: name?.fr ?? '', locale: 'fr', timeZone: 'Europe/Paris', address: 'https://parlons.example/feeds/events.ics', events: rows.map((row) => calendarEvent(row, 'fr')) })
  expect(shape(readFile(all))).toHaveLength(rows.length)
  expect(shape(readFile(all)).flat().filter((one) => !plain.includes(one))).toEqual([])
  expect(readEvent(all).summary).toBe(`Annulé : ${oneLine(title)}`)
}

/** The themes, the formats and the network itself are called so too. */
async function everythingIsCalled(text: string) {
  const stored = text.replace(/\0|\p{Cs}/gu, '')
  await db.theme.create({ data: { slug: 'donnees', nameFr: stored, nameEn: stored, shortFr: stored, shortEn: stored } })
  must(await createSeries(house, { slug: 'cafe', nature: 'format', nameFr: stored, nameEn: stored }))
  const { databaseUrl, authSecret } = config()
  vi.stubEnv('MAIL_FROM', `"${text.replace(/["\0\r\n<>]/g, ' ').slice(0, 80)}" <bonjour@parlons.example>`)
  completeConfig({ databaseUrl, authSecret })
}

test.each(Object.entries(hostile))('through every form: %s', async (_, text) => {
  await everythingIsCalled(text)
  const [name, companion, reason] = [registrationInput.shape.name.safeParse(text), companionInput.shape.name.safeParse(text), callOffInput.shape.reason.safeParse(text)]
  const event = await toldOf(eventWith(text), { name: accepted(name) ?? 'Anne', companion: accepted(companion) ?? 'Aïcha', reason: accepted(reason) ?? null })
  await isUnharmed(event, text)
})

test.each([0, 1, 2])('past every form, several at once: group %i', async (group) => {
  const text = Object.values(hostile).filter((_, place) => place % 3 === group).join(' ')
  const stored = text.replace(/\0|\p{Cs}/gu, '')
  await everythingIsCalled(text)
  await isUnharmed(await toldOf(eventPast(text), { name: stored, companion: stored, reason: stored }), stored)
})
