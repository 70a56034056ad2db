import { z } from 'zod'
import { line, locale, zone } from '@/lib/fields'

/** What a person types to take a seat. The address is judged on the server (lib/address.ts), here only its length. */
export const registrationInput = z.strictObject({
  name: line(120),
  email: z.string({ error: (issue) => (issue.input === undefined ? 'required' : 'wrong-kind') }).max(1000, 'too-long'),
  locale: locale.optional(),
  timeZone: zone.optional().catch(undefined),
  /** In a hybrid event: the room or the screen. */
  place: z.enum(['room', 'screen'], 'not-among').optional(),
  /** A word that lets in whoever was given it. */
  code: z.string({ error: 'wrong-kind' }).max(60, 'too-long').optional(),
  /** Answers to the event's questions, by their names; an event without questions takes none. */
  answers: z.strictObject({}, 'wrong-kind').optional(),
  consents: z.strictObject({}, 'wrong-kind').optional(),
})

export const companionInput = z.strictObject({ name: line(120) })

export type RegistrationInput = z.infer<typeof registrationInput>
