import { pathnames, pathOf, type Pathname } from '@/lib/pathnames'
import { routing, type Locale } from './routing'

/** The request header in which proxy.ts hands the address to the layout, which is not told it otherwise. */
export const pathHeader = 'x-parlons-path'

/** Where an address leads, in the code's words: `/en/events/a-cafe?x=1` gives `/events/[slug]` and its counterparts. */
export interface Place {
  /** The internal pathname; null for an address that no page has. */
  page: Pathname | null
  /** The same page in each language, with the query the reader came with. */
  addresses: Record<Locale, string>
}

/** `address` is a path with or without query, as the browser asked for it. */
export function placeOf(address: string): Place {
  const [path, query] = address.split('?', 2)
  const locale = routing.locales.find((each) => path === `/${each}` || path.startsWith(`/${each}/`)) ?? routing.defaultLocale
  const bare = path.replace(new RegExp(`^/${locale}(?=/|$)`), '') || '/'
  for (const page of pagesByPrecision) {
    const params = paramsOf(patternOf(page, locale), bare)
    if (params) return { page, addresses: inEach((each) => withQuery(pathOf(page, params, each), query)) }
  }
  return { page: null, addresses: inEach((each) => pathOf('/', {}, each)) }
}

// Written-out segments before parameters: `/organise/events/new` is not the event called « new ».
const pagesByPrecision = (Object.keys(pathnames) as Pathname[]).toSorted(
  (one, other) => one.split('[').length - other.split('[').length,
)

function patternOf(page: Pathname, locale: Locale): string {
  const written: string | Record<Locale, string> = pathnames[page]
  return typeof written === 'string' ? written : written[locale]
}

function paramsOf(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/')
  const given = path.replace(/(?<=.)\/$/, '').split('/')
  if (wanted.length !== given.length) return null
  const params: Record<string, string> = {}
  for (const [place, segment] of wanted.entries()) {
    const name = /^\[(\w+)\]$/.exec(segment)?.[1]
    if (!name && segment !== given[place]) return null
    if (name) {
      if (!given[place]) return null
      params[name] = decoded(given[place])
    }
  }
  return params
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

function withQuery(path: string, query: string | undefined): string {
  return query ? `${path}?${query}` : path
}

function inEach(write: (locale: Locale) => string): Record<Locale, string> {
  return { fr: write('fr'), en: write('en') }
}
