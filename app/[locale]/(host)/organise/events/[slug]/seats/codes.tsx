import { getTranslations } from 'next-intl/server'
import { ActForm } from '@/app/[locale]/(host)/organise/_form/act-form'
import { Fold } from '@/app/[locale]/(host)/organise/fold'
import type { Locale } from '@/i18n/routing'
import type { codesOf, EventPage } from '@/lib/events/queries'
import { Code } from './code'
import { takeBackCode } from './actions'
import styles from './seats.module.css'

type Row = Awaited<ReturnType<typeof codesOf>>[number]

/** Codes, each with whom it is for and how often it was used; those taken back are only named. */
export async function Codes({ codes, event, locale, shut }: { codes: Row[]; event: EventPage; locale: Locale; shut: boolean }) {
  const t = await getTranslations({ locale, namespace: 'asking.seats' })
  if (codes.length === 0) return <p className="muted">{t('codes.none')}</p>
  return (
    <ul className={styles.list}>
      {codes.map(({ id, code, label, most, used, revokedAt }) => {
        const name = label ?? t('codes.unnamed')
        return (
          <li key={id}>
            <div className={styles.head}>
              <h3 className={styles.name}>{revokedAt ? <del>{name}</del> : name}</h3>
              <p className={styles.figure}><strong>{used}</strong> {most === null ? t('codes.used', { count: used }) : t('codes.of', { most })}</p>
            </div>
            {revokedAt ? <p className="small muted">{t('codes.revoked')}</p> : most !== null && used >= most ? <p className="small muted">{t('codes.usedUp')}</p> : (
              <>
                <Code id={`code-${id}`} code={code} label={name} slug={event.slug} locale={locale} />
                {!shut && (
                  <Fold summary={t('codes.revoke')}>
                    <p className="small">{t('codes.revokeHow')}</p>
                    <ActForm act={takeBackCode} fields={{ event: event.slug, id, locale }} label={t('codes.confirm')} look="danger" name={name} />
                  </Fold>
                )}
              </>
            )}
          </li>
        )
      })}
    </ul>
  )
}
