'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { action } from '@/app/_session/action'
import { pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { eventNamed } from '@/app/[locale]/(host)/organise/events/event-acts'
import type { Locale } from '@/i18n/routing'
import { parseAddress } from '@/lib/address'
import { invite } from '@/lib/events/invite'
import { eventBySlug } from '@/lib/events/queries'
import { inviteInput } from '@/lib/events/schema'
import { locale, optionalParagraphs } from '@/lib/fields'
import { mendAddress } from '@/lib/mail/mend-address'
import { resend } from '@/lib/mail/resend'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canSeeRegistrations } from '@/lib/registrations/access'
import { cancel } from '@/lib/registrations/cancel'
import { admit, decline } from '@/lib/registrations/decide'
import { seatOf } from '@/lib/registrations/queries'
import { register } from '@/lib/registrations/register'
import { registrationInput } from '@/lib/registrations/schema'
import { offerByHand, seatByHand } from '@/lib/registrations/seat-by-hand'

const { name, email, place } = registrationInput.shape
const onePerson = eventNamed.extend({ id: z.uuid('unknown') })

const backWith = (event: string, language: Locale, did: string): never => redirect(pathOfRoom('/organise/events/[slug]/registrations', event, language, { done: did }))

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
  then: ({ status }, { event }, asking) => backWith(event, asking.locale, status),
})

/** Yes to a request, for this event or as a member from now on. */
export const admitPerson = action({
  room: 'people',
  schema: onePerson.extend({ asMember: z.literal('on').optional() }),
  verb: (actor, { id, asMember }) => admit(actor, id, { asMember: asMember !== undefined }),
  then: ({ status }, { event, asMember }, asking) => backWith(event, asking.locale, `${asMember ? 'member' : 'admitted'}-${status === 'confirmed' ? 'confirmed' : 'waitlisted'}`),
})

/** No to a request, with words for the person or without. */
export const declinePerson = action({
  room: 'people',
  schema: onePerson.extend({ words: optionalParagraphs(1000).optional() }),
  verb: (actor, { id, words }) => decline(actor, id, words ?? null),
  then: (_, { event }, asking) => backWith(event, asking.locale, 'declined'),
})

/** A free seat for somebody in line, whoever comes before them: proposed, or theirs at once. */
export const offerSeat = action({
  room: 'people',
  schema: onePerson,
  verb: (actor, { id }) => offerByHand(actor, id),
  then: (_, { event }, asking) => backWith(event, asking.locale, 'offered'),
})

export const giveSeat = action({
  room: 'people',
  schema: onePerson,
  verb: (actor, { id }) => seatByHand(actor, id),
  then: (_, { event }, asking) => backWith(event, asking.locale, 'seated'),
})

/** Takes a person off the list; whoever is first in line gets the seat, or an offer of it. */
export const cancelPerson = action({
  room: 'organise',
  schema: onePerson,
  verb: async (actor, { id }) => (canSeeRegistrations(actor) ? cancel(actor, { id }) : refused('forbidden')),
  then: ({ promoted }, { event }, asking) => backWith(event, asking.locale, promoted > 0 ? 'cancelled-promoted' : 'cancelled'),
})

export const sendAgain = action({
  room: 'organise',
  schema: eventNamed.extend({ letter: z.uuid('unknown') }),
  verb: (actor, { letter }) => resend(actor, letter),
  then: (_, { event }, asking) => backWith(event, asking.locale, 'sent-again'),
})

/** Letters reach this address again; those that waited leave. */
export const mendAddressOf = action({
  room: 'inbox',
  schema: eventNamed.extend({ address: email }),
  verb: (actor, { address }) => mendAddress(actor, address),
  then: (_, { event }, asking) => backWith(event, asking.locale, 'mended'),
})

/** Says who is invited: the whole list. */
export const inviteAddresses = action({
  room: 'organise',
  schema: eventNamed.extend(inviteInput.shape),
  verb: (actor, { event, addresses }) => invite(actor, event, { addresses }),
  then: (_, { event }, asking) => backWith(event, asking.locale, 'invited'),
})
