import type { EventFacts } from './facts'
import { plain, plainLines } from './plain'
import { dayAndHour, greeting, repliesTo, slabOf, type Voice } from './say'
import type { Sheet } from './sheet'

export type CalledOffFacts = { event: EventFacts; name: string; readerZone: string; reason: string | null; agendaUrl: string; answersRead: boolean }

export function eventCalledOff(facts: CalledOffFacts, voice: Voice): Sheet {
  const { say, house } = voice
  const { event, readerZone, reason, agendaUrl } = facts
  const when = dayAndHour(event.moment, voice)
  return {
    subject: say(`Annulé : ${plain(event.title)}`, `Called off: ${plain(event.title)}`),
    preview: say(`Le rendez-vous prévu ${when} n’aura pas lieu.`, `The event planned for ${when} will not take place.`),
    slab: slabOf(event, voice, { state: say('Annulé', 'Called off'), readerZone }),
    headline: say('Ce rendez-vous n’aura pas lieu.', 'This event will not take place.'),
    blocks: [
      {
        is: 'text',
        text: say(
          `${greeting(facts.name, voice)} le rendez-vous prévu ${when} est annulé. Vous n’avez rien à faire : votre inscription s’éteint avec lui, et votre agenda retire l’entrée ou la barre.`,
          `${greeting(facts.name, voice)} the event planned for ${when} is called off. There is nothing to do: your registration ends with it, and your calendar removes the entry or strikes it through.`,
        ),
      },
      ...(reason === null ? [] : [{ is: 'quote' as const, lines: plainLines(reason) }]),
      { is: 'button', label: say('Voir les prochains rendez-vous', 'See the coming events'), href: agendaUrl },
      { is: 'link', label: say('La page de ce rendez-vous', 'The page of this event'), href: event.url },
    ],
    footnotes: [
      say(`Vous recevez ce message parce que votre adresse est inscrite à ce rendez-vous sur ${house.name}.`, `You receive this because your address is registered for this event on ${house.name}.`),
      repliesTo(facts, voice),
    ],
  }
}
