import { type Allowed, allow, allowAll, giveBack } from '@/lib/rate-limit'

/** A theatre's whole team, or a school, may sit behind one address of the network; one mailbox is one person. */
const limits = {
  network: { most: 600, seconds: 600 },
  address: { most: 20, seconds: 600 },
  day: { most: 40, seconds: 86_400 },
  mending: { most: 6, seconds: 3600 },
  codes: { most: 30, seconds: 3600 },
  words: { most: 12, seconds: 600 },
}

/**
 * May somebody of this network ask for a seat for this folded address now? Every door that registers asks here
 * first. `retryAfter` is in seconds.
 */
export const mayRegister = (network: string, addressFold: string): Promise<Allowed> =>
  allowAll([...changing(network, addressFold), { what: 'register-address-day', who: addressFold, limit: limits.day }])

/** May they change what they have, by the link of their letter? */
export const mayChange = (network: string, addressFold: string): Promise<Allowed> => allowAll(changing(network, addressFold))

const changing = (network: string, addressFold: string) => [
  { what: 'register-network', who: network, limit: limits.network },
  { what: 'register-address', who: addressFold, limit: limits.address },
]

/** May they say what stays with them, or write it anew? No letter leaves for it, but a host reads each. */
export const mayPropose = (network: string, addressFold: string): Promise<Allowed> =>
  allowAll([{ what: 'propose-network', who: network, limit: limits.network }, { what: 'propose-address', who: addressFold, limit: limits.words }])

/**
 * May somebody of this network ask that this folded address follow something? Asking writes to a stranger: no more in a day
 * than three letters an hour can say.
 */
export const mayFollow = (network: string, addressFold: string): Promise<Allowed> =>
  allowAll([{ what: 'follow-network', who: network, limit: limits.network }, { what: 'follow-address', who: addressFold, limit: limits.words }, { what: 'follow-address-day', who: addressFold, limit: limits.day }])

/**
 * May whoever registered this folded address have it written to once more, or put another in its place? Each of
 * these reaches somebody who may never have asked: to and fro between two addresses would fill both mailboxes. In a
 * day no more is asked for than three letters an hour can say, or what waits for its turn would wait for ever.
 */
export const mayMend = (addressFold: string): Promise<Allowed> =>
  allowAll([{ what: 'mend-address', who: addressFold, limit: limits.mending }, { what: 'register-address-day', who: addressFold, limit: limits.day }])

/**
 * May this network try an entry code? Wrong ones alone count: asked before each try, and taken back by `codeWasRight`
 * for one that was not wrong, so that many tries at once are counted too.
 */
export const mayTryCode = (network: string): Promise<Allowed> => allow('entry-code', network, limits.codes)

export const codeWasRight = (network: string) => giveBack('entry-code', network)
