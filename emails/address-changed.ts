import { plain } from './plain'
import type { Voice } from './say'
import type { Sheet } from './sheet'

export type AddressChangedFacts = {
  means: 'replace' | 'add'
  /** One registration's event; null: everything of a person. */
  title: string | null
  /** Whom to tell if it was somebody else; null: nobody said. */
  contact: string | null
}

/** To the old address: what happened, and whom to tell if its owner did not want it. */
export function addressChanged({ means, title, contact }: AddressChangedFacts, { say, house }: Voice): Sheet {
  const joins = means === 'add'
  return {
    subject: joins ? say('Une seconde adresse est la vôtre', 'A second address is yours') : say('Votre adresse a changé', 'Your address has changed'),
    preview: joins
      ? say('Elle vient d’être confirmée par un lien envoyé à cette adresse.', 'It has just been confirmed by a link sent to that address.')
      : say('La nouvelle vient d’être confirmée ; l’ancienne ne recevra plus rien.', 'The new one has just been confirmed; the old one receives nothing more.'),
    slab: { pigment: 'ink', title: joins ? say('Une adresse de plus', 'One more address') : say('Votre adresse a changé', 'Your address has changed'), line: house.name },
    headline: joins ? say('Une autre adresse est désormais la vôtre aussi.', 'Another address is now yours too.') : say('Cette adresse n’est plus utilisée.', 'This address is no longer in use.'),
    blocks: [
      {
        is: 'text',
        text: joins
          ? say(
              'Une seconde adresse vient d’être ajoutée aux vôtres, par un lien que nous y avons envoyé. Les inscriptions faites avec l’une et l’autre se retrouvent au même endroit, et l’on se connecte avec les deux.',
              'A second address has just been added to yours, by a link that we sent there. Registrations made with either are found in one place, and both can log in.',
            )
          : title === null
            ? say(
                'Vos inscriptions viennent de passer à une autre adresse, par un lien que nous y avons envoyé. Les invitations que votre agenda a reçues ici sont retirées ; elles sont parties là-bas.',
                'Your registrations have just moved to another address, by a link that we sent there. The invitations that your calendar received here are withdrawn; they have gone there.',
              )
            : say(
                `Votre inscription à « ${plain(title)} » vient de passer à une autre adresse, par un lien que nous y avons envoyé. L’invitation que votre agenda a reçue ici est retirée ; elle est partie là-bas.`,
                `Your registration for “${plain(title)}” has just moved to another address, by a link that we sent there. The invitation that your calendar received here is withdrawn; it has gone there.`,
              ),
      },
      ...(contact === null
        ? []
        : [
            { is: 'text' as const, text: say('Ce n’était pas vous ? Dites-le-nous tout de suite.', 'Not you? Tell us at once.') },
            { is: 'button' as const, label: say('Écrire à l’équipe', 'Write to the organisers'), href: `mailto:${encodeURIComponent(contact).replace('%40', '@')}` },
          ]),
    ],
    footnotes: [
      say(`Vous recevez ce message parce que cette adresse était la vôtre sur ${house.name}.`, `You receive this because this address was yours on ${house.name}.`),
      say('Les réponses à ce message ne sont pas lues.', 'Replies to this message are not read.'),
    ],
  }
}
