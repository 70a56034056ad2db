import type { EventFacts } from './facts'
import { plain } from './plain'
import { dayAndHour, greeting, slabOf, type Voice } from './say'
import type { Block, Sheet } from './sheet'

export type TakeawayFacts = {
  event: EventFacts
  name: string
  readerZone: string
  /** The page with the form; looking at it changes nothing. */
  takeawayUrl: string
  /** Does a written answer to this letter reach us? */
  answersRead: boolean
  /** Who reads the published notes. */
  readers: 'all' | 'registered' | 'organisers'
}

/** The day after, to everybody who had a seat: one sentence, by answering or on a page, and what becomes of it. */
export function takeaway(facts: TakeawayFacts, voice: Voice): Sheet {
  const { say, house } = voice
  const { event, answersRead, readerZone } = facts
  const title = plain(event.title)
  return {
    subject: say(`Qu’en retenez-vous ? ${title}`, `What stays with you? ${title}`),
    preview: say('Une phrase suffit. L’équipe la lit avant qu’elle paraisse, et votre nom n’y est que si vous le dites.', 'One sentence is enough. The organisers read it before it appears, and your name is there only if you say so.'),
    slab: slabOf(event, voice, { readerZone }),
    headline: say('Qu’en retenez-vous ?', 'What stays with you?'),
    blocks: [
      {
        is: 'text',
        text: say(
          `${greeting(facts.name, voice)} vous aviez une place à ce rendez-vous, ${dayAndHour(event.moment, voice)}. Qu’en gardez-vous, en une phrase ? Une idée, un exemple, une question restée ouverte.`,
          `${greeting(facts.name, voice)} you had a seat at this event, ${dayAndHour(event.moment, voice)}. What do you take away, in one sentence? An idea, an example, a question still open.`,
        ),
      },
      ...waysToSay(facts, voice),
      { is: 'heading', text: say('Ce que votre phrase devient', 'What becomes of your sentence') },
      {
        is: 'text',
        text: say(
          `L’équipe la lit d’abord. Si elle la retient, elle la publie dans ${whereRead(facts, voice)}, en corrigeant au besoin l’orthographe.`,
          `The organisers read it first. If they keep it, they publish it in ${whereRead(facts, voice)}, with its spelling corrected where needed.`,
        ),
      },
      { is: 'text', text: howToSign(facts, voice) },
      { is: 'text', text: say('Rien à dire ? Vous n’avez rien à faire : nous ne vous le demanderons pas deux fois.', 'Nothing to say? There is nothing to do: we will not ask you twice.') },
    ],
    footnotes: [
      say(`Vous recevez ce message parce que vous aviez une place à ce rendez-vous sur ${house.name}.`, `You receive this because you had a seat at this event on ${house.name}.`),
      answersRead
        ? say('Ce que vous répondez à ce message est lu par l’équipe qui a préparé le rendez-vous.', 'What you reply to this message is read by those who prepared the event.')
        : say('Les réponses à ce message ne sont pas lues.', 'Replies to this message are not read.'),
    ],
  }
}

function waysToSay({ answersRead, takeawayUrl }: TakeawayFacts, { say }: Voice): Block[] {
  return [
    {
      is: 'text',
      text: answersRead
        ? say('Répondez à ce message par une phrase, comme à n’importe quel message, ou écrivez-la sur la page :', 'Reply to this message with a sentence, as to any other, or write it on the page:')
        : say('Écrivez-la sur la page qui vous attend :', 'Write it on a page of your own:'),
    },
    { is: 'button', label: say('Écrire ma phrase', 'Write my sentence'), href: takeawayUrl },
  ]
}

const whereRead = ({ readers }: TakeawayFacts, { say }: Voice) =>
  ({
    all: say('la restitution du rendez-vous, que tout le monde peut lire', 'the notes of the event, which everybody can read'),
    registered: say('la restitution du rendez-vous, que lisent les personnes qui y avaient une place', 'the notes of the event, which those who had a seat can read'),
    organisers: say('les notes du rendez-vous, que l’équipe est seule à lire', 'the notes of the event, which only the organisers read'),
  })[readers]

/** The line to add is tied to the word before it: quoted in an answer it never begins a line, where it would sign by itself. */
function howToSign({ answersRead, name }: TakeawayFacts, { say }: Voice) {
  const own = plain(name, 80) || say('votre nom', 'your name')
  return answersRead
    ? say(
        `Votre nom n’y figure pas. Si vous voulez qu’il y soit, ajoutez à votre réponse une ligne\u00A0« Signé : ${own} », ou cochez la case de la page.`,
        `Your name is not there. If you want it to be, add a line\u00A0“Signed: ${own}” to your reply, or tick the box of the page.`,
      )
    : say('Votre nom n’y figure pas, sauf si vous cochez la case de la page.', 'Your name is not there, unless you tick the box of the page.')
}
