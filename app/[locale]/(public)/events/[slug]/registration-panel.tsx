import { getTranslations } from 'next-intl/server'
import { Button, Buttons, LinkButton } from '@/app/_ui/button'
import { Field, RadioGroup } from '@/app/_ui/field'
import { ErrorSummary, Notice } from '@/app/_ui/notice'
import { Details, Frame, Stack } from '@/app/_ui/page'
import { SeatBar } from '@/app/_ui/seat-bar'
import { currentActor } from '@/app/_session/actor'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import type { EventPage } from '@/lib/events/queries'
import { closing, figuresTold, placesOf, shut, standing } from '@/lib/events/rules'
import { installation } from '@/lib/installation'
import { pathOf } from '@/lib/pathnames'
import { nameUsedBy, seatOf } from '@/lib/registrations/queries'
import { sayWhen } from '@/lib/text'
import { wallOf } from '@/lib/time'
import { CalendarLinks } from './calendar-links'
import { type Answer, readAnswer } from './registration/answer'
import { ZoneField } from './zone-field'
import styles from './registration-panel.module.css'

type Props = { event: EventPage; locale: Locale; said?: string }

/** Taking a seat: how many are left, two fields and a button; after it, what became of it. Works without a script. */
export async function RegistrationPanel({ event, locale, said }: Props) {
  const t = await getTranslations({ locale, namespace: 'registration' })
  const [answer, actor] = await Promise.all([readAnswer(event.slug), currentActor()])
  const own = actor.kind === 'person' ? await seatOf(event.id, actor.addressFolds) : null
  const reason = shut(event, now())
  const action = pathOf('/events/[slug]/registration', { slug: event.slug }, locale)

  return (
    <section id="registration" aria-labelledby="registration-title" className={styles.panel}>
      <Frame sticky>
        <Seats event={event} locale={locale} />
        {answer?.status && !reason ? (
          <Done event={event} locale={locale} answer={answer} action={action} />
        ) : own && own.status !== 'cancelled' && !reason ? (
          <OwnSeat event={event} locale={locale} status={own.status} />
        ) : reason || (standing(event, now()) === 'full' && !answer?.fields) ? (
          <Shut reason={reason ?? 'full'} locale={locale} calledOffReason={event.calledOffReason} />
        ) : (
          <Stack>
            {!answer && said && <Notice tone={isGood(said) ? 'success' : 'warning'} live="status">{t(isGood(said) ? 'saidWithoutCookie' : 'refusedWithoutCookie')}</Notice>}
            <Audience event={event} locale={locale} />
            <SeatForm event={event} locale={locale} answer={answer} action={action} person={actor.kind === 'person' ? { name: actor.name ?? (await nameUsedBy(actor.addressFolds)) ?? '', address: actor.address } : null} />
          </Stack>
        )}
      </Frame>
    </section>
  )
}

const isGood = (said: string) => ['confirmed', 'waitlisted', 'pending'].includes(said)

async function Seats({ event, locale }: { event: EventPage; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'registration' })
  const over = shut(event, now())
  const { left, capacity, taken, waiting } = figuresTold(event)
  if (over) return <h2 id="registration-title" className={styles.title}>{t(`shut.${over}.title`)}</h2>
  const headline = standing(event, now()) !== 'open' ? t('seats.full') : left === null ? t('seats.unlimited') : t('seats.left', { left })
  const detail = [capacity !== null && t('seats.of', { capacity }), waiting > 0 && t('seats.waiting', { waiting })].filter(Boolean).join(' · ')
  return (
    <div>
      <h2 id="registration-title" className="visually-hidden">{t('title')}</h2>
      <SeatBar large taken={taken} capacity={capacity} headline={headline} detail={detail} />
      <p className="small">{t('until', { when: whenClosing(event, locale) })}</p>
    </div>
  )
}

function whenClosing(event: EventPage, locale: Locale) {
  const at = closing(event)
  const wall = event.startTime === null && at === event.startsAt ? { date: event.startDate, time: null } : wallOf(at, event.timeZone)
  const today = wallOf(now(), event.timeZone).date
  return sayWhen({ start: wall, end: null, timeZone: event.timeZone, startsAt: at, endsAt: null }, locale, { today, zone: false })
}

async function Audience({ event, locale }: { event: EventPage; locale: Locale }) {
  if (event.audience === 'open') return null
  const t = await getTranslations({ locale, namespace: 'registration' })
  const { contact } = await installation()
  return (
    <Notice title={t(`audience.${event.audience}.title`)}>
      <p>{t(`audience.${event.audience}.rule`)} {contact && <a href={`mailto:${contact}`}>{t('audience.ask')}</a>}</p>
    </Notice>
  )
}

type FormProps = { event: EventPage; locale: Locale; answer: Answer | null; action: string; person: { name: string; address: string } | null }

