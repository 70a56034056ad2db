import { describe, expect, it } from 'vitest'
import { easterOf, isHoliday, isQuiet, sessionDay } from '@/prisma/seed/days'
import { addDays } from '@/lib/time'

describe('the days of an invented season', () => {
  it('know Easter and the French public holidays', () => {
    expect([2024, 2025, 2026, 2027, 2028].map(easterOf)).toEqual(['2024-03-31', '2025-04-20', '2026-04-05', '2027-03-28', '2028-04-16'])
    for (const holiday of ['2026-04-06', '2026-05-14', '2026-05-25', '2026-07-14', '2026-11-11', '2027-01-01']) expect(isHoliday(holiday)).toBe(true)
    expect(isHoliday('2026-05-15')).toBe(false)
  })

  it('are weekdays on which people work, whatever day it is today', () => {
    for (let today = '2026-01-01'; today < '2028-01-01'; today = addDays(today, 1)) {
      const taken = new Set<string>()
      for (const week of [-29, -21, -15, -9, -5, -1, 1, 2, 3, 4, 6, 8, 9, 10, 11]) {
        const day = sessionDay(today, week, 4, taken)
        taken.add(day)
        expect([today, day, new Date(day).getUTCDay(), isQuiet(day)]).toEqual([today, day, 4, false])
        expect(week < 0 ? day < today : day >= addDays(today, 3)).toBe(true)
      }
      expect(taken.size).toBe(15)
    }
  })
})
