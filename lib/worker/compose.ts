import type { Compose } from '@/lib/mail/deliver'
import { composeFromFacts } from '@/lib/mail/letters'
import { composeAboutRestitution } from '@/lib/notes/letters'
import { composeAboutRegistration } from '@/lib/registrations/letters'
import { composeAboutAccess, composeAboutAddressChange, composeAboutStanding } from '@/lib/registrations/letters-besides'
import { composeAboutFollow, composeNews } from '@/lib/syndication/letters'

const composers: [about: string, compose: Compose][] = [
  ['registration/', composeAboutRegistration],
  ['standing/', composeAboutStanding],
  ['address-change/', composeAboutAddressChange],
  ['access/', composeAboutAccess],
  ['restitution-due/', composeAboutRestitution],
  ['follow/', composeAboutFollow],
  ['news/', composeNews],
]

/** Finds the domain that knows what a letter says, when its turn comes. */
export const compose: Compose = async (letter) => {
  const fromFacts = composeFromFacts(letter)
  if (fromFacts) return fromFacts
  const found = composers.find(([about]) => letter.about.startsWith(about))
  if (!found) throw new Error(`Nobody composes letters of the kind ${letter.kind}`)
  return found[1](letter)
}
