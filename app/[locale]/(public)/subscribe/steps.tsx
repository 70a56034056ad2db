import { getTranslations } from 'next-intl/server'
import { Buttons, LinkButton } from '@/app/_ui/button'
import { Details, Section } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import type { SubscribeLinks } from '@/lib/calendar/rules'
import styles from './subscribe.module.css'

const clients = ['google', 'iphone', 'outlook', 'classic', 'mac', 'thunderbird'] as const
const others = ['android', 'proton', 'fastmail', 'nextcloud'] as const

/** What to press in each calendar, as its maker's help tells it; the first is open, and none needs a script. */
export async function Steps({ links, locale }: { links: SubscribeLinks; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'subscribe.steps' })
  const shortcuts: Partial<Record<(typeof clients)[number], { label: string; href: string }[]>> = {
    google: [{ label: t('google.open'), href: links.google }],
    outlook: [{ label: t('outlook.open'), href: links.outlook }, { label: t('outlook.openWork'), href: links.microsoft365 }],
  }
  return (
    <div className={`${styles.part} no-print`}>
      <Section title={t('title')} id="steps" beside={t('checked')}>
        <p className={`small muted ${styles.honest}`}>{t('honest')}</p>
        {clients.map((client, place) => (
          <Details key={client} name="client" summary={t(`${client}.name`)} open={place === 0}>
            {shortcuts[client] && (
              <div className={styles.shortcut}>
                <Buttons>{shortcuts[client].map(({ label, href }) => <LinkButton key={href} look="ghost" href={href} rel="noreferrer">{label}</LinkButton>)}</Buttons>
                <p className="small muted">{t('orElse')}</p>
              </div>
            )}
            <ol className={styles.steps}>{(['step1', 'step2', 'step3'] as const).map((step) => <li key={step}>{t(`${client}.${step}`)}</li>)}</ol>
            <p className={styles.aside}>{t(`${client}.note`)}</p>
            <p className={styles.source}>{t('source', { source: t(`${client}.source`) })}</p>
          </Details>
        ))}
        <Details name="client" summary={t('others.name')}>
          <dl className={styles.others}>
            {others.map((one) => <div key={one}><dt>{t(`others.${one}.name`)}</dt><dd>{t(`others.${one}.steps`)}</dd></div>)}
          </dl>
          <p className={styles.source}>{t('source', { source: t('others.source') })}</p>
        </Details>
      </Section>
    </div>
  )
}
