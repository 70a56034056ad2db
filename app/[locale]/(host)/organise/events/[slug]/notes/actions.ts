'use server'

import { getLocale } from 'next-intl/server'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { action } from '@/app/_session/action'
import { currentActor } from '@/app/_session/actor'
import { isSameOrigin } from '@/app/_session/same-origin'
import type { AskTicket } from '@/app/[locale]/_writing/live'
import { eventBySlug } from '@/lib/events/queries'
import { setNotesWriters } from '@/lib/events/set-notes-writers'
import { canWriteNotes } from '@/lib/notes/access'
import { beginNotes } from '@/lib/notes/begin'
import { saveMarkdown } from '@/lib/notes/save-markdown'
import { markdownForm } from '@/lib/notes/schema'
import { writeTicket } from '@/lib/notes/ticket'
import { pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { eventNamed } from '@/app/[locale]/(host)/organise/events/event-acts'

const room = '/organise/events/[slug]/notes'

/** Lets the room open one connection to the live notes; asked anew for each. */
export async function askTicket(slug: string, isFirst: boolean): Promise<Awaited<ReturnType<AskTicket>>> {
  const actor = await currentActor()
  const event = canWriteNotes(actor) && typeof slug === 'string' && isSameOrigin(await headers()) ? await eventBySlug(slug) : null
  if (actor.kind !== 'person') return { ok: false, why: 'logged-out' }
  // Before the first word: what the series' template says. Who comes second finds it there.
  if (event && isFirst) await beginNotes(actor, event.slug)
  return event ? { ok: true, ticket: writeTicket({ eventId: event.id, writer: `person/${actor.id}`, locale: await ownLocale() }) } : { ok: false, why: 'right-ended' }
}

const ownLocale = async () => ((await getLocale()) === 'en' ? 'en' : 'fr')

export const sayWhoWrites = action({
  room: 'writing',
  schema: eventNamed.extend({ writers: z.enum(['organisers', 'registered'], 'not-among') }),
  verb: (actor, { event, writers }) => setNotesWriters(actor, event, { writers }),
  then: (_, { event }, { locale }) => redirect(pathOfRoom(room, event, locale, { done: 'writers' })),
})

export const saveText = action({
  room: 'notes',
  schema: markdownForm,
  verb: (actor, { slug, ...input }) => saveMarkdown(actor, slug, input),
  then: ({ revision, both }, { slug }, { locale }) => redirect(pathOfRoom(room, slug, locale, { mode: 'text', saved: String(revision), ...(both > 0 ? { both: String(both) } : {}) })),
})
