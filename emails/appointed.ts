import type { Voice } from './say'
import type { Sheet } from './sheet'

export type AppointedFacts = { role: 'organiser' | 'admin'; url: string }

export function appointed({ role, url }: AppointedFacts, { say, house }: Voice): Sheet {
  const admin = role === 'admin'
  return {
    subject: admin
      ? say(`Vous administrez désormais ${house.name}`, `You now administer ${house.name}`)
      : say(`Vous organisez désormais les rendez-vous de ${house.name}`, `You now organise the events of ${house.name}`),
    preview: say('Connectez-vous avec cette adresse, sans mot de passe.', 'Log in with this address, without a password.'),
    slab: { pigment: 'ink', title: say('Bienvenue dans l’équipe', 'Welcome to the team'), line: house.name },
    headline: admin ? say('L’administration vous est ouverte.', 'Administration is open to you.') : say('L’espace d’organisation vous est ouvert.', 'The organisers’ rooms are open to you.'),
    blocks: [
      {
        is: 'text',
        text: say(
          'Vous pouvez y préparer et publier des rendez-vous, suivre les inscriptions, écrire les notes de séance et publier les restitutions.',
          'There you can prepare and publish events, follow registrations, write the notes of a session and publish them.',
        ),
      },
      ...(admin
        ? [{ is: 'text' as const, text: say('Vous pouvez aussi confier ce rôle à d’autres et modifier les réglages du site.', 'You can also appoint others and change the settings of the site.') }]
        : []),
      { is: 'button', label: say('Entrer', 'Enter'), href: url },
      { is: 'text', text: say('Il n’y a pas de mot de passe : un lien vous sera envoyé à cette adresse.', 'There is no password: a link will be sent to this address.') },
    ],
    footnotes: [
      say(
        `Vous recevez ce message parce que quelqu’un qui administre ${house.name} vous a confié ce rôle. C’est une erreur ? Vous pouvez l’ignorer.`,
        `You receive this because somebody who administers ${house.name} gave you this role. Is it a mistake? You may ignore it.`,
      ),
    ],
  }
}
