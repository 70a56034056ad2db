import { describe, expect, test } from 'vitest'
import type { CalendarReply } from '@/lib/inbox/reading'
import { type Answered, canTie, judge, keptUntil, sound, stampOf, storable } from '@/lib/inbox/rules'

const now = new Date('2026-11-23T08:00:00Z')
const startsAt = new Date('2027-01-14T08:00:00Z')
const answer = (word: CalendarReply['word'], over: Partial<CalendarReply> = {}) => ({ method: 'REPLY' as const, word, sequence: 3, stamp: now, start: startsAt, ...over })
const seated: Answered = { status: 'confirmed', sequence: 3, isShut: false, startsAt, startThen: null, newestStamp: null }
const say = (word: CalendarReply['word'], over: Partial<CalendarReply> = {}, registration: Partial<Answered> = {}) => {
  const { outcome, old, act = '', awaits = false } = judge(answer(word, over), { ...seated, ...registration }, now)
  return [outcome, old ? 'old' : '', act, awaits ? 'awaits' : ''].filter(Boolean).join(', ')
}

describe('only a No that answers what stands now ends a registration', () => {
  test.each(['confirmed', 'waitlisted', 'offered', 'pending'] as const)('from whoever is %s', (status) => {
    expect(say('declined', {}, { status })).toBe('declined, withdraw')
    expect(say('declined', { sequence: 4 }, { status })).toBe('declined, withdraw')
  })

  test('whatever else is wrong with it, nothing else does', () => {
    const words = ['accepted', 'tentative', 'declined', 'delegated', 'needs-action', null] as const
    for (const word of words) {
      for (const method of ['REPLY', 'COUNTER', 'REFRESH'] as const) {
        for (const sequence of [-1, 0, 2, 3, 4, 2 ** 31]) {
          for (const status of ['confirmed', 'waitlisted', 'offered', 'pending', 'cancelled'] as const) {
            for (const isShut of [false, true]) {
              for (const newestStamp of [null, new Date(now.getTime() - 1), now]) {
                const withdrawn = say(word, { method, sequence }, { status, isShut, newestStamp }).includes('withdraw')
                const should = method === 'REPLY' && word === 'declined' && sequence >= 3 && status !== 'cancelled' && !isShut && newestStamp !== now
                expect(withdrawn, JSON.stringify({ word, method, sequence, status, isShut, newestStamp })).toBe(should)
              }
            }
          }
        }
      }
    }
  })
})

describe('an old number', () => {
  test('is asked about where the date is another, or where it said No', () => {
    const earlier = new Date('2027-01-07T08:00:00Z')
    expect(say('declined', { sequence: 2 })).toBe('asked-again, old, ask-again')
    expect(say('accepted', { sequence: 2 })).toBe('old, old')
    expect(say('accepted', { sequence: 2 }, { startThen: earlier })).toBe('asked-again, old, ask-again')
    expect(say('accepted', { sequence: 2, start: earlier })).toBe('asked-again, old, ask-again')
    expect(say('accepted', { sequence: 2, start: earlier }, { startThen: startsAt })).toBe('old, old')
    expect(say('tentative', { sequence: 2, start: null })).toBe('asked-again, old, ask-again')
  })

  test('of a proposal is shown all the same', () => {
    expect(say('tentative', { method: 'COUNTER', sequence: 2 })).toBe('countered, old, awaits')
    expect(say('delegated', { sequence: 2 })).toBe('delegated, old, awaits')
  })
})

test('an answer given no later than one that was followed says nothing any more', () => {
  for (const word of ['accepted', 'tentative', 'delegated'] as const) expect(say(word, {}, { newestStamp: now })).toBe('older, old')
  expect(say('tentative', { method: 'COUNTER' }, { newestStamp: now })).toBe('older, old')
  expect(say('declined', { sequence: 2 }, { newestStamp: new Date(now.getTime() + 1000) })).toBe('older, old')
})

test('a No stamped like the answer before it awaits somebody: some clients stamp what they were sent', () => {
  expect(say('declined', {}, { newestStamp: now })).toBe('older, old, awaits')
  expect(say('declined', {}, { newestStamp: now, status: 'cancelled' })).toBe('older, old')
  expect(say('declined', {}, { newestStamp: now, isShut: true })).toBe('older, old')
})

test('a Yes to what is cancelled is told the way back, until the event begins', () => {
  expect(say('accepted', {}, { status: 'cancelled' })).toBe('asked-again, old, ask-again')
  expect(say('accepted', { sequence: 1 }, { status: 'cancelled' })).toBe('asked-again, old, ask-again')
  expect(say('tentative', {}, { status: 'cancelled' })).toBe('old, old')
  expect(say('accepted', { sequence: 1 }, { status: 'cancelled', isShut: true })).toBe('too-late, old')
})

test('after the start a Yes is still noted, a No comes too late', () => {
  expect(say('accepted', {}, { isShut: true })).toBe('accepted')
  expect(say('declined', {}, { isShut: true })).toBe('too-late, old')
})

test.each([
  ['none', null, now],
  ['an impossible one', new Date(NaN), now],
  ['one of next year', new Date('2027-11-23T08:00:00Z'), now],
  ['one of this evening', new Date('2026-11-23T20:00:00Z'), now],
  ['one of last week', new Date('2026-11-16T08:00:00Z'), new Date('2026-11-16T08:00:00Z')],
])('a stamp: %s', (_which, stamp, counts) => {
  expect(stampOf({ stamp }, now)).toEqual(counts)
})

test('a source is kept for a month where somebody has to look, else for a week from when it was settled', () => {
  const arrivedAt = new Date('2026-11-01T00:00:00Z')
  const until = (awaits: boolean, settledAt: string | null) => keptUntil({ arrivedAt, awaits, settledAt: settledAt === null ? null : new Date(settledAt) }).toISOString().slice(0, 10)
  expect([until(true, null), until(false, null), until(false, '2026-11-05T00:00:00Z'), until(false, '2026-11-29T00:00:00Z')]).toEqual(['2026-12-01', '2026-11-08', '2026-11-12', '2026-12-01'])
})

test('what led to something is nobody else’s', () => {
  expect((['declined', 'accepted', 'tentative', 'proposed', 'bounce-hard', 'tied'] as const).filter((outcome) => canTie({ outcome }))).toEqual([])
  expect((['attendee-differs', 'uid-differs', 'unknown-address', 'no-address', 'words', 'unreadable', 'put-aside', 'automatic', 'old', 'countered'] as const).every((outcome) => canTie({ outcome }))).toBe(true)
})

test('numbers and instants that no row can hold become such as it can', () => {
  const said = (over: Partial<CalendarReply>) => sound({ uid: 'x', attendee: null, comment: null, recurrenceId: null, end: null, delegatedTo: null, ...answer('declined'), ...over })
  expect([2 ** 40, -7, 1.5, NaN, Infinity].map((sequence) => said({ sequence }).sequence)).toEqual([2 ** 31 - 1, -1, 1, 0, 2 ** 31 - 1])
  for (const instant of [new Date(NaN), new Date(8.64e15), new Date(-1)]) expect(said({ stamp: instant, start: instant, end: instant })).toMatchObject({ stamp: null, start: null, end: null })
})

test('what others wrote becomes what a row can hold', () => {
  expect(storable('a\0b\uD83Dc😀', 6)).toBe('a\uFFFDb\uFFFDc\uFFFD')
})
