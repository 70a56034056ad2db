import { getTranslations } from 'next-intl/server'
import { otherLanguage } from '@/app/[locale]/event-words'
import { Section } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { mayBeRelayed } from '@/lib/coverage/rules'
import { relaysAt } from '@/lib/coverage/queries'
import type { EventPage } from '@/lib/events/queries'
import { sayDay, typo } from '@/lib/text'
import styles from './resource-list.module.css'

/** « Aussi chez »: the houses that took a session up with their own people, and the way to be the next one. */
export async function RelayHouses({ event, locale }: { event: EventPage; locale: Locale }) {
  if (!mayBeRelayed(event)) return null
  const [t, relays] = await Promise.all([getTranslations({ locale, namespace: 'relay' }), relaysAt(event.id)])
  const page = getPathname({ href: { pathname: '/events/[slug]/relay', params: { slug: event.slug } }, locale })
  return (
    <Section title={t(relays.length > 0 ? 'also' : 'title')} id="relays">
      {relays.length > 0 && (
        <ul className={styles.houses}>
          {relays.map(({ id, house, heldOn, text, language }) => (
            <li key={id}>
              <p className={styles.house}>{house}</p>
              <p className={styles.about}>{sayDay(heldOn.toISOString().slice(0, 10), locale, { weekday: false })}</p>
              <p className={styles.words} lang={otherLanguage(language, locale)}>{typo(text, language === 'en' ? 'en' : 'fr')}</p>
            </li>
          ))}
        </ul>
      )}
      <p className={relays.length > 0 ? styles.do : undefined}>{t('invite')} <a href={page}>{t('door')}</a></p>
    </Section>
  )
}
