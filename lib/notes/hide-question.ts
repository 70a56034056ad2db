import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { fieldRefusals } from '@/lib/errors'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canWriteNotes } from './access'
import { hideInput } from './schema'

/**
 * Sets a prepared question aside, with a reason for the journal, or (`isHidden` false) shows it again. Its person still
 * sees it. Refusals: `forbidden`, `not-found`, `invalid` (field `reason`).
 */
export async function hideQuestion(actor: Actor, id: string, input: { isHidden: boolean; reason?: string }): Promise<Outcome<{ slug: string }, 'forbidden' | 'not-found' | 'invalid'>> {
  if (!canWriteNotes(actor)) return refused('forbidden')
  const read = hideInput.safeParse(input.isHidden ? { reason: input.reason ?? '' } : { reason: '-' })
  if (!read.success) return refused('invalid', fieldRefusals(read.error))
  return inTransaction(async (tx) => {
    const question = await tx.preparedQuestion.findUnique({ where: { id }, select: { hiddenAt: true, event: { select: { id: true, slug: true } } } })
    if (!question) return refused('not-found')
    const { event, hiddenAt } = question
    if ((hiddenAt !== null) === input.isHidden) return done({ slug: event.slug })
    await tx.preparedQuestion.update({ where: { id }, data: { hiddenAt: input.isHidden ? now() : null } })
    await record(tx, actor, { verb: input.isHidden ? 'notes.hide-question' : 'notes.show-question', subject: `question/${id}`, eventId: event.id, ...(input.isHidden ? { after: { reason: read.data.reason } } : {}) })
    return done({ slug: event.slug })
  })
}
