import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { CalendarLinks } from '@/app/[locale]/(public)/events/[slug]/calendar-links'
import { readAnswer } from '@/app/[locale]/(public)/events/[slug]/registration/answer'
import { datePartsOf, momentOf, otherLanguage, pigmentOf, today } from '@/app/[locale]/event-words'
import { Button, Buttons, LinkButton } from '@/app/_ui/button'
import { DateBlock } from '@/app/_ui/date-block'
import { Field } from '@/app/_ui/field'
import { ErrorSummary, Notice } from '@/app/_ui/notice'
import { Page, PageHead, Section, Stack } from '@/app/_ui/page'
import { Band } from '@/app/_ui/programme'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { shown } from '@/lib/events/rules'
import { pathOf } from '@/lib/pathnames'
import { findHeld, type HeldRegistration as Held } from '@/lib/registrations/queries'
import { mostCompanions, shutToChange } from '@/lib/registrations/rules'
import { sayWhen, typo } from '@/lib/text'

interface Props {
  params: Promise<{ locale: Locale; token: string }>
  searchParams: Promise<{ said?: string }>
}

/** What a button did, as the address says it afterwards: what was refused earlier is not said again. */
const doings = ['added', 'removed', 'cancelled', 'back']

/** Asked for by the head and by the body of one page; looked up once. */
const heldBy = cache((token: string) => findHeld({ token }))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, token } = await params
  const t = await getTranslations({ locale, namespace: 'registration.manage' })
  const gone = (await heldBy(token)) === 'gone'
  return { title: t('title'), robots: { index: false, follow: false }, referrer: 'same-origin', other: gone ? { status: '410' } : {} }
}

/** What a letter's link opens: whose registration it is, and buttons. Looking changes nothing; only a POST does. */
export default async function RegistrationPage({ params, searchParams }: Props) {
  const { locale, token } = await params
  const held = await heldBy(token)
  if (!held) notFound()
  if (held === 'gone') return <Gone locale={locale} />

  const t = await getTranslations({ locale, namespace: 'registration.manage' })
  const { said } = await searchParams
  const { event } = held
  const shut = shutToChange(event, now())
  const { title, language } = shown(event, locale)
  const words = await getTranslations({ locale, namespace: 'event' })
  return (
    <>
      <Band
        pigment={pigmentOf(event)}
        date={<DateBlock size="band" {...datePartsOf(event, locale, words, { hour: false })} struck={event.status === 'called_off'} />}
        title={typo(title, language as Locale)}
        lang={otherLanguage(language, locale)}
        over={t('title')}
      >
        {typo(sayWhen(momentOf(event), locale, { today: today(), readerZone: held.timeZone }), locale)}
      </Band>
      <Page narrow>
        <Stack>
          <Notice id="state" tone={held.status === 'confirmed' ? 'success' : 'info'} title={t(`state.${held.status}`, { seats: held.seats })} live="status">
            <p>{t('of', { name: held.name, address: held.address })}</p>
            {said === 'cancelled' && held.status === 'cancelled' && <p>{t('cancelled')}</p>}
          </Notice>
          <Refusal said={said} locale={locale} />
          {event.status === 'called_off' ? <p>{t('calledOff')}</p> : shut ? <p>{t('past')}</p> : <Acts held={held} locale={locale} token={token} said={said} />}
          <p><a href={getPathname({ href: { pathname: '/events/[slug]', params: { slug: event.slug } }, locale })}>{t('event')}</a></p>
        </Stack>
      </Page>
    </>
  )
}

async function Refusal({ said, locale }: { said?: string; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'registration' })
  if (!said || !/^[a-z-]{1,30}$/.test(said) || !t.has(`errors.${said}` as Parameters<typeof t.has>[0])) return null
  return <Notice tone="warning" live="alert" title={t(`errors.${said}` as 'errors.full')} />
}

async function Acts({ held, locale, token, said }: { held: Held; locale: Locale; token: string; said?: string }) {
  const t = await getTranslations({ locale, namespace: 'registration.manage' })
  const action = pathOf('/registrations/[token]/change', { token }, locale)
  const act = (name: string, label: string, look: 'accent' | 'ghost' | 'danger') => (
    <form method="post" action={action}>
      <input type="hidden" name="act" value={name} />
      <Buttons><Button look={look}>{label}</Button></Buttons>
    </form>
  )
  if (held.status === 'cancelled') return act('return', t('comeBack'), 'accent')
  return (
    <Stack>
      {held.status === 'confirmed' && (
        <>
          {held.event.joinUrl && held.place === 'screen' && (
            <Stack close>
              <Buttons><LinkButton href={held.event.joinUrl} rel="noopener noreferrer">{t('join')}</LinkButton></Buttons>
              <p className="small">{t('joinWhen')}</p>
            </Stack>
          )}
          <CalendarLinks event={held.event} locale={locale} />
          <Companions held={held} locale={locale} token={token} action={action} said={said} />
        </>
      )}
      <Section title={t('cancelTitle')} id="cancel">
        <Stack close>
          {held.status === 'confirmed' && <p>{t('cancelWords')}</p>}
          {act('cancel', held.status === 'confirmed' ? t('cancel', { seats: held.seats }) : t('leave'), 'danger')}
        </Stack>
      </Section>
    </Stack>
  )
}

async function Companions({ held, locale, token, action, said }: { held: Held; locale: Locale; token: string; action: string; said?: string }) {
  const t = await getTranslations({ locale, namespace: 'registration' })
  const kept = await readAnswer(`companion/${token.slice(0, 8)}`)
  const typed = said && !doings.includes(said) ? kept : null
  const reason = typed?.fields?.[0]?.reason
  const error = reason ? t((t.has(`errors.companion.${reason}` as Parameters<typeof t.has>[0]) ? `errors.companion.${reason}` : 'errors.companion.not-text') as 'errors.companion.required') : null
  return (
    <Section title={t('manage.companions')} id="companions">
      <Stack close>
        {(said === 'added' || said === 'removed') && <Notice tone="success" live="status" title={t(`manage.${said}`)} />}
        {held.companions.map(({ id, name }) => (
          <form key={id} method="post" action={action}>
            <input type="hidden" name="act" value="remove" />
            <input type="hidden" name="companion" value={id} />
            <p>{name} <Button look="quiet">{t('manage.remove', { name })}</Button></p>
          </form>
        ))}
        {held.companions.length < mostCompanions && (
          <form method="post" action={action} noValidate>
            <input type="hidden" name="act" value="add" />
            {error && <ErrorSummary title={t('manage.companionWrong')} errors={[{ field: 'companion', message: error }]} />}
            <Field id="companion" name="name" label={t('manage.companionName')} hint={t('manage.companionHint')} autoComplete="off" required maxLength={120} defaultValue={typed?.name} error={error} />
            <Buttons><Button look="ghost">{t('manage.add')}</Button></Buttons>
          </form>
        )}
      </Stack>
    </Section>
  )
}

async function Gone({ locale }: { locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'registration.manage' })
  return (
    <Page narrow>
      <PageHead title={t('gone')}>{t('goneWords')}</PageHead>
    </Page>
  )
}
