import { plain } from './plain'
import { untilOf, type Voice } from './say'
import type { Sheet } from './sheet'

export type AddressChangeFacts = {
  /** The page with the button that confirms. */
  url: string
  /** `replace`: it takes the old one's place; `add`: both are the same person's from then on. */
  means: 'replace' | 'add'
  /** One registration's event; null: everything of a person who is logged in. */
  title: string | null
  /** The instant until which the link is good, and a zone to say it in. */
  until: string
  timeZone: string
}

/** To the new address: nothing changes before whoever reads it says so. */
export function addressChange(facts: AddressChangeFacts, voice: Voice): Sheet {
  const { say, house } = voice
  const { url, means, title, until, timeZone } = facts
  const by = untilOf(until, timeZone, voice)
  const joins = means === 'add'
  return {
    subject: joins ? say('Confirmez cette seconde adresse', 'Confirm this second address') : say('Confirmez votre nouvelle adresse', 'Confirm your new address'),
    preview: say(`Le lien vaut jusqu’au ${by}.`, `The link is good until ${by}.`),
    slab: { pigment: 'ink', title: joins ? say('Une adresse de plus', 'One more address') : say('Votre nouvelle adresse', 'Your new address'), line: house.name },
    headline: say('Cette adresse est-elle la vôtre ?', 'Is this address your own?'),
    blocks: [
      {
        is: 'text',
        text: joins
          ? say(
              `Quelqu’un qui a un compte sur ${house.name} demande que cette adresse soit aussi la sienne : les inscriptions faites avec elle se retrouveront au même endroit.`,
              `Somebody who has an account on ${house.name} asks that this address be theirs too: registrations made with it will be found in the same place.`,
            )
          : title === null
            ? say('Quelqu’un demande que ses inscriptions passent à cette adresse.', 'Somebody asks that their registrations move to this address.')
            : say(`Quelqu’un demande que son inscription à « ${plain(title)} » passe à cette adresse.`, `Somebody asks that their registration for “${plain(title)}” move to this address.`),
      },
      { is: 'button', label: say('Confirmer cette adresse', 'Confirm this address'), href: url },
      {
        is: 'text',
        text: title === null
          ? say(
              `Ouvrez ce lien dans le navigateur où vous avez fait la demande : c’est là que vous confirmez. Il vaut jusqu’au ${by}. Rien ne change avant cela.`,
              `Open this link in the browser in which you asked: that is where you confirm. It is good until ${by}. Nothing changes before that.`,
            )
          : say(
              `Le bouton ouvre une page où vous confirmez ; il vaut jusqu’au ${by}. Rien ne change avant cela.`,
              `The button opens a page where you confirm; it is good until ${by}. Nothing changes before that.`,
            ),
      },
    ],
    footnotes: [
      say('Vous n’avez rien demandé ? Ignorez ce message : rien ne changera.', 'You did not ask for this? Ignore this message: nothing will change.'),
      say('Les réponses à ce message ne sont pas lues.', 'Replies to this message are not read.'),
    ],
  }
}
