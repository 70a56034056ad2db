import type { EventFacts } from './facts'
import { plain, plainLines } from './plain'
import { greeting, slabOf, type Voice, whenOf } from './say'
import type { Block, Sheet } from './sheet'

export type CancelledFacts = {
  event: EventFacts
  name: string
  readerZone: string
  /** Who withdrew it: the person on our page, the person from their calendar, or an organiser. */
  by: 'person' | 'calendar' | 'organiser'
  /** Was it a seat, or only a place in line? */
  hadSeat: boolean
  reason: string | null
  /** The page with the button that takes it back; null where there is no way back. */
  returnUrl: string | null
}

export function registrationCancelled(facts: CancelledFacts, voice: Voice): Sheet {
  const { say } = voice
  const { event, by, hadSeat, returnUrl, readerZone } = facts
  const title = plain(event.title)
  const byOrganiser = by === 'organiser'
  return {
    subject: byOrganiser
      ? say(`Votre inscription est retirée : ${title}`, `Your registration is withdrawn: ${title}`)
      : say(`${hadSeat ? 'Place rendue' : 'Inscription retirée'} : ${title}`, `${hadSeat ? 'Seat given back' : 'Registration withdrawn'}: ${title}`),
    preview: say('Votre inscription est retirée ; le rendez-vous, lui, a bien lieu.', 'Your registration is withdrawn; the event itself goes ahead.'),
    slab: slabOf(event, voice, { readerZone }),
    headline: byOrganiser
      ? say('Votre inscription est retirée.', 'Your registration is withdrawn.')
      : hadSeat
        ? say('Votre place est rendue.', 'Your seat is given back.')
        : say('Vous n’êtes plus en liste d’attente.', 'You are no longer on the waiting list.'),
    blocks: [
      { is: 'text', text: `${greeting(facts.name, voice)} ${cause(facts, voice)}` },
      ...reasonOf(facts),
      { is: 'details', rows: [{ term: say('Quand', 'When'), text: whenOf(event.moment, voice, readerZone) }] },
      ...(returnUrl === null ? [] : wayBack(returnUrl, voice)),
    ],
    footnotes: [
      say(
        'Le rendez-vous a bien lieu : seule votre inscription est retirée, et l’entrée de votre agenda avec elle.',
        'The event goes ahead: only your registration is withdrawn, and with it the entry in your calendar.',
      ),
    ],
  }
}

function cause({ by, hadSeat }: CancelledFacts, { say }: Voice) {
  const thanks = hadSeat ? say(' Merci : elle va à la personne suivante.', ' Thank you: it goes to the next person.') : ''
  if (by === 'organiser') return say('l’équipe a retiré votre inscription à ce rendez-vous.', 'the organisers have withdrawn your registration for this event.')
  if (by === 'calendar') {
    return say('votre agenda nous a répondu « Non » : nous avons retiré votre inscription.', 'your calendar answered “No”: we have withdrawn your registration.') + thanks
  }
  return say('vous avez retiré votre inscription à ce rendez-vous.', 'you have withdrawn your registration for this event.') + thanks
}

const reasonOf = ({ reason }: CancelledFacts): Block[] => (reason === null ? [] : [{ is: 'quote', lines: plainLines(reason) }])

const wayBack = (href: string, { say }: Voice): Block[] => [
  { is: 'button', label: say('Revenir à ce rendez-vous', 'Come back to this event'), href },
  {
    is: 'text',
    text: say(
      'Une erreur, ou un changement d’avis ? Ce bouton vous réinscrit s’il reste une place, ou vous remet en liste d’attente.',
      'A mistake, or a change of mind? This button registers you again if a seat is left, or puts you on the waiting list.',
    ),
  },
]
