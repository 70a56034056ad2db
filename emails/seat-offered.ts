import { tentativeInCalendar } from './calendar-note'
import type { RegistrationFacts } from './facts'
import { plain } from './plain'
import { dayAndHour, detailsOf, greeting, slabOf, untilOf, type Voice, whyRegistered } from './say'
import type { Sheet } from './sheet'

/** `heldUntil`: the instant until which the seat is held. */
export type OfferedFacts = RegistrationFacts & { heldUntil: string }

export function seatOffered(facts: OfferedFacts, voice: Voice): Sheet {
  const { say } = voice
  const { event, companions, heldUntil, manageUrl, readerZone } = facts
  const until = untilOf(heldUntil, event.moment.timeZone, voice, readerZone)
  const when = dayAndHour(event.moment, voice)
  const seats = companions.length + 1
  return {
    subject: say(`Une place vous est proposée, ${when} : ${plain(event.title)}`, `A seat is offered to you, ${when}: ${plain(event.title)}`),
    preview: say(`Elle vous est gardée jusqu’au ${until}.`, `It is held for you until ${until}.`),
    slab: slabOf(event, voice, { state: say('Place proposée', 'Seat offered'), readerZone }),
    headline: seats > 1 ? say(`${seats}\u00A0places vous sont proposées.`, `${seats} seats are offered to you.`) : say('Une place vous est proposée.', 'A seat is offered to you.'),
    blocks: [
      {
        is: 'text',
        text: say(
          `${greeting(facts.name, voice)} une place s’est libérée et c’est votre tour. Elle vous est gardée jusqu’au ${until} : d’ici là, dites-nous si vous la prenez.`,
          `${greeting(facts.name, voice)} a seat has come free and it is your turn. It is held for you until ${until}: tell us by then whether you take it.`,
        ),
      },
      { is: 'button', label: say('Prendre ou laisser cette place', 'Take this seat or pass'), href: manageUrl },
      {
        is: 'text',
        text: say(
          'Sur cette page, un bouton l’accepte, un autre la laisse à la personne suivante. Si vous la laissez, ou si vous ne répondez pas à temps, vous restez en liste d’attente pour la prochaine.',
          'On that page one button takes it, another passes it to the next person. If you pass, or do not answer in time, you stay on the waiting list for the next one.',
        ),
      },
      { is: 'details', rows: [{ term: say('Réponse attendue', 'Answer by'), text: until }, ...detailsOf(facts, voice)] },
      ...tentativeInCalendar(voice),
    ],
    footnotes: whyRegistered(facts, voice),
  }
}
