/** Addresses by what the code calls them, then as each language writes them. French has no prefix, English `/en`. */
export const pathnames = {
  '/': '/',
  '/past': { fr: '/rendez-vous-passes', en: '/past-events' },
  '/events/[slug]': { fr: '/rendez-vous/[slug]', en: '/events/[slug]' },
  '/events/[slug]/registration': { fr: '/rendez-vous/[slug]/inscription', en: '/events/[slug]/registration' },
  '/events/[slug]/notes': { fr: '/rendez-vous/[slug]/restitution', en: '/events/[slug]/notes' },
  '/events/[slug]/share-image': { fr: '/rendez-vous/[slug]/image', en: '/events/[slug]/image' },
  '/series/[slug]': '/series/[slug]',
  '/themes/[slug]': '/themes/[slug]',
  '/reports': { fr: '/rapports', en: '/reports' },
  '/reports/[slug]': { fr: '/rapports/[slug]', en: '/reports/[slug]' },
  '/reports/[slug]/recommendations/[number]': {
    fr: '/rapports/[slug]/recommandations/[number]',
    en: '/reports/[slug]/recommendations/[number]',
  },
  '/notes': { fr: '/restitutions', en: '/notes' },
  '/subscribe': { fr: '/s-abonner', en: '/subscribe' },
  '/registrations/[token]': { fr: '/inscriptions/[token]', en: '/registrations/[token]' },
  '/registrations/[token]/takeaway': { fr: '/inscriptions/[token]/retenir', en: '/registrations/[token]/takeaway' },
  '/registrations/[token]/answers': { fr: '/inscriptions/[token]/reponses', en: '/registrations/[token]/answers' },
  '/registrations/[token]/change': { fr: '/inscriptions/[token]/modifier', en: '/registrations/[token]/change' },
  '/registrations/[token]/export': { fr: '/inscriptions/[token]/export', en: '/registrations/[token]/export' },
  '/series/[slug]/standing': { fr: '/series/[slug]/inscription-permanente', en: '/series/[slug]/standing' },
  '/standing/[token]': { fr: '/inscription-permanente/[token]', en: '/standing/[token]' },
  '/standing/[token]/change': { fr: '/inscription-permanente/[token]/modifier', en: '/standing/[token]/change' },
  '/address/[token]': { fr: '/adresse/[token]', en: '/address/[token]' },
  '/address/[token]/confirm': { fr: '/adresse/[token]/confirmer', en: '/address/[token]/confirm' },
  '/login': { fr: '/connexion', en: '/login' },
  '/login/code': { fr: '/connexion/code', en: '/login/code' },
  '/login/link': { fr: '/connexion/lien', en: '/login/link' },
  '/me': { fr: '/mon-espace', en: '/me' },
  '/me/export': { fr: '/mon-espace/export', en: '/me/export' },
  '/organise': { fr: '/organiser', en: '/organise' },
  '/organise/activity': { fr: '/organiser/journal', en: '/organise/activity' },
  '/organise/inbox': { fr: '/organiser/courrier', en: '/organise/inbox' },
  '/organise/inbox/[id]': { fr: '/organiser/courrier/[id]', en: '/organise/inbox/[id]' },
  '/organise/inbox/[id]/message': { fr: '/organiser/courrier/[id]/message', en: '/organise/inbox/[id]/message' },
  '/organise/members': { fr: '/organiser/membres', en: '/organise/members' },
  '/organise/events/new': { fr: '/organiser/rendez-vous/nouveau', en: '/organise/events/new' },
  '/organise/events/[slug]': { fr: '/organiser/rendez-vous/[slug]', en: '/organise/events/[slug]' },
  '/organise/events/[slug]/edit': { fr: '/organiser/rendez-vous/[slug]/modifier', en: '/organise/events/[slug]/edit' },
  '/organise/events/[slug]/registrations': {
    fr: '/organiser/rendez-vous/[slug]/inscriptions',
    en: '/organise/events/[slug]/registrations',
  },
  '/organise/events/[slug]/questions': { fr: '/organiser/rendez-vous/[slug]/questions', en: '/organise/events/[slug]/questions' },
  '/organise/events/[slug]/seats': { fr: '/organiser/rendez-vous/[slug]/places', en: '/organise/events/[slug]/seats' },
  '/organise/events/[slug]/letters': { fr: '/organiser/rendez-vous/[slug]/messages', en: '/organise/events/[slug]/letters' },
  '/organise/events/[slug]/letters/body': { fr: '/organiser/rendez-vous/[slug]/messages/contenu', en: '/organise/events/[slug]/letters/body' },
  '/organise/events/[slug]/reminders': { fr: '/organiser/rendez-vous/[slug]/rappels', en: '/organise/events/[slug]/reminders' },
  '/organise/events/[slug]/registrations/import': {
    fr: '/organiser/rendez-vous/[slug]/inscriptions/importer',
    en: '/organise/events/[slug]/registrations/import',
  },
  '/organise/events/[slug]/access': { fr: '/organiser/rendez-vous/[slug]/accessibilite', en: '/organise/events/[slug]/access' },
  '/organise/events/[slug]/notes': { fr: '/organiser/rendez-vous/[slug]/notes', en: '/organise/events/[slug]/notes' },
  '/organise/events/[slug]/proposals': { fr: '/organiser/rendez-vous/[slug]/propositions', en: '/organise/events/[slug]/proposals' },
  '/organise/events/[slug]/discussed': {
    fr: '/organiser/rendez-vous/[slug]/recommandations-discutees',
    en: '/organise/events/[slug]/discussed',
  },
  '/organise/events/[slug]/change': { fr: '/organiser/rendez-vous/[slug]/deplacer', en: '/organise/events/[slug]/change' },
  '/organise/events/[slug]/call-off': { fr: '/organiser/rendez-vous/[slug]/annuler', en: '/organise/events/[slug]/call-off' },
  '/organise/events/[slug]/put-back-on': { fr: '/organiser/rendez-vous/[slug]/maintenir', en: '/organise/events/[slug]/put-back-on' },
} as const

export type Pathname = keyof typeof pathnames

/** The path of a page in a language: `pathOf('/events/[slug]', { slug }, 'en')`. Parameters are percent-encoded. */
export function pathOf(page: Pathname, params: Record<string, string | number>, locale: string) {
  const written: string | { fr: string; en: string } = pathnames[page]
  const language = locale === 'en' ? 'en' : 'fr'
  const path = (typeof written === 'string' ? written : written[language]).replace(/\[(\w+)\]/g, (_, name: string) => encodeURIComponent(params[name]))
  return language === 'fr' ? path : path === '/' ? '/en' : `/en${path}`
}
