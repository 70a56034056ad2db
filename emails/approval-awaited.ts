import type { RegistrationFacts } from './facts'
import { plain } from './plain'
import { detailsOf, greeting, repliesTo, slabOf, type Voice } from './say'
import type { Sheet } from './sheet'

export function approvalAwaited(facts: RegistrationFacts, voice: Voice): Sheet {
  const { say } = voice
  const { event, manageUrl, readerZone } = facts
  return {
    subject: say(`Votre demande : ${plain(event.title)}`, `Your request: ${plain(event.title)}`),
    preview: say('L’équipe lit chaque demande : sa réponse vous viendra par message.', 'The organisers read every request: their answer comes by message.'),
    slab: slabOf(event, voice, { state: say('Demande en attente', 'Request waiting'), readerZone }),
    headline: say('Votre demande est transmise à l’équipe.', 'Your request is with the organisers.'),
    blocks: [
      {
        is: 'text',
        text: say(
          `${greeting(facts.name, voice)} l’équipe lit chaque demande d’inscription à ce rendez-vous. Vous n’avez pas encore de place ; un message vous dira sa réponse. Votre rang est noté : les demandes acceptées sont servies dans l’ordre où elles sont arrivées.`,
          `${greeting(facts.name, voice)} the organisers read every request for this event. You have no seat yet; a message will tell you their answer. Your turn is noted: requests that are accepted are served in the order in which they came.`,
        ),
      },
      { is: 'details', rows: detailsOf(facts, voice) },
      { is: 'button', label: say('Voir ou retirer votre demande', 'See or withdraw your request'), href: manageUrl },
    ],
    footnotes: whyAsked(facts, voice),
  }
}

/** For letters to somebody who has no seat: the way out is to do nothing. */
const whyAsked = (facts: RegistrationFacts, voice: Voice) => [
  voice.say(
    `Vous recevez ce message parce que votre adresse a été saisie sur ${voice.house.name}. Ce n’était pas vous ? Ouvrez le lien ci-dessus et retirez la demande.`,
    `You receive this because your address was entered on ${voice.house.name}. Not you? Open the link above and withdraw the request.`,
  ),
  repliesTo(facts, voice),
]
