'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { action } from '@/app/_session/action'
import { pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { eventNamed } from '@/app/[locale]/(host)/organise/events/event-acts'
import { needAnswerInput } from '@/lib/events/schema'
import { answerNeed as answer } from '@/lib/registrations/answer-need'

/** A keeper's answer, which the person receives by letter. */
export const answerNeed = action({
  room: 'people',
  schema: eventNamed.extend({ id: z.uuid('unknown'), ...needAnswerInput.shape }),
  verb: (actor, { id, event: _, ...said }) => answer(actor, id, said),
  then: (_, { event }, { locale }) => redirect(pathOfRoom('/organise/events/[slug]/access', event, locale, { done: 'answered' })),
})
