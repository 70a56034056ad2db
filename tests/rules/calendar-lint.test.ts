import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { invitation } from '@/lib/calendar/ics'
import { lint } from '@/lib/calendar/lint'
import { mailOf, replaced } from './calendar-broken'
import { eventAt, invited } from './calendar-samples'

const whole = eventAt('2027-06-24T18:00', '2027-06-24T20:00', { title: 'Café, débat', place: 'online', joinUrl: 'https://meet.example/a' })
const file = invitation(invited({ event: whole }))
const advised = (event: typeof whole, more: Parameters<typeof lint>[1] = {}) =>
  lint(invitation(invited({ event, ...(more.state ? { state: more.state } : {}) })), { event, answersRead: true, ...more }).filter(({ level }) => level !== 'good').map(({ code, detail }) => [code, detail])

describe('the lint of an invitation', () => {
  test('an invitation that lacks nothing is good by every rule that was asked', async () => {
    const found = lint(file, { event: whole, answersRead: true, mail: await mailOf(file, 'REQUEST') })
    expect(found.filter(({ level }) => level !== 'good')).toEqual([])
    expect(found.map(({ rule }) => rule)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 15, 16, 17, 21, 22, 23, 24, 25, 26, 27, 31, 43])
    const after = lint(invitation(invited({ event: whole, sequence: 6, stamp: new Date('2026-11-02T10:00:00Z') })), { before: file })
    expect(after.filter(({ level, rule }) => level === 'good' && [8, 10, 28].includes(rule ?? 0)).length).toBe(3)
  })

  test('what is wrong comes first, with the rule and what stands in the file', async () => {
    const broken = replaced(file, /DTEND[^\r]*\r\n/, '')
    const [first] = lint(broken, { event: { ...whole, title: 'x'.repeat(81) } })
    expect(first).toEqual({ rule: 17, level: 'wrong', code: '17', detail: 'DTEND' })
    expect(lint(file, { mail: replaced(await mailOf(file, 'REQUEST'), 'method=REQUEST', 'method=PUBLISH') }).filter(({ level }) => level === 'wrong').map(({ rule }) => rule)).toEqual([23])
  })

  test.each([
    ['no-hour', { ...whole, start: { date: '2027-06-24', time: null }, end: null }, null],
    ['no-end', { ...whole, end: null, endsAt: null }, null],
    ['no-last-hour', { ...whole, start: { date: '2027-06-24', time: '18:00' }, end: { date: '2027-06-25', time: null }, endsAt: null }, null],
    ['no-place', { ...whole, place: undefined, joinUrl: undefined }, null],
    ['no-join', { ...whole, joinUrl: undefined }, null],
    ['join-not-https', { ...whole, joinUrl: 'http://meet.example/a' }, 'http://meet.example/a'],
    ['long-title', { ...whole, title: 'é'.repeat(81) }, '81'],
    ['no-summary', { ...whole, summary: ' ' }, null],
    ['in-utc', eventAt('2005-03-20T09:00', '2005-03-20T10:00', { timeZone: 'America/New_York', place: 'online', joinUrl: 'https://meet.example/a' }), 'America/New_York'],
  ] as const)('an organiser can mend: %s', (code, event, detail) => {
    expect(advised(event)).toEqual([[code, detail]])
  })

  test('answers that nobody reads are said; whoever waits needs no join link; a withdrawal needs no advice', () => {
    expect(lint(invitation(invited({ event: whole, asksAnswer: false })), { event: whole, answersRead: false }).filter(({ level }) => level !== 'good').map(({ code }) => code)).toEqual(['answers-not-read'])
    expect(advised({ ...whole, joinUrl: undefined }, { state: 'waitlisted' })).toEqual([])
    const gone = invitation(invited({ event: { ...whole, title: 'x'.repeat(100) }, method: 'CANCEL' }))
    expect(lint(gone, { event: whole, answersRead: true, typed: ['x'.repeat(100)] }).filter(({ level }) => level !== 'good')).toEqual([])
    expect(lint(gone).map(({ rule }) => rule)).toContain(30)
  })

  test('everything that it can say has a sentence in both languages', () => {
    const source = readFileSync('lib/calendar/lint.ts', 'utf8')
    const codes = [...source.matchAll(/warn\('([a-z-]+)'/g)].map(([, code]) => code)
    expect(codes.length).toBe(10)
    for (const locale of ['fr', 'en']) {
      const { advice, rules } = JSON.parse(readFileSync(`messages/${locale}/lint.json`, 'utf8')) as Record<'advice' | 'rules', Record<string, string>>
      expect(Object.keys(advice).toSorted()).toEqual(codes.toSorted())
      expect(Object.keys(rules).map(Number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 43])
    }
  })
})
