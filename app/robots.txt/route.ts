import { routing } from '@/i18n/routing'
import { config } from '@/lib/config'
import { pathOf } from '@/lib/pathnames'

export const dynamic = 'force-dynamic'

/** Where one person's or the organisers' things are, and what machines read by other ways. Calendars must reach /feeds. */
const closed = ['/organise', '/me', '/login'] as const

export function GET() {
  const rooms = routing.locales.flatMap((locale) => [...closed.map((page) => pathOf(page, {}, locale)), pathOf('/registrations/[token]', { token: '' }, locale)])
  const lines = [
    'User-agent: *',
    'Allow: /',
    'Allow: /feeds/',
    ...[...rooms.flatMap((path) => (path.endsWith('/') ? [path] : [`${path}$`, `${path}/`])), '/api/', '/dev/'].map((path) => `Disallow: ${path}`),
    '',
    `Sitemap: ${config().appUrl}/sitemap.xml`,
    '',
  ]
  return new Response(lines.join('\n'), { headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-cache' } })
}
