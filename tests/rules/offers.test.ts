import { expect, test } from 'vitest'
import { admission } from '@/lib/registrations/admission'
import { offerWindow } from '@/lib/registrations/offer-window'

const at = (text: string) => new Date(text)
const window = (from: string, startsAt: string, hours: number, zone = 'Europe/Paris') => {
  const said = offerWindow(at(from), at(startsAt), zone, hours)
  return 'until' in said ? said.until.toISOString().slice(0, 16) : said.tooLate
}

test.each([
  ['in the middle of the day, so many hours', '2026-11-23T09:00:00+01:00', 4, '2026-11-23T12:00'],
  ['the night does not count', '2026-11-23T18:00:00+01:00', 4, '2026-11-24T09:00'],
  ['offered at night, it counts from the morning', '2026-11-23T23:30:00+01:00', 2, '2026-11-24T09:00'],
  ['a day of waking hours is two dates', '2026-11-23T09:00:00+01:00', 24, '2026-11-25T08:00'],
  ['across the spring change of clocks the wall rules', '2027-03-27T18:00:00+01:00', 4, '2027-03-28T08:00'],
])('an offer lasts: %s', (_, from, hours, until) => {
  expect(window(from, '2027-06-10T09:00:00+02:00', hours)).toBe(until)
})

test('it shrinks as the session nears: never more than half of the waking time that is left', () => {
  expect(window('2026-11-23T08:00:00+01:00', '2026-11-23T18:00:00+01:00', 24)).toBe('2026-11-23T12:00')
  expect(window('2026-11-23T19:00:00+01:00', '2026-11-24T10:00:00+01:00', 24)).toBe('2026-11-24T07:30')
})

test('with less than a waking hour left nothing is offered, and the minutes by the clock say why', () => {
  expect(window('2026-11-23T08:20:00+01:00', '2026-11-23T09:00:00+01:00', 24)).toBe(40)
  expect(window('2026-11-23T21:00:00+01:00', '2026-11-24T08:30:00+01:00', 24)).toBe(690)
  expect(window('2026-11-23T08:00:00+01:00', '2026-11-23T09:00:00+01:00', 24)).toBe('2026-11-23T07:30')
})

test('each zone has its own night', () => {
  expect(window('2026-11-24T01:00:00Z', '2027-01-10T09:00:00Z', 1, 'America/Montreal')).toBe('2026-11-24T14:00')
  expect(window('2026-11-24T05:00:00Z', '2027-01-10T09:00:00Z', 1, 'Indian/Reunion')).toBe('2026-11-24T06:00')
})

const open = { audience: 'open', provesAddress: false, approves: false }
const nobody = { letIn: false, proven: false, approved: false }

test.each([
  ['an open event seats whoever asks', open, nobody, 'seat'],
  ['an address is proven where the event asks for it', { ...open, provesAddress: true }, nobody, 'proof'],
  ['once it is proven, an organiser decides where they want to', { ...open, provesAddress: true, approves: true }, { ...nobody, proven: true }, 'approval'],
  ['a yes is a seat', { ...open, approves: true }, { letIn: true, proven: true, approved: true }, 'seat'],
  ['a closed circle keeps strangers at its door', { ...open, audience: 'members' }, { ...nobody, proven: true }, 'circle'],
  ['a member proves who they are', { ...open, audience: 'members' }, { ...nobody, letIn: true }, 'proof'],
  ['a member who did is seated', { ...open, audience: 'members' }, { ...nobody, letIn: true, proven: true }, 'seat'],
  ['whom an organiser vouches for is seated', { ...open, audience: 'invited', approves: true }, { letIn: true, proven: false, approved: true }, 'seat'],
  ['a code lets in, but the address is proven where the event asks for it', { ...open, audience: 'invited', provesAddress: true }, { letIn: true, proven: false, approved: true }, 'proof'],
] as const)('%s', (_, event, pass, needs) => {
  expect(admission(event, pass)).toBe(needs)
})
