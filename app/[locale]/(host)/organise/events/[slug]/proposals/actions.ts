'use server'

import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { action } from '@/app/_session/action'
import { pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { eventNamed } from '@/app/[locale]/(host)/organise/events/event-acts'
import { box } from '@/lib/fields'
import { decideProposal } from '@/lib/notes/decide-proposal'
import { done, type Outcome } from '@/lib/outcome'

const decisionForm = eventNamed.extend({
  id: z.uuid('unknown'),
  decision: z.enum(['approve', 'decline'], 'not-among'),
  text: z.string('wrong-kind'),
  about: z.array(z.string('wrong-kind'), 'wrong-kind').optional(),
  signed: box.optional(),
  seen: z.string('wrong-kind').max(40, 'wrong-kind'),
})

type Done = 'approved' | 'declined' | 'already'

/** The yes or no to one sentence. One that is decided meanwhile, or was taken back, is no fault of whoever presses. */
export const decide = action({
  room: 'takeaway',
  schema: decisionForm,
  verb: async (actor, { id, decision, text, about, signed, seen }): Promise<Outcome<Done, string>> => {
    const decided = await decideProposal(actor, id, { decision, text, about, signed, seen })
    if (decided.ok) return done(decision === 'approve' ? 'approved' : 'declined')
    if (decided.reason === 'decided' || decided.reason === 'not-found') return done('already')
    // The page goes on to show the words as they are now.
    if (decided.reason === 'changed') refresh()
    return decided
  },
  then: (outcome, { event }, { locale }) => redirect(pathOfRoom('/organise/events/[slug]/proposals', event, locale, { done: outcome })),
})
