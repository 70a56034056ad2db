import { getTranslations } from 'next-intl/server'
import { Section } from '@/app/_ui/page'
import { QrCode } from '@/app/_ui/qr-code'
import type { Locale } from '@/i18n/routing'
import styles from './subscribe.module.css'

type Props = { address: string; webcal: string; page: string; name: string; locale: Locale }

/**
 * Two codes, as on any poster: an iPhone opens the calendar's address itself, other phones have nothing that would (they
 * keep a copy, once, which never changes again), so that theirs leads to this page. On paper they are what the page is for.
 */
export async function PhoneCodes({ address, webcal, page, name, locale }: Props) {
  const t = await getTranslations({ locale, namespace: 'subscribe.phone' })
  return (
    <div className={styles.phone}>
      <Section title={t('title')} id="phone">
        <p className={`small ${styles.aim}`}>{t('words')}</p>
        <div className={styles.codes}>
          <figure>
            <QrCode id="code-apple" text={webcal} says={t('appleCode', { name })} />
            <figcaption><strong>{t('apple')}</strong> {t('appleWords')}</figcaption>
          </figure>
          <figure>
            <QrCode id="code-page" text={page} says={t('otherCode', { name })} />
            <figcaption><strong>{t('other')}</strong> {t('otherWords')}</figcaption>
          </figure>
        </div>
        <p className={`small muted no-print ${styles.poster}`}>{t('print')}</p>
        <p className={styles.onPaper}>{t('onPaper.address')} <span className={styles.written}>{address}</span></p>
        <p className={styles.onPaper}>{t('onPaper.page')} <span className={styles.written}>{page}</span></p>
      </Section>
    </div>
  )
}
