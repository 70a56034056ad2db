/** What the description shows of each shape; the tests hold them to their schemas. */
const report = 'ia-notre-ambition-pour-la-france'

const event = {
  slug: 'cafe-tmnlab-donnees-culturelles',
  title: 'Café TMNlab : les données culturelles à l’ère de l’IA',
  summary: 'Une heure pour comprendre ce que la recommandation 6 change pour un théâtre.',
  language: 'fr',
  startsAt: '2026-12-03T09:00:00+01:00',
  endsAt: '2026-12-03T10:00:00+01:00',
  hourKnown: true,
  timeZone: 'Europe/Paris',
  status: 'published',
  mode: 'online',
  audience: 'open',
  capacity: 40,
  seatsTaken: 12,
  waitlistLength: 0,
  registration: 'open',
  series: ['cafe-tmnlab'],
  themes: ['donnees-culturelles'],
  recommendations: [{ report, number: 6 }],
  speakers: [{ slug: 'camille-duval', name: 'Camille Duval', role: 'responsable des données', organisation: 'Théâtre de l’Exemple' }],
  url: 'https://parlons-en.example.org/rendez-vous/cafe-tmnlab-donnees-culturelles',
  ics: 'https://parlons-en.example.org/feeds/events/cafe-tmnlab-donnees-culturelles.ics',
}

export const examples: Record<string, unknown> = {
  Event: event,
  EventList: { data: [event], next: null },
  EventInput: {
    title: event.title,
    startsAt: '2026-12-03T09:00',
    endsAt: '2026-12-03T10:00',
    timeZone: 'Europe/Paris',
    mode: 'online',
    summary: event.summary,
    capacity: 40,
    waitlist: true,
    themes: event.themes,
    recommendations: event.recommendations,
  },
  EventPatch: { startsAt: '2026-12-03T10:00', endsAt: '2026-12-03T11:00' },
  CallOffInput: { reason: 'L’intervenante est souffrante.' },
  RegistrationInput: { name: 'Anne Martin', email: 'anne.martin@theatre.example', locale: 'fr' },
  Registered: { status: 'confirmed' },
  Problem: {
    type: 'about:blank',
    title: 'Valeurs refusées',
    status: 422,
    detail: 'Champ « email » : Indiquez une seule adresse électronique, sans virgule ni point-virgule.',
    reason: 'invalid',
    errors: [
      {
        field: 'email',
        reason: 'address-list',
        detail: 'Champ « email » : Indiquez une seule adresse électronique, sans virgule ni point-virgule.',
      },
    ],
  },
}
