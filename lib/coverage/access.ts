import { type Actor, isOrganiser } from '@/lib/actor'

/** Organisers say after a session what was discussed. */
export const canConfirm = (actor: Actor) => isOrganiser(actor)

/** Organisers say which houses' accounts are shown. */
export const canDecideRelays = (actor: Actor) => isOrganiser(actor)
