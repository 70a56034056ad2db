import type { RegistrationFacts } from './facts'
import { dayAndHour, detailsOf, greeting, slabOf, type Voice, whyRegistered } from './say'
import { inYourCalendar } from './calendar-note'
import { plain } from './plain'
import type { Sheet } from './sheet'

export function seatConfirmed(facts: RegistrationFacts, voice: Voice): Sheet {
  const { say } = voice
  const { event, companions, manageUrl, readerZone } = facts
  const when = dayAndHour(event.moment, voice)
  const several = companions.length > 0
  return {
    subject: say(`${several ? 'Vos places' : 'Votre place'}, ${when} : ${plain(event.title)}`, `${several ? 'Your seats' : 'Your seat'}, ${when}: ${plain(event.title)}`),
    preview: say(`Rendez-vous ${when}. L’invitation pour votre agenda est jointe.`, `See you on ${when}. The invitation for your calendar is attached.`),
    slab: slabOf(event, voice, { readerZone }),
    headline: several ? say(`Vous avez ${companions.length + 1}\u00A0places.`, `You have ${companions.length + 1} seats.`) : say('Vous avez une place.', 'You have a seat.'),
    blocks: [
      { is: 'text', text: say(`${greeting(facts.name, voice)} nous vous attendons ${when}.`, `${greeting(facts.name, voice)} we look forward to seeing you on ${when}.`) },
      { is: 'details', rows: detailsOf(facts, voice) },
      { is: 'button', label: say('Gérer votre inscription', 'Manage your registration'), href: manageUrl },
      {
        is: 'text',
        text: facts.mayBring
          ? say(
              'Vous pouvez y rendre votre place, ce qui fait avancer la liste d’attente, ou y ajouter une ou un collègue.',
              'There you can give your seat back, which moves the waiting list, or add a colleague.',
            )
          : say('Vous pouvez y rendre votre place, ce qui fait avancer la liste d’attente.', 'There you can give your seat back, which moves the waiting list.'),
      },
      ...inYourCalendar(facts, voice),
    ],
    footnotes: whyRegistered(facts, voice),
  }
}
