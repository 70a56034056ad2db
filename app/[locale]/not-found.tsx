import { useLocale, useTranslations } from 'next-intl'
import { Buttons, LinkButton } from '@/app/_ui/button'
import { Page, PageHead } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'

export default function NotFound() {
  const t = useTranslations('frame.notFound')
  const locale = useLocale() as Locale
  return (
    <Page>
      <PageHead overline="404" title={t('title')}>
        <p>{t('text')}</p>
      </PageHead>
      <Buttons>
        <LinkButton href={getPathname({ href: '/', locale })}>{t('agenda')}</LinkButton>
        <LinkButton look="ghost" href={getPathname({ href: '/past', locale })}>{t('past')}</LinkButton>
      </Buttons>
    </Page>
  )
}
