import { type Actor, isOrganiser } from '@/lib/actor'

/** Formats and cycles are the season's frame: organisers set it. */
export const canCreateSeries = (actor: Actor) => isOrganiser(actor)
