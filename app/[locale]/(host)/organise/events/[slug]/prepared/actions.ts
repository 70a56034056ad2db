'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { action } from '@/app/_session/action'
import { pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { eventNamed } from '@/app/[locale]/(host)/organise/events/event-acts'
import { setPrepared } from '@/lib/events/set-prepared'
import { hideQuestion } from '@/lib/notes/hide-question'

const named = eventNamed.extend({ id: z.uuid('unknown') })

export const hide = action({
  room: 'prepared',
  schema: named.extend({ reason: z.string('wrong-kind').default('') }),
  verb: (actor, { id, reason }) => hideQuestion(actor, id, { isHidden: true, reason }),
  then: (_, { event }, { locale }) => back(event, locale, 'hidden'),
})

export const show = action({
  room: 'prepared',
  schema: named,
  verb: (actor, { id }) => hideQuestion(actor, id, { isHidden: false }),
  then: (_, { event }, { locale }) => back(event, locale, 'shown'),
})

/** Whether people may propose questions. */
export const setAsking = action({
  room: 'prepared',
  schema: eventNamed.extend({ asks: z.enum(['yes', 'no'], 'not-among') }),
  verb: (actor, { event, asks }) => setPrepared(actor, event, { asks: asks === 'yes' }),
  then: (_, { event, asks }, { locale }) => back(event, locale, asks === 'yes' ? 'on' : 'off'),
})

const back = (event: string, locale: 'fr' | 'en', done: string) => redirect(pathOfRoom('/organise/events/[slug]/prepared', event, locale, { done }))
