import { getTranslations } from 'next-intl/server'
import { feedPath } from '@/app/feeds/feed-address'
import type { Locale } from '@/i18n/routing'
import { addToCalendar } from '@/lib/calendar/rules'
import { config } from '@/lib/config'
import styles from './calendar-links.module.css'

/** For those who have a seat: the entry by hand, where the letter's invitation does not reach the calendar. */
export async function CalendarLinks({ event, locale }: { event: Parameters<typeof addToCalendar>[0]; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'registration' })
  const { google, outlook, microsoft365, yahoo } = addToCalendar(event, locale)
  const links = [
    { label: 'Google', href: google },
    { label: 'Outlook.com', href: outlook },
    { label: 'Microsoft 365', href: microsoft365 },
    { label: 'Yahoo', href: yahoo },
    { label: t('calendar.file'), href: feedPath({ kind: 'event', slug: event.slug }, 'ics', locale, config().defaultLocale) },
  ]
  return (
    <div>
      <p className="small" id="calendar-links">{t('calendar.add')}</p>
      <ul className={styles.links} aria-labelledby="calendar-links">
        {links.map(({ label, href }) => (
          <li key={label}><a href={href} rel="noopener noreferrer">{label}</a></li>
        ))}
      </ul>
    </div>
  )
}
