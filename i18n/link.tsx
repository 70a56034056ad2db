import { useLocale } from 'next-intl'
import type { AnchorHTMLAttributes } from 'react'
import { getPathname, type Href } from './pathname'
import type { Locale } from './routing'

/**
 * A plain anchor to a page of ours. Public pages are answered whole and at once from what is kept, so that a router
 * and its prefetching in the browser would cost more than they bring. Client components get their addresses as props.
 */
export function Link({ href, locale, hash, ...rest }: { href: Href; locale?: Locale; hash?: string } & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'>) {
  const here = useLocale() as Locale
  const path = getPathname({ href, locale: locale ?? here })
  return <a {...rest} href={hash ? `${path}#${hash}` : path} hrefLang={locale && locale !== here ? locale : undefined} />
}
