'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { action, type Asking } from '@/app/_session/action'
import { mayPropose } from '@/app/_session/registration-limit'
import { guest } from '@/lib/actor'
import { box } from '@/lib/fields'
import { proposePassage, takeBackPassage } from '@/lib/notes/propose-passage'
import { type Outcome, refused } from '@/lib/outcome'
import { pathOf } from '@/lib/pathnames'
import { findHeld } from '@/lib/registrations/queries'

const token = z.string('wrong-kind').max(60, 'too-long')
const typed = z.string('wrong-kind').default('')
const wordsForm = z.object({ token, text: typed, signed: box.optional(), signature: typed, change: z.string().optional() })

/** Sends one sentence to the organisers, or another in its place. The link is the right: no log-in, and nothing happens by a GET. */
export const say = action({
  room: 'takeaway',
  schema: wordsForm,
  verb: async (_, { token, text, signed, signature }, asking): Promise<Outcome<unknown, string>> => {
    // The box says that a name shall stand there: then it may not be missing.
    if (signed && signature.trim() === '') return refused('invalid', [{ field: 'signature', reason: 'required' }])
    return limited(token, asking, () => proposePassage(guest, { token }, { text, signature: signed ? signature : null }))
  },
  then: (_, { token, change }, { locale }) => back(token, locale, change ? 'changed' : 'sent'),
})

export const takeBack = action({
  room: 'takeaway',
  schema: z.object({ token, id: z.uuid('unknown') }),
  verb: (_, { token, id }, asking): Promise<Outcome<unknown, string>> => limited(token, asking, () => takeBackPassage(guest, { token }, id)),
  then: (_, { token }, { locale }) => back(token, locale, 'taken-back'),
})

async function limited(token: string, { network }: Asking, act: () => Promise<Outcome<unknown, string>>): Promise<Outcome<unknown, string>> {
  const held = await findHeld({ token })
  if (!held || held === 'gone') return refused(held ?? 'not-found')
  return (await mayPropose(network, held.addressFold)).ok ? act() : refused('too-many')
}

const back = (token: string, locale: string, done: string) => redirect(`${pathOf('/registrations/[token]/takeaway', { token }, locale)}?done=${done}`)
