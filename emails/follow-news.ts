import type { EventFacts, ThingFacts } from './facts'
import { named } from './follow-confirm'
import { plain, plainLines } from './plain'
import { dayAndHour, slabOf, type Voice, whenOf, whereOf } from './say'
import type { Block, Sheet } from './sheet'

type Common = {
  /** What of it the address follows. */
  because: ThingFacts[]
  /** All that it follows: to change, to stop. */
  manageUrl: string
}

type Sessions = Common & { of: 'sessions'; /** By start; at least one. */ events: EventFacts[] }

type Restitution = Common & {
  of: 'restitution'
  event: EventFacts
  /** Where it is read. */
  url: string
  edition: number
  authors: string
  /** What changed since the edition before, in the words of whoever published it. */
  changes: string | null
  /** Those about what is followed, the first few; and how many more there are. */
  passages: { text: string; url: string }[]
  more: number
}

export type FollowNewsFacts = Sessions | Restitution

/** To whoever follows a theme, a recommendation or a series: there are sessions to come, or there is something to read. */
export const followNews = (facts: FollowNewsFacts, voice: Voice): Sheet =>
  facts.of === 'restitution' ? restitutionNews(facts, voice) : facts.events.length === 1 ? oneSession(facts.events[0], facts, voice) : sessionsNews(facts, voice)

function oneSession(event: EventFacts, facts: Sessions, voice: Voice): Sheet {
  const { say } = voice
  const title = plain(event.title)
  return {
    subject: say(`Nouveau rendez-vous, ${dayAndHour(event.moment, voice)} : ${title}`, `New session, ${dayAndHour(event.moment, voice)}: ${title}`),
    preview: say(`À propos de ce que vous suivez : ${namesOf(facts)}.`, `About what you follow: ${namesOf(facts)}.`),
    slab: slabOf(event, voice, { state: say('Nouveau', 'New') }),
    headline: say('Un nouveau rendez-vous.', 'A new session.'),
    blocks: [
      { is: 'text', text: say(`Il touche à ce que vous suivez : ${all(facts, voice)}.`, `It is about what you follow: ${all(facts, voice)}.`) },
      { is: 'details', rows: [{ term: say('Quand', 'When'), text: whenOf(event.moment, voice) }, whereOf(event.where, voice)] },
      { is: 'button', label: say('Voir ce rendez-vous', 'See this session'), href: event.url },
      ...wayOut(facts, voice),
    ],
    footnotes: why(voice),
  }
}

function sessionsNews(facts: Sessions, voice: Voice): Sheet {
  const { say, house } = voice
  const { events } = facts
  return {
    subject: say(`${events.length} nouveaux rendez-vous : ${namesOf(facts)}`, `${events.length} new sessions: ${namesOf(facts)}`),
    preview: events.map((event) => plain(event.title, 60)).join(' · '),
    slab: { pigment: facts.because.length === 1 ? facts.because[0].pigment : 'ink', state: say('Nouveau', 'New'), title: say(`${events.length} nouveaux rendez-vous`, `${events.length} new sessions`), line: namesOf(facts) },
    headline: say('La suite de ce que vous suivez.', 'What comes next of what you follow.'),
    blocks: [
      { is: 'text', text: say(`Ils touchent à ce que vous suivez : ${all(facts, voice)}.`, `They are about what you follow: ${all(facts, voice)}.`) },
      ...events.slice(0, most).flatMap((event): Block[] => [
        { is: 'heading', text: plain(event.title) },
        { is: 'text', text: `${whenOf(event.moment, voice)}, ${whereOf(event.where, voice).text}` },
        { is: 'link', label: say('Voir ce rendez-vous', 'See this session'), href: event.url },
      ]),
      ...(events.length > most ? [{ is: 'link' as const, label: say(`Les ${events.length - most} autres sont à l’agenda`, `The other ${events.length - most} are on the agenda`), href: house.url }] : []),
      ...wayOut(facts, voice),
    ],
    footnotes: why(voice),
  }
}

/** Sessions in one letter at most: a season of a year. */
const most = 12

function restitutionNews(facts: Restitution, voice: Voice): Sheet {
  const { say } = voice
  const { event, edition, changes, passages, more, url } = facts
  const title = plain(event.title)
  const isNew = edition === 1
  return {
    subject: isNew ? say(`La restitution est parue : ${title}`, `The notes are out: ${title}`) : say(`Nouvelle édition de la restitution : ${title}`, `New edition of the notes: ${title}`),
    preview: passages[0] ? `« ${plain(passages[0].text, 120)} »` : say(`À propos de ce que vous suivez : ${namesOf(facts)}.`, `About what you follow: ${namesOf(facts)}.`),
    slab: slabOf(event, voice, { state: say('Restitution', 'Notes') }),
    headline: isNew ? say('Ce qui s’est dit peut se lire.', 'What was said can be read.') : say(`La restitution a une nouvelle édition, la nº ${edition}.`, `The notes have a new edition, no. ${edition}.`),
    blocks: [
      {
        is: 'text',
        text: say(
          `La restitution de ce rendez-vous, rédigée par ${plain(facts.authors, 200)}, touche à ce que vous suivez : ${all(facts, voice)}.`,
          `The notes of this session, written by ${plain(facts.authors, 200)}, are about what you follow: ${all(facts, voice)}.`,
        ),
      },
      ...(!isNew && changes ? [{ is: 'heading' as const, text: say('Ce qui a changé', 'What has changed') }, { is: 'quote' as const, lines: plainLines(changes, 600) }] : []),
      ...(passages.length > 0 ? [{ is: 'heading' as const, text: say('À ce sujet', 'About it') }] : []),
      ...passages.flatMap((one): Block[] => [
        { is: 'quote', lines: [plain(one.text, 400)] },
        { is: 'link', label: say('Lire ce passage', 'Read this passage'), href: one.url },
      ]),
      { is: 'button', label: toRead(more, voice), href: url },
      ...wayOut(facts, voice),
    ],
    footnotes: why(voice),
  }
}

function toRead(more: number, { say }: Voice) {
  if (more === 0) return say('Lire la restitution', 'Read the notes')
  return more === 1 ? say('Lire la restitution, et un autre passage', 'Read the notes, and one more passage') : say(`Lire la restitution, et ${more} autres passages`, `Read the notes, and ${more} more passages`)
}

const all = ({ because }: Common, voice: Voice) => because.map((one) => named(one, voice)).join(voice.say(' ; ', '; '))

const namesOf = ({ because }: Common) => because.map(({ name }) => plain(name, 60)).join(', ')

const wayOut = ({ manageUrl }: Common, { say }: Voice): Block[] => [{ is: 'link', label: say('Choisir ce que je suis, ou tout arrêter', 'Choose what I follow, or stop all of it'), href: manageUrl }]

const why = ({ say, house }: Voice) => [
  say(
    `Vous recevez ce message parce que cette adresse a demandé, et confirmé, qu’elle veut suivre cela sur ${house.name}. Le lien ci-dessus et le bouton « se désabonner » de votre messagerie y mettent fin aussitôt.`,
    `You receive this because this address asked, and confirmed, to follow this on ${house.name}. The link above and the “unsubscribe” button of your mail program end it at once.`,
  ),
  say('Les réponses à ce message ne sont pas lues.', 'Replies to this message are not read.'),
]
