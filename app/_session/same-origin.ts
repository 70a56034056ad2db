import { config } from '@/lib/config'

/**
 * Did our own page send this? Browsers say so on every unsafe request: Sec-Fetch-Site, where sent, must be
 * same-origin; Origin, where sent, must be the public address or the very host that was asked. A request that says
 * neither is no form of ours.
 */
export function isSameOrigin(headers: Headers): boolean {
  const [site, origin, host] = [headers.get('sec-fetch-site'), headers.get('origin'), headers.get('host')]
  if (site !== null && site !== 'same-origin') return false
  if (origin === null) return site === 'same-origin'
  if (origin === config().appUrl) return true
  return URL.canParse(origin) && /^https?:$/.test(new URL(origin).protocol) && new URL(origin).host === host
}
