import { z } from 'zod'
import { blankIsNull, box, line, optionalLine, paragraphs, personName, webAddress } from '@/lib/fields'
import { limits, readReference } from './document'

/** The licences that an edition may carry; the first is proposed. */
export const licences = ['CC-BY-SA-4.0', 'CC-BY-4.0', 'all-rights-reserved'] as const

const revision = z.coerce.number('wrong-kind').int('wrong-kind').min(0, 'wrong-kind').max(2 ** 31 - 1, 'wrong-kind')

const markdown = z.string('wrong-kind').max(limits.bytes, 'too-long').refine((text) => text.isWellFormed() && !text.includes('\0'), 'not-text')

/**
 * Notes as Markdown, for who writes without JavaScript or prefers text. `revision` is the one that the writer started
 * from, 0 where nothing was saved before; `replace` overwrites what was saved meanwhile.
 */
export const markdownForm = z.object({
  slug: z.string(),
  replace: box.optional(),
  markdown,
  /** What the text was when the form was shown. */
  base: markdown.optional(),
  revision,
})

/** What a program sends in place of the notes; with `revision` only where they are still what it read. */
export const notesBody = z.strictObject({ markdown, revision: revision.nullish() })

/** Notes that were written elsewhere, as they were looked at before. */
export const importForm = z.object({ slug: z.string(), markdown, how: z.enum(['append', 'replace'], 'not-among') })

export const publishInput = z.strictObject({
  /** The licence of the edition before; of the first, the first of the list. */
  licence: z.enum(licences, 'not-among').optional(),
  /** Who signs; without it, those of the edition before, or those who wrote. */
  authors: line(300).optional(),
  visibility: z.enum(['all', 'registered', 'organisers'], 'not-among').optional(),
  /** The revision that was read before publishing; another one is refused as `stale`. */
  revision: blankIsNull(revision).optional(),
  /** The newest edition that was known when this one was prepared, 0 for none; where there is a newer one it is refused as `stale`. */
  after: blankIsNull(revision).optional(),
  /** What changes in this edition, for its readers. */
  changes: blankIsNull(paragraphs(1000)).optional(),
  /** Are those told who asked to be? Without a word, of the first edition they are, and of a correction not. */
  told: box.optional(),
})

/** A form's own: of a box that is not ticked it says nothing at all. */
export const publishForm = publishInput
  .extend({ authors: line(300), slug: z.string(), locale: z.string().optional() })
  .transform(({ slug, locale: _locale, ...input }) => ({ slug, input: { ...input, told: input.told ?? false } }))

export const withdrawInput = z.strictObject({
  /** Why, in a sentence that readers see in its place. */
  why: blankIsNull(line(300)).optional(),
})

export type WithdrawInput = z.input<typeof withdrawInput>

export const withdrawForm = z.object({ slug: z.string(), number: z.coerce.number().int().min(1).max(2 ** 31 - 1), why: blankIsNull(line(300)).optional() })

export type PublishInput = z.input<typeof publishInput>

/** What somebody keeps from a session, in their own words; the name only where it is to stand beside them. */
export const takeawayInput = z.strictObject({ text: paragraphs(2000), signature: blankIsNull(personName(120)).optional() })

export type TakeawayInput = z.input<typeof takeawayInput>

/** What somebody wants to have talked about, in a sentence or two. */
export const preparedInput = z.strictObject({ text: line(280) })

/** Why a question is set aside: for the journal, which names nobody of those who registered. */
export const hideInput = z.strictObject({ reason: line(200) })

const about = z.array(z.string('wrong-kind').transform((key, context) => {
  const reference = readReference(key)
  if (reference) return reference
  context.addIssue({ code: 'custom', message: 'unknown-reference' })
  return z.NEVER
}), 'wrong-kind').max(limits.references, 'too-many')

/** A host's yes, with the words as they shall stand, what they are about, and whether the name stands beside them; or a no. */
export const decisionInput = z.strictObject({
  decision: z.enum(['approve', 'decline'], 'not-among'),
  /** Their own words, where nothing is given. */
  text: paragraphs(2000).optional(),
  about: about.default([]),
  signed: box.default(false),
  /** When the words came that the host read; where they were changed since, nothing is decided. */
  seen: z.iso.datetime({ error: 'wrong-kind' }).optional(),
})

export type DecisionInput = z.input<typeof decisionInput>

/** A title stands on public pages as text alone. */
const resourceTitle = line(200)

export const linkInput = z.strictObject({ kind: z.enum(['link', 'replay'], 'not-among'), title: resourceTitle, url: webAddress })
export type LinkInput = z.input<typeof linkInput>

export const titleInput = z.strictObject({ title: resourceTitle })

/** Of a file the name is what its sender called it, the title may be missing. */
export const fileInput = z.strictObject({ title: optionalLine(200), name: z.string('wrong-kind').max(400) })
