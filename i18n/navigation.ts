import type { Metadata } from 'next'
import { getPathname, type Href } from './pathname'
import { routing, type Locale } from './routing'

export { Link } from './link'
export { getPathname, permanentRedirect, redirect, type Href } from './pathname'

/** A page's canonical address and its pair in the other language, for `generateMetadata`. */
export function alternates(href: Href, locale: Locale): NonNullable<Metadata['alternates']> {
  const languages = Object.fromEntries(routing.locales.map((each) => [each, getPathname({ href, locale: each })]))
  return { canonical: languages[locale], languages: { ...languages, 'x-default': languages[routing.defaultLocale] } }
}
