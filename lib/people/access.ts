import { type Actor, isAdmin, isOrganiser, type PersonActor } from '@/lib/actor'

/** Admins say who organises; the command line acts as the system. */
export const canAppoint = (actor: Actor) => isAdmin(actor)

/** A token opens the API in the name of its person: an admin may make one for anybody who organises, others for themselves. */
export const canCreateToken = (actor: Actor, person: { id: string } | null) =>
  isAdmin(actor) || (isOrganiser(actor) && actor.kind === 'person' && actor.via === 'browser' && actor.id === person?.id)

export const canKeepMembers = (actor: Actor) => isOrganiser(actor)

/** Anybody may ask to be let in, and try a key: that is what the door is for. */
export const canKnock = (actor: Actor) => actor.kind !== 'person' || actor.via === 'browser'

/** One's addresses and log-ins are kept by oneself, in a browser: a token of the API opens no doors for others. */
export const canKeepOwn = (actor: Actor): actor is PersonActor => actor.kind === 'person' && actor.via === 'browser'
