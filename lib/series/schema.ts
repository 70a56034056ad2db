import { z } from 'zod'
import { blankIsNull, count, line, optionalParagraphs, slug, time } from '@/lib/fields'

/** A format (a rhythm and defaults) or a cycle (a subject). Limits in characters; durations in minutes. */
export const seriesInput = z.strictObject({
  slug: slug.optional(),
  nature: z.enum(['format', 'cycle'], 'not-among'),
  nameFr: line(80),
  nameEn: line(80),
  summaryFr: optionalParagraphs(400).optional(),
  summaryEn: optionalParagraphs(400).optional(),
  /** Defaults that an event of this format starts from; the hour is on the wall. */
  durationMinutes: blankIsNull(count(7 * 24 * 60)).optional(),
  startTime: blankIsNull(time).optional(),
  capacity: blankIsNull(count(1_000_000)).optional(),
  position: count(10_000).optional(),
})

export type SeriesInput = z.infer<typeof seriesInput>

/** Markdown, kept as it was typed. */
export const templateInput = z.strictObject({
  template: z.string('wrong-kind').max(20_000, 'too-long').refine((text) => text.isWellFormed() && !text.includes('\0'), 'not-text').transform((text) => text.replace(/\r\n?/g, '\n')),
})
