import type { RegistrationFacts, Standing } from './facts'
import { plain } from './plain'
import { standingOf } from './registration-again'
import { dayAndHour, detailsOf, greeting, slabOf, type Voice, whyRegistered } from './say'
import type { Sheet } from './sheet'

/** From the room to the screen, or back; `event.where` is the new place. */
export type SwitchedFacts = RegistrationFacts & { standing: Standing }

export function placeSwitched(facts: SwitchedFacts, voice: Voice): Sheet {
  const { say } = voice
  const { event, manageUrl, readerZone, standing } = facts
  const online = event.where.is === 'online'
  const when = dayAndHour(event.moment, voice)
  const news = online ? say('Désormais en ligne', 'Now online') : say('Désormais sur place', 'Now in person')
  return {
    subject: say(`${news}, ${when} : ${plain(event.title)}`, `${news}, ${when}: ${plain(event.title)}`),
    preview: say('Le rendez-vous est le même ; votre agenda se met à jour avec l’invitation jointe.', 'The event is the same; your calendar updates itself with the attached invitation.'),
    slab: slabOf(event, voice, { state: news, readerZone }),
    headline: online ? say('Vous suivrez ce rendez-vous en ligne.', 'You will follow this event online.') : say('Vous viendrez sur place.', 'You will come in person.'),
    blocks: [
      {
        is: 'text',
        text: say(
          `${greeting(facts.name, voice)} c’est noté : ${online ? 'vous passez de la salle à l’écran' : 'vous passez de l’écran à la salle'}. ${standingOf(standing, say)}`,
          `${greeting(facts.name, voice)} it is noted: ${online ? 'you move from the room to the screen' : 'you move from the screen to the room'}. ${standingOf(standing, say)}`,
        ),
      },
      { is: 'details', rows: detailsOf(facts, voice) },
      { is: 'button', label: say('Gérer votre inscription', 'Manage your registration'), href: manageUrl },
      { is: 'text', text: say('Votre agenda se met à jour avec l’invitation jointe.', 'Your calendar updates itself with the attached invitation.') },
    ],
    footnotes: whyRegistered(facts, voice),
  }
}
