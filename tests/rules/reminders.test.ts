import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dueAt, type ReminderRule, ruleOf, sameRule, scheduled, usualReminders } from '@/lib/events/reminders'
import { timingOf } from '@/lib/events/rules'
import { isAmbiguous, wallOf } from '@/lib/time'

/** `1d` the day before at the event's hour, `1d 18:00` the day before at six, `60m` an hour before. */
function ruleSaid(said: string): ReminderRule {
  const [, days, minutes] = /^(?:(\d+)d|(\d+)m)/.exec(said) ?? []
  if (minutes) return { daysBefore: null, atTime: null, minutesBefore: Number(minutes) }
  return { daysBefore: Number(days), atTime: said.split(' ')[1] ?? null, minutesBefore: null }
}

function startOf(zone: string, said: string) {
  const [date, time = null] = said.split(' ')
  const timing = timingOf({ date, time }, null, zone)
  if ('reason' in timing) throw new Error(timing.reason)
  return timing
}

const due = (zone: string, start: string, rule: string) => dueAt(ruleSaid(rule), startOf(zone, start))?.toISOString().replace(':00.000Z', 'Z') ?? null

/** Zone, start on the wall, rule, and the instant that a clock in Greenwich shows. */
type Case = [zone: string, start: string, rule: string, instant: string]
const inParis = (cases: [string, string, string][]) => cases.map((one): Case => ['Europe/Paris', ...one])
const inMontreal = (cases: [string, string, string][]) => cases.map((one): Case => ['America/Montreal', ...one])
const inReunion = (cases: [string, string, string][]) => cases.map((one): Case => ['Indian/Reunion', ...one])
const title = '%s, %s, %s: %s'

describe('in Paris, 28 March 2027: two becomes three', () => {
  test.each(inParis([
    ['2027-03-27 09:00', '1d', '2027-03-26T08:00Z'],
    ['2027-03-28 09:00', '1d', '2027-03-27T08:00Z'],
    ['2027-03-29 09:00', '1d', '2027-03-28T07:00Z'],
    ['2027-03-28 09:00', '60m', '2027-03-28T06:00Z'],
    ['2027-03-28 03:00', '60m', '2027-03-28T00:00Z'],
    ['2027-03-28 03:30', '60m', '2027-03-28T00:30Z'],
    ['2027-03-29 02:30', '1d', '2027-03-28T01:00Z'],
    ['2027-03-29 02:00', '1d', '2027-03-28T01:00Z'],
    ['2027-03-29 02:59', '1d', '2027-03-28T01:00Z'],
    ['2027-03-29 03:00', '1d', '2027-03-28T01:00Z'],
    ['2027-03-29 01:59', '1d', '2027-03-28T00:59Z'],
    ['2027-03-28 09:00', '0d 02:30', '2027-03-28T01:00Z'],
    ['2027-03-28 09:00', '1d 18:00', '2027-03-27T17:00Z'],
    ['2027-03-29 09:00', '1d 18:00', '2027-03-28T16:00Z'],
    ['2027-03-30 09:00', '2d 02:15', '2027-03-28T01:00Z'],
    ['2027-04-04 09:00', '7d', '2027-03-28T07:00Z'],
    ['2027-04-03 18:30', '7d', '2027-03-27T17:30Z'],
    ['2027-03-28 09:00', '1440m', '2027-03-27T07:00Z'],
    ['2027-03-28 00:30', '60m', '2027-03-27T22:30Z'],
    ['2027-03-28 12:00', '600m', '2027-03-28T00:00Z'],
  ]))(title, (zone, start, rule, instant) => expect(due(zone, start, rule)).toBe(instant))
})

