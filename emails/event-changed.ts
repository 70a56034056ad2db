import type { Announced } from '@/lib/time'
import type { RegistrationFacts, Standing } from './facts'
import { plain } from './plain'
import { standingOf } from './registration-again'
import { dayAndHour, detailsOf, greeting, slabOf, type Voice, whenBefore, whenOf, whyRegistered } from './say'
import type { Detail, Sheet } from './sheet'

export type ChangedFacts = RegistrationFacts & {
  standing: Standing
  was: Announced
  /** The place in words, as `was.place` had it. */
  place: string | null
}

export function eventChanged(facts: ChangedFacts, voice: Voice): Sheet {
  const { say } = voice
  const { event, manageUrl, readerZone, standing } = facts
  const changed = changesOf(facts, voice)
  const moved = changed.some(({ key }) => key === 'when')
  const news = newsOf(facts, moved, voice)
  const when = dayAndHour(event.moment, voice)
  return {
    subject: moved ? say(`${news}, ${when} : ${plain(event.title)}`, `${news}, ${when}: ${plain(event.title)}`) : say(`${news} : ${plain(event.title)}`, `${news}: ${plain(event.title)}`),
    preview: changed.map(({ detail }) => detail.text).join(' · '),
    slab: slabOf(event, voice, { state: news, readerZone }),
    headline: moved ? say('Le rendez-vous est déplacé.', 'The event has moved.') : say('Le rendez-vous change.', 'The event changes.'),
    blocks: [
      {
        is: 'text',
        text: say(
          `${greeting(facts.name, voice)} voici ce qui change. ${standingOf(standing, say)} Votre inscription vaut toujours.`,
          `${greeting(facts.name, voice)} this is what changes. ${standingOf(standing, say)} Your registration still holds.`,
        ),
      },
      { is: 'details', rows: changed.map(({ detail }) => detail) },
      {
        is: 'text',
        text: say(
          `Votre agenda se met à jour avec l’invitation jointe. Si cela ne vous convient plus, ${standing === 'confirmed' ? 'rendez votre place : elle ira à la personne suivante' : 'retirez votre inscription'}.`,
          `Your calendar updates itself with the attached invitation. If it no longer suits you, ${standing === 'confirmed' ? 'give your seat back: it goes to the next person' : 'withdraw your registration'}.`,
        ),
      },
      { is: 'button', label: say('Gérer votre inscription', 'Manage your registration'), href: manageUrl },
      { is: 'heading', text: say('Le rendez-vous, tel qu’il est maintenant', 'The event as it stands now') },
      { is: 'details', rows: detailsOf(facts, voice) },
    ],
    footnotes: whyRegistered(facts, voice),
  }
}

function newsOf({ event, was }: ChangedFacts, moved: boolean, { say }: Voice) {
  if (!moved) return say('Changement', 'Change')
  return event.moment.start.date === was.startDate ? say('Nouvel horaire', 'New time') : say('Nouvelle date', 'New date')
}

function changesOf({ event, was, place }: ChangedFacts, voice: Voice): { key: string; detail: Detail }[] {
  const { say } = voice
  const now = { title: plain(event.title), when: whenOf(event.moment, voice), where: placeOf(place, voice) }
  const before = { title: plain(was.title), when: whenBefore(was, voice), where: placeOf(was.place, voice) }
  const rows = [
    { key: 'when', detail: { term: say('Quand', 'When'), text: now.when, was: before.when } },
    { key: 'where', detail: { term: say('Où', 'Where'), text: now.where, was: before.where } },
    { key: 'title', detail: { term: say('Titre', 'Title'), text: now.title, was: before.title } },
  ]
  return rows.filter(({ detail }) => detail.text !== detail.was)
}

const placeOf = (place: string | null, { say }: Voice) => (place === null ? say('en ligne', 'online') : plain(place))
