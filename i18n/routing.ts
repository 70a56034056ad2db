import { defineRouting } from 'next-intl/routing'
import { pathnames } from '@/lib/pathnames'

/**
 * Addresses by what the code calls them, then as each language writes them. French has no prefix, English `/en`.
 * The visitor's language is the address's and nothing else's: no cookie, no guess, one page per address.
 */
export const routing = defineRouting({
  locales: ['fr', 'en'],
  defaultLocale: 'fr',
  localePrefix: 'as-needed',
  localeDetection: false,
  localeCookie: false,
  // The pages say it themselves, in their head and in the sitemap: `alternates` in navigation.ts.
  alternateLinks: false,
  pathnames,
})

export type Locale = (typeof routing.locales)[number]
