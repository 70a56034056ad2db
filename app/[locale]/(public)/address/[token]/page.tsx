import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { cache, type ReactNode } from 'react'
import { momentOf, otherLanguage, today } from '@/app/[locale]/event-words'
import { currentActor } from '@/app/_session/actor'
import { Button, LinkButton } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { Page, PageHead, Stack } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import type { Actor } from '@/lib/actor'
import { shown } from '@/lib/events/rules'
import { pathOf } from '@/lib/pathnames'
import { addressChangeHours } from '@/lib/registrations/rules'
import { findAddressChange, registrationOfChange } from '@/lib/registrations/queries'
import { sayWhen, typo } from '@/lib/text'

interface Props {
  params: Promise<{ locale: Locale; token: string }>
  searchParams: Promise<{ said?: string }>
}

type Change = Exclude<Awaited<ReturnType<typeof findAddressChange>>, 'gone' | null>

/** Asked for by the head and by the body of one page; looked up once. */
const changeBy = cache(findAddressChange)

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const { locale, token } = await params
  const t = await getTranslations({ locale, namespace: 'mine.address' })
  const gone = (await changeBy(token)) === 'gone'
  return { title: t('title'), robots: { index: false, follow: false }, referrer: 'same-origin', other: gone ? { status: '410' } : {} }
}

/** Where the letter to a new address leads: what would happen, and a button. Looking changes nothing; only a POST does. */
export default async function AddressPage({ params, searchParams }: Props) {
  const { locale, token } = await params
  const [change, actor, { said }] = [await changeBy(token), await currentActor(), await searchParams]
  if (!change) notFound()
  const t = await getTranslations({ locale, namespace: 'mine.address' })
  if (change === 'gone') return <Page narrow><PageHead title={t('gone')}><p>{t('goneWords', { hours: addressChangeHours })}</p></PageHead></Page>

  const refused = said && /^[a-z-]{1,30}$/.test(said) && t.has(`refused.${said}` as 'refused.forbidden') ? t(`refused.${said}` as 'refused.forbidden') : null
  const isTheirs = change.personId === null || (actor.kind === 'person' && actor.id === change.personId)
  return (
    <Page narrow>
      <PageHead title={t('title')} />
      <Stack>
        {refused && <Notice tone="warning" live="alert" title={refused} />}
        {isTheirs ? <WhatHappens change={change} actor={actor} locale={locale} /> : <Elsewhere change={change} actor={actor} locale={locale} token={token} />}
        {isTheirs && (
          <>
            <form method="post" action={pathOf('/address/[token]/confirm', { token }, locale)}>
              <Button>{t('confirm')}</Button>
            </form>
            <Notice><p>{t('notYou')}</p></Notice>
          </>
        )}
      </Stack>
    </Page>
  )
}

const b = (words: ReactNode) => <b>{words}</b>

async function WhatHappens({ change, actor, locale }: { change: Change; actor: Actor; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'mine.address' })
  if (change.registrationId === null) {
    const from = actor.kind === 'person' ? actor.address : ''
    return <><p>{t.rich(change.means, { to: change.address, from, b })}</p><p>{t(`${change.means}Words`)}</p></>
  }
  const registration = await registrationOfChange(change.registrationId)
  if (!registration) notFound()
  const { title, language } = shown(registration.event, locale)
  return (
    <>
      <p>
        <strong lang={otherLanguage(language, locale)}>{typo(title, language as Locale)}</strong>
        <br />
        {typo(sayWhen(momentOf(registration.event), locale, { today: today() }), locale)}
      </p>
      <p>{t.rich('one', { name: registration.name, from: registration.address, to: change.address, b })}</p>
      <p>{t('oneWords')}</p>
    </>
  )
}

/** Opened where the one who asked is not logged in: the button is not here, so that nobody gives theirs away by pressing it. */
async function Elsewhere({ change, actor, locale, token }: { change: Change; actor: Actor; locale: Locale; token: string }) {
  const t = await getTranslations({ locale, namespace: 'mine.address' })
  const returnTo = pathOf('/address/[token]', { token }, locale)
  return (
    <>
      <p>{t.rich('elsewhere', { to: change.address, b })}</p>
      {actor.kind === 'person' && <p>{t('asOther', { address: actor.address })}</p>}
      <p>{t('elsewhereWords')}</p>
      <p><LinkButton look="ghost" href={getPathname({ href: { pathname: '/login', query: { returnTo } }, locale })}>{t('login')}</LinkButton></p>
    </>
  )
}
