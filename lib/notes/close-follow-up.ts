import { record } from '@/lib/activity/record'
import { type Actor, actorName } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canWriteNotes } from './access'
import { changeNotes } from './change'
import { type NotesDocument, tasksOf } from './document'
import { carriersOf } from './keep-follow-ups'

type Refusal = 'forbidden' | 'not-found'

/**
 * Says that a follow-up is done, or (`isDone` false) that it is not: in the newest notes that carry it, or where it was
 * first said, its box is ticked. Saying so twice changes nothing. Refusals: `forbidden`, `not-found`.
 */
export async function closeFollowUp(actor: Actor, id: string, isDone = true): Promise<Outcome<{ id: string }, Refusal>> {
  if (!canWriteNotes(actor)) return refused('forbidden')
  return inTransaction(async (tx) => {
    const found = await tx.followUp.findUnique({ where: { id }, select: { blockId: true, closedAt: true, event: { select: { id: true, startsAt: true, formatId: true, cycles: { select: { seriesId: true } } } } } })
    if (!found) return refused('not-found')
    if ((found.closedAt !== null) === isDone) return done({ id })
    const [newest = found.event.id] = await carriersOf(tx, id, found.event)
    await changeNotes(actor, newest, (notes) => withTick(notes, id, newest === found.event.id ? found.blockId : null, isDone), { tx, isSigned: false })
    // Also where its box stood so already, or stands nowhere: what is said here holds.
    await tx.followUp.update({ where: { id }, data: isDone ? { closedAt: now(), closedBy: actorName(actor) } : { closedAt: null, closedBy: null, droppedAt: null } })
    await record(tx, actor, { verb: isDone ? 'notes.close-follow-up' : 'notes.reopen-follow-up', subject: `follow-up/${id}`, eventId: found.event.id })
    return done({ id })
  })
}

function withTick(notes: NotesDocument, id: string, blockId: string | null, checked: boolean): NotesDocument | null {
  const document = structuredClone(notes)
  const tasks = tasksOf(document).filter(({ attrs, content: [first] }) => attrs.follows === id || (blockId !== null && first?.type === 'paragraph' && first.attrs.id === blockId))
  if (tasks.every(({ attrs }) => attrs.checked === checked)) return null
  for (const { attrs } of tasks) attrs.checked = checked
  return document
}
