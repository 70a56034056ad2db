import { getTranslations } from 'next-intl/server'
import { sayInstant } from '@/app/[locale]/(public)/instant-words'
import { seriesOf } from '@/app/[locale]/event-words'
import { Button, Buttons, LinkButton } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { ErrorSummary, Notice } from '@/app/_ui/notice'
import { Details, Stack } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import { config } from '@/lib/config'
import type { EventPage } from '@/lib/events/queries'
import { capability } from '@/lib/ids'
import { pathOf } from '@/lib/pathnames'
import { countAhead, type seatOf } from '@/lib/registrations/queries'
import { CalendarLinks } from './calendar-links'
import { refusalsOf } from './refusals'
import type { Answer } from './registration/answer'
import styles from './registration-panel.module.css'

/** What was asked for is done, or waits: to which address, from which one the letter comes, and both ways to mend a mistake. */
export async function Done({ event, locale, answer, action }: { event: EventPage; locale: Locale; answer: Answer; action: string }) {
  const t = await getTranslations({ locale, namespace: 'registration' })
  const errors = await refusalsOf(answer, locale)
  const state = stateOf(answer)
  const until = answer.heldUntil ? sayInstant(new Date(answer.heldUntil), event.timeZone, locale, answer.timeZone) : { when: '', today: 'no' }
  return (
    <Stack>
      <Notice id="answer" tone={state === 'confirmed' || state === 'waitlisted' ? 'success' : 'info'} title={t(`done.${state}.title`)} live="status">
        <p>{t.rich(`done.${state}.words`, { address: answer.email, ...until, strong: (words) => <strong className={styles.address}>{words}</strong> })}</p>
        {answer.did && <p>{t(`done.${answer.did}`)}</p>}
      </Notice>
      <p className="small">{t.rich('done.from', { sender: config().replyDomain, strong: (words) => <strong className={styles.address}>{words}</strong> })}</p>
      {state === 'confirmed' && <CalendarLinks event={event} locale={locale} />}
      <EveryDate event={event} locale={locale} />
      <Details summary={t('done.nothing')} open={errors.list.length > 0}>
        <Stack>
          <form method="post" action={action}>
            <input type="hidden" name="act" value="again" />
            <Buttons><Button look="ghost">{t('done.sendAgain')}</Button></Buttons>
          </form>
          <form method="post" action={action} className={styles.form} noValidate>
            <input type="hidden" name="act" value="correct" />
            {errors.list.length > 0 && <ErrorSummary title={t('done.toMend')} errors={errors.list} />}
            <Field name="email" label={t('done.correctLabel')} type="email" inputMode="email" autoComplete="email" autoCapitalize="none" spellCheck={false} required maxLength={254}
              defaultValue={answer.correction ?? answer.email} error={errors.byField.email} />
            <Buttons><Button look="ghost">{t('done.correct')}</Button></Buttons>
          </form>
        </Stack>
      </Details>
    </Stack>
  )
}

/** An event of a format is one of many dates: all of them may be asked for at once. */
async function EveryDate({ event, locale }: { event: EventPage; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'mine.series' })
  const format = seriesOf(event, locale).find(({ isCycle }) => !isCycle)
  return format ? <p className="small"><a href={`${format.href}#standing`}>{t('others', { series: format.name })}</a></p> : null
}

/** `pending` alone is what a closed circle says to everybody: its letter tells the rest. */
function stateOf({ status, pending, heldUntil }: Answer) {
  if (status === 'confirmed' || status === 'waitlisted') return status
  if (pending === 'proof') return heldUntil ? ('proof' as const) : ('proofOnly' as const)
  return pending === 'approval' ? ('approval' as const) : ('pending' as const)
}

type Own = NonNullable<Awaited<ReturnType<typeof seatOf>>>

/** For somebody who is logged in: where they stand, and the way to their registration's own page. */
export async function OwnSeat({ event, locale, own }: { event: EventPage; locale: Locale; own: Own & { status: Exclude<Own['status'], 'cancelled'> } }) {
  const t = await getTranslations({ locale, namespace: 'registration' })
  const until = own.heldUntil && sayInstant(own.heldUntil, event.timeZone, locale, own.timeZone)
  const state = own.status === 'pending' ? (own.pendingFor ?? 'approval') : own.status
  return (
    <Stack>
      <Notice tone={own.status === 'confirmed' ? 'success' : 'info'} title={t(`own.${state}`)}>
        {own.status === 'waitlisted' && <p>{t('own.ahead', { ahead: await countAhead(own) })}</p>}
        {own.status === 'offered' && until && <p>{t('own.until', until)}</p>}
        {state === 'proof' && <p>{until ? t('own.held', until) : t('own.toProve')}</p>}
        {state === 'circle' && <p>{t(own.askedAt ? 'own.asked' : 'own.toAsk')}</p>}
      </Notice>
      {own.status === 'confirmed' && <CalendarLinks event={event} locale={locale} />}
      <LinkButton look={own.status === 'offered' || state === 'proof' ? 'accent' : 'ghost'} wide href={pathOf('/registrations/[token]', { token: capability('manage', own.id, own.generation) }, locale)}>
        {t(own.status === 'offered' ? 'own.answer' : 'own.manage')}
      </LinkButton>
    </Stack>
  )
}
