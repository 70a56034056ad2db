import { type Actor, isOrganiser } from '@/lib/actor'

/** What was said to somebody, organisers may say again. */
export const canResend = (actor: Actor) => isOrganiser(actor)

/** An address to which letters came back: who says that it works again, besides whoever reads what is sent to it. */
export const canMend = (actor: Actor) => isOrganiser(actor)
