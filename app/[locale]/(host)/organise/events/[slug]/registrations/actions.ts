'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { action } from '@/app/_session/action'
import { pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { eventNamed } from '@/app/[locale]/(host)/organise/events/event-acts'
import { parseAddress } from '@/lib/address'
import { invite } from '@/lib/events/invite'
import { eventBySlug } from '@/lib/events/queries'
import { inviteInput } from '@/lib/events/schema'
import { locale } from '@/lib/fields'
import { resend } from '@/lib/mail/resend'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canSeeRegistrations } from '@/lib/registrations/access'
import { cancel } from '@/lib/registrations/cancel'
import { seatOf } from '@/lib/registrations/queries'
import { register } from '@/lib/registrations/register'
import { registrationInput } from '@/lib/registrations/schema'

const { name, email, place } = registrationInput.shape

/** Puts somebody on the list; who is there already is not written to a second time. */
export const addPerson = action({
  room: 'organise',
  schema: eventNamed.extend({ name, email, language: locale, place }),
  verb: async (actor, { event: slug, language, ...person }): Promise<Outcome<{ status: string }, string>> => {
    if (!canSeeRegistrations(actor)) return refused('forbidden')
    const [event, address] = [await eventBySlug(slug), parseAddress(person.email)]
    const known = event && address.ok ? await seatOf(event.id, [address.fold]) : null
    if (known && known.status !== 'pending' && known.status !== 'cancelled') return refused('invalid', [{ field: 'email', reason: 'already-registered' }])
    const taken = await register(actor, slug, { ...person, locale: language }, 'organiser')
    if (!taken.ok || !event || !address.ok) return taken
    const seat = await seatOf(event.id, [address.fold])
    return done({ status: seat?.status ?? taken.value.status })
  },
  then: ({ status }, { event }, asking) => redirect(pathOfRoom('/organise/events/[slug]/registrations', event, asking.locale, { done: status })),
})

/** Takes a person off the list; whoever is first in line gets the seat. */
export const cancelPerson = action({
  room: 'organise',
  schema: eventNamed.extend({ id: z.uuid('unknown') }),
  verb: async (actor, { id }) => (canSeeRegistrations(actor) ? cancel(actor, { id }) : refused('forbidden')),
  then: ({ promoted }, { event }, asking) => redirect(pathOfRoom('/organise/events/[slug]/registrations', event, asking.locale, { done: promoted > 0 ? 'cancelled-promoted' : 'cancelled' })),
})

export const sendAgain = action({
  room: 'organise',
  schema: eventNamed.extend({ letter: z.uuid('unknown') }),
  verb: (actor, { letter }) => resend(actor, letter),
  then: (_, { event }, asking) => redirect(pathOfRoom('/organise/events/[slug]/registrations', event, asking.locale, { done: 'sent-again' })),
})

/** Says who is invited: the whole list. */
export const inviteAddresses = action({
  room: 'organise',
  schema: eventNamed.extend(inviteInput.shape),
  verb: (actor, { event, addresses }) => invite(actor, event, { addresses }),
  then: (_, { event }, asking) => redirect(pathOfRoom('/organise/events/[slug]/registrations', event, asking.locale, { done: 'invited' })),
})
