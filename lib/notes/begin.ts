import type { Actor } from '@/lib/actor'
import { db } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { sayDay } from '@/lib/text'
import { canWriteNotes } from './access'
import { changeNotes } from './change'
import { isEmpty } from './document'
import { openBefore } from './follow-ups'
import { preparedQuestions } from './prepared'
import { begun } from './template'

/**
 * Begins the notes of an event with what its series' template says (of its format first, else of a cycle), the
 * questions that people prepared and what earlier sessions left open: once, before the first word, however many open
 * them at once. Notes that somebody emptied stay empty. Refusals: `forbidden`, `not-found`.
 */
export async function beginNotes(actor: Actor, slug: string): Promise<Outcome<{ isBegun: boolean }, 'forbidden' | 'not-found'>> {
  if (!canWriteNotes(actor)) return refused('forbidden')
  const event = await db.event.findUnique({
    where: { slug },
    select: {
      id: true, title: true, language: true, startDate: true,
      notes: { select: { revision: true } },
      format: { select: { notesTemplate: true } },
      cycles: { orderBy: { series: { position: 'asc' } }, select: { series: { select: { notesTemplate: true } } } },
      speakers: { orderBy: { position: 'asc' }, select: { speaker: { select: { slug: true, name: true } } } },
    },
  })
  if (!event) return refused('not-found')
  if (event.notes && event.notes.revision > 0) return done({ isBegun: false })
  const [questions, followUps] = await Promise.all([preparedQuestions(event.id), openBefore(event.id)])
  const template = [event.format, ...event.cycles.map(({ series }) => series)].find((one) => one?.notesTemplate)?.notesTemplate ?? null
  const language = event.language === 'en' ? 'en' : 'fr'
  const document = begun(template, {
    language,
    title: event.title,
    day: sayDay(event.startDate, language),
    speakers: event.speakers.map(({ speaker }) => speaker),
    questions,
    followUps,
  })
  if (!document) return done({ isBegun: false })
  // The lock of the notes' row decides: who comes second finds a revision, or words that came first.
  const changed = await changeNotes(actor, event.id, (notes) => (isEmpty(notes) ? document : null), { revision: 0 })
  if (!changed.ok && changed.reason === 'not-found') return refused('not-found')
  return done({ isBegun: changed.ok && changed.value.isChanged })
}
