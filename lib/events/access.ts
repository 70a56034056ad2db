import { type Actor, isAdmin, isOrganiser } from '@/lib/actor'

/** Organisers make and change events; drafts are seen by them alone. */
export const canOrganise = (actor: Actor) => isOrganiser(actor)

export const canSee = (actor: Actor, event: { status: string }) => event.status !== 'draft' || isOrganiser(actor)

/**
 * Who says who reads the access needs of an event: every organiser as long as they are nobody's, then those who are
 * named, and admins. Without a second argument: may this actor ever?
 */
export const canNameKeepers = (actor: Actor, event: { keepers: string[]; isEntrusted: boolean } | null) =>
  isOrganiser(actor) && (event === null || !event.isEntrusted || isAdmin(actor) || (actor.kind === 'person' && event.keepers.includes(actor.id)))

/** Access needs are read, and answered, by those who are named for it; by an admin where nobody is. Nobody else, whatever their role. */
export const canReadNeeds = (actor: Actor, keepers: string[]) =>
  isOrganiser(actor) && (keepers.length === 0 ? isAdmin(actor) : actor.kind === 'person' && keepers.includes(actor.id))
