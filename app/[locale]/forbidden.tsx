import { useLocale, useTranslations } from 'next-intl'
import { Buttons, LinkButton } from '@/app/_ui/button'
import { Page, PageHead } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'

/** For people who are logged in and still may not: 403. */
export default function Forbidden() {
  const t = useTranslations('login.forbidden')
  const locale = useLocale() as Locale
  return (
    <Page>
      <title>{t('title')}</title>
      <PageHead overline="403" title={t('title')}>
        <p>{t('text')}</p>
      </PageHead>
      <Buttons>
        <LinkButton href={getPathname({ href: '/', locale })}>{t('agenda')}</LinkButton>
        <LinkButton look="ghost" href={getPathname({ href: '/login', locale })}>{t('other')}</LinkButton>
      </Buttons>
    </Page>
  )
}
