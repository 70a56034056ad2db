'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { action, type Asking } from '@/app/_session/action'
import { pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { eventNamed } from '@/app/[locale]/(host)/organise/events/event-acts'
import type { Actor } from '@/lib/actor'
import { slug } from '@/lib/fields'
import { addLink } from '@/lib/notes/add-resource'
import { moveResource, removeResource, renameResource, showResource } from '@/lib/notes/arrange-resource'
import { renewHandout } from '@/lib/notes/renew-handout'
import { done, type Outcome } from '@/lib/outcome'

const typed = z.string('wrong-kind').default('')
const one = eventNamed.extend({ id: z.uuid('unknown') })
const back = (said: string, part = '') => (_: unknown, { event }: { event: string }, { locale }: Asking) => redirect(`${pathOfRoom('/organise/events/[slug]/resources', event, locale, { done: said })}${part}`)

export const addAddress = action({
  room: 'resources',
  schema: eventNamed.extend({ kind: z.enum(['link', 'replay'], 'not-among'), title: typed, url: typed }),
  verb: (actor, { event, ...input }) => addLink(actor, event, input),
  then: back('added'),
})

export const rename = action({
  room: 'resources',
  schema: one.extend({ title: typed }),
  verb: (actor, { id, title }) => renameResource(actor, id, { title }),
  then: back('renamed'),
})

const acts = {
  show: { said: 'shown', by: (actor: Actor, id: string) => showResource(actor, id, { shown: true }) },
  hide: { said: 'hidden', by: (actor: Actor, id: string) => showResource(actor, id, { shown: false }) },
  up: { said: 'moved', by: (actor: Actor, id: string) => moveResource(actor, id, { by: -1 }) },
  down: { said: 'moved', by: (actor: Actor, id: string) => moveResource(actor, id, { by: 1 }) },
  remove: { said: 'removed', by: removeResource },
}

/** What one button does to one resource. */
export const arrange = action({
  room: 'resources',
  schema: one.extend({ act: z.enum(['show', 'hide', 'up', 'down', 'remove'], 'not-among') }),
  verb: async (actor, { id, act }): Promise<Outcome<string, string>> => {
    const outcome = await acts[act].by(actor, id)
    // Somebody else has deleted it meanwhile: what was wanted of it is beyond wanting.
    return outcome.ok || (outcome.reason === 'not-found' && act === 'remove') ? done(acts[act].said) : outcome
  },
  then: (said, { event }, { locale }) => redirect(pathOfRoom('/organise/events/[slug]/resources', event, locale, { done: said })),
})

export const makeLink = action({
  room: 'resources',
  schema: eventNamed.extend({ speaker: slug }),
  verb: (actor, { event, speaker }) => renewHandout(actor, event, speaker),
  then: back('linked', '#speakers'),
})
