'use server'

import { redirect } from 'next/navigation'
import { action } from '@/app/_session/action'
import { currentActor } from '@/app/_session/actor'
import type { FormState } from '@/app/_session/form-state'
import { eventBySlug } from '@/lib/events/queries'
import { canWriteNotes } from '@/lib/notes/access'
import type { NotesDocument } from '@/lib/notes/document'
import { toMarkdown } from '@/lib/notes/markdown'
import { publishNotes } from '@/lib/notes/publish'
import { notesOf } from '@/lib/notes/queries'
import { saveNotes } from '@/lib/notes/save'
import { saveMarkdown } from '@/lib/notes/save-markdown'
import { markdownForm, publishForm, saveForm, withdrawForm } from '@/lib/notes/schema'
import { withdrawEdition } from '@/lib/notes/withdraw'
import { refused } from '@/lib/outcome'
import { pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'

const room = '/organise/events/[slug]/notes'

const save = action({ room: 'notes', schema: saveForm, verb: async (actor, { slug, ...input }) => plain(await saveNotes(actor, slug, input)) })

/** A form is told that somebody was faster, and asks for their text itself. */
const plain = (saved: Awaited<ReturnType<typeof saveNotes>>) => (saved.ok ? saved : refused(saved.reason, 'fields' in saved ? saved.fields : undefined))

/** One save of the editor. The document does not travel back: the writer has it, and may have written on. */
export async function saveWriting(form: FormData): Promise<Pick<FormState, 'status' | 'reason' | 'formError' | 'fieldErrors'>> {
  const { status, reason, formError, fieldErrors } = await save({ status: 'new', values: {}, fieldErrors: {}, formError: null, reason: null }, form)
  return { status, reason, formError, fieldErrors }
}

/** What stands saved now, for a writer who was too late. */
export async function newestWriting(slug: string): Promise<{ document: NotesDocument; markdown: string; revision: number } | null> {
  const event = canWriteNotes(await currentActor()) && typeof slug === 'string' ? await eventBySlug(slug) : null
  const notes = event && (await notesOf(event.id))
  return notes && { document: notes.document, markdown: toMarkdown(notes.document), revision: notes.revision }
}

export const saveText = action({
  room: 'notes',
  schema: markdownForm,
  verb: async (actor, { slug, ...input }) => plain(await saveMarkdown(actor, slug, input)),
  then: ({ revision }, { slug }, { locale }) => redirect(pathOfRoom(room, slug, locale, { mode: 'text', saved: String(revision) })),
})

export const publishEdition = action({
  room: 'notes',
  schema: publishForm,
  verb: async (actor, { slug, input }) => {
    const outcome = await publishNotes(actor, slug, input)
    return outcome.ok ? outcome : refused(outcome.reason === 'stale' ? 'stale-edition' : outcome.reason, outcome.fields)
  },
  then: ({ number }, { slug }, { locale }) => redirect(pathOfRoom(room, slug, locale, { mode: 'publish', published: String(number) })),
})

export const withdraw = action({
  room: 'notes',
  schema: withdrawForm,
  verb: (actor, { slug, number }) => withdrawEdition(actor, slug, number),
  then: ({ number }, { slug }, { locale }) => redirect(pathOfRoom(room, slug, locale, { mode: 'publish', withdrawn: String(number) })),
})
