import { getTranslations } from 'next-intl/server'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { config } from '@/lib/config'
import styles from './feed-links.module.css'

/** How to follow a feed, `path` without its ending: « /feeds/series/cafe-tmnlab ». The calendar's way is a page of its own. */
export async function FeedLinks({ path, locale, of }: { path: string; locale: Locale; of: string }) {
  const t = await getTranslations({ locale, namespace: 'subscribe' })
  const { atom, json } = feedAddresses(path, locale)
  return (
    <ul className={styles.links}>
      <li><a href={subscribeHref(path, locale)}>{t('links.calendar')}<span className="visually-hidden"> {t('links.of', { of })}</span></a></li>
      <li><a href={atom}>Atom<span className="visually-hidden"> {t('links.of', { of })}</span></a></li>
      <li><a href={json}>JSON Feed<span className="visually-hidden"> {t('links.of', { of })}</span></a></li>
    </ul>
  )
}

/** The page that explains how to follow a feed, with that feed chosen. */
export function subscribeHref(path: string, locale: Locale) {
  const page = getPathname({ href: '/subscribe', locale })
  const follow = path.replace('/feeds/', '')
  return follow === 'events' ? page : `${page}?follow=${follow}`
}

/** The same feed for `metadata.alternates`, where programs look for it. */
export const feedTypes = (path: string, locale: Locale) => {
  const { calendar, atom, json } = feedAddresses(path, locale)
  return { 'text/calendar': calendar, 'application/atom+xml': atom, 'application/feed+json': json }
}

/** A feed that is not told the language speaks the house's own. The calendar's address is whole: it is carried elsewhere. */
export function feedAddresses(path: string, locale: Locale) {
  const { appUrl, defaultLocale } = config()
  const ending = locale === defaultLocale ? '' : `?lang=${locale}`
  return { calendar: `${appUrl}${path}.ics${ending}`, atom: `${path}.atom${ending}`, json: `${path}.json${ending}` }
}
