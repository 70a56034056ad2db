import { type Actor, isOrganiser } from '@/lib/actor'

/** A report is what everything else points at: organisers write it and bring it in, and so does the command line. */
export const canEditReports = (actor: Actor) => isOrganiser(actor)
