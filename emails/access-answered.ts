import type { EventFacts } from './facts'
import { plain, plainLines } from './plain'
import { greeting, slabOf, type Voice, whenOf } from './say'
import type { Sheet } from './sheet'

export type AccessAnsweredFacts = {
  event: EventFacts
  name: string
  readerZone: string
  manageUrl: string
  state: 'open' | 'arranged' | 'impossible'
  /** What whoever looks after access wrote; null: nothing. */
  reply: string | null
  answersRead: boolean
}

/** To somebody who said what they need. Need and answer are not kept: a preview line says nothing of them either. */
export function accessAnswered(facts: AccessAnsweredFacts, voice: Voice): Sheet {
  const { say } = voice
  const { event, readerZone, manageUrl, reply, state, answersRead } = facts
  return {
    subject: say(`Une réponse de l’équipe : ${plain(event.title)}`, `An answer from the organisers: ${plain(event.title)}`),
    preview: say('L’équipe répond à ce que vous lui avez confié.', 'The organisers answer what you told them.'),
    slab: slabOf(event, voice, { readerZone }),
    headline: {
      open: say('L’équipe vous répond.', 'The organisers answer you.'),
      arranged: say('C’est organisé.', 'It is arranged.'),
      impossible: say('Nous n’y arrivons pas cette fois.', 'We cannot manage it this time.'),
    }[state],
    blocks: [
      { is: 'text', text: say(`${greeting(facts.name, voice)} voici la réponse à ce que vous nous avez demandé pour pouvoir prendre part.`, `${greeting(facts.name, voice)} this is the answer to what you asked for in order to take part.`) },
      ...(reply === null ? [] : [{ is: 'quote' as const, lines: plainLines(reply) }]),
      { is: 'details', rows: [{ term: say('Quand', 'When'), text: whenOf(event.moment, voice, readerZone) }] },
      { is: 'button', label: say('Compléter ou corriger', 'Add or correct'), href: manageUrl },
      { is: 'text', text: say('Seules les personnes chargées de l’accessibilité lisent ce que vous avez dit ; tout est effacé le lendemain du rendez-vous.', 'What you said is read only by those who look after access, and erased the day after the event.') },
    ],
    footnotes: [
      say('Vous recevez ce message parce que vous avez signalé un besoin d’accessibilité en vous inscrivant.', 'You receive this because you told us of a need when you registered.'),
      answersRead
        ? say('Une réponse à ce message serait lue par toute l’équipe : pour n’écrire qu’aux personnes chargées de l’accessibilité, passez par ce bouton.', 'A reply to this message would be read by all organisers: to write only to those who look after access, use this button.')
        : say('Les réponses à ce message ne sont pas lues.', 'Replies to this message are not read.'),
    ],
  }
}
