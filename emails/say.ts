import { type Locale, type Moment, sayDay, sayHours, sayMonth, sayOwnTime, sayWhen } from '@/lib/text'
import { type Announced, wallOf } from '@/lib/time'
import type { EventFacts, MomentFacts, RegistrationFacts, WhereFacts } from './facts'
import { plain, webLink } from './plain'
import type { Detail, Slab } from './sheet'

/** Picks the sentence of the reader's language. */
export type Say = (french: string, english: string) => string
/** `at` is when this is said: nearness and years are told from there. */
export type Voice = { locale: Locale; say: Say; house: { name: string; url: string }; at: Date }

export function momentOf(facts: MomentFacts): Moment {
  return { ...facts, startsAt: new Date(facts.startsAt), endsAt: facts.endsAt === null ? null : new Date(facts.endsAt) }
}

/** An hour is not left alone at the start of a line. */
const tied = (text: string) => text.replace(/\b(de|à|at|from|to) (?=\d)/g, '$1\u00A0').replace(/(?<=^|\s)à (?=\d)/g, 'à\u00A0')

/** The day on which this is read first, in the event's zone: the year is left out when it is this one. */
const todayIn = (zone: string, { at }: Voice) => wallOf(at, zone).date

export function whenOf(facts: MomentFacts, voice: Voice, readerZone?: string) {
  return tied(sayWhen(momentOf(facts), voice.locale, { today: todayIn(facts.timeZone, voice), readerZone }))
}

/** « jeudi 3 décembre à 9h », for subjects and sentences. */
export function dayAndHour({ start, timeZone }: MomentFacts, voice: Voice) {
  const { locale } = voice
  return tied([sayDay(start.date, locale, { today: todayIn(timeZone, voice) }), sayHours(start.time, null, locale, 'long')].filter(Boolean).join(' '))
}

/** What was announced before: no instants are kept of it, and none are needed to say it. */
export function whenBefore(before: Announced, voice: Voice) {
  const start = { date: before.startDate, time: before.startTime }
  const end = before.endDate === null ? null : { date: before.endDate, time: before.endTime }
  const instant = new Date(0)
  return tied(sayWhen({ start, end, timeZone: before.timeZone, startsAt: instant, endsAt: null }, voice.locale, { today: todayIn(before.timeZone, voice) }))
}

/** The instant until which something holds, on the event's wall and, where it differs, on the reader's. */
export function untilOf(instant: string, zone: string, voice: Voice, readerZone?: string) {
  return whenOf({ start: wallOf(new Date(instant), zone), end: null, timeZone: zone, startsAt: instant, endsAt: null }, voice, readerZone)
}

export function slabOf(event: EventFacts, voice: Voice, { state, readerZone }: { state?: string; readerZone?: string } = {}): Slab {
  const { locale } = voice
  const { start, end, timeZone } = event.moment
  const oneDay = end === null || end.date === start.date
  const own = readerZone === undefined ? '' : sayOwnTime(momentOf(event.moment), locale, readerZone)
  const hours = oneDay ? sayHours(start.time, end?.time ?? null, locale) : whenOf(event.moment, voice)
  return {
    pigment: event.pigment,
    day: {
      weekday: sayDay(start.date, locale, { month: false }).split(' ')[0],
      number: String(Number(start.date.slice(8))),
      month: sayMonth(start.date, locale, { today: todayIn(timeZone, voice) }),
    },
    state,
    title: plain(event.title),
    titleLanguage: event.language === locale ? undefined : event.language,
    line: [hours && own ? `${hours} (${own})` : hours, placeWord(event.where, voice)].filter(Boolean).join(' · '),
  }
}

/** When, where and who: what somebody looks for when they open the letter on the day. */
export function detailsOf({ event, name, companions, readerZone, through }: RegistrationFacts, voice: Voice): Detail[] {
  const { say } = voice
  const people = [name, ...companions].map((one) => plain(one, 80)).filter(Boolean)
  return [
    { term: say('Quand', 'When'), text: whenOf(event.moment, voice, readerZone) },
    whereOf(event.where, voice),
    { term: people.length > 1 ? say('Aux noms de', 'In the names of') : say('Au nom de', 'In the name of'), text: people.join(', ') },
    ...(through ? [{ term: say('Inscription permanente', 'Standing registration'), text: plain(through.series), href: through.url }] : []),
  ]
}

export function whereOf(where: WhereFacts, { say }: Voice): Detail {
  if (where.is === 'in-person') {
    const words = [where.venue, where.address].filter((one) => one !== null).map((one) => plain(one))
    return { term: say('Où', 'Where'), text: words.join(', ') || say('le lieu vous sera précisé', 'the venue will be announced') }
  }
  const href = webLink(where.joinUrl)
  if (!href) return { term: say('Où', 'Where'), text: say('en ligne', 'online') }
  return { term: say('En ligne', 'Online'), text: href.replace(/^https?:\/\//, '').replace(/\/$/, ''), href }
}

function placeWord(where: WhereFacts, { say }: Voice) {
  return where.is === 'online' ? say('en ligne', 'online') : plain(where.venue ?? say('sur place', 'in person'))
}

/** « Bonjour Zoé Martin, »: the name as it was typed, made harmless. */
export const greeting = (name: string, { say }: Voice) => {
  const typed = plain(name, 80)
  return typed ? say(`Bonjour ${typed},`, `Hello ${typed},`) : say('Bonjour,', 'Hello,')
}

/** Why this letter came, and the way out for whoever did not ask for it. */
export function whyRegistered({ answersRead }: { answersRead: boolean }, { say, house }: Voice): string[] {
  return [
    say(
      `Vous recevez ce message parce que votre adresse a été inscrite à ce rendez-vous sur ${house.name}. Ce n’était pas vous ? Ouvrez le lien ci-dessus et annulez l’inscription : nous ne vous écrirons plus à son sujet.`,
      `You receive this because your address was registered for this event on ${house.name}. Not you? Open the link above and cancel the registration: we will write no more about it.`,
    ),
    answersRead
      ? say('Les réponses de votre agenda nous parviennent, et l’équipe lit ce que vous répondez à ce message.', 'Answers from your calendar reach us, and the organisers read what you reply to this message.')
      : repliesTo({ answersRead }, { say }),
  ]
}

/** Who reads an answer to a letter that bears the registration's own address. */
export const repliesTo = ({ answersRead }: { answersRead: boolean }, { say }: Pick<Voice, 'say'>) =>
  answersRead
    ? say('L’équipe lit ce que vous répondez à ce message.', 'The organisers read what you reply to this message.')
    : say('Les réponses à ce message ne sont pas lues.', 'Replies to this message are not read.')
