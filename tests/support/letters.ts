import type { EventFacts, Letter, RegistrationFacts } from '@/emails'

/** A Café as it is told in letters: 3 December 2026, 9 in Paris. */
export const cafe: EventFacts = {
  title: 'Qui entraîne les modèles avec nos archives ?',
  language: 'fr',
  pigment: 'blue',
  url: 'https://parlons-en.example/rendez-vous/qui-entraine-les-modeles',
  moment: {
    start: { date: '2026-12-03', time: '09:00' },
    end: { date: '2026-12-03', time: '10:00' },
    timeZone: 'Europe/Paris',
    startsAt: '2026-12-03T08:00:00.000Z',
    endsAt: '2026-12-03T09:00:00.000Z',
  },
  where: { is: 'online', joinUrl: 'https://visio.example/cafe-tmnlab-archives' },
}

export const inNantes: EventFacts = {
  ...cafe,
  title: 'Une charte de l’IA dans ma ville : qui l’écrit, qui la signe, qui la tient ? Atelier avec des élues, des habitants et deux théâtres',
  pigment: 'ochre',
  moment: {
    start: { date: '2027-01-14', time: '18:30' },
    end: { date: '2027-01-14', time: '20:00' },
    timeZone: 'Europe/Paris',
    startsAt: '2027-01-14T17:30:00.000Z',
    endsAt: '2027-01-14T19:00:00.000Z',
  },
  where: { is: 'in-person', venue: 'Le Grand T', address: '84 rue du Général-Buat, Nantes' },
}

export const registration: RegistrationFacts = {
  event: cafe,
  name: 'Zoé Martin',
  companions: [],
  manageUrl: `https://parlons-en.example/inscription/${'a2b3c4d5'.repeat(4)}`,
  readerZone: 'America/Montreal',
  answersRead: true,
  mayBring: true,
  offers: false,
  through: null,
}

const base = { event: cafe, name: registration.name, readerZone: 'Europe/Paris' }
const was = { title: cafe.title, startDate: '2026-11-26', startTime: '09:00', endDate: '2026-11-26', endTime: '10:00', timeZone: 'Europe/Paris', place: null }

const standing = { name: registration.name, series: 'Café TMNlab', seriesUrl: 'https://parlons-en.example/series/cafe', manageUrl: `https://parlons-en.example/inscription-permanente/${'a2b3c4d5'.repeat(4)}` }
const change = { url: `https://parlons-en.example/adresse/${'a2b3c4d5'.repeat(4)}`, until: '2026-11-23T10:00:00.000Z', timeZone: 'Europe/Paris' }

const ethics = { kind: 'theme' as const, name: 'Éthique et droits', language: 'fr', number: null, pigment: 'violet' as const, url: 'https://parlons-en.example/themes/ethique' }
const sixteen = { kind: 'recommendation' as const, name: 'Ouvrir les archives', language: 'fr', number: 16, pigment: 'blue' as const, url: 'https://parlons-en.example/rapports/ia/recommandations/16' }
const followed = { manageUrl: `https://parlons-en.example/suivre/${'a2b3c4d5'.repeat(4)}`, because: [ethics] }

