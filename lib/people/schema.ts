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

const typedDay = z.string(kind).max(40, 'too-long').optional()
const memberFields = { label: z.string(kind).max(1000, 'too-long').optional(), since: typedDay, until: typedDay }

/** Entries as they were typed: each is judged by the verb, which names it by its place. */
export const MembersInput = z.object({
  entries: z.array(z.union([z.string(kind).max(1000, 'too-long'), z.object({ value: z.string(kind).max(1000, 'too-long'), line: z.number().int().optional(), ...memberFields })])).max(5000, 'too-many'),
  /** Says what would become of each line, and writes nothing. */
  dryRun: z.boolean().optional(),
})
export type MembersInput = z.input<typeof MembersInput>

export const ChangeMemberInput = z.object(memberFields)
export type ChangeMemberInput = z.input<typeof ChangeMemberInput>
