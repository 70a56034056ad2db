import { sayHours } from '@/lib/text'
import { addDays, wallOf } from '@/lib/time'
import type { MomentFacts, RegistrationFacts } from './facts'
import { plain, webLink } from './plain'
import { dayAndHour, detailsOf, greeting, slabOf, type Voice, whyRegistered } from './say'
import type { Block, Sheet } from './sheet'

const minute = 60_000

/** Says how near the event is by the clock at which this is composed: a letter that was late does not lie. */
export function reminder(facts: RegistrationFacts, voice: Voice): Sheet {
  const { say } = voice
  const { event, companions, manageUrl, readerZone } = facts
  const title = plain(event.title)
  const near = nearnessOf(event.moment, voice)
  const seats = companions.length + 1
  return {
    subject: say(`${near.subject} : ${title}`, `${near.subject}: ${title}`),
    preview: event.where.is === 'in-person' ? say('Où, quand, et comment rendre votre place.', 'Where, when, and how to give your seat back.') : say('Comment vous connecter, et comment rendre votre place.', 'How to join, and how to give your seat back.'),
    slab: slabOf(event, voice, { state: near.soon, readerZone }),
    headline: near.headline,
    blocks: [
      {
        is: 'text',
        text: say(
          `${greeting(facts.name, voice)} nous vous attendons ${dayAndHour(event.moment, voice)}.${seats > 1 ? ` Vous avez ${seats}\u00A0places.` : ''}`,
          `${greeting(facts.name, voice)} we look forward to seeing you on ${dayAndHour(event.moment, voice)}.${seats > 1 ? ` You have ${seats} seats.` : ''}`,
        ),
      },
      ...wayIn(facts, voice),
      { is: 'details', rows: detailsOf(facts, voice) },
      {
        is: 'text',
        text: say(
          'Vous ne pouvez plus venir ? Rendez votre place : elle ira à une personne qui attend.',
          'You can no longer come? Give your seat back: it goes to somebody who waits.',
        ),
      },
      { is: 'link', label: say('Gérer votre inscription', 'Manage your registration'), href: manageUrl },
    ],
    footnotes: whyRegistered(facts, voice),
  }
}

/** Days are those of the event's wall. */
function nearnessOf(moment: MomentFacts, voice: Voice) {
  const { say, locale, at } = voice
  const { start, startsAt, timeZone } = moment
  const left = start.time === null ? null : (Date.parse(startsAt) - at.getTime()) / minute
  if (left !== null && left < 50) return { soon: say('Bientôt', 'Soon'), subject: say('Bientôt', 'Soon'), headline: say('Nous commençons bientôt.', 'We begin soon.') }
  if (left !== null && left < 70) {
    const hour = say('Dans une heure', 'In an hour')
    return { soon: hour, subject: hour, headline: say('Nous commençons dans une heure.', 'We begin in an hour.') }
  }
  const today = wallOf(at, timeZone).date
  const hour = sayHours(start.time, null, locale, 'long').replace(' ', '\u00A0')
  const named = (day: string) => [day, hour].filter(Boolean).join(' ')
  if (start.date === today) {
    const day = say('Aujourd’hui', 'Today')
    return { soon: day, subject: named(day), headline: say('C’est aujourd’hui.', 'It is today.') }
  }
  if (start.date === addDays(today, 1)) {
    const day = say('Demain', 'Tomorrow')
    return { soon: day, subject: named(day), headline: say('C’est demain.', 'It is tomorrow.') }
  }
  const soon = say('Rappel', 'Reminder')
  return { soon, subject: `${soon}, ${dayAndHour(moment, voice)}`, headline: say('Le rendez-vous approche.', 'The event is near.') }
}

/** The one thing to press: into the session, where there is a link. */
function wayIn({ event: { where } }: RegistrationFacts, { say }: Voice): Block[] {
  if (where.is === 'in-person') return []
  const href = webLink(where.joinUrl)
  if (href) return [{ is: 'button', label: say('Rejoindre la séance', 'Join the session'), href }]
  return [{ is: 'text', text: say('Le lien pour vous connecter sera sur la page de votre inscription.', 'The link to join will be on the page of your registration.') }]
}
