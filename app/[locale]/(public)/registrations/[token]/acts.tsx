import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { otherLanguage } from '@/app/[locale]/event-words'
import { sayInstant } from '@/app/[locale]/(public)/instant-words'
import { Button, type ButtonLook, Buttons, LinkButton } from '@/app/_ui/button'
import { TextArea } from '@/app/_ui/field'
import { Section, Stack } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import type { HeldRegistration as Held } from '@/lib/registrations/queries'
import { isJustGivenBack, takeBackMinutes } from '@/lib/registrations/rules'
import { standingOf, type Story } from './state'
import styles from './registration.module.css'

/** One button that does one thing, by POST: what reads a letter ahead of its owner changes nothing. */
export function Act({ action, name, look, fields = {}, children }: { action: string; name: string; look: ButtonLook; fields?: Record<string, string>; children: ReactNode }) {
  return (
    <form method="post" action={action}>
      <input type="hidden" name="act" value={name} />
      {Object.entries(fields).map(([field, value]) => <input key={field} type="hidden" name={field} value={value} />)}
      <Button look={look}>{children}</Button>
    </form>
  )
}

interface Props {
  held: Held
  story: Story
  locale: Locale
  action: string
  back: WayBack
}

/** The answers that the state asks for. */
export async function Answers({ held, story, locale, action, back }: Props) {
  const t = await getTranslations({ locale, namespace: 'registration.manage' })
  switch (standingOf(held)) {
    case 'proof':
      return <Act action={action} name="prove" look="accent">{t('prove')}</Act>
    case 'offered':
      return (
        <>
          <Act action={action} name="accept" look="accent">{t('accept')}</Act>
          <Act action={action} name="pass" look="ghost">{t('pass')}</Act>
        </>
      )
    case 'confirmed':
      return held.event.joinUrl && held.place === 'screen' ? <Join joinUrl={held.event.joinUrl} locale={locale} /> : null
    case 'cancelled': {
      const declined = story.at(-1)?.reason === 'declined'
      const until = held.cancelledAt && sayInstant(new Date(held.cancelledAt.getTime() + takeBackMinutes * 60_000), held.event.timeZone, locale, held.timeZone)
      return back === 'as-it-was' ? (
        <>
          <Act action={action} name="take-back" look="accent">{t('takeBack', { seats: held.seats })}</Act>
          {until && <p className="small">{t('takeBackUntil', until)}</p>}
        </>
      ) : (
        <>
          <Act action={action} name="return" look={declined ? 'ghost' : 'accent'}>{t(declined ? 'askAgain' : 'comeBack')}</Act>
          {back === 'taken' && <p className="small">{t('refused.taken')}</p>}
        </>
      )
    }
    default:
      return null
  }
}

export async function Join({ joinUrl, locale, begun }: { joinUrl: string; locale: Locale; begun?: boolean }) {
  const t = await getTranslations({ locale, namespace: 'registration.manage' })
  return (
    <>
      <LinkButton href={joinUrl} rel="noopener noreferrer">{t('join')}</LinkButton>
      {!begun && <p className="small">{t('joinWhen')}</p>}
    </>
  )
}

type WayBack = 'as-it-was' | 'taken' | 'afresh'

/** Within ten minutes its own person takes a seat back as it was, if it is free and nobody waits for it; else one comes back like anybody. */
export function wayBack(held: Held, story: Story, at: Date): WayBack {
  if (!isJustGivenBack(held, { before: story.at(-2), ending: story.at(-1) }, at)) return 'afresh'
  const { event, place, seats, allotmentId } = held
  const seating = event.seatings.find((one) => one.place === place)
  const isFree = seating && seating.waiting === 0 && (seating.capacity === null || seating.taken + seats <= seating.capacity)
  return allotmentId !== null || isFree ? 'as-it-was' : 'taken'
}

type AskProps = { held: Held; locale: Locale; action: string; typed?: string; error?: string | null }

/** Somebody who is not on a closed circle's list asks to be let in, with a few words. */
export async function AskAccess({ held, locale, action, typed, error }: AskProps) {
  const t = await getTranslations({ locale, namespace: 'registration.manage' })
  if (held.askedAt) return held.askedWords ? <Section title={t('askedTitle')} id="asked" quiet><p className={styles.quote} lang={otherLanguage(held.locale, locale)}>{held.askedWords}</p></Section> : null
  return (
    <Section title={t('askTitle')} id="ask">
      <form method="post" action={action} noValidate className={styles.plain}>
        <input type="hidden" name="act" value="ask" />
        <TextArea name="words" rows={4} maxLength={500} label={t('askWords')} hint={t('askHint')} defaultValue={typed} error={error} />
        <Buttons><Button>{t('ask')}</Button></Buttons>
      </form>
    </Section>
  )
}

/** The way out, last of all acts: it can be taken back for a while, and says so. */
export async function Leave({ held, locale, action }: { held: Held; locale: Locale; action: string }) {
  const t = await getTranslations({ locale, namespace: 'registration.manage' })
  const standing = standingOf(held)
  if (standing === 'cancelled') return null
  const hasSeat = standing === 'confirmed'
  const way = hasSeat ? 'seat' : standing === 'waitlisted' ? 'line' : standing === 'offered' ? 'offer' : 'request'
  return (
    <Section title={t(hasSeat ? 'cancelTitle' : 'leaveTitle')} id="cancel">
      <Stack close>
        <p>{t(`leaveWords.${standing === 'proof' ? 'proof' : way}`, { minutes: takeBackMinutes })}</p>
        <Act action={action} name="cancel" look="danger">{hasSeat ? t('cancel', { seats: held.seats }) : t(`leave.${way}` as 'leave.line')}</Act>
      </Stack>
    </Section>
  )
}
