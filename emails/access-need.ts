import type { EventFacts } from './facts'
import { plain } from './plain'
import { slabOf, type Voice, whenOf } from './say'
import type { Sheet } from './sheet'

/** `url`: the organisers' room where needs are read and answered. */
export type AccessNeedFacts = { event: EventFacts; url: string }

/** To whoever looks after access: that needs were said. Neither whose nor which: a mailbox is read by others. */
export function accessNeed({ event, url }: AccessNeedFacts, voice: Voice): Sheet {
  const { say } = voice
  return {
    subject: say(`Besoins d’accessibilité à traiter : ${plain(event.title)}`, `Access needs to see to: ${plain(event.title)}`),
    preview: say('Des réponses sont attendues de vous.', 'Answers are awaited from you.'),
    slab: slabOf(event, voice, { state: say('Accessibilité', 'Access') }),
    headline: say('Des besoins vous sont confiés.', 'Needs have been told to you.'),
    blocks: [
      {
        is: 'text',
        text: say(
          'Une ou plusieurs personnes inscrites à ce rendez-vous ont dit ce qu’il leur faut pour y prendre part. Leurs noms et leurs besoins ne sont que sur la page ; votre réponse leur est envoyée de là.',
          'One or more people registered for this event have said what they need in order to take part. Their names and needs are only on the page; your answer is sent to them from there.',
        ),
      },
      { is: 'details', rows: [{ term: say('Quand', 'When'), text: whenOf(event.moment, voice) }] },
      { is: 'button', label: say('Lire et répondre', 'Read and answer'), href: url },
      { is: 'text', text: say('Ces besoins sont effacés le lendemain du rendez-vous.', 'These needs are erased the day after the event.') },
    ],
    footnotes: [
      say('Vous recevez ce message parce que les besoins d’accessibilité de ce rendez-vous vous sont confiés.', 'You receive this because the access needs of this event are in your care.'),
      say('Les réponses à ce message ne sont pas lues.', 'Replies to this message are not read.'),
    ],
  }
}
