import type { Actor } from '@/lib/actor'

/** Whoever holds the link of one of its letters, or is logged in with its address; nobody follows for others. */
export const canChange = (actor: Actor, follow: { addressFold: string }, holdsLink: boolean) =>
  holdsLink || (actor.kind === 'person' && actor.addressFolds.includes(follow.addressFold))
