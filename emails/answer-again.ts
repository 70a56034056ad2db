import { wallOf } from '@/lib/time'
import { inYourCalendar, tentativeInCalendar } from './calendar-note'
import type { RegistrationFacts, Standing } from './facts'
import { plain } from './plain'
import { standingOf } from './registration-again'
import { dayAndHour, detailsOf, greeting, slabOf, type Voice, whyRegistered } from './say'
import type { Block, Sheet } from './sheet'

export type AgainAnswerFacts = RegistrationFacts & {
  standing: Standing
  /** What their calendar answered, to an invitation that was replaced since. */
  said: 'accepted' | 'tentative' | 'declined'
  /** When the event began, as that invitation said; null where nobody knows. */
  was: string | null
}

/** To somebody whose calendar answered an earlier version of the invitation: the answer was kept, not followed. */
export function answerAgain(facts: AgainAnswerFacts, voice: Voice): Sheet {
  const { say } = voice
  const { event, manageUrl, readerZone, said, standing } = facts
  const isGone = standing === 'cancelled'
  const title = plain(event.title)
  return {
    subject: isGone ? say(`Votre « Oui » est arrivé trop tard : ${title}`, `Your “Yes” came too late: ${title}`) : say(`À confirmer, ${dayAndHour(event.moment, voice)} : ${title}`, `To be confirmed, ${dayAndHour(event.moment, voice)}: ${title}`),
    preview: isGone
      ? say('Votre inscription avait déjà été retirée ; un bouton vous y ramène.', 'Your registration had been withdrawn already; a button brings you back.')
      : say('Votre agenda a répondu à une invitation qui a changé depuis. Rien n’a changé de notre côté.', 'Your calendar answered an invitation that has changed since. Nothing has changed on our side.'),
    slab: slabOf(event, voice, { readerZone }),
    headline: isGone ? say('Vous n’êtes plus sur la liste.', 'You are no longer registered.') : say('Votre réponse vaut-elle toujours ?', 'Does your answer still hold?'),
    blocks: [
      { is: 'text', text: `${greeting(facts.name, voice)} ${whatCame(facts, voice)}` },
      ...(isGone ? [] : [{ is: 'details' as const, rows: detailsOf(facts, voice) }]),
      { is: 'text', text: isGone ? wayBack(voice) : whatToDo(said, standing, voice) },
      { is: 'button', label: isGone ? say('Revenir à ce rendez-vous', 'Come back to this event') : say('Gérer votre inscription', 'Manage your registration'), href: manageUrl },
      ...inCalendar(facts, voice),
    ],
    footnotes: whyRegistered(facts, voice),
  }
}

function whatCame({ event, said, was, standing }: AgainAnswerFacts, voice: Voice) {
  const { say } = voice
  const word = { accepted: say('« Oui »', '“Yes”'), tentative: say('« Peut-être »', '“Maybe”'), declined: say('« Non »', '“No”') }[said]
  if (standing === 'cancelled') {
    return say(`votre agenda nous a répondu ${word}, mais votre inscription avait déjà été retirée.`, `your calendar answered ${word}, but your registration had been withdrawn already.`)
  }
  const { moment } = event
  const before = was !== null && new Date(was).getTime() !== new Date(moment.startsAt).getTime() ? wallOf(new Date(was), moment.timeZone) : null
  const about = before
    ? say(`à l’invitation du ${dayAndHour({ ...moment, start: before }, voice)}, qui a changé depuis`, `to the invitation for ${dayAndHour({ ...moment, start: before }, voice)}, which has changed since`)
    : say('à une invitation qui a changé depuis', 'to an invitation that has changed since')
  return say(
    `votre agenda a répondu ${word} ${about}. Nous n’avons donc rien changé. ${standingOf(standing, say)} Voici le rendez-vous tel qu’il est maintenant.`,
    `your calendar answered ${word} ${about}. So we have changed nothing. ${standingOf(standing, say)} This is the event as it stands now.`,
  )
}

function whatToDo(said: AgainAnswerFacts['said'], standing: Standing, { say }: Voice) {
  if (said !== 'declined') {
    return say(
      'Si cette date vous convient, vous n’avez rien à faire. Sinon, répondez « Non » à l’invitation jointe, ou retirez votre inscription avec ce bouton.',
      'If this date suits you, there is nothing to do. If not, answer “No” to the attached invitation, or withdraw your registration with this button.',
    )
  }
  return standing === 'confirmed'
    ? say(
        'C’est toujours non ? Répondez « Non » à l’invitation jointe, ou rendez votre place avec ce bouton : elle ira à la personne suivante. Vous venez ? Vous n’avez rien à faire.',
        'Still no? Answer “No” to the attached invitation, or give your seat back with this button: it goes to the next person. You are coming? There is nothing to do.',
      )
    : say(
        'C’est toujours non ? Répondez « Non » à l’invitation jointe, ou retirez votre inscription avec ce bouton. Sinon, vous n’avez rien à faire.',
        'Still no? Answer “No” to the attached invitation, or withdraw your registration with this button. Otherwise there is nothing to do.',
      )
}

const wayBack = ({ say }: Voice) =>
  say('Cette page vous réinscrit s’il reste une place, ou vous remet en liste d’attente.', 'That page registers you again if a seat is left, or puts you on the waiting list.')

function inCalendar(facts: AgainAnswerFacts, voice: Voice): Block[] {
  if (facts.standing === 'confirmed') return inYourCalendar(facts, voice)
  return facts.standing === 'waitlisted' || facts.standing === 'offered' ? tentativeInCalendar(voice) : []
}
