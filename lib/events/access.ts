import { type Actor, isOrganiser } from '@/lib/actor'

/** Organisers make and change events; drafts are seen by them alone. */
export const canOrganise = (actor: Actor) => isOrganiser(actor)

export const canSee = (actor: Actor, event: { status: string }) => event.status !== 'draft' || isOrganiser(actor)
