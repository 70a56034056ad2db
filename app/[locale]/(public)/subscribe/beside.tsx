import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Section } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import styles from './subscribe.module.css'

/** Which of the three ways into a calendar suits whom: two of them together show an event twice. */
export async function WhichOne({ locale }: { locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'subscribe.once' })
  const mine = `${getPathname({ href: '/me', locale })}#calendar`
  return (
    <Section title={t('title')} id="once">
      <p className="small">{t('words')}</p>
      <dl className={styles.ways}>
        <div><dt>{t('few.who')}</dt><dd>{t('few.what')}</dd></div>
        <div><dt>{t('all.who')}</dt><dd>{t('all.what')}</dd></div>
        <div><dt>{t('often.who')}</dt><dd>{t.rich('often.what', { mine: (words) => <a href={mine}>{words}</a> })}</dd></div>
      </dl>
      <p className={styles.warning}>{t('warning')}</p>
    </Section>
  )
}

/** For who reads the news of many sites in one place; and below, whatever other way there is. */
export async function Readers({ atom, json, locale, children }: { atom: string; json: string; locale: Locale; children?: ReactNode }) {
  const t = await getTranslations({ locale, namespace: 'subscribe.readers' })
  return (
    <Section title={t('title')} id="readers">
      <dl className={styles.ways}>
        <div><dt><a href={atom}>Atom</a></dt><dd>{t('atom')}</dd></div>
        <div><dt><a href={json}>JSON Feed</a></dt><dd>{t('json')}</dd></div>
      </dl>
      {children}
    </Section>
  )
}
