import type { EventFacts } from './facts'
import { plain } from './plain'
import { greeting, slabOf, type Voice, whenOf } from './say'
import type { Block, Sheet } from './sheet'

export type PendingFacts = {
  event: EventFacts
  name: string
  readerZone: string
  manageUrl: string
  audience: 'members' | 'invited'
  /** Where to ask for access; null: nobody said. */
  contact: string | null
}

/** The page answers everybody alike; only the owner of the address learns that it is on no list. */
export function registrationPending(facts: PendingFacts, voice: Voice): Sheet {
  const { say, house } = voice
  const { event, audience, readerZone, manageUrl } = facts
  const members = audience === 'members'
  return {
    subject: say(`Votre demande : ${plain(event.title)}`, `Your request: ${plain(event.title)}`),
    preview: facts.contact === null
      ? say('Votre adresse n’est pas encore sur la liste.', 'Your address is not on the list yet.')
      : say('Votre adresse n’est pas encore sur la liste : voici comment demander un accès.', 'Your address is not on the list yet: here is how to ask for access.'),
    slab: slabOf(event, voice, { state: members ? say('Réservé aux membres', 'Members only') : say('Sur invitation', 'By invitation'), readerZone }),
    headline: say('Votre demande est en attente.', 'Your request is waiting.'),
    blocks: [
      {
        is: 'text',
        text: members
          ? say(
              `${greeting(facts.name, voice)} ce rendez-vous est réservé aux membres, et cette adresse n’est pas dans la liste des membres. Si vous l’êtes, c’est sans doute sous une autre adresse : inscrivez-vous avec celle-là.`,
              `${greeting(facts.name, voice)} this event is for members only, and this address is not on the list of members. If you are one, it is probably under another address: register with that one.`,
            )
          : say(
              `${greeting(facts.name, voice)} ce rendez-vous se fait sur invitation, et cette adresse n’est pas parmi les personnes invitées. Si vous avez reçu une invitation à une autre adresse, inscrivez-vous avec celle-là.`,
              `${greeting(facts.name, voice)} this event is by invitation, and this address is not among those invited. If you were invited under another address, register with that one.`,
            ),
      },
      ...asking(facts, voice),
      { is: 'details', rows: [{ term: say('Quand', 'When'), text: whenOf(event.moment, voice, readerZone) }] },
      { is: 'link', label: say('Voir ou retirer votre demande', 'See or withdraw your request'), href: manageUrl },
    ],
    footnotes: [
      say(
        `Vous recevez ce message parce que votre adresse a été saisie sur ${house.name}. Ce n’était pas vous ? Vous n’avez rien à faire : sans accès, aucune place n’est prise.`,
        `You receive this because your address was entered on ${house.name}. Was it not you? There is nothing to do: without access no seat is taken.`,
      ),
      say('Les réponses à ce message ne sont pas lues.', 'Replies to this message are not read.'),
    ],
  }
}

function asking({ contact, event }: PendingFacts, { say }: Voice): Block[] {
  // A way that leads nowhere is not offered.
  if (contact === null) return [{ is: 'button', label: say('Voir le rendez-vous', 'See the event'), href: event.url }]
  const text = say(
    'Vous pouvez aussi demander un accès à l’équipe : dites qui vous êtes et pourquoi ce rendez-vous vous intéresse.',
    'You can also ask the organisers for access: say who you are and why this event interests you.',
  )
  const subject = encodeURIComponent(say(`Accès : ${plain(event.title)}`, `Access: ${plain(event.title)}`))
  return [
    { is: 'text', text },
    { is: 'button', label: say('Demander un accès', 'Ask for access'), href: `mailto:${encodeURIComponent(contact).replace('%40', '@')}?subject=${subject}` },
  ]
}