describe('in Paris, 31 October 2027: three becomes two', () => {
  test.each(inParis([
    ['2027-10-30 09:00', '1d', '2027-10-29T07:00Z'],
    ['2027-10-31 09:00', '1d', '2027-10-30T07:00Z'],
    ['2027-11-01 09:00', '1d', '2027-10-31T08:00Z'],
    ['2027-10-31 09:00', '60m', '2027-10-31T07:00Z'],
    ['2027-11-01 02:30', '1d', '2027-10-31T00:30Z'],
    ['2027-11-01 02:00', '1d', '2027-10-31T00:00Z'],
    ['2027-11-01 02:59', '1d', '2027-10-31T00:59Z'],
    ['2027-11-01 03:00', '1d', '2027-10-31T02:00Z'],
    ['2027-11-01 01:59', '1d', '2027-10-30T23:59Z'],
    ['2027-10-31 02:30', '60m', '2027-10-30T23:30Z'],
    ['2027-10-31 03:00', '60m', '2027-10-31T01:00Z'],
    ['2027-10-31 03:00', '120m', '2027-10-31T00:00Z'],
    ['2027-10-31 09:00', '0d 02:30', '2027-10-31T00:30Z'],
    ['2027-10-31 09:00', '1d 18:00', '2027-10-30T16:00Z'],
    ['2027-11-01 09:00', '1d 18:00', '2027-10-31T17:00Z'],
    ['2027-11-07 09:00', '7d', '2027-10-31T08:00Z'],
    ['2027-10-31 09:00', '1440m', '2027-10-30T08:00Z'],
    ['2027-11-02 09:00', '2d 02:15', '2027-10-31T00:15Z'],
  ]))(title, (zone, start, rule, instant) => expect(due(zone, start, rule)).toBe(instant))
})

describe('in Montréal, where the clocks change on 14 March and 7 November', () => {
  test.each(inMontreal([
    ['2027-03-14 09:00', '1d', '2027-03-13T14:00Z'],
    ['2027-03-15 09:00', '1d', '2027-03-14T13:00Z'],
    ['2027-03-15 02:30', '1d', '2027-03-14T07:00Z'],
    ['2027-03-15 02:00', '1d', '2027-03-14T07:00Z'],
    ['2027-03-15 03:00', '1d', '2027-03-14T07:00Z'],
    ['2027-03-15 01:30', '1d', '2027-03-14T06:30Z'],
    ['2027-03-14 09:00', '60m', '2027-03-14T12:00Z'],
    ['2027-03-14 03:30', '60m', '2027-03-14T06:30Z'],
    ['2027-03-14 09:00', '1d 18:00', '2027-03-13T23:00Z'],
    ['2027-03-15 09:00', '1d 18:00', '2027-03-14T22:00Z'],
    ['2027-11-07 09:00', '1d', '2027-11-06T13:00Z'],
    ['2027-11-08 09:00', '1d', '2027-11-07T14:00Z'],
    ['2027-11-08 01:30', '1d', '2027-11-07T05:30Z'],
    ['2027-11-08 01:00', '1d', '2027-11-07T05:00Z'],
    ['2027-11-08 02:00', '1d', '2027-11-07T07:00Z'],
    ['2027-11-07 01:30', '60m', '2027-11-07T04:30Z'],
    ['2027-11-07 09:00', '60m', '2027-11-07T13:00Z'],
    ['2027-11-07 02:00', '60m', '2027-11-07T06:00Z'],
  ]))(title, (zone, start, rule, instant) => expect(due(zone, start, rule)).toBe(instant))

  test.each(inMontreal([
    ['2027-03-28 09:00', '1d', '2027-03-27T13:00Z'],
    ['2027-03-29 02:30', '1d', '2027-03-28T06:30Z'],
    ['2027-03-28 09:00', '60m', '2027-03-28T12:00Z'],
    ['2027-11-01 09:00', '1d', '2027-10-31T13:00Z'],
    ['2027-10-31 09:00', '60m', '2027-10-31T12:00Z'],
    ['2027-11-01 01:30', '1d', '2027-10-31T05:30Z'],
  ]))(`the nights of Paris are nights like others: ${title}`, (zone, start, rule, instant) => expect(due(zone, start, rule)).toBe(instant))
})

describe('in Saint-Denis de La Réunion, where they never change', () => {
  test.each(inReunion([
    ['2027-03-28 09:00', '1d', '2027-03-27T05:00Z'],
    ['2027-03-29 02:30', '1d', '2027-03-27T22:30Z'],
    ['2027-03-28 02:30', '60m', '2027-03-27T21:30Z'],
    ['2027-03-28 09:00', '1d 18:00', '2027-03-27T14:00Z'],
    ['2027-03-28 00:30', '0d 00:00', '2027-03-27T20:00Z'],
    ['2027-10-31 09:00', '1d', '2027-10-30T05:00Z'],
    ['2027-11-01 02:30', '1d', '2027-10-30T22:30Z'],
    ['2027-10-31 02:30', '60m', '2027-10-30T21:30Z'],
    ['2027-11-01 00:00', '1d', '2027-10-30T20:00Z'],
    ['2027-10-31 09:00', '1440m', '2027-10-30T05:00Z'],
  ]))(title, (zone, start, rule, instant) => expect(due(zone, start, rule)).toBe(instant))
})

