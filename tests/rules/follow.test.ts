import { describe, expect, test } from 'vitest'
import { gathered, isNews, isReadByAll, readNamed, readTarget, stateOfFollow } from '@/lib/syndication/rules'

const at = (minutes: number) => new Date(Date.parse('2026-11-23T08:00:00Z') + minutes * 60_000)
const published = (id: string, minutes: number) => ({ id, publishedAt: at(minutes) })

describe('sessions that were published one after the other', () => {
  const [a, b, c] = [published('a', 0), published('b', 4), published('c', 4)]

  test('wait for the last of them, which takes all along', () => {
    expect(gathered([a, b, c], a, at(10))).toEqual([])
    expect(gathered([a, b, c], b, at(14))).toEqual([])
    expect(gathered([a, b, c], c, at(14))).toEqual([a, b, c])
  })

  test('wait no longer than an hour, and for nobody who is no news any more', () => {
    const later = published('d', 58)
    expect(gathered([a, later], a, at(59))).toEqual([])
    expect(gathered([a, later], a, at(60))).toEqual([a, later])
    // The last was called off meanwhile: its turn still takes the others along.
    expect(gathered([a, b], c, at(14))).toEqual([a, b])
    expect(gathered([], c, at(14))).toEqual([])
  })
})

test('Only what everybody may come to, or read, is told', () => {
  const session = { status: 'published', audience: 'open', startsAt: at(1) }
  expect([session, { ...session, status: 'called_off' }, { ...session, audience: 'members' }, { ...session, startsAt: at(0) }].map((one) => isNews(one, at(0)))).toEqual([true, false, false, false])
  const edition = { withdrawnAt: null, event: { status: 'published', notesVisibility: 'all' } }
  expect([edition, { ...edition, withdrawnAt: at(0) }, { ...edition, event: { ...edition.event, notesVisibility: 'registered' } }, { ...edition, event: { ...edition.event, status: 'called_off' } }].map(isReadByAll)).toEqual([true, false, false, false])
})

test('What is followed is named as its feed is, and nothing else is', () => {
  expect(['series/cafe', 'themes/ethique', 'reports/ia/16'].map(readNamed)).toEqual([{ kind: 'series', slug: 'cafe' }, { kind: 'theme', slug: 'ethique' }, { kind: 'recommendation', report: 'ia', number: 16 }])
  for (const other of ['', 'events', 'events/x', 'reports/ia', 'reports/ia/0', 'reports/ia/1e3', 'series/CAFE', 'series/a/b', 'themes/../x', `series/${'a'.repeat(300)}`, 'series/cafe\n']) expect(readNamed(other)).toBeNull()
  expect([readTarget('theme/0190c0de-0000-7000-8000-000000000000')?.kind, readTarget('event/0190c0de-0000-7000-8000-000000000000'), readTarget('theme/x')]).toEqual(['theme', null, null])
})

test('Before a yes nothing is said, and after a no neither', () => {
  const row = { confirmedAt: null, endedAt: null }
  expect([row, { ...row, confirmedAt: at(0) }, { confirmedAt: at(0), endedAt: at(1) }].map(stateOfFollow)).toEqual(['unconfirmed', 'following', 'stopped'])
})
