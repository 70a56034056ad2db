import { createHash, createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { config } from '@/lib/config'

export const newId = () => randomUUID()

/** Could it be one of our identifiers? Anything else would make the database complain. */
export const isId = (text: unknown): text is string => typeof text === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

/** What a link or an address lets its holder do. */
export type CapabilityPurpose = 'manage' | 'reply' | 'feed' | 'mailbox' | 'answer' | 'standing' | 'address-change' | 'bounce' | 'follow' | 'handout' | 'notes'

/**
 * A signed capability: HMAC-SHA256 of AUTH_SECRET over purpose, id and generation, as 32 lower-case base32
 * characters (160 bits). It can be written again at any time and so is never stored; rows keep `hashToken` of it
 * to look up by. Lower case, because some mail hops lower-case local parts.
 */
export function capability(purpose: CapabilityPurpose, id: string, generation = 0) {
  const digest = createHmac('sha256', config().authSecret).update(`${purpose}:${id}:${generation}`).digest()
  return base32(digest.subarray(0, 20))
}

/** Could it be one? Anything else need not be looked up. */
export const isCapability = (text: string) => /^[a-z2-7]{32}$/.test(text)

/** How rows remember a token: SHA-256, hex. */
export const hashToken = (token: string) => createHash('sha256').update(token).digest('hex')

/** An API token or a log-in link: 256 random bits, base64url. */
export const randomToken = () => randomBytes(32).toString('base64url')

/** Six digits, each as likely as another. */
export function randomCode(): string {
  const n = randomBytes(4).readUInt32BE()
  return n >= 4_294_000_000 ? randomCode() : String(n % 1_000_000).padStart(6, '0')
}

export function sameToken(a: string, b: string) {
  const [left, right] = [Buffer.from(hashToken(a)), Buffer.from(hashToken(b))]
  return timingSafeEqual(left, right)
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/** RFC 4648 base32 without padding, lower case. */
function base32(bytes: Uint8Array) {
  let [bits, value, text] = [0, 0, '']
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    while (bits >= 5) {
      text += alphabet[(value >>> (bits - 5)) & 31]
      bits -= 5
    }
    value &= (1 << bits) - 1
  }
  return bits > 0 ? text + alphabet[(value << (5 - bits)) & 31] : text
}
