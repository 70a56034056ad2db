import { config } from '@/lib/config'

/**
 * Could another site have made the browser send this? Every browser of this decade says where an unsafe request
 * comes from: Sec-Fetch-Site, where sent, must be same-origin; Origin, or else Referer, must be the public address
 * or the very host that was asked. A request that says none of them is sent by a program, which holds its cookie by
 * right, and not by a page that borrows somebody's (the same reasoning as Go's CrossOriginProtection).
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin') return false
  const from = headers.get('origin') ?? headers.get('referer')
  if (from === null) return true
  if (!URL.canParse(from)) return false
  const { origin, protocol, host } = new URL(from)
  return origin === config().appUrl || (/^https?:$/.test(protocol) && host === headers.get('host'))
}
