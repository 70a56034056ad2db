import type { ThingFacts } from './facts'
import { plain } from './plain'
import type { Voice } from './say'
import type { Sheet } from './sheet'

export type FollowConfirmFacts = {
  thing: ThingFacts
  /** Its page: to confirm, to stop. */
  url: string
  /** The address follows it already: somebody asked again. */
  already: boolean
}

/** « le thème « Éthique » », « la recommandation 16, « … » », « « Café » »: what is followed, in the middle of a sentence. */
export function named({ kind, name, number }: ThingFacts, { say }: Pick<Voice, 'say'>) {
  const own = plain(name, 120)
  if (kind === 'theme') return say(`le thème « ${own} »`, `the theme “${own}”`)
  if (kind === 'series') return say(`les rendez-vous « ${own} »`, `the sessions “${own}”`)
  return say(`la recommandation ${number}, « ${own} »`, `recommendation ${number}, “${own}”`)
}

/** Somebody typed an address, to have it written to about something: is it theirs, and do they want that? */
export function followConfirm({ thing, url, already }: FollowConfirmFacts, voice: Voice): Sheet {
  const { say, house, locale } = voice
  const [what, title] = [named(thing, voice), plain(thing.name, 120)]
  return {
    subject: already ? say(`Vous suivez déjà : ${title}`, `You follow already: ${title}`) : say(`Confirmez pour suivre : ${title}`, `Confirm to follow: ${title}`),
    preview: already
      ? say('Rien à faire : les messages continuent.', 'Nothing to do: the letters go on.')
      : say('Un bouton, et les nouveautés vous parviennent. Sans lui, nous ne vous écrirons pas.', 'One button, and the news reaches you. Without it we will not write.'),
    slab: {
      pigment: thing.pigment,
      state: already ? undefined : say('À confirmer', 'To be confirmed'),
      title: thing.kind === 'recommendation' ? say(`Recommandation ${thing.number} : ${title}`, `Recommendation ${thing.number}: ${title}`) : title,
      titleLanguage: thing.language === locale ? undefined : thing.language,
      line: say('par message', 'by letter'),
    },
    headline: already ? say('C’est déjà en place.', 'It is in place already.') : say('Voulez-vous suivre ceci ?', 'Do you want to follow this?'),
    blocks: [
      {
        is: 'text',
        text: already
          ? say(
              `Bonjour, quelqu’un vient de demander que cette adresse suive ${what}. Elle le fait déjà : un message vous parvient à chaque nouveau rendez-vous et à chaque restitution publiée.`,
              `Hello, somebody has just asked that this address follow ${what}. It does already: a letter reaches you for each new session and whenever notes are published.`,
            )
          : say(
              `Bonjour, quelqu’un, vous sans doute, demande que cette adresse suive ${what} : un message à chaque nouveau rendez-vous, un autre quand une restitution paraît. Rien ne part avant que vous ayez confirmé.`,
              `Hello, somebody, most likely you, asks that this address follow ${what}: a letter for each new session, another when its notes are published. Nothing is sent before you have confirmed.`,
            ),
      },
      { is: 'button', label: already ? say('Voir ce que je suis', 'See what I follow') : say('Confirmer', 'Confirm'), href: url },
      ...(already ? [] : [{ is: 'text' as const, text: say('Le bouton ouvre une page qui dit de quoi il s’agit ; c’est là que vous confirmez.', 'The button opens a page that says what it is about; that is where you confirm.') }]),
    ],
    footnotes: [
      already
        ? say(`Vous recevez ce message parce que votre adresse a été saisie sur ${house.name}. Ce n’était pas vous ? Rien n’a changé.`, `You receive this because your address was entered on ${house.name}. Not you? Nothing has changed.`)
        : say(
            `Vous recevez ce message parce que votre adresse a été saisie sur ${house.name}. Ce n’était pas vous ? Vous n’avez rien à faire : sans confirmation, nous oublions cette adresse au bout de sept jours et ne vous écrirons plus à ce sujet.`,
            `You receive this because your address was entered on ${house.name}. Not you? There is nothing to do: without confirmation we forget this address after seven days and will write no more about it.`,
          ),
      say('Les réponses à ce message ne sont pas lues.', 'Replies to this message are not read.'),
    ],
  }
}
