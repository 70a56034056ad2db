import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { Details, Page, PageHead } from '@/app/_ui/page'
import { ListForm } from '@/app/[locale]/(host)/organise/_form/list-form'
import { bringReport } from '@/app/[locale]/(host)/organise/reports/actions'
import styles from '@/app/[locale]/(host)/organise/reports/reports.module.css'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { reportToEdit } from '@/lib/reports/queries'
import { localeOf, typo } from '@/lib/text'

interface Props {
  params: Promise<{ locale: Locale }>
  searchParams: Promise<{ report?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await getTranslations({ locale: (await params).locale, namespace: 'reports' }))('import.title') }
}

/** A report as JSON, or recommendations of one report as a list: what would become of each line before anything is written. */
export default async function ImportReportPage({ params, searchParams }: Props) {
  const { locale } = await params
  await requireOrganiser({ locale })
  const [t, words] = await Promise.all([getTranslations({ locale, namespace: 'reports' }), getTranslations({ locale, namespace: 'people.list' })])
  const asked = [(await searchParams).report].flat()[0] ?? ''
  const report = /^[a-z0-9-]{1,80}$/.test(asked) ? await reportToEdit(asked) : null
  return (
    <Page>
      <PageHead title={report ? t('import.linkOf') : t('import.title')}>
        <p>{report ? t('import.ledeOf', { title: typo(report.title, localeOf(report.language)) }) : t('import.lede')}</p>
      </PageHead>
      <ListForm
        act={bringReport}
        level={2}
        fields={{ locale, ...(report ? { report: report.slug } : {}) }}
        accept=".json,.csv,.tsv,.txt,application/json,text/csv,text/tab-separated-values,text/plain"
        says={{ label: t('import.label'), hint: report ? t('import.hintOf') : t('import.hint'), look: t('import.look'), file: t('import.orFile'), fileHint: t('import.fileHint'), back: words('back'), line: words('line') }}
      />
      <div className={styles.after}>
        <Details summary={t('import.columnsTitle')}>
          <p>{t('import.columnsKnown')}</p>
          <p><code>number;language;text;official;source;short_fr;short_en;section;culture;criterion</code></p>
        </Details>
      </div>
      <p className={styles.back}><a href={report ? getPathname({ href: { pathname: '/organise/reports/[slug]', params: { slug: report.slug } }, locale }) : getPathname({ href: '/organise/reports', locale })}>{t('back')}</a></p>
    </Page>
  )
}