describe('elsewhere', () => {
  test.each<Case>([
    // Half an hour is left out on Lord Howe Island, at two in the morning.
    ['Australia/Lord_Howe', '2027-10-04 02:15', '1d', '2027-10-02T15:30Z'],
    // 30 December 2011 never was in Samoa: the first instant after it.
    ['Pacific/Apia', '2011-12-31 09:00', '1d 18:00', '2011-12-30T10:00Z'],
  ])(title, (zone, start, rule, instant) => expect(due(zone, start, rule)).toBe(instant))
})

describe('a rule that cannot speak', () => {
  test.each([
    ['the hour is not known, and the rule takes the event’s', '2027-03-28', '1d'],
    ['the hour is not known, and minutes are counted from it', '2027-03-28', '60m'],
    ['the day itself at the hour of the start', '2027-03-28 09:00', '0d'],
    ['the day itself after the start', '2027-03-28 09:00', '0d 10:00'],
    ['the day itself of an event whose hour is not known', '2027-03-28', '0d 08:00'],
  ])('%s', (_, start, rule) => expect(due('Europe/Paris', start, rule)).toBeNull())

  test('an hour of its own is enough where the event’s is not known', () => expect(due('Europe/Paris', '2027-03-29', '1d 18:00')).toBe('2027-03-28T16:00Z'))
})

test('whatever the zone, the day and the hour: the wall shows the hour asked for, or the first one after a gap, at its first passage', () => {
  const zones = ['Europe/Paris', 'America/Montreal', 'Indian/Reunion', 'America/New_York', 'Pacific/Auckland', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Africa/Casablanca', 'Asia/Kolkata']
  const pad = (n: number) => String(n).padStart(2, '0')
  fc.assert(fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 364 }), fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 14 }), (zone, day, minute, days) => {
    const date = new Date(Date.UTC(2027, 0, 1 + day)).toISOString().slice(0, 10)
    const time = `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`
    const start = timingOf({ date, time: '12:00' }, null, zone)
    if ('reason' in start) return
    const at = dueAt({ daysBefore: days, atTime: time, minutesBefore: null }, start)
    const wanted = { date: new Date(Date.parse(date) - days * 86_400_000).toISOString().slice(0, 10), time }
    if (!at) throw new Error('no instant')
    const shows = (instant: Date) => { const wall = wallOf(instant, zone); return `${wall.date} ${wall.time}` }
    const asked = `${wanted.date} ${wanted.time}`
    // At it, the wall shows what was asked for or, after a gap, more; a minute before, always less, but for a second passage.
    expect(shows(at) >= asked).toBe(true)
    expect(shows(new Date(at.getTime() - 60_000)) < asked).toBe(true)
    if (isAmbiguous(wanted, zone)) expect(shows(at)).toBe(asked)
  }), { numRuns: 2000 })
})

describe('what a new event is born with', () => {
  const start = startOf('Europe/Paris', '2027-03-29 09:00')

  test('the day before at the same hour, and an hour before', () => {
    expect(usualReminders.map((rule) => dueAt(rule, start)?.toISOString())).toEqual(['2027-03-28T07:00:00.000Z', '2027-03-29T06:00:00.000Z'])
  })

  test('what should have been said by now counts as done', () => {
    const at = new Date('2027-03-28T12:00:00Z')
    expect(usualReminders.map((rule) => scheduled(rule, start, at).doneFor)).toEqual([start.startsAt, null])
  })

  test('a rule is read from its row as it was written', () => {
    for (const rule of [...usualReminders, ruleSaid('2d 18:00')]) expect(sameRule(ruleOf(rule), rule)).toBe(true)
    expect(sameRule(ruleSaid('1d'), ruleSaid('1d 09:00'))).toBe(false)
  })
})
