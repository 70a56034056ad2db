import { z } from 'zod'
import { locale } from '@/lib/fields'

/** What somebody types to follow something: an address, and what by its feed's path. The address is judged on the server (lib/address.ts). */
export const followInput = z.strictObject({
  email: z.string({ error: (issue) => (issue.input === undefined ? 'required' : 'wrong-kind') }).max(1000, 'too-long'),
  follow: z.string({ error: (issue) => (issue.input === undefined ? 'required' : 'wrong-kind') }).min(1, 'required').max(200, 'too-long'),
  locale: locale.optional(),
})

export type FollowInput = z.infer<typeof followInput>
