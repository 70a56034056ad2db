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
}

const base = { event: cafe, name: registration.name, readerZone: 'Europe/Paris' }
const was = { title: cafe.title, startDate: '2026-11-26', startTime: '09:00', endDate: '2026-11-26', endTime: '10:00', timeZone: 'Europe/Paris', place: null }

/** One of each, and a second where another case reads differently. */
export const letters: Letter[] = [
  { kind: 'seat-confirmed', ...registration },
  { kind: 'seat-confirmed', ...registration, event: inNantes, companions: ['Aïcha Benali'], answersRead: false, readerZone: 'Europe/Paris' },
  { kind: 'seat-waitlisted', ...registration, event: { ...inNantes, pigment: 'vermilion' } },
  { kind: 'seat-promoted', ...registration, event: { ...cafe, pigment: 'green' } },
  { kind: 'registration-again', ...registration, event: { ...cafe, pigment: 'violet', where: { is: 'online', joinUrl: null } }, standing: 'waitlisted' },
  { kind: 'registration-pending', ...base, manageUrl: registration.manageUrl, audience: 'members', contact: 'bonjour@parlons-en.example' },
  { kind: 'registration-pending', ...base, manageUrl: registration.manageUrl, audience: 'invited', contact: null },
  { kind: 'registration-cancelled', ...base, by: 'person', hadSeat: true, reason: null, returnUrl: registration.manageUrl },
  { kind: 'registration-cancelled', ...base, by: 'organiser', hadSeat: true, reason: 'Inscription en double, vous gardez l’autre.', returnUrl: null },
  { kind: 'companion-changed', ...registration, event: { ...cafe, pigment: 'teal' }, companions: ['Aïcha Benali'], standing: 'confirmed', added: ['Aïcha Benali'], removed: ['Paul Rey'] },
  { kind: 'event-changed', ...registration, standing: 'confirmed', was, place: null },
  { kind: 'event-changed', ...registration, event: inNantes, standing: 'waitlisted', was: { ...was, title: 'Une charte de l’IA dans ma ville', place: 'Stereolux, Nantes' }, place: 'Le Grand T, Nantes' },
  { kind: 'event-called-off', ...base, reason: 'Notre invitée est souffrante.\nNous la recevrons au printemps.', agendaUrl: 'https://parlons-en.example/' },
  { kind: 'log-in', url: `https://parlons-en.example/connexion?lien=${'x'.repeat(43)}`, code: '482913', minutes: 15 },
  { kind: 'appointed', role: 'organiser', url: 'https://parlons-en.example/organiser' },
]
