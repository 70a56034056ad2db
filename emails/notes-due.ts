import type { EventFacts } from './facts'
import { plain } from './plain'
import { slabOf, type Voice, whenOf } from './say'
import type { Sheet } from './sheet'

/** `url`: the organisers' room where notes are read over and published. `isWritten`: is there a text that waits for it? */
export type NotesDueFacts = { event: EventFacts; url: string; isWritten: boolean }

/** Three days after a session without a restitution, to its organiser: once. */
export function notesDue({ event, url, isWritten }: NotesDueFacts, voice: Voice): Sheet {
  const { say, house } = voice
  return {
    subject: say(`Restitution attendue : ${plain(event.title)}`, `Notes awaited: ${plain(event.title)}`),
    preview: say('Trois jours après la séance, rien n’est encore publié.', 'Three days after the session, nothing is published yet.'),
    slab: slabOf(event, voice, { state: say('Restitution attendue', 'Notes awaited') }),
    headline: isWritten ? say('Les notes sont écrites, il reste à les publier.', 'The notes are written; they remain to be published.') : say('Ce rendez-vous n’a pas encore de restitution.', 'This event has no published notes yet.'),
    blocks: [
      {
        is: 'text',
        text: isWritten
          ? say('Relisez ce qui est écrit, vérifiez les recommandations citées, puis publiez une première édition : elle se corrige ensuite autant qu’il le faut, sans que les adresses de ses passages changent.', 'Read over what is written, check the recommendations that are named, then publish a first edition: it can be corrected as often as needed, and the addresses of its passages stay the same.')
          : say('Quelques lignes suffisent : ce qui a été dit, relié aux recommandations du rapport. Sans elles, la carte ne sait pas ce qui a été discuté.', 'A few lines are enough: what was said, tied to the recommendations of the report. Without them the map does not know what was discussed.'),
      },
      { is: 'details', rows: [{ term: say('Quand', 'When'), text: whenOf(event.moment, voice) }] },
      { is: 'button', label: isWritten ? say('Relire et publier', 'Read over and publish') : say('Écrire la restitution', 'Write the notes'), href: url },
    ],
    footnotes: [
      say(`Vous recevez ce message parce que vous organisez ce rendez-vous sur ${house.name}. Il n’y en aura pas d’autre à ce sujet.`, `You receive this because you organise this event on ${house.name}. There will be no other about this.`),
      say('Les réponses à ce message ne sont pas lues.', 'Replies to this message are not read.'),
    ],
  }
}
