import type { EventFacts } from './facts'
import { plain } from './plain'
import { dayAndHour, greeting, repliesTo, slabOf, type Voice } from './say'
import type { Sheet } from './sheet'

export type NotesOutFacts = {
  event: EventFacts
  name: string
  readerZone: string
  /** Where the restitution is read. */
  notesUrl: string
  /** Where one says that one wants no more of these. */
  manageUrl: string
  answersRead: boolean
  /** From 1; what follows a withdrawn one counts on. */
  edition: number
  authors: string
  /** What changes in this edition, as its editors say. */
  changes: string | null
  readers: 'all' | 'registered'
}

/** To whoever asked: the restitution can be read, or there is a newer edition. */
export function notesOut(facts: NotesOutFacts, voice: Voice): Sheet {
  const { say, house } = voice
  const { event, edition, authors, changes, readers } = facts
  const title = plain(event.title)
  const isFirst = edition === 1
  return {
    subject: isFirst ? say(`La restitution est en ligne : ${title}`, `The notes are out: ${title}`) : say(`Nouvelle édition de la restitution : ${title}`, `A new edition of the notes: ${title}`),
    preview: say('Ce qui s’est dit, relu et publié, passage par passage.', 'What was said, read over and published, passage by passage.'),
    slab: slabOf(event, voice, { readerZone: facts.readerZone }),
    headline: isFirst ? say('La restitution est en ligne.', 'The notes are out.') : say('La restitution a une nouvelle édition.', 'The notes have a new edition.'),
    blocks: [
      {
        is: 'text',
        text: say(
          `${greeting(facts.name, voice)} vous aviez demandé à lire ce qui s’est dit à ce rendez-vous, ${dayAndHour(event.moment, voice)}. C’est publié.`,
          `${greeting(facts.name, voice)} you asked to read what was said at this event, ${dayAndHour(event.moment, voice)}. It is published.`,
        ),
      },
      { is: 'details', rows: [{ term: say('Rédaction', 'Written by'), text: plain(authors) }, { term: say('Édition', 'Edition'), text: say(`nº ${edition}`, `no. ${edition}`) }] },
      ...(changes ? [{ is: 'heading' as const, text: say('Ce qui change', 'What changes') }, { is: 'quote' as const, lines: changes.split('\n').map((line) => plain(line, 1000)).filter(Boolean) }] : []),
      { is: 'button', label: say('Lire la restitution', 'Read the notes'), href: facts.notesUrl },
      ...(readers === 'registered'
        ? [{ is: 'text' as const, text: say('Elle est réservée aux personnes inscrites : connectez-vous avec l’adresse à laquelle ce message est arrivé.', 'They are for those who registered: log in with the address that this message came to.') }]
        : []),
      { is: 'text', text: say('Chaque passage a son adresse, que vous pouvez citer : elle ne change pas d’une édition à l’autre.', 'Each passage has its address, which you can cite: it stays the same from one edition to the next.') },
      { is: 'link', label: say('Ne plus recevoir ces messages', 'Receive these letters no more'), href: facts.manageUrl },
    ],
    footnotes: [
      say(`Vous recevez ce message parce que vous avez demandé à recevoir cette restitution sur ${house.name}.`, `You receive this because you asked for these notes on ${house.name}.`),
      repliesTo(facts, voice),
    ],
  }
}
