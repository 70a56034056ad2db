import type { EventFacts } from './facts'
import { plain } from './plain'
import { greeting, repliesTo, slabOf, type Voice, whenOf } from './say'
import type { Block, Sheet } from './sheet'

export type PendingFacts = {
  event: EventFacts
  name: string
  readerZone: string
  manageUrl: string
  audience: 'members' | 'invited'
  /** Have they asked to be let in, on the page that the letter leads to? */
  asked: boolean
  answersRead: boolean
}

/** The page answers everybody alike; only the owner of the address learns that it is on no list. */
export function registrationPending(facts: PendingFacts, voice: Voice): Sheet {
  const { say, house } = voice
  const { event, asked, readerZone } = facts
  const members = facts.audience === 'members'
  return {
    subject: say(`Votre demande : ${plain(event.title)}`, `Your request: ${plain(event.title)}`),
    preview: asked
      ? say('L’équipe a reçu votre demande d’accès.', 'The organisers have your request for access.')
      : say('Votre adresse n’est pas encore sur la liste : voici comment demander un accès.', 'Your address is not on the list yet: here is how to ask for access.'),
    slab: slabOf(event, voice, { state: members ? say('Réservé aux membres', 'Members only') : say('Sur invitation', 'By invitation'), readerZone }),
    headline: asked ? say('Votre demande est transmise à l’équipe.', 'Your request is with the organisers.') : say('Cette adresse n’est pas sur la liste.', 'This address is not on the list.'),
    blocks: [
      { is: 'text', text: `${greeting(facts.name, voice)} ${whereYouStand(facts, voice)}` },
      ...asking(facts, voice),
      { is: 'details', rows: [{ term: say('Quand', 'When'), text: whenOf(event.moment, voice, readerZone) }] },
    ],
    footnotes: [
      say(
        `Vous recevez ce message parce que votre adresse a été saisie sur ${house.name}. Ce n’était pas vous ? Vous n’avez rien à faire : sans accès, aucune place n’est prise.`,
        `You receive this because your address was entered on ${house.name}. Not you? There is nothing to do: without access no seat is taken.`,
      ),
      repliesTo(facts, voice),
    ],
  }
}

function whereYouStand({ audience, asked }: PendingFacts, { say }: Voice) {
  if (asked) {
    return say(
      'vous avez demandé un accès à ce rendez-vous. L’équipe lit chaque demande, et un message vous dira sa réponse ; d’ici là, aucune place n’est prise.',
      'you have asked for access to this event. The organisers read every request, and a message will tell you their answer; until then no seat is taken.',
    )
  }
  return audience === 'members'
    ? say(
        'ce rendez-vous est réservé aux membres, et cette adresse n’est pas dans la liste des membres. Si vous l’êtes, c’est sans doute sous une autre adresse : inscrivez-vous avec celle-là.',
        'this event is for members only, and this address is not on the list of members. If you are one, it is probably under another address: register with that one.',
      )
    : say(
        'ce rendez-vous se fait sur invitation, et cette adresse n’est pas parmi les personnes invitées. Si vous avez reçu une invitation à une autre adresse, inscrivez-vous avec celle-là ; si vous avez reçu un code, saisissez-le en vous inscrivant.',
        'this event is by invitation, and this address is not among those invited. If you were invited under another address, register with that one; if you were given a code, type it when you register.',
      )
}

function asking({ asked, manageUrl }: PendingFacts, { say }: Voice): Block[] {
  if (asked) return [{ is: 'button', label: say('Voir ou retirer votre demande', 'See or withdraw your request'), href: manageUrl }]
  return [
    {
      is: 'text',
      text: say(
        'Vous pouvez aussi demander un accès à l’équipe : dites-lui qui vous êtes et pourquoi ce rendez-vous vous intéresse.',
        'You can also ask the organisers for access: tell them who you are and why this event interests you.',
      ),
    },
    { is: 'button', label: say('Demander un accès', 'Ask for access'), href: manageUrl },
  ]
}
