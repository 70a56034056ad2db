import { z } from 'zod'
import { loginMinutes } from '@/lib/people/rules'
import { ownCookie } from './cookies'

/**
 * What the log-in pages remember between two steps, in a cookie of this browser: never in an address, which
 * proxies write down. It proves nothing, and is read as carefully as anything typed.
 */
const Pending = z.object({
  address: z.string().max(1000).default(''),
  returnTo: z.string().max(1000).default(''),
  /** What was typed and refused, why, and how many tries remain. */
  typed: z.string().max(100).default(''),
  reason: z.enum(['', 'not-a-code', 'wrong', 'used-up', 'gone', 'address', 'too-many-tries', 'failed']).default(''),
  left: z.number().int().min(0).max(9).default(0),
  /** The letter was asked for again. */
  again: z.boolean().default(false),
})
export type Pending = z.output<typeof Pending>

export const noPending: Pending = { address: '', returnTo: '', typed: '', reason: '', left: 0, again: false }

export function pendingCookie(pending: Pending) {
  const { name, options } = ownCookie('login')
  return { name, value: JSON.stringify(pending), ...options, maxAge: loginMinutes * 60 }
}

export function readPending(cookies: { get: (name: string) => { value: string } | undefined }): Pending {
  const value = cookies.get(ownCookie('login').name)?.value
  try {
    return value ? Pending.parse(JSON.parse(value)) : noPending
  } catch {
    return noPending
  }
}
