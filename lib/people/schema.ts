import { z } from 'zod'
import { line, locale } from '@/lib/fields'

const kind = 'wrong-kind'

/** An address as typed: what is wrong with it is said by the verb, which knows one mailbox from many. */
const typedAddress = z.string(kind).max(1000, 'too-long')

export const LoginInput = z.object({ address: typedAddress, locale, returnTo: z.string(kind).max(2000).optional() })
export type LoginInput = z.input<typeof LoginInput>

export const AppointInput = z.object({ email: typedAddress, role: z.enum(['organiser', 'admin'], 'not-among') })
export type AppointInput = z.input<typeof AppointInput>

export const TokenInput = z.object({ email: typedAddress, name: line(80) })
export type TokenInput = z.input<typeof TokenInput>

export const MembersInput = z.object({ entries: z.array(z.string(kind).max(1000, 'too-long')).max(5000, 'too-many') })
export type MembersInput = z.input<typeof MembersInput>
