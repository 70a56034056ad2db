import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { EmptyState, Notice } from '@/app/_ui/notice'
import { Columns, Details, Page, Section } from '@/app/_ui/page'
import { ActForm } from '@/app/[locale]/(host)/organise/_form/act-form'
import { TextForm } from '@/app/[locale]/(host)/organise/_form/text-form'
import { eventOf } from '@/app/[locale]/(host)/organise/event-of'
import { sayEventWhen } from '@/app/[locale]/(host)/organise/say-event'
import { today } from '@/app/[locale]/event-words'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { type EventPage, remindersOf } from '@/lib/events/queries'
import { mostReminders } from '@/lib/events/schema'
import { sayWhen } from '@/lib/text'
import { wallOf } from '@/lib/time'
import { shutToChange } from '@/lib/registrations/rules'
import { RoomHead } from '@/app/[locale]/(host)/organise/events/[slug]/room-head'
import { type ReminderRule, sayReminder } from '@/app/[locale]/(host)/organise/events/[slug]/say-reminder'
import { saidDone } from '@/app/[locale]/(host)/organise/said-done'
import { addReminder, dropReminder } from './actions'
import { DayAfter } from './day-after'
import styles from './reminders.module.css'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
  searchParams: Promise<{ done?: string | string[] }>
}

type Row = Awaited<ReturnType<typeof remindersOf>>[number]
type Say = Awaited<ReturnType<typeof getTranslations<'asking.reminders'>>>

const known = ['added', 'dropped', 'on', 'off'] as const

/** What most events want, one press away. */
const usual: ReminderRule[] = [
  { daysBefore: 7, atTime: '09:00', minutesBefore: null },
  { daysBefore: 1, atTime: null, minutesBefore: null },
  { daysBefore: 1, atTime: '18:00', minutesBefore: null },
  { daysBefore: null, atTime: null, minutesBefore: 60 },
  { daysBefore: null, atTime: null, minutesBefore: 15 },
]

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params)
  const t = await getTranslations({ locale, namespace: 'asking.reminders' })
  return { title: t('pageTitle', { title: event.title }) }
}

/** When registered people are reminded, by which rules, and at which instants these fall due. */
export default async function RemindersPage({ params, searchParams }: Props) {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params, '/organise/events/[slug]/reminders')
  const [t, rules, after, rows, asked] = await Promise.all([
    getTranslations({ locale, namespace: 'asking.reminders' }), getTranslations({ locale, namespace: 'asking.reminders.rule' }), getTranslations({ locale, namespace: 'takeaway.setting' }), remindersOf(event.id), searchParams,
  ])
  const did = saidDone(asked.done, known)
  const shut = shutToChange(event, now()) !== null
  const fields = { event: event.slug, locale }
  const free = usual.filter((one) => !rows.some((row) => row.daysBefore === one.daysBefore && row.atTime === one.atTime && row.minutesBefore === one.minutesBefore))
  const isFull = rows.length >= mostReminders
  const sorted = rows.toSorted((one, other) => (one.dueAt?.getTime() ?? Infinity) - (other.dueAt?.getTime() ?? Infinity))
  return (
    <Page className={styles.page}>
      <RoomHead event={event} locale={locale} title={t('title')}>
        <p>{t('lede')}</p>
        <p className={styles.when}>{sayEventWhen(event, locale)}</p>
      </RoomHead>
      {did && <Notice tone="success" live="status"><p>{did === 'on' || did === 'off' ? after(`done.${did}`) : t(`done.${did}`)}</p></Notice>}
      <Columns aside={!shut && (
        <Section id="more" title={t('add')} quiet>
          {isFull ? <p className="muted">{t('full')}</p> : (
            <>
              <ul className={styles.usual}>
                {free.map((rule) => (
                  <li key={sayReminder(rule, locale, rules)}><ActForm act={addReminder} fields={{ ...fields, ...typedOf(rule) }} label={sayReminder(rule, locale, rules)} look="quiet" /></li>
                ))}
              </ul>
              <Details key={rows.length} summary={t('own')} open={rows.length === 0}>
                <div className={styles.own}>
                  <h3>{t('days')}</h3>
                  <TextForm act={addReminder} fields={fields} label={t('submit')} look="ghost" wrong={t('wrong')} questions={[
                    { name: 'daysBefore', label: t('daysBefore'), hint: t('daysBeforeHint'), max: 2, value: '2', required: true },
                    { name: 'atTime', label: t('atTime'), hint: t('atTimeHint'), optional: t('optional'), max: 5 },
                  ]} />
                </div>
                <div className={styles.own}>
                  <h3>{t('minutes')}</h3>
                  <TextForm act={addReminder} fields={fields} label={t('submit')} look="ghost" wrong={t('wrong')} questions={[
                    { name: 'minutesBefore', label: t('minutesBefore'), hint: t('minutesBeforeHint'), max: 4, value: '30', required: true },
                  ]} />
                </div>
              </Details>
            </>
          )}
        </Section>
      )}>
        <Section id="rules" title={t('rules')} beside={rows.length > 0 ? t('count', { count: rows.length }) : undefined}>
          {rows.length === 0 && <EmptyState title={t('none')}><p>{t('noneHint')}</p></EmptyState>}
          <ul className={styles.rules}>
            {sorted.map((row) => (
              <li key={row.id}>
                <div>
                  <p className={styles.rule}>{sayReminder(row, locale, rules)}</p>
                  <p className="small muted">{sayDue(row, event, locale, t)}</p>
                </div>
                {!shut && <ActForm act={dropReminder} fields={{ ...fields, id: row.id }} label={t('drop')} look="quiet" name={sayReminder(row, locale, rules)} />}
              </li>
            ))}
          </ul>
          {event.status === 'draft' && rows.length > 0 && <p className="small muted">{t('draft')}</p>}
        </Section>
        <DayAfter event={event} locale={locale} />
      </Columns>
    </Page>
  )
}

const typedOf = ({ daysBefore, atTime, minutesBefore }: ReminderRule): Record<string, string> =>
  minutesBefore === null ? { daysBefore: String(daysBefore), atTime: atTime ?? '' } : { minutesBefore: String(minutesBefore) }

/** The instant on the event's wall, or why there is none. */
function sayDue({ dueAt, doneFor, daysBefore, atTime }: Row, event: EventPage, locale: Locale, t: Say) {
  if (event.status === 'called_off') return t('due.calledOff')
  if (!dueAt) return t(event.startTime === null && (daysBefore === null || atTime === null) ? 'due.noHour' : 'due.late')
  const when = sayWhen({ start: wallOf(dueAt, event.timeZone), end: null, timeZone: event.timeZone, startsAt: dueAt, endsAt: null }, locale, { today: today() })
  return t(doneFor?.getTime() === event.startsAt.getTime() || dueAt <= now() ? 'due.done' : 'due.coming', { when })
}
