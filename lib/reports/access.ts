import { type Actor, isAdmin } from '@/lib/actor'

/** A report is what everything else points at: admins bring it in, and the command line. */
export const canImport = (actor: Actor) => isAdmin(actor)
