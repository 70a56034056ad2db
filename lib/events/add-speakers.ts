import { z } from 'zod'
import type { Actor } from '@/lib/actor'
import { db } from '@/lib/db'
import { fieldRefusals } from '@/lib/errors'
import { line, optionalLine, slug } from '@/lib/fields'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canOrganise } from './access'

const speakers = z.array(
  z.strictObject({
    slug,
    name: line(120),
    roleFr: optionalLine(200).optional(),
    roleEn: optionalLine(200).optional(),
    organisation: optionalLine(160).optional(),
    country: optionalLine(2).optional(),
    /** Where the public role was read. */
    source: optionalLine(400).optional(),
  }),
)

/**
 * Brings in people with what is publicly known of them, before events name them by slug; those who are known already
 * are passed over. Refusals: `forbidden`; `invalid`, with the fields.
 */
export async function addSpeakers(actor: Actor, data: unknown): Promise<Outcome<{ added: number }, 'forbidden' | 'invalid'>> {
  if (!canOrganise(actor)) return refused('forbidden')
  const read = speakers.safeParse(data)
  if (!read.success) return refused('invalid', fieldRefusals(read.error))
  const { count } = await db.speaker.createMany({ data: read.data, skipDuplicates: true })
  return done({ added: count })
}
