import type { RegistrationFacts } from './facts'
import { tentativeInCalendar } from './calendar-note'
import { plain } from './plain'
import { dayAndHour, detailsOf, greeting, slabOf, type Voice, whyRegistered } from './say'
import type { Sheet } from './sheet'

export function seatWaitlisted(facts: RegistrationFacts, voice: Voice): Sheet {
  const { say } = voice
  const { event, manageUrl, readerZone } = facts
  const when = dayAndHour(event.moment, voice)
  return {
    subject: say(`Liste d’attente, ${when} : ${plain(event.title)}`, `Waiting list, ${when}: ${plain(event.title)}`),
    preview: say('C’est complet pour l’instant. Une place qui se libère va à la première personne en attente.', 'It is full for now. A seat that comes free goes to the first in line.'),
    slab: slabOf(event, voice, { state: say('Complet', 'Full'), readerZone }),
    headline: say('Vous êtes en liste d’attente.', 'You are on the waiting list.'),
    blocks: [
      {
        is: 'text',
        text: facts.offers
          ? say(
              `${greeting(facts.name, voice)} toutes les places sont prises. Dès que l’une d’elles se libère, elle est proposée à la première personne en attente, dans l’ordre des inscriptions, et lui est gardée quelque temps. Si c’est vous, un message vous le dira aussitôt ; nous ne pouvons pas vous promettre de place.`,
              `${greeting(facts.name, voice)} every seat is taken. As soon as one comes free, it is offered to the first person waiting, in the order of registration, and held for them for a while. If that is you, a message tells you at once; we cannot promise a seat.`,
            )
          : say(
              `${greeting(facts.name, voice)} toutes les places sont prises. Dès que l’une d’elles se libère, elle va à la première personne en attente, dans l’ordre des inscriptions. Si c’est vous, un message vous le dira aussitôt ; nous ne pouvons pas vous promettre de place.`,
              `${greeting(facts.name, voice)} every seat is taken. As soon as one comes free, it goes to the first person waiting, in the order of registration. If that is you, a message tells you at once; we cannot promise a seat.`,
            ),
      },
      { is: 'details', rows: detailsOf(facts, voice) },
      { is: 'button', label: say('Gérer votre inscription', 'Manage your registration'), href: manageUrl },
      { is: 'text', text: say('Vous pouvez y quitter la liste.', 'There you can leave the list.') },
      ...tentativeInCalendar(voice),
    ],
    footnotes: whyRegistered(facts, voice),
  }
}
