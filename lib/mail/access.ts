import { type Actor, isOrganiser } from '@/lib/actor'

/** What was said to somebody, organisers may say again. */
export const canResend = (actor: Actor) => isOrganiser(actor)
