import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { requirePerson } from '@/app/_session/actor'
import { LogOut } from '@/app/_session/log-out'
import { Buttons, LinkButton } from '@/app/_ui/button'
import { Page, PageHead, Stack } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { isOrganiser } from '@/lib/actor'

interface Props {
  children: ReactNode
  params: Promise<{ locale: string }>
}

/** Whose place this is, and the way out. Each page below asks for its person itself: a layout is no guard. */
export default async function MeLayout({ children, params }: Props) {
  const locale = (await params).locale as Locale
  const actor = await requirePerson({ locale })
  const t = await getTranslations({ locale, namespace: 'login.me' })
  return (
    <Page>
      <PageHead title={t('title')}>
        <Stack>
          <p>{t.rich('as', { address: actor.address, b: (text) => <b>{text}</b> })}</p>
          <Buttons>
            {isOrganiser(actor) && <LinkButton look="ghost" href={getPathname({ href: '/organise', locale })}>{t('organise')}</LinkButton>}
            <LogOut locale={locale} label={t('logOut')} />
          </Buttons>
        </Stack>
      </PageHead>
      {children}
    </Page>
  )
}
