import { ActForm } from '@/app/[locale]/(host)/organise/_form/act-form'
import { putMailAside } from '@/app/[locale]/(host)/organise/inbox/actions'
import styles from '@/app/[locale]/(host)/organise/inbox/inbox.module.css'
import type { InboxWords } from '@/app/[locale]/(host)/organise/inbox/say-mail'
import type { Locale } from '@/i18n/routing'

/** For what nobody needs to act on. */
export const Aside = ({ mail, locale, t }: { mail: string; locale: Locale; t: InboxWords }) => (
  <div className={styles.aside}>
    <h3>{t('aside.title')}</h3>
    <p>{t('aside.text')}</p>
    <ActForm act={putMailAside} fields={{ mail, locale }} label={t('aside.submit')} look="ghost" />
  </div>
)
