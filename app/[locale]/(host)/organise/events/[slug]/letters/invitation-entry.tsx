import { getTranslations } from 'next-intl/server'
import { classNames } from '@/app/_ui/class-names'
import { DateBlock } from '@/app/_ui/date-block'
import { Details } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import type { DrawnEntry } from './drawn-entry'
import styles from './invitation.module.css'

const looks = { CONFIRMED: styles.confirmed, TENTATIVE: styles.tentative, CANCELLED: styles.cancelled, WITHDRAWN: styles.cancelled }

/** The entry as a calendar draws it: the day, the block of hours, what stands in it, and how firm it is. */
export async function InvitationEntry({ entry, locale, language }: { entry: DrawnEntry; locale: Locale; language: Locale }) {
  const t = await getTranslations({ locale, namespace: 'lint.entry' })
  const { status, span } = entry
  return (
    <div className={styles.drawn} role="group" aria-label={t('label')}>
      <DateBlock {...entry.date} hours={undefined} struck={status === 'CANCELLED' || status === 'WITHDRAWN'} />
      <div>
        <div className={classNames(styles.entry, looks[status])}>
          <p className={styles.state}>{t(`status.${status}`)}<span className={styles.free}>{t(`free.${entry.isFree ? 'yes' : 'no'}`)}</span></p>
          <p className={styles.summary} lang={language}>{entry.summary}</p>
          <p lang={language}>{entry.hours === null ? <>{entry.when} <span className={styles.free} lang={locale}>{t('allDay')}</span></> : entry.when}</p>
          <p lang={entry.place === null ? undefined : language} className={entry.place === null ? 'muted' : undefined}>{entry.place ?? t('noPlace')}</p>
          {entry.join && <p className={styles.join}>{`${t('join')} `}<span className={styles.address}>{entry.join}</span></p>}
        </div>
        {span && (
          // Where in the day it stands: the hours beside it are said in words above.
          <svg className={styles.ruler} viewBox="0 0 1440 60" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            {[0, 360, 720, 1080, 1440].map((at) => <line key={at} x1={at} x2={at} y1="0" y2="60" className={styles.tick} />)}
            <rect x={span.from} width={Math.max(span.to - span.from, 12)} y="12" height="36" className={classNames(styles.block, entry.isFree && styles.blockFree)} />
          </svg>
        )}
        {span && <p className={styles.hours} aria-hidden="true">{['0', '6', '12', '18', '24'].map((hour) => <span key={hour}>{`${hour}h`}</span>)}</p>}
        <p className={styles.free}>{t(`answers.${entry.asksAnswer ? 'yes' : 'no'}`)}</p>
        <Details summary={t('description')}><p className={styles.text} lang={language}>{entry.description}</p></Details>
      </div>
    </div>
  )
}
