import { config } from '@/lib/config'
import { capability, hashToken, isCapability } from '@/lib/ids'

/** Whom of ours a message was addressed to. `hash` is what a registration keeps of its address (`replyHash`). */
export type Recipient =
  | { is: 'rsvp'; hash: string }
  | { is: 'bounce'; token: string }
  /** The sender of our letters, or those that every domain of mail must have (RFC 5321 4.5.1). */
  | { is: 'house' }
  /** To which the doctor writes, to see whether answers come in. */
  | { is: 'doctor' }

/** Null: none of ours. Neither the domain nor what stands before it minds capitals: some mail hops change them. */
export function recipientOf(address: string): Recipient | null {
  const { replyDomain, mailFrom } = config()
  const plain = address.trim().toLowerCase()
  if (plain === 'postmaster' || plain === mailFrom.address.toLowerCase()) return isOurs(plain, replyDomain) ? { is: 'house' } : null
  const [, local = '', domain = ''] = /^(.+)@([^@]+)$/.exec(plain) ?? []
  if (domain !== replyDomain) return null
  if (['postmaster', 'abuse', 'rsvp', 'bounce'].includes(local)) return { is: 'house' }
  const [, kind, token] = /^(rsvp|bounce)\+([a-z2-7]{32})$/.exec(local) ?? []
  if (!token || !isCapability(token)) return null
  if (kind === 'bounce') return { is: 'bounce', token }
  return token === doctorsToken() ? { is: 'doctor' } : { is: 'rsvp', hash: hashToken(token) }
}

/** It looks like the address of a registration and goes the same way, so that what it proves holds for those too. */
export const doctorsAddress = () => `rsvp+${doctorsToken()}@${config().replyDomain}`

const doctorsToken = () => capability('reply', 'doctor')

const isOurs = (plain: string, domain: string) => plain === 'postmaster' || plain.endsWith(`@${domain}`)
