import ICAL from 'ical.js'
import nodeIcal from 'node-ical'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { setClock } from '@/lib/clock'
import { create } from '@/lib/events/create'
import { eventInput } from '@/lib/events/schema'
import { appoint } from '@/lib/people/appoint'
import { db } from '@/lib/db'
import { renewFeed } from '@/lib/registrations/renew-feed'
import { anEvent, house, must, signUp } from '@/tests/support/events'
import { aSeason, feed } from '@/tests/support/feeds'

// Two programs that are not ours read every feed: one goes by the VTIMEZONEs in the file, the other by the time zones
// of its machine, whatever the file says. Beside them stand the instants that we reckoned by hand.

beforeEach(() => setClock(new Date('2026-11-23T08:00:00Z')))
afterAll(() => setClock(null))

type Case = [zone: string, start: string, end: string | undefined, from: string, to: string]

// Europe changes on 28 March and 31 October 2027 at 01:00 UTC, America on 14 March and 7 November at two in the morning
// there. La Réunion and Nouméa never do.
const timed: Case[] = [
  ['Europe/Paris', '2027-03-27T18:00', '2027-03-27T20:00', '2027-03-27T17:00Z', '2027-03-27T19:00Z'],
  ['Europe/Paris', '2027-03-28T01:30', '2027-03-28T03:30', '2027-03-28T00:30Z', '2027-03-28T01:30Z'],
  ['Europe/Paris', '2027-03-28T03:00', '2027-03-28T04:00', '2027-03-28T01:00Z', '2027-03-28T02:00Z'],
  ['Europe/Paris', '2027-03-29T09:00', '2027-03-29T10:00', '2027-03-29T07:00Z', '2027-03-29T08:00Z'],
  ['Europe/Paris', '2027-03-27T18:00', '2027-03-29T12:00', '2027-03-27T17:00Z', '2027-03-29T10:00Z'],
  ['Europe/Paris', '2027-10-30T09:00', '2027-10-30T10:00', '2027-10-30T07:00Z', '2027-10-30T08:00Z'],
  ['Europe/Paris', '2027-10-31T01:30', '2027-10-31T03:30', '2027-10-30T23:30Z', '2027-10-31T02:30Z'],
  ['Europe/Paris', '2027-10-31T02:30', '2027-10-31T04:00', '2027-10-31T00:30Z', '2027-10-31T03:00Z'], // the first of the two
  ['Europe/Paris', '2027-10-31T03:00', '2027-10-31T04:00', '2027-10-31T02:00Z', '2027-10-31T03:00Z'],
  ['Europe/Paris', '2027-10-30T18:00', '2027-10-31T12:00', '2027-10-30T16:00Z', '2027-10-31T11:00Z'],
  ['Europe/Paris', '2027-11-01T09:00', '2027-11-01T10:00', '2027-11-01T08:00Z', '2027-11-01T09:00Z'],
  ['America/Montreal', '2027-03-13T18:00', '2027-03-13T19:00', '2027-03-13T23:00Z', '2027-03-14T00:00Z'],
  ['America/Montreal', '2027-03-14T01:30', '2027-03-14T03:30', '2027-03-14T06:30Z', '2027-03-14T07:30Z'],
  ['America/Montreal', '2027-03-14T03:00', '2027-03-14T04:00', '2027-03-14T07:00Z', '2027-03-14T08:00Z'],
  ['America/Montreal', '2027-03-20T09:00', '2027-03-20T10:00', '2027-03-20T13:00Z', '2027-03-20T14:00Z'], // America has changed, Europe has not
  ['America/Montreal', '2027-03-28T02:30', '2027-03-28T03:30', '2027-03-28T06:30Z', '2027-03-28T07:30Z'], // no gap here tonight
  ['America/Montreal', '2027-11-06T09:00', '2027-11-06T10:00', '2027-11-06T13:00Z', '2027-11-06T14:00Z'],
  ['America/Montreal', '2027-11-07T01:30', '2027-11-07T03:00', '2027-11-07T05:30Z', '2027-11-07T08:00Z'], // the first of the two
  ['America/Montreal', '2027-11-07T02:00', '2027-11-07T03:00', '2027-11-07T07:00Z', '2027-11-07T08:00Z'],
  ['America/Montreal', '2027-11-08T09:00', '2027-11-08T10:00', '2027-11-08T14:00Z', '2027-11-08T15:00Z'],
  ['America/New_York', '2027-03-14T03:00', '2027-03-14T04:00', '2027-03-14T07:00Z', '2027-03-14T08:00Z'],
  ['America/New_York', '2027-11-07T00:30', '2027-11-07T02:30', '2027-11-07T04:30Z', '2027-11-07T07:30Z'],
  ['Indian/Reunion', '2027-03-28T02:30', '2027-03-28T03:30', '2027-03-27T22:30Z', '2027-03-27T23:30Z'],
  ['Indian/Reunion', '2027-10-31T02:30', '2027-10-31T03:30', '2027-10-30T22:30Z', '2027-10-30T23:30Z'],
  ['Pacific/Noumea', '2027-03-28T09:00', '2027-03-28T10:00', '2027-03-27T22:00Z', '2027-03-27T23:00Z'],
  ['Pacific/Noumea', '2027-10-31T00:30', '2027-10-31T02:30', '2027-10-30T13:30Z', '2027-10-30T15:30Z'],
  // Without an end an hour is set aside.
  ['Europe/Paris', '2027-03-28T01:30', undefined, '2027-03-28T00:30Z', '2027-03-28T01:30Z'],
]
// Whole days, whose end is the day after.
const days: Case[] = [
  ['Europe/Paris', '2027-03-28', undefined, '2027-03-28', '2027-03-29'],
  ['Europe/Paris', '2027-10-31', undefined, '2027-10-31', '2027-11-01'],
  ['Europe/Paris', '2027-03-27', '2027-03-29', '2027-03-27', '2027-03-30'],
  ['Europe/Paris', '2027-10-30T18:00', '2027-10-31', '2027-10-30', '2027-11-01'],
  ['America/Montreal', '2027-11-06', '2027-11-08', '2027-11-06', '2027-11-09'],
  ['Pacific/Noumea', '2027-10-31', undefined, '2027-10-31', '2027-11-01'],
]

