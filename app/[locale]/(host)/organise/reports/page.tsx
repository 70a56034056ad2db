import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/notice'
import { Page, PageHead } from '@/app/_ui/page'
import { Table } from '@/app/_ui/table'
import { otherLanguage } from '@/app/[locale]/event-words'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { reports } from '@/lib/reports/queries'
import { localeOf, typo } from '@/lib/text'
import styles from './reports.module.css'

interface Props {
  params: Promise<{ locale: Locale }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await getTranslations({ locale: (await params).locale, namespace: 'reports' }))('title') }
}

/** Every report, to be changed; and the two ways in. */
export default async function ReportsRoom({ params }: Props) {
  const { locale } = await params
  await requireOrganiser({ locale })
  const t = await getTranslations({ locale, namespace: 'reports' })
  const all = await reports()
  return (
    <Page>
      <PageHead title={t('title')}>
        <p>{t('lede')}</p>
        <p className={styles.acts}>
          <LinkButton href={getPathname({ href: '/organise/reports/new', locale })}>{t('new.link')}</LinkButton>
          <LinkButton look="ghost" href={getPathname({ href: '/organise/reports/import', locale })}>{t('import.link')}</LinkButton>
        </p>
      </PageHead>
      {all.length === 0 && <EmptyState title={t('empty')} />}
      {all.length > 0 && (
        <Table
          caption={t('title')}
          captionHidden
          columns={[{ key: 'title', label: t('fields.title') }, { key: 'publisher', label: t('fields.publisher') }, { key: 'count', label: t('recommendations'), figures: true }]}
          rows={all.map((one) => ({
            key: one.slug,
            cells: [
              <a key="title" href={getPathname({ href: { pathname: '/organise/reports/[slug]', params: { slug: one.slug } }, locale })} lang={otherLanguage(localeOf(one.language), locale)}>{typo(one.title, localeOf(one.language))}</a>,
              <span key="publisher" lang={otherLanguage('fr', locale)}>{typo(one.publisher, 'fr')}</span>,
              one._count.recommendations,
            ],
          }))}
        />
      )}
    </Page>
  )
}
