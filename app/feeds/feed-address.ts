import type { FeedScope } from '@/lib/calendar/queries'
import { pathOf } from '@/lib/pathnames'
import type { Locale } from '@/lib/text'

export const formats = ['ics', 'atom', 'json'] as const
export type Format = (typeof formats)[number]

/** What the address of a feed names: everybody's, or a person's own by its token. */
export type FeedAddress = { scope: FeedScope; format: Format } | { token: string }

/** Reads `['series', 'cafe-tmnlab.ics']`; null where no feed can be. */
export function readFeedAddress(path: string[]): FeedAddress | null {
  const [, last, format] = /^([a-z0-9-]{1,120})\.(ics|atom|json)$/.exec(path.at(-1) ?? '') ?? []
  if (!last || path.some((part) => part.length > 130)) return null
  const [kind, slug] = path
  if (path.length === 2 && kind === 'me') return format === 'ics' ? { token: last } : null
  const scope = scopeOf(path.length, kind, slug, last)
  return scope && { scope, format: format as Format }
}

function scopeOf(length: number, kind: string, slug: string, last: string): FeedScope | null {
  if (length === 1) return last === 'events' ? { kind: 'events' } : null
  if (length === 2 && kind === 'events') return { kind: 'event', slug: last }
  if (length === 2 && (kind === 'series' || kind === 'themes')) return { kind, slug: last }
  const isReport = length === 3 && kind === 'reports' && /^[a-z0-9-]{1,120}$/.test(slug) && /^[1-9]\d{0,3}$/.test(last)
  return isReport ? { kind: 'reports', slug, number: Number(last) } : null
}

/** The path of a feed, as `/feeds/series/cafe-tmnlab.ics`; English titles by `?lang=en`. */
export function feedPath(scope: FeedScope, format: Format, locale: Locale, defaultLocale: Locale): string {
  const path = { events: 'events', series: `series/${slugOf(scope)}`, themes: `themes/${slugOf(scope)}`, reports: `reports/${slugOf(scope)}`, event: `events/${slugOf(scope)}` }[scope.kind]
  return `/feeds/${path}.${format}${locale === defaultLocale ? '' : `?lang=${locale}`}`
}

/** The page of which it is the feed. */
export function pagePath(scope: FeedScope, locale: Locale): string {
  switch (scope.kind) {
    case 'events':
      return pathOf('/', {}, locale)
    case 'reports':
      return pathOf('/reports/[slug]/recommendations/[number]', { slug: scope.slug, number: scope.number }, locale)
    case 'event':
      return pathOf('/events/[slug]', { slug: scope.slug }, locale)
    default:
      return pathOf(`/${scope.kind}/[slug]`, { slug: scope.slug }, locale)
  }
}

/** The name of the file that a browser would keep. */
export const fileName = (scope: FeedScope, format: Format) => `parlons-en-${slugOf(scope).replace('/', '-') || 'rendez-vous'}.${format}`

function slugOf(scope: FeedScope): string {
  if (scope.kind === 'events') return ''
  return scope.kind === 'reports' ? `${scope.slug}/${scope.number}` : scope.slug
}
