import type { RegistrationFacts, Standing } from './facts'
import { plain } from './plain'
import { standingOf } from './registration-again'
import { detailsOf, greeting, slabOf, type Voice, whyRegistered } from './say'
import type { Sheet } from './sheet'

export type UnsureFacts = RegistrationFacts & {
  standing: Standing
  said: 'accepted' | 'tentative' | 'declined'
  /** The address that the calendar answered for; null where it named none. */
  attendee: string | null
}

/** To the registered address, when a calendar answered its invitation under another one: nothing was done. */
export function answerUnsure(facts: UnsureFacts, voice: Voice): Sheet {
  const { say } = voice
  const { event, manageUrl, readerZone, said, standing } = facts
  const title = plain(event.title)
  return {
    subject: say(`Est-ce vous qui avez répondu ? ${title}`, `Was it you who answered? ${title}`),
    preview: say('Une réponse nous est venue d’une autre adresse que la vôtre. Rien n’a changé.', 'An answer came from another address than yours. Nothing has changed.'),
    slab: slabOf(event, voice, { readerZone }),
    headline: say('Est-ce vous qui avez répondu ?', 'Was it you who answered?'),
    blocks: [
      { is: 'text', text: `${greeting(facts.name, voice)} ${whatCame(facts, voice)} ${standingOf(standing, say)}` },
      { is: 'text', text: said === 'declined' ? ifNo(standing, voice) : ifYes(voice) },
      { is: 'button', label: say('Gérer votre inscription', 'Manage your registration'), href: manageUrl },
      { is: 'details', rows: detailsOf(facts, voice) },
      ...(said === 'declined' ? [] : [{ is: 'link' as const, label: say('La page du rendez-vous', 'The page of the event'), href: event.url }]),
    ],
    footnotes: whyRegistered(facts, voice),
  }
}

function whatCame({ said, attendee }: UnsureFacts, { say }: Voice) {
  const word = { accepted: say('« Oui »', '“Yes”'), tentative: say('« Peut-être »', '“Maybe”'), declined: say('« Non »', '“No”') }[said]
  const from = attendee === null ? say('sans dire pour qui', 'without saying for whom') : say(`pour une autre adresse que la vôtre (${plain(attendee, 100)})`, `for another address than yours (${plain(attendee, 100)})`)
  return say(`un agenda a répondu ${word} à votre invitation, ${from}. Nous n’avons donc rien changé.`, `a calendar answered ${word} to your invitation, ${from}. So we have changed nothing.`)
}

function ifNo(standing: Standing, { say }: Voice) {
  return standing === 'confirmed'
    ? say(
        'Si c’était vous et que vous ne venez pas, rendez votre place avec ce bouton : elle ira à la personne suivante. Sinon, vous n’avez rien à faire.',
        'If it was you and you are not coming, give your seat back with this button: it goes to the next person. Otherwise there is nothing to do.',
      )
    : say(
        'Si c’était vous et que vous ne venez pas, retirez votre inscription avec ce bouton. Sinon, vous n’avez rien à faire.',
        'If it was you and you are not coming, withdraw your registration with this button. Otherwise there is nothing to do.',
      )
}

const ifYes = ({ say }: Voice) =>
  say(
    'Si c’était vous, vous n’avez rien à faire. Si vous avez transmis l’invitation à quelqu’un, cette personne n’est pas inscrite pour autant : elle peut demander une place sur la page du rendez-vous, ou vous pouvez ajouter son nom à votre inscription si le rendez-vous le permet.',
    'If it was you, there is nothing to do. If you passed the invitation on to somebody, they are not registered by that: they can ask for a seat on the page of the event, or you can add their name to your registration where the event allows it.',
  )
