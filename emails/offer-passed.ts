import type { RegistrationFacts } from './facts'
import { plain } from './plain'
import { detailsOf, greeting, slabOf, type Voice, whyRegistered } from './say'
import type { Sheet } from './sheet'

/** They said no to an offer, or let its time go by. */
export type PassedFacts = RegistrationFacts & { why: 'refused' | 'lapsed' }

export function offerPassed(facts: PassedFacts, voice: Voice): Sheet {
  const { say } = voice
  const { event, manageUrl, readerZone, why } = facts
  const refused = why === 'refused'
  return {
    subject: refused
      ? say(`Vous avez laissé la place : ${plain(event.title)}`, `You have passed: ${plain(event.title)}`)
      : say(`La place n’est plus gardée : ${plain(event.title)}`, `The seat is no longer held: ${plain(event.title)}`),
    preview: say('Vous restez en liste d’attente pour la prochaine place.', 'You stay on the waiting list for the next seat.'),
    slab: slabOf(event, voice, { state: say('Liste d’attente', 'Waiting list'), readerZone }),
    headline: refused ? say('La place revient à la liste d’attente.', 'The seat goes back to the waiting list.') : say('Le temps de répondre est passé.', 'The time to answer has passed.'),
    blocks: [
      {
        is: 'text',
        text: refused
          ? say(
              `${greeting(facts.name, voice)} merci de nous l’avoir dit : la place proposée revient à la liste d’attente. Vous gardez votre rang : si une autre place se libère, elle vous sera proposée.`,
              `${greeting(facts.name, voice)} thank you for telling us: the seat that was offered goes back to the waiting list. You keep your turn: if another seat comes free, it will be offered to you.`,
            )
          : say(
              `${greeting(facts.name, voice)} nous n’avons pas eu de réponse à temps : la place proposée revient à la liste d’attente. Vous gardez votre rang : si une autre place se libère, elle vous sera proposée.`,
              `${greeting(facts.name, voice)} no answer reached us in time: the seat that was offered goes back to the waiting list. You keep your turn: if another seat comes free, it will be offered to you.`,
            ),
      },
      { is: 'details', rows: detailsOf(facts, voice) },
      { is: 'button', label: say('Gérer votre inscription', 'Manage your registration'), href: manageUrl },
      {
        is: 'text',
        text: say(
          'Vous ne souhaitez plus venir ? Quittez la liste d’attente avec ce bouton : plus rien ne vous sera proposé, et votre agenda retirera l’entrée.',
          'You no longer wish to come? Leave the waiting list with this button: nothing more will be offered to you, and your calendar removes the entry.',
        ),
      },
    ],
    footnotes: whyRegistered(facts, voice),
  }
}
