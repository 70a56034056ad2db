import type { EventFacts } from './facts'
import { plain, plainLines } from './plain'
import { greeting, slabOf, type Voice, whenOf } from './say'
import type { Block, Sheet } from './sheet'

export type CancelledFacts = {
  event: EventFacts
  name: string
  readerZone: string
  /** Who withdrew it: the person on our page, the person from their calendar, an organiser; `readdressed`: it goes on under another address. */
  by: 'person' | 'calendar' | 'organiser' | 'readdressed'
  /** Was it a seat, or only a place in line? */
  hadSeat: boolean
  /** Without a seat: did they wait in line, or for an answer? */
  wasInLine: boolean
  reason: string | null
  /** The page with the button that takes it back; null where there is no way back. */
  returnUrl: string | null
}

export function registrationCancelled(facts: CancelledFacts, voice: Voice): Sheet {
  const { say } = voice
  const { event, by, hadSeat, returnUrl, readerZone } = facts
  const title = plain(event.title)
  const byThem = by === 'person' || by === 'calendar'
  return {
    subject: byThem
      ? say(`${hadSeat ? 'Place rendue' : 'Inscription retirée'} : ${title}`, `${hadSeat ? 'Seat given back' : 'Registration withdrawn'}: ${title}`)
      : by === 'readdressed'
        ? say(`Inscription passée à une autre adresse : ${title}`, `Registration moved to another address: ${title}`)
        : say(`Votre inscription est retirée : ${title}`, `Your registration is withdrawn: ${title}`),
    preview: say('Cette inscription est retirée ; le rendez-vous, lui, a bien lieu.', 'This registration is withdrawn; the event itself goes ahead.'),
    slab: slabOf(event, voice, { readerZone }),
    headline: headlineOf(facts, voice),
    blocks: [
      { is: 'text', text: `${greeting(facts.name, voice)} ${cause(facts, voice)}` },
      ...reasonOf(facts),
      { is: 'details', rows: [{ term: say('Quand', 'When'), text: whenOf(event.moment, voice, readerZone) }] },
      ...(returnUrl === null ? [] : wayBack(returnUrl, hadSeat, voice)),
    ],
    footnotes: [
      say(
        'Le rendez-vous a bien lieu : seule cette inscription est retirée, et l’entrée de votre agenda avec elle.',
        'The event goes ahead: only this registration is withdrawn, and with it the entry in your calendar.',
      ),
    ],
  }
}

function headlineOf({ by, hadSeat, wasInLine }: CancelledFacts, { say }: Voice) {
  if (by === 'readdressed') return say('Cette inscription est passée à une autre adresse.', 'This registration has moved to another address.')
  if (by === 'organiser' || (!hadSeat && !wasInLine)) return say('Votre inscription est retirée.', 'Your registration is withdrawn.')
  return hadSeat ? say('Votre place est rendue.', 'Your seat is given back.') : say('Vous n’êtes plus en liste d’attente.', 'You are no longer on the waiting list.')
}

function cause({ by, hadSeat }: CancelledFacts, { say }: Voice) {
  const thanks = hadSeat ? say(' Merci : la place est libre pour une autre personne.', ' Thank you: the seat is free for somebody else.') : ''
  if (by === 'organiser') return say('l’équipe a retiré votre inscription à ce rendez-vous.', 'the organisers have withdrawn your registration for this event.')
  if (by === 'readdressed') {
    return say(
      'votre inscription à ce rendez-vous est passée à une autre adresse. L’ancienne ne recevra plus rien à son sujet.',
      'your registration for this event has moved to another address. The old one will receive nothing more about it.',
    )
  }
  if (by === 'calendar') {
    return say('votre agenda nous a répondu « Non » : nous avons retiré votre inscription.', 'your calendar answered “No”: we have withdrawn your registration.') + thanks
  }
  return say('vous avez retiré votre inscription à ce rendez-vous.', 'you have withdrawn your registration for this event.') + thanks
}

const reasonOf = ({ reason }: CancelledFacts): Block[] => (reason === null ? [] : [{ is: 'quote', lines: plainLines(reason) }])

const wayBack = (href: string, hadSeat: boolean, { say }: Voice): Block[] => [
  { is: 'button', label: say('Revenir à ce rendez-vous', 'Come back to this event'), href },
  {
    is: 'text',
    text: hadSeat
      ? say(
          'Une erreur, ou un changement d’avis ? Pendant dix minutes, cette page vous rend votre place si personne ne l’a prise. Ensuite, elle vous réinscrit s’il reste une place, ou vous remet en liste d’attente.',
          'A mistake, or a change of mind? For ten minutes that page gives you your seat back if nobody has taken it. After that it registers you again if a seat is left, or puts you on the waiting list.',
        )
      : say(
          'Une erreur, ou un changement d’avis ? Cette page vous réinscrit s’il reste une place, ou vous remet en liste d’attente.',
          'A mistake, or a change of mind? That page registers you again if a seat is left, or puts you on the waiting list.',
        ),
  },
]
