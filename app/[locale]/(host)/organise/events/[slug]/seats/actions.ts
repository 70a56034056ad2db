'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { action, type Asking } from '@/app/_session/action'
import { pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { eventNamed } from '@/app/[locale]/(host)/organise/events/event-acts'
import { keepAside } from '@/lib/events/keep-aside'
import { makeCode, revokeCode } from '@/lib/events/make-code'
import { allotmentInput, codeInput } from '@/lib/events/schema'
import { releaseAside } from '@/lib/registrations/release-aside'

const there = (done: string) => (_: unknown, { event }: { event: string }, { locale }: Asking) =>
  redirect(pathOfRoom('/organise/events/[slug]/seats', event, locale, { done }))

/** Keeps seats aside for an organisation, and makes the code of its people. */
export const keepSeats = action({
  room: 'asking',
  schema: eventNamed.extend(allotmentInput.shape),
  verb: (actor, { event, ...allotment }) => keepAside(actor, event, allotment),
  then: there('kept'),
})

/** Gives back the seats that nobody sat on; they go to the line. */
export const giveBack = action({
  room: 'asking',
  schema: eventNamed.extend({ id: z.uuid('unknown') }),
  verb: (actor, { id }) => releaseAside(actor, id),
  then: there('released'),
})

/** A code for people whom no list names. */
export const writeCode = action({
  room: 'asking',
  schema: eventNamed.extend(codeInput.shape),
  verb: (actor, { event, ...code }) => makeCode(actor, event, code),
  then: there('made'),
})

export const takeBackCode = action({
  room: 'asking',
  schema: eventNamed.extend({ id: z.uuid('unknown') }),
  verb: (actor, { id }) => revokeCode(actor, id),
  then: there('revoked'),
})
