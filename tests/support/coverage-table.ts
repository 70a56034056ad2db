/**
 * Where each of the 25 recommendations stands in the demonstration, reckoned by hand from prisma/data (sessions.json for the
 * archive, season/events.json and season/notes/*.json for the season) on the day of the first start. No code made it: where
 * it and the program differ, one of the two has to be explained.
 *
 * The archive links 16, 17, 21 (21 March 2024) and 5 (15 February 2024) by inference alone: none of it counts. Of the
 * season, « Billetterie et agents conversationnels » (20) is called off and « Voix, visages, gestes » (21) is a draft.
 */
export type Reckoned = {
  number: number
  depth: 'never' | 'planned' | 'discussed' | 'minuted'
  toConfirm?: true
  /** Sessions that count, by the words that their slugs begin with, the oldest first. */
  events: string[]
  passages: number
}

const TOOL = 'un-outil-ouvert'
const WRITING = 'ecrire-avec-une-machine'
const STAGE = 'le-plateau-le-bureau'
const ARCHIVES = 'archives-captations-donnees'
const PUBLIC = 'parler-d-ia-avec-le-public'

export const reckoned: Reckoned[] = [
  // The evening with the public was confirmed; its notes have four paragraphs about 1, and one that a participant sent and the host kept.
  { number: 1, depth: 'minuted', events: [PUBLIC], passages: 5 },
  { number: 2, depth: 'minuted', events: [STAGE], passages: 4 },
  // Confirmed with 2, but no paragraph is about it: social dialogue « a été évoqué sans être approfondi ».
  { number: 3, depth: 'discussed', events: [STAGE], passages: 0 },
  // The members' workshop is to come; that its notes will be for those who came alone changes nothing now.
  { number: 4, depth: 'minuted', events: [TOOL, 'acheter-ensemble'], passages: 3 },
  // « Peser nos outils » is to come; the archive's session is a guess of ours.
  { number: 5, depth: 'planned', events: ['peser-nos-outils'], passages: 0 },
  { number: 6, depth: 'never', events: [], passages: 0 },
  { number: 7, depth: 'planned', events: ['former-toute-la-maison'], passages: 0 },
  { number: 8, depth: 'minuted', events: [WRITING, 'former-une-equipe'], passages: 3 },
  { number: 9, depth: 'never', events: [], passages: 0 },
  { number: 10, depth: 'never', events: [], passages: 0 },
  { number: 11, depth: 'never', events: [], passages: 0 },
  { number: 12, depth: 'never', events: [], passages: 0 },
  { number: 13, depth: 'never', events: [], passages: 0 },
  { number: 14, depth: 'never', events: [], passages: 0 },
  // Confirmed with 16 and 17, without a paragraph of its own.
  { number: 15, depth: 'discussed', events: [ARCHIVES], passages: 0 },
  // One paragraph is about 16 and a theme: one passage of 16 all the same. Two more sessions are to come.
  { number: 16, depth: 'minuted', events: [ARCHIVES, 'qui-entraine-les-modeles', 'captations-affiches'], passages: 4 },
  { number: 17, depth: 'minuted', events: [ARCHIVES, 'qui-entraine-les-modeles', 'what-the-ai-act-asks'], passages: 3 },
  { number: 18, depth: 'never', events: [], passages: 0 },
  { number: 19, depth: 'never', events: [], passages: 0 },
  // Confirmed with 4; the next session about it was called off.
  { number: 20, depth: 'discussed', events: [TOOL], passages: 0 },
  // Confirmed in the writing workshop; one session to come, one draft that nobody sees.
  { number: 21, depth: 'minuted', events: [WRITING, 'l-auteur-l-outil'], passages: 3 },
  { number: 22, depth: 'never', events: [], passages: 0 },
  { number: 23, depth: 'planned', events: ['une-charte-de-l-ia'], passages: 0 },
  // The session is over, and nobody has said yet what was discussed: a date passing proves nothing.
  { number: 24, depth: 'planned', toConfirm: true, events: ['sous-titrer-traduire'], passages: 0 },
  { number: 25, depth: 'never', events: [], passages: 0 },
]

/** Seven minuted (1, 2, 4, 8, 16, 17, 21), three discussed (3, 15, 20), four planned (5, 7, 23, 24), eleven never. */
export const sentence = {
  fr: 'Vingt-cinq recommandations. Nous en avons discuté dix, dont sept ont une restitution. Quatre sont au programme. Onze n’ont jamais été abordées.',
  en: 'Twenty-five recommendations. We have discussed ten, seven of them with published notes. Four are on the programme. Eleven have never come up.',
}

/** The depths in the words of the screens. */
export const words = { never: 'jamais abordée', planned: 'prévue', discussed: 'discutée', minuted: 'restitution publiée', toConfirm: 'prévue, à confirmer' }
