import { inYourCalendar } from './calendar-note'
import type { RegistrationFacts } from './facts'
import { plain } from './plain'
import { dayAndHour, detailsOf, greeting, slabOf, type Voice, whyRegistered } from './say'
import type { Sheet } from './sheet'

export function seatPromoted(facts: RegistrationFacts, voice: Voice): Sheet {
  const { say } = voice
  const { event, manageUrl, readerZone } = facts
  const when = dayAndHour(event.moment, voice)
  return {
    subject: say(`Une place pour vous, ${when} : ${plain(event.title)}`, `A seat for you, ${when}: ${plain(event.title)}`),
    preview: say('Une place s’est libérée : vous l’avez. Rien à faire si vous venez.', 'A seat came free: you have it. Nothing to do if you come.'),
    slab: slabOf(event, voice, { readerZone }),
    headline: say('Une place s’est libérée : vous l’avez.', 'A seat came free: you have it.'),
    blocks: [
      {
        is: 'text',
        text: say(
          `${greeting(facts.name, voice)} vous étiez en liste d’attente, et votre tour est venu. Si vous venez, il n’y a rien à faire. Sinon, rendez la place : elle ira à la personne suivante.`,
          `${greeting(facts.name, voice)} you were on the waiting list and your turn has come. If you come, there is nothing to do. If not, give the seat back: it goes to the next person.`,
        ),
      },
      { is: 'details', rows: detailsOf(facts, voice) },
      { is: 'button', label: say('Rendre cette place', 'Give this seat back'), href: manageUrl },
      ...inYourCalendar(facts, voice),
    ],
    footnotes: whyRegistered(facts, voice),
  }
}
