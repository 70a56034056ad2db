import { getTranslations } from 'next-intl/server'
import type { Locale } from '@/i18n/routing'
import { config } from '@/lib/config'
import styles from './feed-links.module.css'

/** The three forms of a feed, `path` without its ending: « /feeds/series/cafe-tmnlab ». Calendars get a webcal address. */
export async function FeedLinks({ path, locale, of }: { path: string; locale: Locale; of: string }) {
  const t = await getTranslations({ locale, namespace: 'subscribe' })
  const { calendar, atom, json } = feedAddresses(path, locale)
  return (
    <ul className={styles.links}>
      <li><a href={calendar.webcal}>{t('links.calendar')}<span className="visually-hidden"> {t('links.of', { of })}</span></a></li>
      <li><a href={atom}>Atom<span className="visually-hidden"> {t('links.of', { of })}</span></a></li>
      <li><a href={json}>JSON Feed<span className="visually-hidden"> {t('links.of', { of })}</span></a></li>
    </ul>
  )
}

/** The same feed for `metadata.alternates`, where programs look for it. */
export const feedTypes = (path: string, locale: Locale) => {
  const { calendar, atom, json } = feedAddresses(path, locale)
  return { 'text/calendar': calendar.https, 'application/atom+xml': atom, 'application/feed+json': json }
}

/** A feed that is not told the language speaks the house's own. */
export function feedAddresses(path: string, locale: Locale) {
  const { appUrl, defaultLocale } = config()
  const ending = locale === defaultLocale ? '' : `?lang=${locale}`
  const https = `${appUrl}${path}.ics${ending}`
  return { calendar: { https, webcal: https.replace(/^https?:/, 'webcal:') }, atom: `${path}.atom${ending}`, json: `${path}.json${ending}` }
}
