import type { RegistrationFacts, Standing } from './facts'
import { plain } from './plain'
import { standingOf } from './registration-again'
import { dayAndHour, detailsOf, greeting, slabOf, type Voice, whyRegistered } from './say'
import type { Sheet } from './sheet'

export type BackOnFacts = RegistrationFacts & { standing: Standing; /** Does the event ask for access needs? They were erased when it was called off. */ asksAccess: boolean }

export function eventBackOn(facts: BackOnFacts, voice: Voice): Sheet {
  const { say } = voice
  const { event, manageUrl, readerZone, standing, asksAccess } = facts
  const when = dayAndHour(event.moment, voice)
  const isIn = standing !== 'pending' && standing !== 'unproven'
  return {
    subject: say(`Finalement maintenu, ${when} : ${plain(event.title)}`, `On after all, ${when}: ${plain(event.title)}`),
    preview: say(`Le rendez-vous qui était annulé aura bien lieu ${when}.`, `The event that was called off takes place on ${when} after all.`),
    slab: slabOf(event, voice, { state: say('Maintenu', 'On after all'), readerZone }),
    headline: say('Ce rendez-vous aura bien lieu.', 'This event takes place after all.'),
    blocks: [
      {
        is: 'text',
        text: say(
          `${greeting(facts.name, voice)} nous vous avions annoncé l’annulation de ce rendez-vous : il est finalement maintenu ${when}. ${standingOf(standing, say)}`,
          `${greeting(facts.name, voice)} we told you that this event was called off: it takes place after all, on ${when}. ${standingOf(standing, say)}`,
        ),
      },
      { is: 'details', rows: detailsOf(facts, voice) },
      ...(isIn ? [{
        is: 'text' as const,
        text: say(
          `L’invitation jointe remet le rendez-vous dans votre agenda. Si vous ne pouvez plus venir, ${standing === 'confirmed' ? 'rendez votre place : elle ira à la personne suivante' : 'retirez votre inscription'}.`,
          `The attached invitation puts the event back into your calendar. If you can no longer come, ${standing === 'confirmed' ? 'give your seat back: it goes to the next person' : 'withdraw your registration'}.`,
        ),
      }] : []),
      ...(asksAccess ? [{
        is: 'text' as const,
        text: say(
          'Un besoin d’accessibilité que vous auriez signalé a été effacé avec l’annulation : dites-le-nous de nouveau, sur la page de votre inscription.',
          'An access need that you may have told us was erased when the event was called off: please tell us again, on the page of your registration.',
        ),
      }] : []),
      { is: 'button', label: say('Gérer votre inscription', 'Manage your registration'), href: manageUrl },
    ],
    footnotes: whyRegistered(facts, voice),
  }
}
