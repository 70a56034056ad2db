import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, endOfDay, instantOf, isAmbiguous, isDate, isTime, isZone, parseWhen, rfc3339, startOfDay, wallOf } from '@/lib/time'

const paris = 'Europe/Paris'
const zones = [paris, 'America/Montreal', 'Indian/Reunion', 'Europe/London', 'Pacific/Auckland', 'Asia/Kolkata', 'Africa/Cairo', 'UTC']

describe('a wall time and its zone', () => {
  test('give the instant, on both sides of a clock change', () => {
    expect(instantOf({ date: '2024-03-21', time: '09:00' }, paris)).toEqual(new Date('2024-03-21T08:00:00Z'))
    expect(instantOf({ date: '2024-06-21', time: '09:00' }, paris)).toEqual(new Date('2024-06-21T07:00:00Z'))
    expect(instantOf({ date: '2027-03-27', time: '23:59' }, paris)).toEqual(new Date('2027-03-27T22:59:00Z'))
    expect(instantOf({ date: '2027-03-28', time: '03:00' }, paris)).toEqual(new Date('2027-03-28T01:00:00Z'))
  })

  test('an hour that the spring change skips is refused, with the readings before and after', () => {
    expect(instantOf({ date: '2027-03-28', time: '02:30' }, paris)).toEqual({
      refused: 'gap',
      alternatives: [{ date: '2027-03-28', time: '01:30' }, { date: '2027-03-28', time: '03:30' }],
    })
    expect(instantOf({ date: '2027-03-28', time: '02:30' }, 'Indian/Reunion')).toBeInstanceOf(Date)
  })

  test('an hour that comes twice in autumn is its first passage', () => {
    expect(instantOf({ date: '2027-10-31', time: '02:30' }, paris)).toEqual(new Date('2027-10-31T00:30:00Z'))
    expect(isAmbiguous({ date: '2027-10-31', time: '02:30' }, paris)).toBe(true)
    expect(isAmbiguous({ date: '2027-10-31', time: '03:00' }, paris)).toBe(false)
    expect(isAmbiguous({ date: '2027-10-31', time: '02:30' }, 'Indian/Reunion')).toBe(false)
  })

  test('an unknown hour stands at the day’s beginning, also where midnight does not exist', () => {
    expect(instantOf({ date: '2024-03-21', time: null }, paris)).toEqual(new Date('2024-03-20T23:00:00Z'))
    expect(startOfDay('2027-04-30', 'Africa/Cairo').toISOString()).toBe('2027-04-29T22:00:00.000Z')
    expect(wallOf(startOfDay('2027-04-30', 'Africa/Cairo'), 'Africa/Cairo')).toEqual({ date: '2027-04-30', time: '01:00' })
  })

  test('a day is over at the first instant of the next, 23 or 25 hours later where clocks change', () => {
    const hours = (date: string) => (endOfDay(date, paris).getTime() - startOfDay(date, paris).getTime()) / 3_600_000
    expect([hours('2027-03-27'), hours('2027-03-28'), hours('2027-10-31')]).toEqual([24, 23, 25])
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(addDays('2027-01-01', -1)).toBe('2026-12-31')
  })

  test('there and back is the same reading, in every zone', () => {
    const instants = fc.integer({ min: 0, max: Date.UTC(2100, 0) / 60_000 }).map((minutes) => new Date(minutes * 60_000))
    fc.assert(fc.property(instants, fc.constantFrom(...zones), (instant, zone) => {
      const wall = wallOf(instant, zone)
      const back = instantOf(wall, zone)
      expect(back).toBeInstanceOf(Date)
      expect(wallOf(back as Date, zone)).toEqual(wall)
      expect(isAmbiguous(wall, zone) || (back as Date).getTime() === instant.getTime()).toBe(true)
    }))
  })
})

