import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { Page, PageHead } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { makeReport } from '@/app/[locale]/(host)/organise/reports/actions'
import { FactsForm } from '@/app/[locale]/(host)/organise/reports/facts-form'
import styles from '@/app/[locale]/(host)/organise/reports/reports.module.css'

interface Props {
  params: Promise<{ locale: Locale }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await getTranslations({ locale: (await params).locale, namespace: 'reports' }))('new.title') }
}

export default async function NewReportPage({ params }: Props) {
  const { locale } = await params
  await requireOrganiser({ locale })
  const t = await getTranslations({ locale, namespace: 'reports' })
  return (
    <Page narrow>
      <PageHead title={t('new.title')}><p>{t('new.lede')}</p></PageHead>
      <FactsForm t={t} act={makeReport} fields={{ locale }} isNew />
      <p className={styles.back}><a href={getPathname({ href: '/organise/reports', locale })}>{t('back')}</a></p>
    </Page>
  )
}
