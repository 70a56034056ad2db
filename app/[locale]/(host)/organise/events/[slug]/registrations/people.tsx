import { getTranslations } from 'next-intl/server'
import { Table } from '@/app/_ui/table'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import type { EventPage } from '@/lib/events/queries'
import type { lettersAboutEach } from '@/lib/mail/queries'
import type { listOf } from '@/lib/registrations/queries'
import { sayDay, sayHour } from '@/lib/text'
import { wallOf } from '@/lib/time'
import { ActForm } from '@/app/[locale]/(host)/organise/_form/act-form'
import { Fold } from '@/app/[locale]/(host)/organise/fold'
import styles from '@/app/[locale]/(host)/organise/organise.module.css'
import { addPerson, sendAgain } from './actions'

type Row = Awaited<ReturnType<typeof listOf>>['rows'][number]
type Letters = Awaited<ReturnType<typeof lettersAboutEach>>
type Letter = NonNullable<ReturnType<Letters['get']>>[number]

/** One of the lists, each person with their story and what they were sent. */
export async function People({ list, rows, letters, event, locale, here, shut, isTop }: {
  list: 'confirmed' | 'waiting' | 'others'
  rows: Row[]
  letters: Letters
  event: EventPage
  locale: Locale
  here: string
  /** Nothing follows any more: called off, or begun. */
  shut: boolean
  /** The list begins here: ranks are known. */
  isTop: boolean
}) {
  const t = await getTranslations({ locale, namespace: 'organise.people' })
  const when = (instant: Date) => sayInstant(instant, locale)
  const hybrid = event.mode === 'hybrid'
  return (
    <Table
      caption={t(`lists.${list}`)}
      captionHidden
      empty={<p className="muted">{t(`none.${list}`)}</p>}
      columns={[
        { key: 'name', label: t('columns.name') },
        { key: 'state', label: t('columns.state') },
        { key: 'story', label: t('columns.story') },
        { key: 'letters', label: t('columns.letters') },
        ...(shut ? [] : [{ key: 'act', label: t('columns.act') }]),
      ]}
      rows={rows.map((row, place) => {
        const sent = letters.get(`registration/${row.id}`) ?? []
        return {
          key: row.id,
          cells: [
            <span key="name" className={styles.person}>
              {list === 'waiting' && isTop ? t('rank', { place: place + 1, name: row.name }) : row.name}
              {row.companions.map(({ id, name }) => <span key={id} className={styles.companions}>+ {name}</span>)}
              <span className={`${styles.companions} ${styles.address}`}>{row.address}</span>
            </span>,
            <span key="state">{t(`status.${row.status}`)}{hybrid && `, ${t(`place.${row.place}`)}`}<span className={styles.companions}>{t('since', { when: when(row.createdAt) })}</span></span>,
            <Fold key="story" summary={t('steps', { count: row.steps.length })}>
              <ol className={styles.story}>
                {row.steps.map((step) => (
                  <li key={step.id}>{when(step.at)}{t('colon')} {t.has(`reasons.${step.reason}`) ? t(`reasons.${step.reason}`) : step.reason}{step.reason !== 'cancelled' && `, ${t(`status.${step.status}`)}`} ({t.has(`actors.${step.actor}`) ? t(`actors.${step.actor}`) : step.actor})</li>
                ))}
              </ol>
            </Fold>,
            <Fold key="letters" summary={<Summary letters={sent} t={t} />}>
              <ul className={styles.letters}>
                {sent.map((letter) => {
                  const kind = t.has(`kinds.${letter.kind}`) ? t(`kinds.${letter.kind}`) : letter.kind
                  return (
                    <li key={letter.id}>
                      {kind}{t('colon')} <span className={letter.state === 'failed' ? styles.failed : undefined}>{t(`letters.${letter.state}`)}</span>, {when(letter.sentAt ?? letter.createdAt)}
                      {letter.lastError && <span className={styles.companions}>{letter.lastError}</span>}
                      {' '}
                      {(letter.state === 'sent' || letter.state === 'failed') && <ActForm act={sendAgain} fields={{ event: event.slug, letter: letter.id, locale }} label={t('again')} look="quiet" name={t('againTo', { kind, name: row.name })} />}
                    </li>
                  )
                })}
              </ul>
            </Fold>,
            ...(shut ? [] : [<Act key="act" row={row} slug={event.slug} locale={locale} here={here} t={t} />]),
          ],
        }
      })}
    />
  )
}

/** A request is accepted, a registration cancelled after a question; what is cancelled already comes back by the form. */
function Act({ row, slug, locale, here, t }: { row: Row; slug: string; locale: Locale; here: string; t: Say }) {
  if (row.status === 'cancelled') return null
  if (row.status === 'pending') {
    const fields = { event: slug, locale, name: row.name, email: row.address, language: row.locale, place: row.place }
    return <ActForm act={addPerson} fields={fields} label={t('letIn')} look="quiet" name={t('letInOf', { name: row.name })} />
  }
  return <a href={`${here}?cancel=${row.id}#cancel`}>{t('cancel.link')}<span className="visually-hidden"> {t('cancel.of', { name: row.name })}</span></a>
}

type Say = Awaited<ReturnType<typeof getTranslations<'organise.people'>>>

/** What matters at a glance: how many, and whether one of them failed. */
function Summary({ letters, t }: { letters: Letter[]; t: Say }) {
  const failed = letters.filter(({ state }) => state === 'failed').length
  const waiting = letters.filter(({ state }) => state === 'waiting' || state === 'retrying' || state === 'sending').length
  return (
    <>
      {t('letterCount', { count: letters.length })}
      {failed > 0 && <span className={styles.failed}>, {t('failedCount', { count: failed })}</span>}
      {waiting > 0 && <>, {t('waitingCount', { count: waiting })}</>}
    </>
  )
}

function sayInstant(instant: Date, locale: Locale) {
  const zone = config().defaultTimeZone
  const { date, time } = wallOf(instant, zone)
  return `${sayDay(date, locale, { today: wallOf(now(), zone).date, weekday: false })} ${locale === 'fr' ? 'à\u00A0' : 'at '}${sayHour(time, locale)}`
}