test('zones are IANA names, not offsets, abbreviations or nonsense', () => {
  expect([...zones, 'America/Argentina/Buenos_Aires', 'America/Port-au-Prince'].every(isZone)).toBe(true)
  expect(['', '+01:00', 'EST', 'europe/paris', 'Mars/Olympus', 'Europe/Paris\r\nX:1', 'Europe/Paris ', '__proto__', 'x'.repeat(1e6)].some(isZone)).toBe(false)
  expect(() => wallOf(new Date(0), 'Nope/Nope')).toThrow(RangeError)
})

test('dates exist and lie between 1970 and 2200', () => {
  expect(['1970-01-01', '2024-02-29', '2000-02-29', '2200-12-31'].every(isDate)).toBe(true)
  expect(['2023-02-29', '2100-02-29', '2024-13-01', '2024-04-31', '2024-00-10', '1969-12-31', '2201-01-01', '24-01-01', '2024-1-1', '2024-01-01T', ''].some(isDate)).toBe(false)
  expect(isTime('23:59')).toBe(true)
  expect(['24:00', '9:00', '09:60', '09:00:00'].some(isTime)).toBe(false)
})

describe('what the API takes', () => {
  test('an offset, local time or a bare date', () => {
    const wall = { date: '2027-03-21', time: '09:00' }
    const instant = new Date('2027-03-21T08:00:00Z')
    for (const text of ['2027-03-21T08:00:00Z', '2027-03-21T09:00:00+01:00', '2027-03-21T09:00', '2027-03-21T09:00:00', '2027-03-21t04:00:00.000-04:00']) {
      expect(parseWhen(text, paris)).toEqual({ ok: true, wall, instant })
    }
    expect(parseWhen('2027-03-21', paris)).toEqual({ ok: true, wall: { date: '2027-03-21', time: null }, instant: new Date('2027-03-20T23:00:00Z') })
  })

  test('nothing else', () => {
    const reason = (text: string) => { const when = parseWhen(text, paris); return when.ok ? 'ok' : when.reason }
    for (const text of ['', 'demain', '21/03/2027', '2027-3-1', '2027-03-21 09:00', '2027-03-21T09', '2027-03-21T09:00:00+1', '2027-W12-1', ' 2027-03-21', '20270321', '2027-03-21T09:00:00Z\n', '+022027-03-21', 'x'.repeat(1e6)]) expect(reason(text)).toBe('malformed')
    for (const text of ['2027-02-29', '2027-13-01', '2027-00-00', '2027-03-21T24:00', '2027-03-21T09:60', '2027-03-21T09:00:60Z', '2027-03-21T09:00:00+99:00']) expect(reason(text)).toBe('impossible')
    for (const text of ['1969-12-31', '2201-01-01T00:00Z', '9999-12-31', '0000-01-01', '2200-12-31T23:30Z', '1970-01-01T00:30+14:00']) expect(reason(text)).toBe('out-of-range')
    expect(parseWhen('2027-03-28T02:30', paris)).toMatchObject({ ok: false, reason: 'gap', alternatives: [{ time: '01:30' }, { time: '03:30' }] })
    expect(reason('2027-10-31T02:30:00+02:00')).toBe('ok')
    expect(reason('2027-10-31T02:30:00+01:00')).toBe('ambiguous')
  })

  test('what we say can be said back to us', () => {
    expect(rfc3339(new Date('2024-03-21T08:00:00Z'), paris)).toBe('2024-03-21T09:00:00+01:00')
    expect(rfc3339(new Date('2024-03-21T08:00:00Z'), 'America/Montreal')).toBe('2024-03-21T04:00:00-04:00')
    fc.assert(fc.property(fc.date({ min: new Date('1970-01-02'), max: new Date('2199-12-30'), noInvalidDate: true }), fc.constantFrom(...zones), (date, zone) => {
      const instant = new Date(Math.floor(date.getTime() / 60_000) * 60_000)
      const when = parseWhen(rfc3339(instant, zone), zone)
      expect(when.ok ? when.instant : when.reason).toEqual(isAmbiguous(wallOf(instant, zone), zone) && !when.ok ? 'ambiguous' : instant)
    }))
  })

  test('any text is answered, none throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^\d{4}-\d{2}-\d{2}T?[\d:.Z+-]*$/)), (text) => { parseWhen(text, paris) }))
  })
})