type Span = { from: string; to: string }

function readWithIcalJs(file: string): Map<string, Span> {
  ICAL.TimezoneService.reset()
  const calendar = new ICAL.Component(ICAL.parse(file))
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(zone))
  const said = (time: ICAL.Time) => (time.isDate ? time.toString() : short(new Date(time.toUnixTime() * 1000)))
  return new Map(calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one)).map((event) => [event.uid, { from: said(event.startDate), to: said(event.endDate) }]))
}

function readWithNodeIcal(file: string): Map<string, Span> {
  const spans = new Map<string, Span>()
  for (const one of Object.values(nodeIcal.sync.parseICS(file))) {
    if (one?.type !== 'VEVENT') continue
    const said = (time: Date) => (one.datetype === 'date' ? [time.getFullYear(), time.getMonth() + 1, time.getDate()].map((part) => String(part).padStart(2, '0')).join('-') : short(time))
    spans.set(one.uid, { from: said(one.start), to: said(one.end as Date) })
  }
  return spans
}

const short = (instant: Date) => instant.toISOString().replace(':00.000Z', 'Z')

test('Two programs that are not ours read every instant of every feed as we reckoned it, across the changes of clocks of two continents', { timeout: 120_000 }, async () => {
  const { theme } = await aSeason()
  const expected = new Map<string, Span>()
  const slugs: string[] = []
  for (const [timeZone, startsAt, endsAt, from, to] of [...timed, ...days]) {
    const { id, slug } = await anEvent({ title: `${timeZone}, ${startsAt}`, timeZone, startsAt, endsAt, themes: [theme], format: 'cafe-tmnlab', recommendations: [{ report: 'ia-notre-ambition-pour-la-france', number: 16 }] })
    must(await signUp(slug, 'anne@theatre.example'))
    expected.set(id, { from, to })
    slugs.push(slug)
  }
  must(await appoint(house, { email: 'anne@theatre.example', role: 'organiser' }))
  const person = await db.person.findFirstOrThrow()
  const { token } = must(await renewFeed({ kind: 'person', ...person, addressFolds: [person.addressFold], via: 'browser' }))

  const whole = ['events.ics', 'events.ics?lang=en', 'events.ics?all=1', 'series/cafe-tmnlab.ics', `themes/${theme}.ics`, 'reports/ia-notre-ambition-pour-la-france/16.ics', `me/${token}.ics`]
  const single = slugs.map((slug) => `events/${slug}.ics`)
  const seen = new Set<string>()
  for (const path of [...whole, ...single]) {
    const file = await (await feed(path)).text()
    const [one, other] = [readWithIcalJs(file), readWithNodeIcal(file)]
    expect(other, path).toEqual(one)
    const ours = [...one].filter(([uid]) => expected.has(uid))
    expect(ours.length, path).toBe(single.includes(path) ? 1 : expected.size)
    for (const [uid, span] of ours) expect(span, `${path} ${uid}`).toEqual(expected.get(uid))
    for (const [uid] of ours) seen.add(uid)
  }
  expect(seen.size).toBe(expected.size)
  // News feeds say the same instants with their offsets.
  const { items } = (await (await feed('events.json')).json()) as { items: { _event: { uid: string; starts_at: string } }[] }
  for (const { _event: { uid, starts_at: start } } of items) {
    const from = expected.get(uid)?.from
    // One of several days whose last hour is not known takes whole days in a calendar, and has its first hour here.
    if (from && from.includes('T') === start.includes('T')) expect(from.includes('T') ? short(new Date(start)) : start).toBe(from)
  }
})

test('An hour that never comes is in no feed: it is refused with the two that do', async () => {
  for (const [timeZone, startsAt] of [['Europe/Paris', '2027-03-28T02:30'], ['America/Montreal', '2027-03-14T02:30'], ['America/New_York', '2027-03-14T02:00']]) {
    const outcome = await create(house, eventInput.parse({ title: 'Trou', startsAt, timeZone, mode: 'online' }))
    expect(outcome).toMatchObject({ ok: false, reason: 'invalid', fields: [{ field: 'startsAt', reason: 'gap' }] })
  }
})
