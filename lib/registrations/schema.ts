import { z } from 'zod'
import { accessInput, answersInput, consentsInput } from '@/lib/events/schema'
import { locale, optionalWords, personName, zone } from '@/lib/fields'

/** What a person types to take a seat. The address is judged on the server (lib/address.ts), here only its length. */
export const registrationInput = z.strictObject({
  name: personName(120),
  email: z.string({ error: (issue) => (issue.input === undefined ? 'required' : 'wrong-kind') }).max(1000, 'too-long'),
  locale: locale.optional(),
  timeZone: zone.optional().catch(undefined),
  /** In a hybrid event: the room or the screen. */
  place: z.enum(['room', 'screen'], 'not-among').optional(),
  /** A word that lets in whoever was given it. */
  code: z.string({ error: 'wrong-kind' }).max(60, 'too-long').optional(),
  answers: answersInput.optional(),
  consents: consentsInput.optional(),
  /** Where the event asks for them. */
  access: accessInput.optional(),
})

export const companionInput = z.strictObject({ name: personName(120) })

/** What an outsider says who asks to be let in; nothing is something to say, too. */
export const askInput = z.strictObject({ words: optionalWords(500) })

/** What a person types to have a seat at each session of a format; a place where they have one of two. */
export const standingInput = registrationInput.pick({ name: true, email: true, locale: true, timeZone: true, place: true })

export type StandingInput = z.infer<typeof standingInput>

export type RegistrationInput = z.infer<typeof registrationInput>
