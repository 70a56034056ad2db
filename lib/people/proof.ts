import { createHash } from 'node:crypto'
import { config } from '@/lib/config'

/**
 * How a challenge remembers its link and its code: SHA-256 over the token and AUTH_SECRET, hex. next-auth hashes in
 * the same way before it looks up; the secret keeps a million codes from being tried on a stolen table.
 */
export const proofHash = (token: string) => createHash('sha256').update(`${token}${config().authSecret}`).digest('hex')
