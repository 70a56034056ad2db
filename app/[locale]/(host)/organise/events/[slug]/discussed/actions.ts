'use server'

import { redirect } from 'next/navigation'
import { action } from '@/app/_session/action'
import { pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { confirmDiscussed } from '@/lib/coverage/confirm-discussed'
import { discussedForm } from '@/lib/coverage/schema'

export const confirm = action({
  room: 'notes',
  schema: discussedForm,
  verb: (actor, { slug, discussed }) =>
    confirmDiscussed(actor, slug, discussed.map((key) => ({ report: key.split('/')[0], number: Number(key.split('/')[1]) }))),
  then: ({ discussed }, { slug }, { locale }) => redirect(pathOfRoom('/organise/events/[slug]/discussed', slug, locale, { saved: String(discussed) })),
})
