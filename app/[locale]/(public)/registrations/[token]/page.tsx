import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { CalendarLinks } from '@/app/[locale]/(public)/events/[slug]/calendar-links'
import { refusalsOf } from '@/app/[locale]/(public)/events/[slug]/refusals'
import { readAnswer } from '@/app/[locale]/(public)/events/[slug]/registration/answer'
import { LinkButton } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { Columns, Page, Stack } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { mayPrepare, mayPropose, mayWriteNow } from '@/lib/notes/rules'
import { pathOf } from '@/lib/pathnames'
import { countAhead, type HeldRegistration as Held, storyOf } from '@/lib/registrations/queries'
import { shutToChange } from '@/lib/registrations/rules'
import { Answers, AskAccess, Join, Leave, wayBack } from './acts'
import { AnswersForm } from './answers-form'
import { keptUnder } from './change/kept-under'
import { Aside } from './aside'
import { Companions } from './companions'
import { Gone, HeldBand, heldBy, metadataOf } from './held'
import { standingOf, State } from './state'
import { SwitchPlace } from './yours'
import styles from './registration.module.css'

interface Props {
  params: Promise<{ locale: Locale; token: string }>
  searchParams: Promise<{ said?: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, token } = await params
  const t = await getTranslations({ locale, namespace: 'registration.manage' })
  return metadataOf(token, t('title'))
}

/** What a letter's link opens: whose registration it is, where it stands, and buttons. Looking changes nothing; only a POST does. */
export default async function RegistrationPage({ params, searchParams }: Props) {
  const { locale, token } = await params
  const held = await heldBy(token)
  if (!held) notFound()
  if (held === 'gone') return <Gone locale={locale} />

  const t = await getTranslations({ locale, namespace: 'registration.manage' })
  const [story, ahead, { said }] = await Promise.all([storyOf(held.id), held.status === 'waitlisted' ? countAhead(held) : 0, searchParams])
  const { event } = held
  const shut = shutToChange(event, now())
  const underWay = isUnderWay(held, now())
  const action = pathOf('/registrations/[token]/change', { token }, locale)
  return (
    <>
      <HeldBand held={held} locale={locale} over={t('title')} />
      <Page>
        <Columns asideLabel={t('aside')} aside={<Aside held={held} story={story} locale={locale} action={action} token={token} shut={shut !== null} said={said} />}>
          <div className={styles.main}>
            <Said held={held} said={said} locale={locale} />
            <Stack>
              <State held={held} story={story} ahead={ahead} shut={shut} underWay={underWay} locale={locale}>
                {shut ? underWay && event.joinUrl && held.place === 'screen' && <Join joinUrl={event.joinUrl} locale={locale} begun /> : <Answers held={held} story={story} locale={locale} action={action} back={wayBack(held, story, now())} />}
              </State>
              {held.status === 'confirmed' && !shut && <CalendarLinks event={event} locale={locale} />}
              {mayPrepare(held, now()) === null && <p><LinkButton look="ghost" href={pathOf('/registrations/[token]/prepare', { token }, locale)}>{(await getTranslations({ locale, namespace: 'prepared' }))('door')}</LinkButton></p>}
              {mayWriteNow(held, now()) === null && <p><LinkButton look={underWay ? 'accent' : 'ghost'} href={pathOf('/registrations/[token]/notes', { token }, locale)}>{(await getTranslations({ locale, namespace: 'writing.yours' }))('door')}</LinkButton></p>}
              {mayPropose(held, now()) === null && <p><LinkButton look={underWay || mayWriteNow(held, now()) === null ? 'ghost' : 'accent'} href={pathOf('/registrations/[token]/takeaway', { token }, locale)}>{(await getTranslations({ locale, namespace: 'takeaway.page' }))('door')}</LinkButton></p>}
            </Stack>
            {shut ? <AnswersForm held={held} locale={locale} token={token} said={said} /> : <Acts held={held} locale={locale} action={action} token={token} said={said} />}
          </div>
        </Columns>
      </Page>
    </>
  )
}

/** Whoever comes late still finds the way in. */
const isUnderWay = ({ status, event }: Held, at: Date) =>
  status === 'confirmed' && event.status === 'published' && event.startsAt <= at && event.overAt > at

/** What was done, where the state does not say it by itself; or why it was refused. */
async function Said({ held, said, locale }: { held: Held; said?: string; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'registration' })
  const has = (key: string) => t.has(key as Parameters<typeof t.has>[0])
  if (!said || !/^[a-z-]{1,30}$/.test(said)) return null
  if (has(`manage.said.${said}`)) return said === 'cancelled' && held.status !== 'cancelled' ? null : <Notice tone="success" live="status" title={t(`manage.said.${said}` as 'manage.said.named')} />
  if (has(`manage.refused.${said}`)) return <Notice tone="warning" live="alert" title={t(`manage.refused.${said}` as 'manage.refused.taken')} />
  return has(`errors.${said}`) ? <Notice tone="warning" live="alert" title={t(`errors.${said}` as 'errors.full')} /> : null
}

async function Acts({ held, locale, action, token, said }: { held: Held; locale: Locale; action: string; token: string; said?: string }) {
  const typed = await readAnswer(keptUnder(token))
  const { byField } = await refusalsOf(said === 'invalid' ? typed : null, locale)
  const standing = standingOf(held)
  return (
    <>
      {standing === 'circle' && <AskAccess held={held} locale={locale} action={action} typed={typed?.words} error={byField.words} />}
      {standing === 'confirmed' && <Companions held={held} locale={locale} action={action} said={said} typed={byField.companion ? typed?.name : undefined} error={byField.companion} />}
      <AnswersForm held={held} locale={locale} token={token} said={said} />
      <SwitchPlace held={held} locale={locale} action={action} />
      <Leave held={held} locale={locale} action={action} />
    </>
  )
}
