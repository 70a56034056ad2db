import { type Actor, isOrganiser } from '@/lib/actor'

/** Who was sent what, and sending it again, is the organisers' business. */
export const canSeeLetters = (actor: Actor) => isOrganiser(actor)
export const canResend = (actor: Actor) => isOrganiser(actor)
