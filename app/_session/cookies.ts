import { config } from '@/lib/config'

/** Cookies of ours: out of reach of scripts and of other sites' forms; bound to this very host where it has TLS. */
export function ownCookie(name: string) {
  const secure = config().appUrl.startsWith('https:')
  return {
    name: `${secure ? '__Host-' : ''}parlons-en.${name}`,
    options: { httpOnly: true, sameSite: 'lax' as const, path: '/', secure },
  }
}

export const sessionCookie = () => ownCookie('session')
