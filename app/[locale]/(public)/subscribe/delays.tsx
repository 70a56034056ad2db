import { getTranslations } from 'next-intl/server'
import { Section } from '@/app/_ui/page'
import { Table } from '@/app/_ui/table'
import type { Locale } from '@/i18n/routing'
import styles from './subscribe.module.css'

const clients = ['google', 'outlook', 'classic', 'mac', 'iphone', 'thunderbird', 'proton', 'fastmail', 'nextcloud'] as const

/** How long a change may take to be seen, calendar by calendar: none of them promises anything. */
export async function Delays({ locale }: { locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'subscribe.delays' })
  return (
    <div className={`${styles.part} no-print`}>
      <Section title={t('title')} id="delays">
        <div className={styles.delays}>
          <div>
            <p className="measure">{t('words')}</p>
            <p className={styles.source}>{t('source')}</p>
          </div>
          <Table
            caption={t('title')}
            captionHidden
            columns={[{ key: 'who', label: t('who') }, { key: 'when', label: t('when') }]}
            rows={clients.map((one) => ({ key: one, cells: [t(`${one}.name`), t(`${one}.when`)] }))}
          />
        </div>
      </Section>
    </div>
  )
}
