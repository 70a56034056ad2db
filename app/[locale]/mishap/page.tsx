import type { Metadata } from 'next'
import { useLocale, useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { Buttons, LinkButton } from '@/app/_ui/button'
import { Page, PageHead } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'

/** What the server sends under a 500, which leaves Next as an empty page that only a script fills. Asks the database nothing. */
export default function MishapPage() {
  const t = useTranslations('mishap')
  const locale = useLocale() as Locale
  return (
    <Page>
      <PageHead title={t('title')}><p>{t('text')}</p></PageHead>
      <Buttons><LinkButton href={getPathname({ href: '/', locale })}>{t('agenda')}</LinkButton></Buttons>
    </Page>
  )
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('mishap')
  return { title: t('title'), robots: { index: false } }
}
