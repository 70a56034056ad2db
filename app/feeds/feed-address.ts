import type { FeedScope } from '@/lib/calendar/queries'
import { config } from '@/lib/config'
import { pathOf } from '@/lib/pathnames'
import type { Locale } from '@/lib/text'

export const formats = ['ics', 'atom', 'json'] as const
export type Format = (typeof formats)[number]

export type PublicAddress = {
  scope: FeedScope
  format: Format
  locale: Locale
  /** Asked for whatever there is, not only the window that calendars need. */
  all: boolean
}

/** What the address of a feed names: everybody's, or a person's own by its token. */
export type FeedAddress = PublicAddress | { token: string }

/** Reads the path and `?lang=en`, `?all=1` of an address below /feeds; null where no feed can be. `locale` is the house's. */
export function readFeedAddress(path: string[], query = new URLSearchParams(), locale: Locale = config().defaultLocale): FeedAddress | null {
  const [, last, format] = /^([a-z0-9-]{1,120})\.(ics|atom|json)$/.exec(path.at(-1) ?? '') ?? []
  if (!last || path.some((part) => part.length > 130)) return null
  const [kind, slug] = path
  if (path.length === 2 && kind === 'me') return format === 'ics' ? { token: last } : null
  const scope = scopeOf(path.length, kind, slug, last)
  return scope && { scope, format: format as Format, locale: languageAsked(query) ?? locale, all: query.get('all') === '1' && scope.kind !== 'event' }
}

/** Feeds have no place for a language in their path: `?lang=` says it. */
export function languageAsked(query: URLSearchParams): Locale | undefined {
  const asked = query.get('lang')
  return asked === 'fr' || asked === 'en' ? asked : undefined
}

function scopeOf(length: number, kind: string, slug: string, last: string): FeedScope | null {
  if (length === 1) return last === 'events' ? { kind: 'events' } : null
  if (length === 2 && kind === 'events') return { kind: 'event', slug: last }
  if (length === 2 && (kind === 'series' || kind === 'themes')) return { kind, slug: last }
  const isReport = length === 3 && kind === 'reports' && /^[a-z0-9-]{1,120}$/.test(slug) && /^[1-9]\d{0,3}$/.test(last)
  return isReport ? { kind: 'reports', slug, number: Number(last) } : null
}

/** The path of a feed, as `/feeds/series/cafe-tmnlab.ics`; English titles by `?lang=en`, whatever there is by `?all=1`. */
export function feedPath(scope: FeedScope, format: Format, locale: Locale, defaultLocale: Locale, all = false): string {
  const query = [...(locale === defaultLocale ? [] : [`lang=${locale}`]), ...(all ? ['all=1'] : [])].join('&')
  return `/feeds/${pathIn(scope)}.${format}${query === '' ? '' : `?${query}`}`
}

/** The name under which a feed is stored. Whatever else an address says beside it makes no other feed. */
export const storedName = ({ scope, format, locale, all }: PublicAddress) => `${pathIn(scope)}.${format} ${locale}${all ? ' all' : ''}`

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
export const fileName = ({ scope, format }: PublicAddress) => `parlons-en-${slugOf(scope).replace('/', '-') || 'rendez-vous'}.${format}`

function pathIn(scope: FeedScope): string {
  if (scope.kind === 'events') return 'events'
  return `${scope.kind === 'event' ? 'events' : scope.kind}/${slugOf(scope)}`
}

function slugOf(scope: FeedScope): string {
  if (scope.kind === 'events') return ''
  return scope.kind === 'reports' ? `${scope.slug}/${scope.number}` : scope.slug
}
