'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { action, type Asking } from '@/app/_session/action'
import { mayPropose } from '@/app/_session/registration-limit'
import { guest } from '@/lib/actor'
import { prepareQuestion, voteForQuestion, withdrawQuestion } from '@/lib/notes/prepare-question'
import { type Outcome, refused } from '@/lib/outcome'
import { pathOf } from '@/lib/pathnames'
import { allow } from '@/lib/rate-limit'
import { findHeld } from '@/lib/registrations/queries'

const token = z.string('wrong-kind').max(60, 'too-long')
const named = z.object({ token, id: z.uuid('unknown') })

/** A question for the session. The link is the right: no log-in, and nothing happens by a GET. */
export const propose = action({
  room: 'prepared',
  schema: z.object({ token, text: z.string('wrong-kind').default('') }),
  verb: (_, { token, text }, asking) => limited(token, asking, 'words', () => prepareQuestion(guest, { token }, { text })),
  then: (_, { token }, { locale }) => back(token, locale, 'sent'),
})

export const vote = action({
  room: 'prepared',
  schema: named.extend({ isFor: z.enum(['yes', 'no'], 'not-among') }),
  verb: (_, { token, id, isFor }, asking) => limited(token, asking, 'votes', () => voteForQuestion(guest, { token }, id, isFor === 'yes')),
  then: (_, { token, isFor }, { locale }) => back(token, locale, isFor === 'yes' ? 'voted' : 'unvoted'),
})

export const withdraw = action({
  room: 'prepared',
  schema: named,
  verb: (_, { token, id }, asking) => limited(token, asking, 'votes', () => withdrawQuestion(guest, { token }, id)),
  then: (_, { token }, { locale }) => back(token, locale, 'withdrawn'),
})

const votes = { most: 120, seconds: 600 }

async function limited(token: string, { network }: Asking, kind: 'words' | 'votes', act: () => Promise<Outcome<unknown, string>>): Promise<Outcome<unknown, string>> {
  const held = await findHeld({ token })
  if (!held || held === 'gone') return refused(held ?? 'not-found')
  const allowed = kind === 'words' ? await mayPropose(network, held.addressFold) : await allow('prepared-votes', held.addressFold, votes)
  return allowed.ok ? act() : refused('too-often')
}

const back = (token: string, locale: string, done: string) => redirect(`${pathOf('/registrations/[token]/prepare', { token }, locale)}?done=${done}`)
