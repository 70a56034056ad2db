'use server'

import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { action } from '@/app/_session/action'
import { currentActor } from '@/app/_session/actor'
import { sessionCookie } from '@/app/_session/cookies'
import { mayMend } from '@/app/_session/registration-limit'
import type { Actor } from '@/lib/actor'
import { foldAddress } from '@/lib/address'
import { type Outcome, refused } from '@/lib/outcome'
import { pathOf } from '@/lib/pathnames'
import { endSessions } from '@/lib/people/end-sessions'
import { removeAddress } from '@/lib/people/remove-address'
import { changeAddress } from '@/lib/registrations/change-address'
import { renewFeed } from '@/lib/registrations/renew-feed'

/** Makes the address of one's own calendar, or a new one in its place; foreign forms are refused at the door. */
export async function renewMyFeed(form: FormData) {
  const outcome = await renewFeed(await currentActor())
  const said = form.get('again') ? 'calendar-renewed' : 'calendar-made'
  redirect(back(form, outcome.ok ? said : null, 'calendar'))
}

const addressTyped = z.object({ email: z.string('wrong-kind').max(1000, 'too-long'), locale: z.string().optional() })

/** Writes to a new address that shall take the place of one's first one. */
export const changeMyAddress = action({ room: 'mine', schema: addressTyped, verb: asking('replace') })

/** Writes to another address that shall be one's own, too. */
export const addMyAddress = action({ room: 'mine', schema: addressTyped, verb: asking('add') })

function asking(means: 'replace' | 'add') {
  return async (actor: Actor, { email }: z.output<typeof addressTyped>): Promise<Outcome<{ address: string }, string>> => {
    if (!(await mayMend(foldAddress(email))).ok) return refused('too-many')
    return changeAddress(actor, 'me', email, means)
  }
}

/** Takes one of one's other addresses off. */
export async function removeMyAddress(form: FormData) {
  const outcome = await removeAddress(await currentActor(), String(form.get('address')))
  redirect(back(form, outcome.ok ? 'removed' : null, 'addresses'))
}

/** Logs the other browsers out, or the one whose button was pressed. */
export async function endMySessions(form: FormData) {
  const token = (await cookies()).get(sessionCookie().name)?.value ?? ''
  const id = z.uuid().safeParse(form.get('session'))
  const outcome = await endSessions(await currentActor(), { token, ...(id.success ? { id: id.data } : {}) })
  redirect(back(form, outcome.ok ? 'ended' : null, 'sessions'))
}

const back = (form: FormData, said: string | null, part: string) =>
  `${pathOf('/me', {}, form.get('locale') === 'en' ? 'en' : 'fr')}${said ? `?said=${said}` : ''}#${part}`
