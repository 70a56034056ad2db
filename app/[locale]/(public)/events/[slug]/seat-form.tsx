import { getTranslations } from 'next-intl/server'
import { Button } from '@/app/_ui/button'
import { Field, RadioGroup } from '@/app/_ui/field'
import { ErrorSummary } from '@/app/_ui/notice'
import { Details } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import type { EventPage } from '@/lib/events/queries'
import { placesOf, standing } from '@/lib/events/rules'
import { askedHere } from './asked-here'
import { AccessFields, ConsentFields, QuestionFields } from './question-fields'
import { refusalsOf } from './refusals'
import type { Answer } from './registration/answer'
import { readAsked } from './registration/asked-cookie'
import { ZoneField } from './zone-field'
import styles from './registration-panel.module.css'

interface Props {
  event: EventPage
  locale: Locale
  answer: Answer | null
  action: string
  /** Who is logged in. */
  person: { name: string; address: string } | null
  /** How a code is asked for: folded, open, or not at all; what the address brought along is in it already. */
  code: { shown: 'folded' | 'open' | 'no'; given: string }
}

/** Two fields and a button; what the event asks besides stands between them and the button. */
export async function SeatForm({ event, locale, answer, action, person, code }: Props) {
  const t = await getTranslations({ locale, namespace: 'registration' })
  const asked = await askedHere(event, locale)
  const typed = answer ? await readAsked(event.slug) : {}
  const errors = await refusalsOf(answer, locale, asked.labels)
  const places = placesOf(event.mode)
  return (
    <>
      <form method="post" action={action} className={styles.form} noValidate>
        {errors.list.length > 0 && <ErrorSummary title={t('form.toMend')} errors={errors.list} />}
        {person && !errors.byField.email ? (
          <>
            <input type="hidden" name="act" value="me" />
            {person.name && !errors.byField.name ? null : <Field name="name" label={t('form.name')} autoComplete="name" required maxLength={120} defaultValue={answer?.name ?? person.name} error={errors.byField.name} />}
            <p className="small">{t('form.as', { address: person.address })}</p>
          </>
        ) : (
          <>
            <Field name="name" label={t('form.name')} autoComplete="name" required maxLength={120} defaultValue={answer?.name} error={errors.byField.name} />
            <Field name="email" label={t('form.email')} type="email" inputMode="email" autoComplete="email" autoCapitalize="none" spellCheck={false} required maxLength={254}
              defaultValue={answer?.email} error={errors.byField.email} />
          </>
        )}
        {places.length > 1 && (
          <RadioGroup name="place" legend={t('form.place')} value={answer?.place ?? 'room'} required error={errors.byField.place}
            options={places.map((value) => ({ value, label: t(`form.${value}`) }))} />
        )}
        <QuestionFields asked={asked.questions} typed={typed} errors={errors.byField} locale={locale} />
        {event.asksAccess && <AccessFields typed={typed} errors={errors.byField} locale={locale} />}
        <ConsentFields asked={asked.consents} given={Object.keys(typed)} locale={locale} />
        <CodeField locale={locale} shown={code.shown} value={answer?.code ?? code.given} error={errors.byField.code} />
        <ZoneField />
        <Button wide>{submitWord(event, t)}</Button>
      </form>
      <p className="small">{t(`form.${noticeOf(event)}`)}</p>
    </>
  )
}

type Words = Awaited<ReturnType<typeof getTranslations<'registration'>>>

const submitWord = (event: EventPage, t: Words) =>
  event.approves || event.audience !== 'open' ? t('form.ask') : standing(event, now()) === 'waitlist' ? t('form.wait') : t('form.take')

/** What happens next, said before it does. */
function noticeOf(event: EventPage) {
  if (event.audience !== 'open') return 'circleNotice' as const
  if (event.approves) return 'approvalNotice' as const
  if (standing(event, now()) === 'waitlist') return event.offerHours === null ? ('waitNotice' as const) : ('offerNotice' as const)
  return event.provesAddress ? ('proofNotice' as const) : ('notice' as const)
}

async function CodeField({ locale, shown, value, error }: { locale: Locale; shown: 'folded' | 'open' | 'no'; value: string; error?: string }) {
  if (shown === 'no' && !value) return null
  const t = await getTranslations({ locale, namespace: 'registration.form' })
  const field = (
    <Field name="code" label={t('code')} hint={t('codeHint')} autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={60} defaultValue={value} error={error}
      optional={shown === 'open' ? t('codeOptional') : undefined} />
  )
  return shown === 'open' || value || error ? field : <Details summary={t('haveCode')}>{field}</Details>
}