async function SeatForm({ event, locale, answer, action, person }: FormProps) {
  const t = await getTranslations({ locale, namespace: 'registration' })
  const errors = await errorsOf(answer, locale)
  const waits = standing(event, now()) === 'waitlist'
  const submit = waits ? t('form.wait') : t('form.take')
  const places = placesOf(event.mode)
  const asksPlace = places.length > 1 && (
    <RadioGroup name="place" legend={t('form.place')} value={answer?.place ?? 'room'} required error={errors.byField.place}
      options={places.map((value) => ({ value, label: t(`form.${value}`) }))} />
  )
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
        {asksPlace}
        <ZoneField />
        <Button wide>{submit}</Button>
      </form>
      <p className="small">{waits ? t('form.waitNotice') : t('form.notice')}</p>
    </>
  )
}

/** Sentences for what was refused, by field and as a list; a refusal of the whole has no field. */
async function errorsOf(answer: Answer | null, locale: Locale) {
  const t = await getTranslations({ locale })
  const sentence = (field: string, reason: string) => {
    const keys = [`registration.errors.${field}.${reason}`, `registration.errors.${reason}`, `errors.${reason}`]
    return t((keys.find((key) => t.has(key)) ?? 'errors.invalid') as Parameters<typeof t>[0])
  }
  const fields = (answer?.fields ?? []).map(({ field, reason }) => ({ field, message: sentence(field, reason) }))
  const whole = answer?.reason ? [{ field: 'registration', message: sentence('form', answer.reason) }] : []
  return { list: [...whole, ...fields], byField: Object.fromEntries(fields.map(({ field, message }) => [field, message])) as Record<string, string | undefined> }
}

/** The seat is taken: to which address, from which one the letter comes, and both ways to mend a mistake. */
async function Done({ event, locale, answer, action }: { event: EventPage; locale: Locale; answer: Answer; action: string }) {
  const t = await getTranslations({ locale, namespace: 'registration' })
  const errors = await errorsOf(answer, locale)
  const status = answer.status ?? 'pending'
  return (
    <Stack>
      <Notice id="answer" tone="success" title={t(`done.${status}.title`)} live="status">
        <p>{t.rich(`done.${status}.words`, { address: answer.email, strong: (words) => <strong className={styles.address}>{words}</strong> })}</p>
        {answer.did && <p>{t(`done.${answer.did}`)}</p>}
      </Notice>
      <p className="small">{t.rich('done.from', { sender: config().replyDomain, strong: (words) => <strong className={styles.address}>{words}</strong> })}</p>
      {status === 'confirmed' && <CalendarLinks event={event} locale={locale} />}
      <Details summary={t('done.nothing')} open={errors.list.length > 0}>
        <Stack close>
          <form method="post" action={action}>
            <input type="hidden" name="act" value="again" />
            <Buttons><Button look="ghost">{t('done.sendAgain')}</Button></Buttons>
          </form>
          <form method="post" action={action} className={styles.form} noValidate>
            <input type="hidden" name="act" value="correct" />
            {errors.list.length > 0 && <ErrorSummary title={t('form.toMend')} errors={errors.list} />}
            <Field name="email" label={t('done.correctLabel')} type="email" inputMode="email" autoComplete="email" autoCapitalize="none" spellCheck={false} required maxLength={254}
              defaultValue={answer.correction ?? answer.email} error={errors.byField.email} />
            <Buttons><Button look="ghost">{t('done.correct')}</Button></Buttons>
          </form>
        </Stack>
      </Details>
    </Stack>
  )
}

async function OwnSeat({ event, locale, status }: { event: EventPage; locale: Locale; status: 'confirmed' | 'waitlisted' | 'pending' | 'offered' }) {
  const t = await getTranslations({ locale, namespace: 'registration' })
  return (
    <Stack>
      <Notice tone="success" title={t(`own.${status}`)} />
      {status === 'confirmed' && <CalendarLinks event={event} locale={locale} />}
      <LinkButton look="ghost" wide href={getPathname({ href: '/me', locale })}>{t('own.manage')}</LinkButton>
    </Stack>
  )
}

async function Shut({ reason, locale, calledOffReason }: { reason: 'called-off' | 'already-over' | 'closed' | 'full'; locale: Locale; calledOffReason: string | null }) {
  const t = await getTranslations({ locale, namespace: 'registration' })
  return (
    <Stack close>
      <p>{t(`shut.${reason}.words`)}</p>
      {reason === 'called-off' && calledOffReason && <p>{calledOffReason}</p>}
      {reason !== 'already-over' && <LinkButton look="ghost" wide href={getPathname({ href: '/', locale })}>{t('shut.others')}</LinkButton>}
    </Stack>
  )
}
