import { type Actor, isOrganiser } from '@/lib/actor'

/** What people and their calendars write to us, organisers read. */
export const canReadInbox = (actor: Actor) => isOrganiser(actor)

/** They also say what is meant by what the program could not tell. */
export const canSettleMail = (actor: Actor) => isOrganiser(actor)
