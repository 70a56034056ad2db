import { getTranslations } from 'next-intl/server'
import { sayCount } from '@/app/[locale]/changes-view'
import { Details, Section } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import type { EventPage } from '@/lib/events/queries'
import type { ListedEdition } from '@/lib/notes/queries'
import { clockIn, sayDay } from '@/lib/text'
import { WithdrawForm } from './publish-form'
import styles from './restitution-room.module.css'

/** Every edition there ever was, with what became of it. */
export async function EditionList({ event, editions, locale }: { event: EventPage; editions: ListedEdition[]; locale: Locale }) {
  const [t, counted] = await Promise.all([getTranslations({ locale, namespace: 'restitution.editions' }), getTranslations({ locale, namespace: 'restitution.count' })])
  const standing = editions.filter(({ withdrawnAt }) => withdrawnAt === null)
  const dayOf = (at: Date) => sayDay(clockIn(at, event.timeZone)?.date ?? at.toISOString().slice(0, 10), locale, { weekday: false })
  const lines = await Promise.all(editions.map(async (one) => ({ ...one, what: one.count && one.since !== null ? counted('since', { number: one.since, what: await sayCount(one.count, locale) }) : null })))
  return (
    <Section title={t('title')} id="editions">
      <ul className={styles.editions}>
        {lines.map(({ number, publishedAt, withdrawnAt, authors, changes, why, what, isTold }) => {
          const href = getPathname({ href: { pathname: '/events/[slug]/notes/[edition]', params: { slug: event.slug, edition: String(number) } }, locale })
          return (
            <li key={number}>
              <p className={styles.line}>
                <a href={href} className={withdrawnAt ? styles.withdrawn : undefined}>{t('line', { number, day: dayOf(publishedAt) })}</a>
                <span>{t('by', { authors })}</span>
                <span className={styles.state}>{withdrawnAt ? t('withdrawnOn', { day: dayOf(withdrawnAt) }) : number === standing[0]?.number ? t('current') : t('older')}</span>
                {!isTold && <span className="muted small">{t('toldNobody')}</span>}
              </p>
              {what && <p className="small muted">{what}</p>}
              {changes && <p className={styles.said}>{changes}</p>}
              {withdrawnAt && why && <p className={styles.said}>{t('why', { why })}</p>}
              {!withdrawnAt && (
                <Details summary={<>{t('withdraw')}<span className="visually-hidden"> {t('edition', { number })}</span></>}>
                  <WithdrawForm slug={event.slug} locale={locale} number={number} before={standing.find((one) => one.number !== number)?.number ?? 0} />
                </Details>
              )}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
