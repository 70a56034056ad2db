import { config } from '@/lib/config'
import { loginMinutes } from './rules'

type Locale = 'fr' | 'en'

const linkPath = { fr: '/connexion/lien', en: '/en/login/link' }

/** What the log-in letter says: a link to our page, which asks before it acts, and the code for another device. */
export function loginFacts({ token, code, locale, returnTo }: { token: string; code: string; locale: Locale; returnTo: string }) {
  const link = new URL(linkPath[locale], config().appUrl)
  link.searchParams.set('token', token)
  if (returnTo !== '/') link.searchParams.set('returnTo', returnTo)
  return { url: link.href, code, minutes: loginMinutes }
}
