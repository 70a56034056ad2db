import type { Compose } from '@/lib/mail/deliver'
import { composeFromFacts } from '@/lib/mail/letters'
import { composeAboutRegistration } from '@/lib/registrations/letters'

/** Finds the domain that knows what a letter says, when its turn comes. */
export const compose: Compose = async (letter) => {
  const fromFacts = composeFromFacts(letter)
  if (fromFacts) return fromFacts
  if (letter.about.startsWith('registration/')) return composeAboutRegistration(letter)
  throw new Error(`Nobody composes letters of the kind ${letter.kind}`)
}
