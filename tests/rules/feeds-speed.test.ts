import { DateTime, IANAZone } from 'luxon'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { feed, feedInSlices, type FeedInput } from '@/lib/calendar/feed'
import { rfc3339, wallOf } from '@/lib/time'
import { eventAt } from './calendar-samples'

const zones = ['Europe/Paris', 'America/Montreal', 'Indian/Reunion', 'Pacific/Noumea', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Africa/Casablanca', 'Pacific/Apia', 'America/St_Johns']

function season(name: string, changed = -1): FeedInput {
  const events = Array.from({ length: 1000 }, (_, n) => {
    const day = new Date(Date.UTC(2027, 0, 1 + (n % 500))).toISOString().slice(0, 10)
    return eventAt(`${day}T09:00`, `${day}T10:00`, { uid: `${name}-${n}@parlons.example`, title: `Rendez-vous ${n}${n === changed ? ', changé' : ''}`, summary: 'Une heure ensemble, autour d’un rapport. '.repeat(5), timeZone: zones[n % 50 === 0 ? n % zones.length : 0] })
  })
  return { name: 'Saison', address: 'https://parlons.example/feeds/events.ics', locale: 'fr', timeZone: 'Europe/Paris', events }
}

test('a change of one event in a thousand writes one of them anew: a feed costs a fraction of its first writing', () => {
  const took = (input: FeedInput) => {
    const begun = performance.now()
    const file = feed(input)
    return { file, ms: performance.now() - begun }
  }
  const first = took(season('one'))
  const after = took(season('one', 500))
  expect(after.file.split('\r\n').filter((line) => line.includes(', changé') || line.includes('\\, changé')).length).toBe(1)
  expect(after.file.replace('\\, changé', '')).toBe(first.file)
  expect(after.ms).toBeLessThan(Math.max(100, first.ms / 2))
})

test('a long feed is written in slices, and says what it would say in one piece', async () => {
  let turns = 0
  let isOver = false
  const turn = () => {
    turns++
    if (!isOver) setImmediate(turn)
  }
  setImmediate(turn)
  const sliced = await feedInSlices(season('two'))
  isOver = true
  // A thousand entries that nobody has written yet take longer than one slice.
  expect(turns).toBeGreaterThan(2)
  expect(sliced).toBe(feed(season('two')))
})

test('the offset that is known of a day is that of each of its instants', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: Date.UTC(1975) / 60_000, max: Date.UTC(2060) / 60_000 }), (zone, minutes) => {
      const instant = new Date(minutes * 60_000)
      const there = DateTime.fromJSDate(instant, { zone: IANAZone.create(zone) })
      expect(wallOf(instant, zone)).toEqual({ date: there.toFormat('yyyy-MM-dd'), time: there.toFormat('HH:mm') })
      expect(rfc3339(instant, zone)).toBe(there.toFormat("yyyy-MM-dd'T'HH:mm:ssZZ"))
    }),
    { numRuns: 3000 },
  )
})
