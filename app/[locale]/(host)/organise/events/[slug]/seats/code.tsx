import { getTranslations } from 'next-intl/server'
import { CopyButton } from '@/app/_ui/copy-button'
import type { Locale } from '@/i18n/routing'
import { webAddress } from '@/lib/web-address'
import styles from './seats.module.css'

/** A code, as it is read aloud, and the address that brings it along, to be copied into a message. */
export async function Code({ id, code, label, slug, locale }: { id: string; code: string; label: string; slug: string; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'asking.seats.code' })
  const refused = (await getTranslations({ locale, namespace: 'subscribe.panel' }))('refused')
  return (
    <div className={styles.code}>
      <p><span className="visually-hidden">{t('code')} </span><span className={styles.letters}>{code}</span></p>
      <label htmlFor={id} className="visually-hidden">{t('link', { label })}</label>
      <input id={id} readOnly value={`${webAddress('/events/[slug]', { slug }, locale)}?code=${code}`} className={styles.link} />
      <CopyButton field={id} words={{ copy: t('copy'), done: t('copied'), refused }} />
    </div>
  )
}
