import { getTranslations } from 'next-intl/server'
import { sayInstant } from '@/app/[locale]/(public)/instant-words'
import { LinkButton } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { Details, Frame, Stack } from '@/app/_ui/page'
import { SeatBar } from '@/app/_ui/seat-bar'
import { currentActor } from '@/app/_session/actor'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { type EventPage, takesCodes } from '@/lib/events/queries'
import { closing, figuresTold, opening, shut, standing } from '@/lib/events/rules'
import { installation } from '@/lib/installation'
import { pathOf } from '@/lib/pathnames'
import { nameUsedBy, seatOf } from '@/lib/registrations/queries'
import { sayWhen } from '@/lib/text'
import { wallOf } from '@/lib/time'
import { Done, OwnSeat } from './registered'
import { readAnswer } from './registration/answer'
import { SeatForm } from './seat-form'
import styles from './registration-panel.module.css'

/** `said` is what the address says of the form that was just sent; `code` is what it brings along for an invited person. */
type Props = { event: EventPage; locale: Locale; said?: string; code?: string }

/** Taking a seat: how many are left, two fields and a button; after it, what became of it. Works without a script. */
export async function RegistrationPanel({ event, locale, said, code }: Props) {
  return (
    <section id="registration" aria-labelledby="registration-title" className={styles.panel}>
      <Frame sticky>
        <Seats event={event} locale={locale} />
        <Standing event={event} locale={locale} said={said} code={code} />
      </Frame>
    </section>
  )
}

async function Standing({ event, locale, said, code = '' }: Props) {
  const t = await getTranslations({ locale, namespace: 'registration' })
  const [answer, actor] = await Promise.all([readAnswer(event.slug), currentActor()])
  const own = actor.kind === 'person' ? await seatOf(event.id, actor.addressFolds) : null
  const reason = shut(event, now())
  const action = pathOf('/events/[slug]/registration', { slug: event.slug }, locale)

  if (answer?.status && !reason) return <Done event={event} locale={locale} answer={answer} action={action} />
  if (own && own.status !== 'cancelled' && reason !== 'called-off' && reason !== 'already-over') return <OwnSeat event={event} locale={locale} own={{ ...own, status: own.status }} />
  if (reason) return <Shut reason={opening(event, now()) ? 'soon' : reason} locale={locale} calledOffReason={event.calledOffReason} />

  const hasCodes = await takesCodes(event.id)
  const person = actor.kind === 'person' ? { name: actor.name ?? (await nameUsedBy(actor.addressFolds)) ?? '', address: actor.address } : null
  const form = (shown: 'folded' | 'open' | 'no') => <SeatForm event={event} locale={locale} answer={answer} action={action} person={person} code={{ shown, given: code }} />
  if (standing(event, now()) === 'full' && !answer?.fields) {
    return (
      <Stack>
        <Shut reason="full" locale={locale} calledOffReason={null} />
        {(hasCodes || code) && <Details summary={t('form.haveCode')} open={Boolean(code)}><Stack>{form('open')}</Stack></Details>}
      </Stack>
    )
  }
  return (
    <Stack>
      {!answer && said && <Notice tone={isGood(said) ? 'success' : 'warning'} live="status">{t(isGood(said) ? 'saidWithoutCookie' : 'refusedWithoutCookie')}</Notice>}
      <Audience event={event} locale={locale} />
      {form(hasCodes ? (event.audience === 'open' ? 'folded' : 'open') : 'no')}
    </Stack>
  )
}

const isGood = (said: string) => ['confirmed', 'waitlisted', 'pending'].includes(said)

async function Seats({ event, locale }: { event: EventPage; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'registration' })
  const opens = opening(event, now())
  const over = shut(event, now())
  const { left, capacity, taken, waiting } = figuresTold(event)
  if (opens) {
    return (
      <div>
        <h2 id="registration-title" className={styles.title}>{t('opens', sayInstant(opens, event.timeZone, locale))}</h2>
      </div>
    )
  }
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

async function Shut({ reason, locale, calledOffReason }: { reason: 'called-off' | 'already-over' | 'closed' | 'full' | 'soon'; locale: Locale; calledOffReason: string | null }) {
  const t = await getTranslations({ locale, namespace: 'registration' })
  return (
    <Stack close>
      <p>{t(`shut.${reason}.words`)}</p>
      {reason === 'called-off' && calledOffReason && <p>{calledOffReason}</p>}
      {reason !== 'already-over' && <LinkButton look="ghost" wide href={getPathname({ href: '/', locale })}>{t('shut.others')}</LinkButton>}
    </Stack>
  )
}
