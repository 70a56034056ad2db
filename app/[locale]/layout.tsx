import type { Metadata, Viewport } from 'next'
import { hasLocale } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { fonts } from '@/app/fonts/fonts'
import { SiteFooter } from '@/app/_ui/site-footer'
import { SiteHeader, type NavLink } from '@/app/_ui/site-header'
import { getPathname } from '@/i18n/navigation'
import { pathHeader, placeOf } from '@/i18n/place'
import { routing, type Locale } from '@/i18n/routing'
import { config } from '@/lib/config'
import { installation } from '@/lib/installation'
import '@/app/_ui/base.css'

// Addresses, names and seats are those of the moment: nothing is baked at build time, when there is no database either.
export const dynamic = 'force-dynamic'

interface Props {
  children: ReactNode
  params: Promise<{ locale: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  const t = await getTranslations({ locale: hasLocale(routing.locales, locale) ? locale : routing.defaultLocale, namespace: 'frame' })
  return {
    metadataBase: new URL(config().appUrl),
    title: { default: `${t('name')}, ${t('tagline')}`, template: `%s · ${t('name')}` },
    description: t('description'),
    applicationName: t('name'),
    openGraph: { siteName: t('name'), locale: locale === 'en' ? 'en_GB' : 'fr_FR', type: 'website' },
    formatDetection: { telephone: false, date: false, address: false, email: false },
  }
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fffcf5' },
    { media: '(prefers-color-scheme: dark)', color: '#16120d' },
  ],
}

export default async function Layout({ children, params }: Props) {
  const { locale } = await params
  if (!hasLocale(routing.locales, locale)) notFound()
  const t = await getTranslations({ locale, namespace: 'frame' })
  const place = placeOf((await headers()).get(pathHeader) ?? getPathname({ href: '/', locale }))
  const network = await networkOrNone()
  const other = routing.locales.find((each) => each !== locale) ?? routing.defaultLocale

  return (
    <html lang={locale} className={fonts}>
      <body>
        <SiteHeader
          home={{ href: getPathname({ href: '/', locale }), label: t('home') }}
          skip={t('skip')}
          navLabel={t('nav.label')}
          links={[
            linkTo('/', t('nav.agenda'), ['/past', '/events/', '/series/', '/themes/']),
            linkTo('/reports', t('nav.reports'), ['/reports/']),
            linkTo('/notes', t('nav.notes'), ['/events/[slug]/notes']),
            linkTo('/subscribe', t('nav.subscribe'), ['/follow']),
          ]}
          side={[{ ...linkTo('/search', t('nav.search'), []), sign: 'search' }, linkTo('/me', t('nav.me'), ['/login', '/organise'])]}
          presents={network && t('presents', { network: network.name })}
          presenter={network}
          other={{ locale: other, label: t('otherLanguage'), href: place.addresses[other] }}
        />
        <main id="main" tabIndex={-1}>{children}</main>
        <SiteFooter
          words={t('footer.words')}
          columns={[
            {
              title: t('footer.read'),
              links: [
                { label: t('footer.past'), href: getPathname({ href: '/past', locale }) },
                { label: t('nav.notes'), href: getPathname({ href: '/notes', locale }) },
                { label: t('footer.calendar'), href: '/feeds/events.ics' },
                { label: t('footer.atom'), href: '/feeds/events.atom' },
              ],
            },
            {
              title: t('footer.take'),
              links: [
                { label: t('nav.me'), href: getPathname({ href: '/me', locale }) },
                { label: t('nav.subscribe'), href: getPathname({ href: '/subscribe', locale }) },
                { label: t('footer.organise'), href: getPathname({ href: '/organise', locale }) },
                { label: t('otherLanguage'), href: place.addresses[other], lang: other },
              ],
            },
          ]}
          small={t('footer.small')}
        />
      </body>
    </html>
  )

  function linkTo(page: NavPage, label: string, below: string[]): NavLink {
    // A restitution stands among the restitutions, not on the agenda of what is to come.
    const inside = below.some((start) => place.page?.startsWith(start)) && !(page === '/' && place.page?.startsWith('/events/[slug]/notes'))
    return {
      label,
      href: getPathname({ href: page, locale: locale as Locale }),
      current: place.page === page ? 'page' : inside ? 'section' : undefined,
    }
  }
}

/** A header without its network is better than no page: the one that tells of a mishap asks here too. */
async function networkOrNone() {
  const { networkName, networkUrl } = await installation().catch(() => ({ networkName: '', networkUrl: null }))
  return networkName && networkName !== 'Parlons-en' ? { name: networkName, href: networkUrl ?? undefined } : undefined
}

type NavPage = '/' | '/reports' | '/notes' | '/subscribe' | '/search' | '/me'
