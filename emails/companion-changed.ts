import type { RegistrationFacts, Standing } from './facts'
import { plain } from './plain'
import { standingOf } from './registration-again'
import { detailsOf, greeting, slabOf, type Voice, whyRegistered } from './say'
import type { Detail, Sheet } from './sheet'

export type CompanionFacts = RegistrationFacts & { standing: Standing; added: string[]; removed: string[] }

export function companionChanged(facts: CompanionFacts, voice: Voice): Sheet {
  const { say } = voice
  const { event, companions, manageUrl, readerZone, standing } = facts
  const seats = companions.length + 1
  return {
    subject: say(`Votre inscription a changé : ${plain(event.title)}`, `Your registration has changed: ${plain(event.title)}`),
    preview: changes(facts, voice).map(({ term, text }) => `${term}${say(' :', ':')} ${text}`).join(' · '),
    slab: slabOf(event, voice, { readerZone }),
    headline: say('Votre inscription a changé.', 'Your registration has changed.'),
    blocks: [
      {
        is: 'text',
        text: [
          greeting(facts.name, voice),
          say('voici ce qui change.', 'this is what changes.'),
          standing === 'confirmed' && seats > 1 ? say(`Vous avez ${seats}\u00A0places.`, `You have ${seats} seats.`) : standingOf(standing, say),
        ].join(' '),
      },
      { is: 'details', rows: [...changes(facts, voice), ...detailsOf(facts, voice)] },
      { is: 'button', label: say('Gérer votre inscription', 'Manage your registration'), href: manageUrl },
    ],
    footnotes: whyRegistered(facts, voice),
  }
}

function changes({ added, removed }: CompanionFacts, { say }: Voice): Detail[] {
  const names = (people: string[]) => people.map((one) => plain(one, 80)).join(', ')
  return [
    { term: say('Vient avec vous', 'Comes with you'), text: names(added) },
    { term: say('Ne vient plus', 'No longer comes'), text: names(removed) },
  ].filter(({ text }) => text !== '')
}
