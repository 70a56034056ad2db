import { describe, expect, test } from 'vitest'
import { changeEventForm, inForm, newEventForm } from '@/app/[locale]/(host)/organise/_form/event-fields'
import { fieldRefusals } from '@/lib/errors'

const typed = { title: 'Un café', startDate: '2026-12-03', startHour: '09:00', endHour: '10:00', timeZone: 'Europe/Paris', mode: 'online', audience: 'open', notesVisibility: 'all', closing: 'start' }

const read = (more: Record<string, unknown> = {}) => newEventForm.safeParse({ ...typed, ...more })
const input = (more?: Record<string, unknown>) => {
  const { success, data, error } = read(more)
  if (!success) throw new Error(JSON.stringify(error.issues))
  return data.input
}
const refusals = (more: Record<string, unknown>) => {
  const { error } = read(more)
  return Object.fromEntries(fieldRefusals(error!).map(({ field, reason }) => [field, reason]))
}

describe('the organisers’ form', () => {
  test('a title and a date are enough, and an hour that nobody knows stays unknown', () => {
    expect(input({ startHour: '', endHour: '' })).toMatchObject({ startsAt: '2026-12-03', endsAt: null, capacity: null, venue: null, joinUrl: null })
  })

  test('people without a calendar in their browser type dates and hours as they write them', () => {
    expect(input({ startDate: '3/12/2026', startHour: '9h', endHour: '9h45' })).toMatchObject({ startsAt: '2026-12-03T09:00', endsAt: '2026-12-03T09:45' })
  })

  test('an evening may end after midnight', () => {
    expect(input({ startHour: '20:00', endDate: '2026-12-04', endHour: '00:30' })).toMatchObject({ endsAt: '2026-12-04T00:30' })
  })

  test('what the mode makes meaningless is left aside', () => {
    const places = { venueName: 'Théâtre', joinUrl: 'https://visio.example', screenCapacity: '5' }
    expect(input({ ...places, mode: 'online' })).toMatchObject({ venue: null, joinUrl: 'https://visio.example' })
    expect(input({ ...places, mode: 'online' }).screenCapacity).toBeUndefined()
    expect(input({ ...places, mode: 'in-person' })).toMatchObject({ venue: { name: 'Théâtre' }, joinUrl: null })
    expect(input({ ...places, mode: 'hybrid' })).toMatchObject({ venue: { name: 'Théâtre' }, joinUrl: 'https://visio.example', screenCapacity: 5 })
  })

  test('registering ends so many minutes before the start, across the change of clocks too', () => {
    expect(input({ closing: 'before', closesBefore: '60' }).closesAt).toBe('2026-12-03T07:00:00Z')
    expect(input({ startDate: '2026-03-29', closing: 'before', closesBefore: '1440' }).closesAt).toBe('2026-03-28T07:00:00Z')
  })

  test('registering opens with the publication, or on a day that people write as they like', () => {
    expect(input().opensAt).toBeNull()
    expect(input({ opening: 'published', opensDate: '2026-11-25' }).opensAt).toBeNull()
    expect(input({ opening: 'date', opensDate: '25/11/2026', opensHour: '9h' }).opensAt).toBe('2026-11-25T09:00')
    expect(refusals({ opening: 'date', opensDate: '' })).toEqual({ opensDate: 'required' })
    expect(refusals({ opening: 'date', opensDate: '2026-02-30' })).toEqual({ opensDate: 'not-a-date' })
    expect(inForm([{ field: 'opensAt', reason: 'after-closing' }], typed)).toEqual([{ field: 'opensDate', reason: 'after-closing' }])
  })

  test('a freed seat goes at once, or is offered for so many hours; without a line nobody is asked', () => {
    expect(input({ waitlist: 'on', freed: 'at-once', offerHours: '24' }).offerHours).toBeNull()
    expect(input({ waitlist: 'on', freed: 'offered', offerHours: '24' }).offerHours).toBe(24)
    expect(input({ freed: 'offered', offerHours: 'ages' }).offerHours).toBeUndefined()
    expect(refusals({ waitlist: 'on', freed: 'offered', offerHours: '' })).toEqual({ offerHours: 'required' })
    expect(refusals({ waitlist: 'on', freed: 'offered', offerHours: '169', companionsMost: '11' })).toEqual({ offerHours: 'too-big', companionsMost: 'too-big' })
    expect(input({ provesAddress: 'on', companionsMost: '0' })).toMatchObject({ provesAddress: true, approves: false, asksAccess: false, companionsMost: 0 })
  })

  test('the first theme stays first and the others keep their order', () => {
    expect(input({ theme: 'b', themes: ['a', 'b', 'c'], themeOrder: ['c', 'a'] }).themes).toEqual(['b', 'c', 'a'])
  })

  test('empty lines count for nothing, and a mistake is told in the line where it was made', () => {
    const lines = { speakers: [{ name: '', role: '', organisation: '' }, { name: 'Ana Silva', role: '', organisation: '' }], partners: [{ name: '', url: '', role: 'venue' }] }
    expect(input(lines)).toMatchObject({ speakers: [{ name: 'Ana Silva' }], partners: [] })
    expect(refusals({ programme: [{ time: '', title: '' }, { time: '25:00', title: 'Accueil' }] })).toEqual({ 'programme.1.time': 'not-an-hour' })
    expect(refusals({ partners: [{ name: '', url: '', role: 'venue' }, { name: 'X', url: 'javascript:alert(1)', role: 'venue' }] })).toEqual({ 'partners.1.url': 'not-a-web-address' })
  })

  test('every refusal names a field of the form', () => {
    expect(refusals({ title: ' ', startDate: '', endHour: '' })).toMatchObject({ title: 'required', startDate: 'required' })
    expect(refusals({ startDate: '2026-02-30' })).toMatchObject({ startDate: 'not-a-date' })
    expect(refusals({ startHour: '' })).toEqual({ startHour: 'needed-for-end' })
    expect(refusals({ closing: 'date', closesDate: '2026-12-04' })).toEqual({ closesDate: 'after-start' })
    expect(refusals({ capacity: 'many', mode: 'nowhere', timeZone: 'Mars/Olympus' })).toEqual({ capacity: 'not-a-count', mode: 'not-among', timeZone: 'not-a-zone' })
    expect(refusals({ translationSummary: 'A summary' })).toEqual({ translationTitle: 'required' })
    expect(refusals({ title: 'a\u0000b' })).toEqual({ title: 'not-text' })
    expect(refusals({ speakers: [{ name: 'a\u0000b' }] })).toEqual({ 'speakers.0.name': 'not-text' })
  })

  test('objects where text belongs are refused, never a surprise', () => {
    expect(refusals({ title: { a: 1 }, startDate: ['x', 'y'], themes: { a: 'b' }, speakers: 'nobody', programme: { a: 1 } })).toMatchObject({ title: 'required', startDate: 'not-a-date' })
  })

  test('what the verbs refuse is said where it was typed', () => {
    const form = { ...typed, speakers: [{ name: '' }, { name: 'Ana' }] }
    expect(inForm([{ field: 'startsAt', reason: 'gap' }, { field: 'endsAt', reason: 'before-start' }, { field: 'speakers.0', reason: 'unknown' }, { field: 'themes.2', reason: 'unknown' }, { field: 'recommendations.1', reason: 'unknown' }], form).map(({ field }) => field)).toEqual(['startHour', 'endHour', 'speakers.1.name', 'theme', 'recommendations'])
  })

  test('the short form of a move leaves everything else alone', () => {
    const { data } = changeEventForm.safeParse({ ...typed, event: 'un-cafe', summary: 'x' })
    expect(Object.keys(data!.input).toSorted()).toEqual(['endsAt', 'joinUrl', 'mode', 'startsAt', 'timeZone', 'title', 'venue'])
  })
})
