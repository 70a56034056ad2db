import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { requireOrganiser } from '@/app/_session/actor'
import { getPathname, type Href } from '@/i18n/navigation'
import { pathHeader, placeOf } from '@/i18n/place'
import type { Locale } from '@/i18n/routing'
import { countRelays } from '@/lib/coverage/queries'
import { countAwaiting } from '@/lib/inbox/queries'
import styles from './host.module.css'

/** Rooms with names and addresses in them: nobody's index has them, no other site is told that one came from them. */
export const metadata: Metadata = { robots: { index: false, follow: false }, referrer: 'same-origin' }

interface Props {
  children: ReactNode
  params: Promise<{ locale: string }>
}

/** The organisers' second bar. Each page below asks for its organiser itself: a layout is no guard. */
export default async function HostLayout({ children, params }: Props) {
  const locale = (await params).locale as Locale
  const actor = await requireOrganiser({ locale })
  const [t, inbox, covered, lacking, reports, followUps, relays, awaiting, told] = await Promise.all([getTranslations({ locale, namespace: 'organise.nav' }), getTranslations({ locale, namespace: 'inbox' }), getTranslations({ locale, namespace: 'coverage' }), getTranslations({ locale, namespace: 'missing' }), getTranslations({ locale, namespace: 'reports' }), getTranslations({ locale, namespace: 'followups.room' }), getTranslations({ locale, namespace: 'relay.room' }), countAwaiting(), countRelays()])
  const here = placeOf((await headers()).get(pathHeader) ?? '/').page
  const links: { href: Href; label: string; is: boolean; count?: number; waiting?: string }[] = [
    { href: '/organise', label: t('board'), is: here === '/organise' },
    { href: '/organise/events/new', label: t('new'), is: here === '/organise/events/new' },
    { href: '/organise/inbox', label: inbox('nav'), is: here?.startsWith('/organise/inbox') ?? false, count: awaiting, waiting: inbox('navAwaiting', { count: awaiting }) },
    { href: '/organise/coverage', label: covered('matrix.nav'), is: here === '/organise/coverage' },
    { href: '/organise/missing', label: lacking('nav'), is: here === '/organise/missing' },
    { href: '/organise/members', label: t('members'), is: here === '/organise/members' },
    { href: '/organise/reports', label: reports('title'), is: here?.startsWith('/organise/reports') ?? false },
    { href: '/organise/follow-ups', label: followUps('title'), is: here === '/organise/follow-ups' },
    { href: '/organise/relays', label: relays('door'), is: here === '/organise/relays', count: told, waiting: relays('due', { count: told }) },
    { href: '/organise/activity', label: t('activity'), is: here === '/organise/activity' },
  ]
  return (
    <>
      <div className={styles.bar}>
        <nav className={styles.inside} aria-label={t('label')}>
          <ul className={styles.links}>
            {links.map(({ href, label, is, count = 0, waiting }) => (
              <li key={label}>
                <a href={getPathname({ href, locale })} aria-current={is ? 'page' : undefined}>
                  {label}
                  {count > 0 && <> <span className={styles.count} aria-hidden="true">{count}</span><span className="visually-hidden"> {waiting}</span></>}
                </a>
              </li>
            ))}
          </ul>
          <p className={styles.who}>{actor.name ?? actor.address}</p>
        </nav>
      </div>
      {children}
    </>
  )
}