/** One of each, and a second where another case reads differently. */
export const letters: Letter[] = [
  { kind: 'seat-confirmed', ...registration },
  { kind: 'seat-confirmed', ...registration, event: inNantes, companions: ['Aïcha Benali'], answersRead: false, readerZone: 'Europe/Paris' },
  { kind: 'seat-waitlisted', ...registration, event: { ...inNantes, pigment: 'vermilion' } },
  { kind: 'seat-promoted', ...registration, event: { ...cafe, pigment: 'green' } },
  { kind: 'registration-again', ...registration, event: { ...cafe, pigment: 'violet', where: { is: 'online', joinUrl: null } }, standing: 'waitlisted' },
  { kind: 'seat-confirmed', ...registration, mayBring: false, through: { series: 'Café TMNlab', url: `https://parlons-en.example/inscription-permanente/${'a2b3c4d5'.repeat(4)}` } },
  { kind: 'seat-waitlisted', ...registration, offers: true },
  { kind: 'seat-offered', ...registration, companions: ['Aïcha Benali'], event: { ...cafe, where: { is: 'online', joinUrl: null } }, heldUntil: '2026-11-23T13:30:00.000Z' },
  { kind: 'seat-offered', ...registration, event: inNantes, readerZone: 'Europe/Paris', heldUntil: '2026-12-01T08:00:00.000Z' },
  { kind: 'offer-passed', ...registration, why: 'refused' },
  { kind: 'offer-passed', ...registration, event: inNantes, why: 'lapsed' },
  { kind: 'place-switched', ...registration, standing: 'confirmed' },
  { kind: 'place-switched', ...registration, event: inNantes, standing: 'waitlisted' },
  { kind: 'reminder', ...registration, companions: ['Aïcha Benali'] },
  { kind: 'reminder', ...registration, event: inNantes, answersRead: false },
  { kind: 'reminder', ...registration, event: { ...cafe, where: { is: 'online', joinUrl: null } } },
  { kind: 'address-to-prove', ...registration, heldUntil: '2026-11-22T10:30:00.000Z' },
  { kind: 'address-to-prove', ...registration, event: inNantes, heldUntil: null },
  { kind: 'approval-awaited', ...registration, event: inNantes },
  { kind: 'registration-declined', ...base, answersRead: true, words: 'La salle est petite.\nNous vous attendons en mars.', agendaUrl: 'https://parlons-en.example/' },
  { kind: 'registration-declined', ...base, answersRead: true, words: null, agendaUrl: 'https://parlons-en.example/' },
  { kind: 'registration-again', ...registration, mayBring: false, standing: 'unproven' },
  { kind: 'registration-pending', ...base, answersRead: true, manageUrl: registration.manageUrl, audience: 'members', asked: false },
  { kind: 'registration-pending', ...base, answersRead: true, manageUrl: registration.manageUrl, audience: 'invited', asked: false },
  { kind: 'registration-pending', ...base, answersRead: true, manageUrl: registration.manageUrl, audience: 'members', asked: true },
  { kind: 'registration-cancelled', ...base, by: 'person', hadSeat: true, wasInLine: false, reason: null, returnUrl: registration.manageUrl },
  { kind: 'registration-cancelled', ...base, by: 'person', hadSeat: false, wasInLine: true, reason: null, returnUrl: registration.manageUrl },
  { kind: 'registration-cancelled', ...base, by: 'calendar', hadSeat: true, wasInLine: false, reason: null, returnUrl: registration.manageUrl },
  { kind: 'registration-cancelled', ...base, by: 'readdressed', hadSeat: true, wasInLine: false, reason: null, returnUrl: null },
  { kind: 'registration-cancelled', ...base, by: 'organiser', hadSeat: true, wasInLine: false, reason: 'Inscription en double, vous gardez l’autre.', returnUrl: null },
  { kind: 'companion-changed', ...registration, event: { ...cafe, pigment: 'teal' }, companions: ['Aïcha Benali'], standing: 'confirmed', added: ['Aïcha Benali'], removed: ['Paul Rey'] },
  { kind: 'event-changed', ...registration, standing: 'confirmed', was, place: null },
  { kind: 'event-changed', ...registration, event: inNantes, standing: 'waitlisted', was: { ...was, title: 'Une charte de l’IA dans ma ville', place: 'Stereolux, Nantes' }, place: 'Le Grand T, Nantes' },
  { kind: 'event-called-off', ...base, answersRead: true, reason: 'Notre invitée est souffrante.\nNous la recevrons au printemps.', agendaUrl: 'https://parlons-en.example/' },
  { kind: 'event-back-on', ...registration, standing: 'confirmed', asksAccess: true },
  { kind: 'event-back-on', ...registration, event: inNantes, standing: 'pending', asksAccess: false },
  { kind: 'takeaway', ...base, takeawayUrl: `${registration.manageUrl}/retenir`, answersRead: true, readers: 'all' },
  { kind: 'takeaway', ...base, event: inNantes, takeawayUrl: `${registration.manageUrl}/retenir`, answersRead: false, readers: 'registered' },
  { kind: 'takeaway', ...base, name: '', takeawayUrl: `${registration.manageUrl}/retenir`, answersRead: true, readers: 'organisers' },
  { kind: 'notes-out', ...base, notesUrl: `${cafe.url}/restitution`, manageUrl: registration.manageUrl, answersRead: true, edition: 1, authors: 'Camille, pour l’équipe', changes: null, readers: 'all' },
  { kind: 'notes-out', ...base, event: inNantes, notesUrl: `${cafe.url}/restitution`, manageUrl: registration.manageUrl, answersRead: false, edition: 3, authors: 'Camille', changes: 'Deux noms corrigés.\nUn passage ajouté.', readers: 'registered' },
  { kind: 'notes-due', event: cafe, url: `${cafe.url}/restitution`, isWritten: false },
  { kind: 'notes-due', event: inNantes, url: `${cafe.url}/restitution`, isWritten: true },
  { kind: 'answer-again', ...registration, standing: 'confirmed', said: 'declined', was: '2026-11-26T08:00:00.000Z' },
  { kind: 'answer-again', ...registration, event: inNantes, standing: 'waitlisted', said: 'accepted', was: null },
  { kind: 'answer-again', ...registration, event: { ...cafe, where: { is: 'online', joinUrl: null } }, standing: 'offered', said: 'declined', was: cafe.moment.startsAt },
  { kind: 'answer-again', ...registration, event: { ...cafe, where: { is: 'online', joinUrl: null } }, standing: 'cancelled', said: 'accepted', was: null },
  { kind: 'answer-unsure', ...registration, standing: 'confirmed', said: 'declined', attendee: 'zoe@perso.example' },
  { kind: 'answer-unsure', ...registration, event: inNantes, standing: 'waitlisted', said: 'accepted', attendee: 'paul@theatre.example' },
  { kind: 'answer-unsure', ...registration, standing: 'waitlisted', said: 'declined', attendee: null },
  { kind: 'standing-started', ...standing, needsProof: true, paused: false, coming: [] },
  { kind: 'standing-started', ...standing, needsProof: false, paused: false, coming: [{ when: 'jeudi 3 décembre à 9h', title: cafe.title }, { when: 'jeudi 7 janvier 2027 à 9h', title: 'Café du jeudi' }] },
  { kind: 'standing-started', ...standing, needsProof: false, paused: true, coming: [] },
  { kind: 'address-change', ...change, means: 'replace', title: cafe.title },
  { kind: 'address-change', ...change, means: 'replace', title: null },
  { kind: 'address-change', ...change, means: 'add', title: null },
  { kind: 'address-changed', means: 'replace', title: cafe.title, contact: 'bonjour@parlons-en.example' },
  { kind: 'address-changed', means: 'replace', title: null, contact: null },
  { kind: 'address-changed', means: 'add', title: null, contact: 'bonjour@parlons-en.example' },
  { kind: 'access-need', event: cafe, url: 'https://parlons-en.example/organiser/rendez-vous/qui-entraine-les-modeles/accessibilite' },
  { kind: 'access-answered', ...base, answersRead: true, manageUrl: registration.manageUrl, state: 'arranged', reply: 'Une interprète LSF sera au premier rang.' },
  { kind: 'access-answered', ...base, answersRead: true, manageUrl: registration.manageUrl, state: 'impossible', reply: null },
  { kind: 'follow-confirm', thing: ethics, url: followed.manageUrl, already: false },
  { kind: 'follow-confirm', thing: sixteen, url: followed.manageUrl, already: true },
  { kind: 'follow-news', of: 'sessions', events: [{ ...cafe, where: { is: 'online', joinUrl: null } }], ...followed },
  { kind: 'follow-news', of: 'sessions', events: [{ ...cafe, where: { is: 'online', joinUrl: null } }, inNantes], ...followed, because: [ethics, sixteen] },
  {
    kind: 'follow-news', of: 'restitution', event: { ...cafe, where: { is: 'online', joinUrl: null } }, url: `${cafe.url}/restitution`, edition: 1, authors: 'Camille, pour l’équipe', changes: null,
    passages: [{ text: 'Le dépôt des données se négocie.', url: `${cafe.url}/restitution#p-a1b2` }], more: 2, ...followed, because: [sixteen],
  },
  { kind: 'follow-news', of: 'restitution', event: inNantes, url: `${cafe.url}/restitution`, edition: 2, authors: 'Camille', changes: 'Deux noms corrigés.\nUn passage ajouté.', passages: [], more: 0, ...followed },
  { kind: 'log-in', url: `https://parlons-en.example/connexion?lien=${'x'.repeat(43)}`, code: '482913', minutes: 15 },
  { kind: 'appointed', role: 'organiser', url: 'https://parlons-en.example/organiser' },
]
