import type { EventFacts } from './facts'
import { plain, plainLines } from './plain'
import { greeting, repliesTo, slabOf, type Voice, whenOf } from './say'
import type { Sheet } from './sheet'

/** `words`: what the organiser wrote to this person; null: nothing. */
export type DeclinedFacts = { event: EventFacts; name: string; readerZone: string; words: string | null; agendaUrl: string; answersRead: boolean }

export function registrationDeclined(facts: DeclinedFacts, voice: Voice): Sheet {
  const { say, house } = voice
  const { event, readerZone, words, agendaUrl } = facts
  return {
    subject: say(`Réponse à votre demande : ${plain(event.title)}`, `The answer to your request: ${plain(event.title)}`),
    preview: say('L’équipe ne peut pas vous donner de place à ce rendez-vous.', 'The organisers cannot give you a seat at this event.'),
    slab: slabOf(event, voice, { readerZone }),
    headline: say('L’équipe n’a pas retenu votre demande.', 'The organisers have not accepted your request.'),
    blocks: [
      {
        is: 'text',
        text: words === null
          ? say(`${greeting(facts.name, voice)} nous ne pouvons pas vous donner de place à ce rendez-vous.`, `${greeting(facts.name, voice)} we cannot give you a seat at this event.`)
          : say(
              `${greeting(facts.name, voice)} nous ne pouvons pas vous donner de place à ce rendez-vous. Voici ce que l’équipe vous dit :`,
              `${greeting(facts.name, voice)} we cannot give you a seat at this event. This is what the organisers say:`,
            ),
      },
      ...(words === null ? [] : [{ is: 'quote' as const, lines: plainLines(words) }]),
      { is: 'details', rows: [{ term: say('Quand', 'When'), text: whenOf(event.moment, voice, readerZone) }] },
      { is: 'button', label: say('Voir les prochains rendez-vous', 'See the coming events'), href: agendaUrl },
    ],
    footnotes: [
      say(`Vous recevez ce message parce que vous avez demandé une place sur ${house.name}. Vous n’avez rien à faire.`, `You receive this because you asked for a seat on ${house.name}. There is nothing to do.`),
      repliesTo(facts, voice),
    ],
  }
}
