import { type Actor, isOrganiser } from '@/lib/actor'

/** Organisers see who is registered. */
export const canSeeRegistrations = (actor: Actor) => isOrganiser(actor)

/** The holder of its link, its person when logged in, by any address they proved, and organisers. */
export const canManage = (actor: Actor, registration: { addressFold: string }, holdsLink: boolean) =>
  holdsLink || isOrganiser(actor) || (actor.kind === 'person' && actor.addressFolds.includes(registration.addressFold))

/** Is it their own? An organiser changes others' registrations, but consents and says what is needed for nobody. */
export const isTheirs = (actor: Actor, registration: { addressFold: string }, holdsLink: boolean) =>
  holdsLink || (actor.kind === 'person' && actor.addressFolds.includes(registration.addressFold))
