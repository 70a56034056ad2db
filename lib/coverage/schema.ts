import { z } from 'zod'
import { slug } from '@/lib/fields'

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
