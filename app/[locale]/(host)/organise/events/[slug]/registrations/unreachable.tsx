import { getTranslations } from 'next-intl/server'
import { ActForm } from '@/app/[locale]/(host)/organise/_form/act-form'
import { sayInstant } from '@/app/[locale]/(host)/organise/say-instant'
import { typo } from '@/lib/text'
import { mendAddressOf } from './actions'
import type { Room } from './person'
import styles from './registrations.module.css'

/** Letters to this address come back: since when, why as far as the other server's code says, and what can be done. */
export async function Unreachable({ of: { since, diagnosis }, person: { id, name, address }, room: { event, locale, here, shut } }: {
  of: { since: Date; diagnosis: string }
  person: { id: string; name: string; address: string }
  room: Room
}) {
  const t = await getTranslations({ locale, namespace: 'inbox.unreachable' })
  const reason = reasonIn(diagnosis)
  return (
    <div className={styles.unreachable}>
      <p><strong>{t('since', { when: sayInstant(since, locale) })}</strong> {reason && t(`reasons.${reason}`)}</p>
      {diagnosis && <p className={styles.why}>{typo(t('said', { words: diagnosis }), locale)}</p>}
      <div className={styles.mending}>
        <ActForm act={mendAddressOf} fields={{ event: event.slug, address, locale }} label={t('mend')} look="quiet" name={t('mendOf', { address })} />
        {!shut && <a href={`${here}?elsewhere=${id}#add`}>{t('correct')}<span className="visually-hidden"> {t('correctOf', { name })}</span></a>}
      </div>
    </div>
  )
}

/** RFC 3463: what comes after the 5 says why. */
function reasonIn(diagnosis: string) {
  const [, subject, detail] = /\b5\.(\d{1,3})\.(\d{1,3})\b/.exec(diagnosis) ?? []
  const code = `${subject}.${detail}`
  if (['1.1', '1.0', '1.3', '1.6'].includes(code)) return 'no-mailbox' as const
  if (['1.2', '1.10', '4.4'].includes(code)) return 'no-domain' as const
  if (code === '2.1') return 'disabled' as const
  if (code === '2.2') return 'full' as const
  return subject === '7' ? ('refused' as const) : null
}
