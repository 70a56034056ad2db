import { createNavigation } from 'next-intl/navigation'
import { routing } from './routing'

/**
 * `getPathname({ href: { pathname: '/events/[slug]', params: { slug } }, locale })` writes an address as the language
 * does; `redirect` and `permanentRedirect` go there.
 */
export const { getPathname, redirect, permanentRedirect } = createNavigation(routing)

/** A page of ours, by what the code calls it. */
export type Href = Parameters<typeof getPathname>[0]['href']
