'use server'

import { redirect } from 'next/navigation'
import { action } from '@/app/_session/action'
import { publishNotes } from '@/lib/notes/publish'
import { publishForm, withdrawForm } from '@/lib/notes/schema'
import { withdrawEdition } from '@/lib/notes/withdraw'
import { refused } from '@/lib/outcome'
import { pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'

const room = '/organise/events/[slug]/restitution'

export const publishEdition = action({
  room: 'restitution',
  schema: publishForm,
  verb: async (actor, { slug, input }) => {
    const outcome = await publishNotes(actor, slug, input)
    return outcome.ok ? outcome : refused(outcome.reason === 'stale' ? 'stale-edition' : outcome.reason, outcome.fields)
  },
  then: ({ number }, { slug }, { locale }) => redirect(pathOfRoom(room, slug, locale, { published: String(number) })),
})

export const withdraw = action({
  room: 'restitution',
  schema: withdrawForm,
  verb: (actor, { slug, number, why }) => withdrawEdition(actor, slug, number, { why }),
  then: ({ number }, { slug }, { locale }) => redirect(pathOfRoom(room, slug, locale, { withdrawn: String(number) })),
})
