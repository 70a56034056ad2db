import { z } from 'zod'
import { cleanLine, cleanText, holdsLink, isWellFormed } from '@/lib/text'
import { isDate, isTime, isZone } from '@/lib/time'

/** The kinds of fields that people type, each with its limits; every refusal is a reason, never a sentence. */

/** One line of text: spaces folded; control characters, NUL and lone surrogates refused. `max` counts characters. */
export const line = (max: number) => text(max).transform((typed, context) => clean(typed, max, cleanLine, context))

/** Text of several lines. */
export const paragraphs = (max: number) =>
  text(max).transform((typed, context) => clean(typed, max, cleanText, context))

/** Like `line`, but nothing typed means nothing. */
export const optionalLine = (max: number) => blankIsNull(line(max))
export const optionalParagraphs = (max: number) => blankIsNull(paragraphs(max))

/** Somebody's name, typed by anybody: it stands in letters to others, so it leads nowhere. */
export const personName = (max: number) => line(max).refine((name) => !holdsLink(name), 'link')

/** A few words to somebody else, typed by anybody: they lead nowhere either. */
export const optionalWords = (max: number) => blankIsNull(paragraphs(max).refine((words) => !holdsLink(words), 'link'))

export const zone = z.string({ error: kind }).refine(isZone, 'not-a-zone')
export const date = z.string({ error: kind }).refine(isDate, 'not-a-date')
export const time = z.string({ error: kind }).refine(isTime, 'not-an-hour')
export const locale = z.enum(['fr', 'en'], 'not-among')
export const slug = z.string({ error: kind }).regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'not-a-slug').max(80, 'too-long')

/** An address of the web, as one would paste it: http or https, nothing that runs. */
export const webAddress = z
  .string({ error: kind })
  .trim()
  .max(1000, 'too-long')
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && !/[\s<>"\\]/.test(text), 'not-a-web-address')

/** A box of a form: browsers send "on" or nothing, JSON true or false. */
export const box = z.union([z.boolean(), z.literal('on').transform(() => true), z.literal('').transform(() => false)], 'wrong-kind')

/** A number of seats; a form sends it as text. */
export const count = (max: number) =>
  z.union([z.number({ error: kind }), z.string().trim().regex(/^\d{1,7}$/, 'not-a-count').transform(Number)], 'not-a-count').pipe(
    z.number().int('not-a-count').min(0, 'not-a-count').max(max, 'too-big'),
  )

/** Nothing typed, or null, means null. */
export const blankIsNull = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? null : value), schema.nullable())

/** The limit is said besides, for the API's description, which sees nothing of what `clean` does. */
const text = (max: number) => z.string({ error: kind }).meta({ minLength: 1, maxLength: max })

function kind(issue: { input?: unknown }) {
  return issue.input === undefined || issue.input === null ? 'required' : 'wrong-kind'
}

function clean(typed: string, max: number, how: (text: string, max: number) => string | null, context: z.RefinementCtx) {
  const text = how(typed, max)
  if (text) return text
  const reason = typed.trim() === '' ? 'required' : !isWellFormed(typed) ? 'not-text' : [...typed].length > max ? 'too-long' : 'not-text'
  context.addIssue({ code: 'custom', message: reason })
  return z.NEVER
}
