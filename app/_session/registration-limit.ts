import { type Allowed, allow } from '@/lib/rate-limit'

/** A theatre's whole team, or a school, may sit behind one address of the network; one mailbox is one person. */
const limits = {
  network: { most: 600, seconds: 600 },
  address: { most: 20, seconds: 600 },
  mending: { most: 6, seconds: 3600 },
}

/**
 * May somebody of this network ask for a seat for this folded address now? Every door that registers asks here
 * first. `retryAfter` is in seconds.
 */
export async function mayRegister(network: string, addressFold: string): Promise<Allowed> {
  const byNetwork = await allow('register-network', network, limits.network)
  return byNetwork.ok ? allow('register-address', addressFold, limits.address) : byNetwork
}

/**
 * May whoever registered this folded address have it written to once more, or put another in its place? Each of
 * these reaches somebody who may never have asked: to and fro between two addresses would fill both mailboxes.
 */
export const mayMend = (addressFold: string): Promise<Allowed> => allow('mend-address', addressFold, limits.mending)
