'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { action } from '@/app/_session/action'
import { guest } from '@/lib/actor'
import { tellRelay } from '@/lib/coverage/tell-relay'
import { slug } from '@/lib/fields'
import { type Outcome, refused } from '@/lib/outcome'
import { pathOf } from '@/lib/pathnames'
import { allow } from '@/lib/rate-limit'

const typed = z.string('wrong-kind').default('')

/** What a house sends: three fields, no name, no address, no log-in. */
export const tell = action({
  room: 'relay',
  schema: z.object({ event: slug, house: typed, heldOn: typed, text: typed }),
  verb: async (_, { event, ...input }, { locale, network }): Promise<Outcome<unknown, string>> => {
    return (await allow('relay', network, { most: 20, seconds: 3600 })).ok ? tellRelay(guest, event, input, locale) : refused('too-many')
  },
  then: (_, { event }, { locale }) => redirect(`${pathOf('/events/[slug]/relay', { slug: event }, locale)}?done=sent#told`),
})
