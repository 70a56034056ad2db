'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { action } from '@/app/_session/action'
import { decideRelay } from '@/lib/coverage/decide-relay'
import { done, type Outcome } from '@/lib/outcome'
import { pathOf } from '@/lib/pathnames'

const typed = z.string('wrong-kind').optional()

/** The yes or no to one account. One that was decided meanwhile is no fault of whoever presses. */
export const decide = action({
  room: 'relay',
  schema: z.object({ id: z.uuid('unknown'), was: z.enum(['open', 'approved', 'declined'], 'not-among'), decision: z.enum(['approve', 'decline'], 'not-among'), house: typed, heldOn: typed, text: typed }),
  verb: async (actor, { id, ...input }): Promise<Outcome<'approved' | 'declined' | 'already', string>> => {
    const decided = await decideRelay(actor, id, input)
    if (decided.ok) return done(input.decision === 'approve' ? 'approved' : 'declined')
    return decided.reason === 'decided' || decided.reason === 'not-found' ? done('already') : decided
  },
  then: (said, _, { locale }) => redirect(`${pathOf('/organise/relays', {}, locale)}?done=${said}`),
})
