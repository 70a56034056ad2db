import { getTranslations } from 'next-intl/server'
import { otherLanguage } from '@/app/[locale]/event-words'
import { Section } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { relaysOf } from '@/lib/coverage/queries'
import { sayDay, typo } from '@/lib/text'
import styles from './events/[slug]/resource-list.module.css'

/** The houses that took up a session about one recommendation: thanks, and no measure of what was discussed. */
export async function RelayCredit({ report, number, locale }: { report: string; number: number; locale: Locale }) {
  const relays = (await relaysOf(report, number)).get(number) ?? []
  if (relays.length === 0) return null
  const t = await getTranslations({ locale, namespace: 'relay' })
  return (
    <Section title={t('also')} id="relays">
      <ul className={styles.houses}>
        {relays.map(({ id, house, heldOn, text, language, event }) => (
          <li key={id}>
            <p className={styles.house}>{house}</p>
            <p className={styles.about}>
              {sayDay(heldOn.toISOString().slice(0, 10), locale, { weekday: false })}, {t('after')}{' '}
              <a href={getPathname({ href: { pathname: '/events/[slug]', params: { slug: event.slug } }, locale })} lang={otherLanguage(event.language, locale)}>{typo(event.title, event.language === 'en' ? 'en' : 'fr')}</a>
            </p>
            <p className={styles.words} lang={otherLanguage(language, locale)}>{typo(text, language === 'en' ? 'en' : 'fr')}</p>
          </li>
        ))}
      </ul>
      <p className={styles.do}>{t('noDepth')}</p>
    </Section>
  )
}
