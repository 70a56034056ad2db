import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { inTransaction } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canWriteNotes } from './access'
import { changeNotes } from './change'
import { convertApart } from './convert-apart'
import { isEmpty, type NotesDocument } from './document'

/**
 * Brings notes in that were written elsewhere, behind those that stand or in their place; in their place the same words
 * keep their ids. Refusals: `forbidden`, `not-found`, `invalid` (field `markdown`: too-long, too-deep, not-text, malformed).
 */
export async function importNotes(actor: Actor, slug: string, { markdown, how }: { markdown: string; how: 'append' | 'replace' }): Promise<Outcome<{ revision: number }, 'forbidden' | 'not-found' | 'invalid'>> {
  if (!canWriteNotes(actor)) return refused('forbidden')
  const read = await convertApart('read', markdown.length, { markdown })
  if (!read.ok) return refused('invalid', [{ field: 'markdown', reason: read.reason === 'too-big' ? 'too-long' : read.reason }])
  return inTransaction(async (tx) => {
    const event = await tx.event.findUnique({ where: { slug }, select: { id: true } })
    if (!event) return refused('not-found')
    const together = (notes: NotesDocument) =>
      how === 'replace' || isEmpty(notes) ? convertApart('again', markdown.length, { before: notes, after: read.value }) : { type: 'doc' as const, content: [...notes.content, ...read.value.content] }
    const changed = await changeNotes(actor, event.id, together, { tx, isSigned: false })
    if (!changed.ok) return changed.reason === 'too-big' ? refused('invalid', [{ field: 'markdown', reason: 'too-long' }]) : refused(changed.reason === 'stale' ? 'not-found' : changed.reason)
    await record(tx, actor, { verb: 'notes.import', subject: `event/${event.id}`, eventId: event.id, after: { revision: changed.value.revision, how } })
    return done({ revision: changed.value.revision })
  })
}
