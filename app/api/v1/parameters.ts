import { z } from 'zod'
import { config } from '@/lib/config'
import { readCursor } from '@/lib/events/queries'
import { line, slug } from '@/lib/fields'
import { longestQuery } from '@/lib/search/rules'
import { addDays, isDate, parseWhen, startOfDay } from '@/lib/time'

/**
 * An end of a span: RFC 3339, local time of the house's zone, or a day. The day itself is inside on both ends.
 * A plus sign that an address turned into a space is put back.
 */
const edge = (whichDay: 'first' | 'last') =>
  z
    .string()
    .meta({ description: 'RFC 3339, local time of the house, or a day (included).', examples: ['2026-12-01', '2026-12-01T09:00:00+01:00'] })
    .transform((text, context) => {
      const zone = config().defaultTimeZone
      const when = parseWhen(text.replace(/ (?=\d\d:\d\d$)/, '+'), zone)
      if (when.ok) return when.wall.time === null && isDate(text) ? startOfDay(addDays(text, whichDay === 'last' ? 1 : 0), zone) : when.instant
      context.addIssue('not-a-date')
      return z.NEVER
    })

const whole = (most: number) =>
  z.string().regex(/^\d{1,6}$/, 'not-a-count').transform(Number).pipe(z.number().min(1, 'too-small').max(most, 'too-big'))

/** The filters of GET /api/v1/events; parameters of other names are not looked at. */
export const eventFilter = z.object({
  from: edge('first').optional(),
  to: edge('last').optional(),
  theme: slug.optional(),
  series: slug.optional(),
  report: slug.optional(),
  recommendation: whole(1000).optional(),
  q: z.preprocess((typed) => (typed === '' ? undefined : typed), line(120).optional()),
  cursor: z
    .string()
    .max(120, 'not-a-cursor')
    .refine((text) => readCursor(text) !== null, 'not-a-cursor')
    .optional(),
  limit: whole(200).optional(),
})

/** What GET /api/v1/search looks for. */
export const searchFilter = z.object({ q: line(longestQuery), limit: whole(50).optional() })
