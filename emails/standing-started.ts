import { plain } from './plain'
import { greeting, type Voice } from './say'
import type { Block, Sheet } from './sheet'

export type StandingStartedFacts = {
  name: string
  /** The format's name, in the reader's language. */
  series: string
  seriesUrl: string
  /** Its page: to confirm, to leave a date out, to pause, to end it. */
  manageUrl: string
  needsProof: boolean
  paused: boolean
  /** Sessions on the agenda already, that it registers for: when and what, in words. */
  coming: { when: string; title: string }[]
}

/** Somebody asked for a seat at each session of a format. */
export function standingStarted(facts: StandingStartedFacts, voice: Voice): Sheet {
  const { say, house } = voice
  const { needsProof, paused, manageUrl } = facts
  const series = plain(facts.series)
  return {
    subject: needsProof
      ? say(`Confirmez votre inscription à tous les rendez-vous : ${series}`, `Confirm your registration for every session: ${series}`)
      : say(`Vous êtes de tous les rendez-vous : ${series}`, `You are in for every session: ${series}`),
    preview: needsProof
      ? say('Elle prend effet dès que votre adresse est confirmée.', 'It takes effect as soon as your address is confirmed.')
      : paused
        ? say('Elle reprend quand vous le dites.', 'It goes on when you say so.')
        : say('Une place est demandée pour vous à chaque date, dès qu’elle est publiée.', 'A seat is asked for you at each date, as soon as it is published.'),
    slab: { pigment: 'ink', state: needsProof ? say('À confirmer', 'To be confirmed') : paused ? say('En pause', 'Paused') : undefined, title: series, line: say('inscription permanente', 'standing registration') },
    headline: needsProof
      ? say('Confirmez votre adresse.', 'Confirm your address.')
      : paused
        ? say('Votre inscription permanente est en pause.', 'Your standing registration is paused.')
        : say('Votre inscription permanente est en place.', 'Your standing registration is running.'),
    blocks: [
      {
        is: 'text',
        text: needsProof
          ? say(
              `${greeting(facts.name, voice)} vous demandez une place à chaque rendez-vous « ${series} ». Rien ne commence avant que vous ayez dit que cette adresse est bien la vôtre.`,
              `${greeting(facts.name, voice)} you ask for a seat at each session of “${series}”. Nothing begins before you have said that this address is your own.`,
            )
          : paused
            ? say(
                `${greeting(facts.name, voice)} vous êtes de tous les rendez-vous « ${series} », mais en pause : aucune place n’est demandée pour vous avant que vous repreniez, avec le bouton ci-dessous.`,
                `${greeting(facts.name, voice)} you are in for every session of “${series}”, but paused: no seat is asked for you until you resume, with the button below.`,
              )
            : say(
                `${greeting(facts.name, voice)} à chaque nouveau rendez-vous « ${series} », nous vous inscrivons dès sa publication, et un message vous le dit, avec l’invitation pour votre agenda.`,
                `${greeting(facts.name, voice)} at each new session of “${series}” we register you as soon as it is published, and a message tells you, with the invitation for your calendar.`,
              ),
      },
      { is: 'button', label: needsProof ? say('Confirmer mon adresse', 'Confirm my address') : say('Gérer cette inscription', 'Manage this registration'), href: manageUrl },
      {
        is: 'text',
        text: say(
          'Sur cette page, vous pouvez sauter une date, faire une pause ou arrêter. S’il n’y a plus de place à une date, vous y entrez en liste d’attente.',
          'On that page you can leave a date out, pause, or stop. Where a date is full, you join its waiting list.',
        ),
      },
      ...dates(facts, voice),
      { is: 'link', label: say('La page de ce format', 'The page of this format'), href: facts.seriesUrl },
    ],
    footnotes: [
      needsProof
        ? say(
            `Vous recevez ce message parce que votre adresse a été saisie sur ${house.name}. Ce n’était pas vous ? Vous n’avez rien à faire : sans confirmation, rien ne commence.`,
            `You receive this because your address was entered on ${house.name}. Not you? There is nothing to do: without confirmation nothing begins.`,
          )
        : say(
            `Vous recevez ce message parce que votre adresse est inscrite à ce format sur ${house.name}. Ce n’était pas vous ? Ouvrez le lien ci-dessus et arrêtez l’inscription.`,
            `You receive this because your address is registered for this format on ${house.name}. Not you? Open the link above and stop the registration.`,
          ),
      say('Les réponses à ce message ne sont pas lues.', 'Replies to this message are not read.'),
    ],
  }
}

const dates = ({ coming }: StandingStartedFacts, { say }: Voice): Block[] =>
  coming.length === 0
    ? []
    : [
        { is: 'heading', text: say('Déjà sur l’agenda', 'On the agenda already') },
        { is: 'quote', lines: coming.map(({ when, title }) => `${when}${say(' :', ':')} ${plain(title)}`) },
      ]
