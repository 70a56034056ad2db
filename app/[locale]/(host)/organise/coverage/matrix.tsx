import { getTranslations } from 'next-intl/server'
import { pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { otherLanguage } from '@/app/[locale]/event-words'
import { recommendationHref, shortTitle } from '@/app/[locale]/(public)/report-tiles'
import { EmptyState } from '@/app/_ui/notice'
import type { Locale } from '@/i18n/routing'
import type { Coverage, passagesOf, touchesOf } from '@/lib/coverage/queries'
import type { EventState } from '@/lib/coverage/rules'
import type { ReportWhole } from '@/lib/reports/queries'
import { sayDay, typo } from '@/lib/text'
import styles from './coverage.module.css'

type Props = {
  report: ReportWhole
  coverage: Coverage
  touches: Awaited<ReturnType<typeof touchesOf>>
  passages: Awaited<ReturnType<typeof passagesOf>>
  locale: Locale
}
type Mark = EventState | 'minuted'

const marks: Mark[] = ['minuted', 'discussed', 'coming', 'to-confirm', 'not-discussed', 'inferred', 'called-off']
const most = 120

/** A table that scrolls in its own frame: sessions as rows, the newest first, recommendations as columns. A letter, a texture and a hidden word say the same. */
export async function Matrix({ report, coverage, touches, passages, locale }: Props) {
  const t = await getTranslations({ locale, namespace: 'coverage.matrix' })
  const said = await getTranslations({ locale, namespace: 'report' })
  const quoted = new Set(passages.map(({ eventId, number }) => `${eventId}/${number}`))
  const cells = new Map<string, Mark>(touches.map(({ eventId, number, state }) => [`${eventId}/${number}`, state]))
  for (const key of quoted) if (cells.get(key) !== 'called-off') cells.set(key, 'minuted')
  const known = [...touches, ...passages.map(({ event, ...one }) => ({ ...one, slug: event }))]
  const sessions = [...new Map(known.map((one) => [one.eventId, one])).values()].sort((a, b) => (a.startDate < b.startDate ? 1 : a.startDate > b.startDate ? -1 : 0))
  if (sessions.length === 0) return <EmptyState title={t('empty')} />
  const used = marks.filter((mark) => [...cells.values()].includes(mark))
  return (
    <>
      <ul className={styles.keys} aria-label={t('key')}>
        {used.map((mark) => <li key={mark}><span className={`${styles.mark} ${styles[mark]}`} aria-hidden="true">{t(`mark.${mark}`)}</span> {t(`says.${mark}`)}</li>)}
      </ul>
      <div className={styles.frame} role="region" aria-label={t('scroll')} tabIndex={0}>
        <table className={styles.matrix}>
          <caption className="visually-hidden">{t('caption', { title: report.title })}</caption>
          <thead>
            <tr>
              <th scope="col" className={styles.corner}>{t('event')}</th>
              {report.recommendations.map((one) => {
                const { title, lang } = shortTitle(one, locale)
                return <th key={one.number} scope="col"><a href={recommendationHref(report.slug, one.number, locale)} title={title}>{one.number}<span className="visually-hidden" lang={lang}>, {title}</span></a></th>
              })}
            </tr>
          </thead>
          <tbody>
            {sessions.slice(0, most).map((session) => (
              <tr key={session.eventId}>
                <th scope="row">
                  <a href={pathOfRoom('/organise/events/[slug]', session.slug, locale)} lang={otherLanguage(session.language, locale)}>{typo(session.title, session.language as Locale)}</a>
                  <span className={styles.day}>{sayDay(session.startDate, locale, { weekday: false, year: true })}</span>
                </th>
                {report.recommendations.map(({ number }) => {
                  const mark = cells.get(`${session.eventId}/${number}`)
                  return <td key={number}>{mark && <span className={`${styles.mark} ${styles[mark]}`}><span aria-hidden="true">{t(`mark.${mark}`)}</span><span className="visually-hidden">{t(`says.${mark}`)}</span></span>}</td>
                })}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('sum')}</th>
              {coverage.recommendations.map((one) => <td key={one.number}><span className={`${styles.depth} ${styles[`depth-${one.depth}`]}`}><span className="visually-hidden">{one.awaitsConfirmation ? said('depth.toConfirm') : said(`depth.${one.depth}`)}</span></span></td>)}
            </tr>
          </tfoot>
        </table>
      </div>
      {sessions.length > most && <p className={styles.more}>{t('truncated', { count: most })}</p>}
    </>
  )
}
