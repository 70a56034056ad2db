import type { RegistrationFacts } from './facts'
import { plain } from './plain'
import { detailsOf, greeting, repliesTo, slabOf, untilOf, type Voice } from './say'
import type { Sheet } from './sheet'

/** `heldUntil`: the instant until which a seat is held; null: none is, only the place in line. */
export type ProveFacts = RegistrationFacts & { heldUntil: string | null }

export function addressToProve(facts: ProveFacts, voice: Voice): Sheet {
  const { say, house } = voice
  const { event, heldUntil, manageUrl, readerZone } = facts
  const until = heldUntil === null ? null : untilOf(heldUntil, event.moment.timeZone, voice, readerZone)
  return {
    subject: say(`Confirmez votre adresse : ${plain(event.title)}`, `Confirm your address: ${plain(event.title)}`),
    preview: until
      ? say(`Une place vous est gardée jusqu’au ${until}.`, `A seat is held for you until ${until}.`)
      : say('Votre inscription compte dès que votre adresse est confirmée.', 'Your registration counts as soon as your address is confirmed.'),
    slab: slabOf(event, voice, { state: say('À confirmer', 'To be confirmed'), readerZone }),
    headline: say('Confirmez votre adresse.', 'Confirm your address.'),
    blocks: [
      {
        is: 'text',
        text: until
          ? say(
              `${greeting(facts.name, voice)} une place vous est gardée jusqu’au ${until}. Elle est à vous dès que vous dites que cette adresse est bien la vôtre. Passé cette heure, elle est libre de nouveau.`,
              `${greeting(facts.name, voice)} a seat is held for you until ${until}. It is yours as soon as you say that this address is your own. After that it is free again.`,
            )
          : say(
              `${greeting(facts.name, voice)} votre demande est notée. Elle compte dès que vous dites que cette adresse est bien la vôtre ; d’ici là, aucune place ne vous est gardée.`,
              `${greeting(facts.name, voice)} your request is noted. It counts as soon as you say that this address is your own; until then no seat is held for you.`,
            ),
      },
      { is: 'button', label: say('Confirmer mon adresse', 'Confirm my address'), href: manageUrl },
      { is: 'text', text: say('Le bouton ouvre une page qui vous montre l’inscription ; c’est là que vous confirmez.', 'The button opens a page that shows the registration; that is where you confirm.') },
      { is: 'details', rows: detailsOf(facts, voice) },
    ],
    footnotes: [
      say(
        `Vous recevez ce message parce que votre adresse a été saisie sur ${house.name}. Ce n’était pas vous ? Vous n’avez rien à faire : sans confirmation, il n’y a pas d’inscription, et nous ne vous écrirons plus à ce sujet.`,
        `You receive this because your address was entered on ${house.name}. Not you? There is nothing to do: without confirmation there is no registration, and we will write no more about it.`,
      ),
      repliesTo(facts, voice),
    ],
  }
}
