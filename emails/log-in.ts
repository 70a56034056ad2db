import type { Voice } from './say'
import type { Sheet } from './sheet'

/** `minutes`: for how long the link and the code open the door. */
export type LogInFacts = { url: string; code: string; minutes: number }

export function logIn({ url, code, minutes }: LogInFacts, { say, house }: Voice): Sheet {
  return {
    // The code is not in the subject: subjects are shown on locked screens, and are kept.
    subject: say(`Votre connexion à ${house.name}`, `Your log-in to ${house.name}`),
    preview: say(`Le lien et le code valent ${minutes} minutes, une seule fois.`, `The link and the code are good for ${minutes} minutes, once.`),
    slab: { pigment: 'ink', title: say('Votre connexion', 'Your log-in'), line: say(`valable ${minutes} minutes, une seule fois`, `good for ${minutes} minutes, once`) },
    headline: say('Par un lien, ou par un code.', 'By a link, or by a code.'),
    blocks: [
      { is: 'text', text: say('Vous lisez ce message là où vous voulez vous connecter :', 'You read this where you want to log in:') },
      { is: 'button', label: say('Me connecter', 'Log me in'), href: url },
      { is: 'text', text: say('Vous le lisez sur un autre appareil : recopiez ce code dans la page qui vous l’a demandé.', 'You read it on another device: type this code into the page that asked for it.') },
      { is: 'code', code },
      {
        is: 'text',
        text: say(
          'Ne donnez ce code à personne : nous ne vous le demanderons jamais par téléphone ni par message.',
          'Give this code to nobody: we never ask for it by telephone or by message.',
        ),
      },
    ],
    footnotes: [
      say(
        'Vous n’avez rien demandé ? Ignorez ce message : sans le lien ni le code, personne n’entre.',
        'You did not ask for this? Ignore this message: without the link or the code nobody gets in.',
      ),
    ],
  }
}
