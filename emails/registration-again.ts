import type { RegistrationFacts, Standing } from './facts'
import { plain } from './plain'
import { detailsOf, greeting, type Say, slabOf, type Voice, whyRegistered } from './say'
import type { Block, Sheet } from './sheet'

export type AgainFacts = RegistrationFacts & { standing: Standing }

/** Somebody filled in the form with an address that it knew: the page said nothing of it, this letter does. */
export function registrationAgain(facts: AgainFacts, voice: Voice): Sheet {
  const { say } = voice
  const { event, manageUrl, readerZone, standing } = facts
  return {
    subject: say(`Votre inscription existe déjà : ${plain(event.title)}`, `You are registered already: ${plain(event.title)}`),
    preview: standingOf(standing, say),
    slab: slabOf(event, voice, { readerZone }),
    headline: say('Votre inscription existe déjà.', 'You are registered already.'),
    blocks: [
      {
        is: 'text',
        text: say(
          `${greeting(facts.name, voice)} le formulaire vient d’être rempli une nouvelle fois avec votre adresse. Rien n’a changé. ${standingOf(standing, say)}`,
          `${greeting(facts.name, voice)} the form has just been filled in again with your address. Nothing has changed. ${standingOf(standing, say)}`,
        ),
      },
      { is: 'details', rows: detailsOf(facts, voice) },
      { is: 'button', label: say('Gérer votre inscription', 'Manage your registration'), href: manageUrl },
      ...(facts.mayBring ? forSeveral(voice) : []),
    ],
    footnotes: whyRegistered(facts, voice),
  }
}

const forSeveral = ({ say }: Voice): Block[] => [
  { is: 'heading', text: say('Une adresse pour plusieurs ?', 'One address for several?') },
  {
    is: 'text',
    text: say(
      'Si une ou un collègue partage cette adresse, ajoutez son nom à votre inscription avec le même bouton : la place sera à son nom.',
      'If a colleague shares this address, add their name to your registration with the same button: the seat will be in their name.',
    ),
  },
]

export function standingOf(standing: Standing, say: Say) {
  return {
    confirmed: say('Vous avez une place.', 'You have a seat.'),
    waitlisted: say('Vous êtes en liste d’attente.', 'You are on the waiting list.'),
    offered: say('Une place vous est proposée.', 'A seat is being offered to you.'),
    unproven: say('Votre adresse reste à confirmer : le bouton ci-dessous ouvre la page où le faire.', 'Your address is still to be confirmed: the button below opens the page where you do it.'),
    pending: say('Votre demande attend une réponse de l’équipe.', 'Your request is waiting for the organisers’ answer.'),
    cancelled: say('Votre inscription est retirée.', 'Your registration is withdrawn.'),
  }[standing]
}
