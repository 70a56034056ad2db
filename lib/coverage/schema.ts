import { z } from 'zod'
import { date, paragraphs, personName, slug } from '@/lib/fields'
import { holdsLink } from '@/lib/text'

const recommendationRef = z.strictObject({ report: slug, number: z.coerce.number('wrong-kind').int('wrong-kind').min(1, 'wrong-kind').max(1000, 'wrong-kind') })

export const discussedInput = z.array(recommendationRef, 'wrong-kind').max(200, 'too-many')

/** What a machine says of a session: all that was discussed; an empty list says that nothing was. */
export const discussedBody = z.strictObject({ recommendations: discussedInput })

/** A form's boxes: `report-slug/16` each; none ticked means that nothing was discussed. */
export const discussedForm = z.object({
  slug: z.string(),
  discussed: z.array(z.string('wrong-kind').max(90, 'malformed').regex(/^[a-z0-9-]+\/\d{1,4}$/, 'malformed'), 'wrong-kind').max(200, 'too-many').default([]),
})

export type RecommendationRef = z.infer<typeof recommendationRef>

/** What a house tells of a session that it took up: three things, none of them anybody's name or address. */
export const relayInput = z.strictObject({
  house: personName(120),
  heldOn: z.string('wrong-kind').trim().min(1, 'required').pipe(date),
  text: paragraphs(1500).refine((words) => !holdsLink(words), 'link'),
})

export type RelayInput = z.input<typeof relayInput>

/** A yes, with the words as they shall stand, or a no; `was` is what it was when it was read. */
export const relayDecision = z.strictObject({
  decision: z.enum(['approve', 'decline'], 'not-among'),
  was: z.enum(['open', 'approved', 'declined'], 'not-among'),
  house: relayInput.shape.house.optional(),
  heldOn: relayInput.shape.heldOn.optional(),
  text: relayInput.shape.text.optional(),
})

export type RelayDecision = z.input<typeof relayDecision>

/** What a session's form says so far: as long as its fields allow. */
export const likelyInput = z.object({
  title: z.string().max(400).transform(plain),
  summary: z.string().max(1200).transform(plain),
  description: z.string().max(20_000).transform(plain),
  language: z.enum(['fr', 'en']).catch('fr'),
})

export type LikelyInput = z.input<typeof likelyInput>

/** What a database cannot hold is left out: nobody sees this text again. */
function plain(text: string) {
  return text.replaceAll('\0', ' ').toWellFormed()
}
